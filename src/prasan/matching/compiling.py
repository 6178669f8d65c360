"""How functions of this engine are compiled, and where the compiled code is kept."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numba
from numba.core import config as _config

config: Any = _config
_HERE: Final = Path(__file__).parent
_SOURCES: Final = (
    "arrays",
    "blocking",
    "coding",
    "extraction",
    "features",
    "letters",
    "runs",
    "sketching",
    "vocabulary",
    "wordlists",
)


@lru_cache(maxsize=1)
def _folder() -> str:
    """A folder that belongs to the sources as they are now.

    numba looks only at the file a function stands in: what that function calls from another file would stay as it was
    compiled when that file changes.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for name in _SOURCES:
        digest.update((_HERE / f"{name}.py").read_bytes())
    name = f"compiled-{digest.hexdigest()[:16]}"
    for parent in (_HERE / "__pycache__", Path(tempfile.gettempdir()) / "prasan-matching"):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        for old in parent.glob("compiled-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)
        return str(parent / name)
    return str(parent / name)


def compiled(function: Callable[..., Any]) -> Any:
    """A function compiled at its first call, kept for the next process, and free of the interpreter's lock."""
    before, config.CACHE_DIR = config.CACHE_DIR, _folder()
    try:
        return numba.njit(cache=True, nogil=True)(function)
    finally:
        config.CACHE_DIR = before
