"""Runs the `prasan` command as a whole process of its own and tells its seconds, its peak memory and its exit code."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KIB_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1
LIBRARIES = ("Django", "polars", "python-calamine", "XlsxWriter", "typst")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: wall seconds, megabytes (1,000,000 bytes) held at most, and how it ended."""

    seconds: float
    megabytes: float
    exit_code: int
    said: str


def cases_folder() -> Path:
    """The real cases, kept beside the repository or where PRASAN_CASES says; ends the run where they are absent."""
    folder = Path(os.environ.get("PRASAN_CASES", ROOT.parent / "shared")) / "cases"
    if not folder.is_dir():
        raise SystemExit("the real cases are absent; name their parent folder in PRASAN_CASES")
    return folder


def run_prasan(words: Sequence[str], *, home: Path) -> Cost:
    """Run the command on an SQLite home. The peak is the child's own: this process is small, and so adds nothing."""
    env = {key: value for key, value in os.environ.items() if key != "PRASAN_DATABASE_URL"}
    env |= {"PYTHONPATH": str(ROOT / "src"), "PRASAN_HOME": str(home), "PRASAN_SECRET_KEY": "benchmark"}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "prasan", *words],
            env,
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)],
        )
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    megabytes = usage.ru_maxrss * KIB_PER_UNIT * 1024 / 1_000_000
    return Cost(seconds, megabytes, os.waitstatus_to_exitcode(status), text)


def versions() -> str:
    """Of everything that decides the figures."""
    libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"Python {platform.python_version()} {libraries} on {platform.machine()}, {os.cpu_count()} cores"
