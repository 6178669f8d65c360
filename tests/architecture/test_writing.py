"""House rules 5, 6 and 7: who writes, with whose clock, and in what shape."""

import ast
from pathlib import Path

from tests.architecture.house import PACKAGE, django_rooms, is_service, sources, tree

WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "delete"}
# Not tables: a dictionary's or a hash's update, a path's unlink and the like are told apart by receiver.
QUERYSET_HINTS = {"objects", "filter", "exclude", "all"}


def _writes_to_a_table(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in {*WRITES, "update"}:
        return False
    receiver = {n.attr for n in ast.walk(function.value) if isinstance(n, ast.Attribute)}
    return bool(receiver & QUERYSET_HINTS)


def test_only_services_write() -> None:
    broken = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sources()
        if not is_service(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _writes_to_a_table(node)
    ]
    assert broken == []


def test_no_model_overrides_save_and_nobody_listens_to_signals() -> None:
    broken = []
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and path.name == "models.py":
                broken.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals"):
                broken.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert broken == []


def test_below_the_doors_there_is_no_clock() -> None:
    clocks = {
        ("timezone", "now"),
        ("date", "today"),
        ("datetime", "now"),
        ("datetime", "today"),
        ("time", "time"),
    }
    broken = []
    for path in sources():
        if path.relative_to(PACKAGE).parts[0] in {"cli", "web"}:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                value = node.func.value
                owner = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
                if (owner, node.func.attr) in clocks:
                    broken.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert broken == []


def test_a_service_is_keyword_only_typed_and_names_its_actor_and_moment() -> None:
    broken = []
    for path in sources():
        room = path.relative_to(PACKAGE).parts[0]
        if not is_service(path) or room not in django_rooms() or room == "journal":
            continue
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name in _offered(path) and _acts(node):
                names = [a.arg for a in node.args.kwonlyargs]
                where = f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}"
                if node.args.args:
                    broken.append(f"{where}: positional {[a.arg for a in node.args.args]}")
                if not {"actor", "at"} <= set(names):
                    broken.append(f"{where}: takes no actor or no moment")
                if any(a.annotation is None for a in node.args.kwonlyargs) or node.returns is None:
                    broken.append(f"{where}: not typed")
    assert broken == []


def test_an_act_is_one_transaction() -> None:
    broken = []
    for path in sources():
        room = path.relative_to(PACKAGE).parts[0]
        if not is_service(path) or room not in django_rooms():
            continue
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name in _offered(path) and _acts(node):
                inside = [
                    ast.unparse(item.context_expr)
                    for n in ast.walk(node)
                    if isinstance(n, ast.With)
                    for item in n.items
                ]
                if not any("transaction.atomic" in text for text in [*map(ast.unparse, node.decorator_list), *inside]):
                    broken.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}")
    assert broken == []


def _offered(path: Path) -> set[str]:
    """Names a services module offers to other rooms: of a package only what its __init__ lists."""
    if path.name == "services.py":
        return {n.name for n in tree(path).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}
    for node in tree(PACKAGE / path.relative_to(PACKAGE).parts[0] / "services" / "__init__.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{path}: the services package lists nothing in __all__")


def _acts(node: ast.FunctionDef) -> bool:
    """Whether the function writes: it journals, or calls a table's writing method itself."""
    return any(
        isinstance(call, ast.Call)
        and (
            _writes_to_a_table(call)
            or (isinstance(call.func, ast.Attribute) and call.func.attr in {"record", "record_many"})
        )
        for call in ast.walk(node)
    )
