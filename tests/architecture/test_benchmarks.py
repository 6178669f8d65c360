"""A figure in the README is one that a benchmark printed, so every benchmark must start as its usage line says."""

import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

BENCHMARKS = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_finds_its_neighbours_when_run_as_a_script(name: str) -> None:
    # A script sees its own folder and src, not the root of the repository.
    done = subprocess.run(
        [sys.executable, "-c", f"import {name}"],
        cwd=ROOT / "benchmarks",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-1500:]
