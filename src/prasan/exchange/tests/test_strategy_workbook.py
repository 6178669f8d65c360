"""A strategy goes out as a workbook and comes back unchanged; a bad one is told cell by cell and leaves nothing."""

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, cast, moment

from prasan.common.text import clean
from prasan.exchange import queries
from prasan.exchange import services as exchange
from prasan.exchange.reading.strategy import StrategyRow, read_strategy
from prasan.exchange.templates.strategy import write_strategy
from prasan.journal.models import Entry
from prasan.strategy import services as strategy
from prasan.strategy.models import Objective, StrategyPlan
from prasan.strategy.services import Measure

HEAD = {"title": "แผนพัฒนาจังหวัด", "vision": "เมืองน่าอยู่", "first_year": 2571, "last_year": 2573, "reference": "ประชุม"}
TARGETS = {2571: Decimal(80), 2573: Decimal("90.25")}
ROWS = [
    StrategyRow("ISSUE", "1", "น้ำ", 0, above=("national_strategy_2561/5",)),
    StrategyRow("GOAL", "1.1", "น้ำพอใช้", 0),
    StrategyRow("INDICATOR", "", "ครัวเรือนมีน้ำ", 0, "ร้อยละ", Decimal("70.5"), 2569, TARGETS),
    StrategyRow("STRATEGY", "1.1.1", "ระบบประปา", 0),
    StrategyRow("ISSUE", "2", "เศรษฐกิจ", 0),
]  # fmt: skip


@pytest.fixture(name="stage")
def _stage() -> Cast:
    stage = cast()
    strategy.load_references(actor=stage.system, at=moment(0))
    return stage


def _import(stage: Cast, data: bytes, **changes: object) -> exchange.StrategyImport:
    wanted = {
        "file": "ย.xlsx",
        "body": stage.province_office,
        "level": "PROVINCE",
        "actor": stage.prasit,
        "at": moment(1),
    }
    return exchange.import_strategy(data=data, **(wanted | changes))


def _changed(cells: dict[str, object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(write_strategy(HEAD, ROWS)))
    for cell, value in cells.items():
        book.active[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_words = st.text(alphabet="กขคงมนรสะาิีุ่้ abc12", min_size=1, max_size=30).map(str.strip).filter(bool)
_figures = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(
    words=st.lists(_words, min_size=1, max_size=5),
    targets=st.dictionaries(st.integers(2571, 2573), _figures, min_size=1),
    baseline=st.none() | _figures,
)
def test_what_is_written_is_read(words: list[str], targets: dict[int, Decimal], baseline: Decimal | None) -> None:
    rows = [StrategyRow("ISSUE", str(n), text, 0) for n, text in enumerate(words, start=1)]
    rows.append(StrategyRow("INDICATOR", "", "ร้อยละของครัวเรือน", 0, "ร้อยละ", baseline, 2569, targets))
    read = read_strategy(write_strategy(HEAD, rows), file="x.xlsx")
    assert read.findings == []
    assert [(one.kind, one.code, one.name) for one in read.rows[:-1]] == [
        ("ISSUE", str(n), clean(text)) for n, text in enumerate(words, start=1)
    ]
    assert (read.rows[-1].baseline, read.rows[-1].targets) == (baseline, targets)


@pytest.mark.django_db
def test_a_workbook_becomes_a_draft_and_again_changes_nothing(stage: Cast) -> None:
    data = write_strategy(HEAD, ROWS)
    first = _import(stage, data)
    plan = first.plan
    assert plan is not None
    assert (plan.code, plan.level, plan.vision, first.changed) == ("PROVINCE_OFFICE/2571", "PROVINCE", "เมืองน่าอยู่", True)
    issue = plan.objectives.get(code="1")
    assert [link.above.code for link in issue.links_up.all()] == ["5"]
    (indicator,) = plan.objectives.get(code="1.1").indicators.all()
    assert (indicator.baseline, indicator.unit, indicator.targets.count()) == (Decimal("70.5"), "ร้อยละ", 2)
    before = Entry.objects.count(), list(Objective.objects.order_by("pk").values())
    again = _import(stage, data)
    assert (again.plan, again.changed) == (plan, False)
    out = _import(stage, queries.strategy_workbook(plan))
    assert (out.plan, out.changed, out.findings) == (plan, False, [])
    assert (Entry.objects.count(), list(Objective.objects.order_by("pk").values())) == before


@pytest.mark.django_db
def test_a_proclaimed_strategy_goes_on_as_its_next_version(stage: Cast) -> None:
    plan = _import(stage, write_strategy(HEAD, ROWS)).plan
    assert plan is not None
    strategy.proclaim_plan(plan=plan, proclaimed_on=moment(2).date(), by="ประกาศ", actor=stage.prasit, at=moment(2))
    made = _import(stage, write_strategy(HEAD, ROWS[:-1])).plan
    assert made is not None
    assert (made.number, made.objectives.count(), plan.objectives.count()) == (2, 3, 4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "kind", "cell"),
    [
        ({"B1": None}, "strategy_head", ""),
        ({"B3": "2471"}, "strategy_years", "B3"),
        ({"B4": 2560}, "strategy_years", "B4"),
        ({"A10": "ความฝัน"}, "strategy_kind", "A10"),
        ({"C10": None}, "strategy_words", "C10"),
        ({"A10": "กลยุทธ์"}, "strategy_parent", "A10"),
        ({"B14": "1"}, "strategy_code_twice", "B14"),
        ({"E12": "มาก"}, "strategy_number", "E12"),
        ({"H12": None, "J12": None}, "strategy_no_targets", "H12"),
        ({"G10": "national_strategy_2561/99"}, "strategy_above", "G10"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell_and_nothing_is_kept(
    stage: Cast, cells: dict[str, object], kind: str, cell: str
) -> None:
    before = StrategyPlan.objects.count(), Entry.objects.count()
    read = _import(stage, _changed(cells))
    told = [(one.kind, one.cell) for one in read.findings]
    assert (kind, cell) in told
    found = read.findings[told.index((kind, cell))]
    assert "ย.xlsx" in found.message_th
    assert "ย.xlsx" in found.message_en
    assert (read.plan, StrategyPlan.objects.count(), Entry.objects.count()) == (None, *before)


@pytest.mark.django_db
def test_a_file_that_is_none_and_a_body_that_is_not_ones_own_are_refused(stage: Cast) -> None:
    assert [one.kind for one in _import(stage, b"").findings] == ["empty_file"]
    assert [one.kind for one in _import(stage, b"%PDF-1.7").findings] == ["file_type"]
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    assert [one.kind for one in _import(stage, out.getvalue()).findings] == ["header_not_found"]
    before = StrategyPlan.objects.count()
    with pytest.raises(strategy.UnableToWriteStrategy, match="not_allowed"):
        _import(stage, write_strategy(HEAD, ROWS), actor=stage.wichai)
    assert _import(stage, write_strategy(HEAD, ROWS), dry_run=True).plan is None
    assert StrategyPlan.objects.count() == before


def test_measures_compare_by_value() -> None:
    assert Measure("ก", "ข", {2571: Decimal("80.0000")}) == Measure("ก", "ข", {2571: Decimal(80)})
