"""Where the real workbooks and registers lie, and how a test says that it needs them."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PRASAN_CASES", Path(__file__).resolve().parents[2] / "shared"))

needs_cases = pytest.mark.skipif(
    not (SHARED / "cases").is_dir(),
    reason="the real cases are kept beside the repository and are absent here",
)


def in_ci() -> bool:
    """Whether a landing hangs on this run: then nothing a machine should have may be skipped."""
    return os.environ.get("CI") == "true"
