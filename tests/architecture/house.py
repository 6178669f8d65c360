"""The rooms in corridor order, read from the contract that import-linter checks."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "prasan"


def corridor() -> list[str]:
    """Rooms from the earliest to the latest; rooms of one layer stand beside each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = contracts[0]["layers"]
    names = [name.strip(" ()") for layer in reversed(layers) for name in layer.split("|")]
    return [name for name in names if (PACKAGE / name).is_dir()]


def django_rooms() -> list[str]:
    return [name for name in corridor() if (PACKAGE / name / "apps.py").exists()]


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Python files of the package, without migrations and (by default) without tests."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" in parts or (not tests and ("tests" in parts or path.name == "testing.py")):
            continue
        yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def is_service(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).parts
    return path.name == "services.py" or "services" in parts
