"""House rules 1, 3 and 4: what may know what."""

import grimp
from django.apps import apps

from tests.architecture.house import PACKAGE, corridor, django_rooms

OPEN_DOORS = {"services", "queries", "models", "access"}
PURE = {"common", "rulebook", "matching"}
# Parts of a room that are engines of their own: no table, the same doors for tests, benchmarks and the
# demonstration (docs/decisions/0002-pure-parts-of-exchange.md).
PURE_PARTS = {
    ("exchange", "reading"),
    ("exchange", "templates"),
    ("exchange", "repair"),
    ("publishing", "report"),
    ("demonstration", "committees"),
    ("demonstration", "facts"),
    ("demonstration", "nine_steps"),
    ("demonstration", "people"),
    ("demonstration", "story"),
    ("demonstration", "strategies"),
    ("demonstration", "workbooks"),
    ("demonstration", "years"),
}


def test_every_room_is_declared_in_the_corridor() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()} - {"locale"}
    assert rooms == set(corridor())


def test_a_room_is_entered_only_through_its_services_queries_models_and_access() -> None:
    graph = grimp.build_graph("prasan", cache_dir=None)
    broken = []
    for importer in graph.modules:
        parts = importer.split(".")
        if len(parts) < 3 or "tests" in parts or "migrations" in parts or parts[-1] == "testing":
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other = imported.split(".")
            if other[1] in {parts[1], *PURE} or other[1] in {"env", "settings", "urls"} or len(other) < 3:
                continue
            if tuple(other[1:3]) in PURE_PARTS:
                continue
            if other[2] not in OPEN_DOORS:
                broken.append(f"{importer} imports {imported}")
    assert broken == []


def test_foreign_keys_point_to_earlier_rooms() -> None:
    order = {name: i for i, name in enumerate(corridor())}
    broken = []
    for room in django_rooms():
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model is not None:
                    target = field.related_model._meta.app_label
                    if target in order and order[target] > order[room]:
                        broken.append(f"{model.__name__}.{field.name} → {target}")
    assert broken == []


def test_every_room_says_in_forty_lines_what_belongs_there() -> None:
    lengths = {
        room: len((PACKAGE / room / "README.md").read_text().splitlines())
        for room in corridor()
        if (PACKAGE / room / "README.md").exists()
    }
    assert set(lengths) == set(corridor())
    assert {room: n for room, n in lengths.items() if n > 40} == {}
