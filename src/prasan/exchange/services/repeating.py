"""Rows that say what another file has said already: they become that record and add no second one."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from prasan.common.chunks import chunks
from prasan.common.text import clean, search_key
from prasan.exchange.models import RowOutcome
from prasan.exchange.services.rows import Import, Row
from prasan.needs.models import Need
from prasan.needs.services import NeedDraft
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft

KEY_LENGTH: int = Need._meta.get_field("title_key").max_length or 0


def absorb_repeats(job: Import, *, of_this_file: set[tuple[str, int]]) -> None:
    """Let each waiting row that repeats a record of another file become that record (MERGED).

    The same project is the same owner, list, year, name key, place and yearly amounts; the same need is the same
    village, year, name key, numbers of villages and amount. One record absorbs one row, so that a file which lists
    two equal projects still has two. `of_this_file` are records that rows of this very file stand for.
    """
    waiting = job.waiting()
    known: dict[Hashable, list[Need | Project]] = defaultdict(list)
    for record in _candidates(waiting):
        if (type(record).__name__, record.pk) not in of_this_file:
            known[_key_of_record(record)].append(record)
    for row in waiting:
        assert row.draft is not None
        if candidates := known.get(_key_of_draft(row.draft)):
            record = candidates.pop(0)
            row.outcome = RowOutcome.MERGED
            if isinstance(record, Need):
                row.need = record
            else:
                row.project = record
            job.say(
                row,
                "already_registered",
                "info",
                f"มีอยู่แล้วเป็น {record.code} จากไฟล์อื่น จึงไม่ขึ้นทะเบียนซ้ำ",
                f"Registered already as {record.code} from another file; not registered twice.",
            )


def _candidates(rows: list[Row]) -> Iterable[Need | Project]:
    needs = [row.draft for row in rows if isinstance(row.draft, NeedDraft)]
    projects = [row.draft for row in rows if isinstance(row.draft, ProjectDraft)]
    for keys in chunks(sorted({_name_key(draft.title) for draft in needs})):
        found = Need.objects.filter(title_key__in=keys, area__in={d.area for d in needs}, withdrawn_at=None)
        yield from found.order_by("pk")
    for keys in chunks(sorted({_name_key(draft.name) for draft in projects})):
        standing = Project.objects.filter(name_key__in=keys, owner__in={d.owner for d in projects}, withdrawn_at=None)
        yield from standing.order_by("pk").prefetch_related("years")


def _name_key(name: str) -> str:
    return search_key(clean(name))[:KEY_LENGTH]


def _key_of_draft(draft: NeedDraft | ProjectDraft) -> Hashable:
    if isinstance(draft, NeedDraft):
        return (draft.area.pk, draft.fiscal_year, _name_key(draft.title), draft.moos, draft.amount_satang)
    return (
        draft.owner.pk,
        str(draft.origin),
        draft.asks.pk if draft.asks else None,
        draft.fiscal_year,
        _name_key(draft.name),
        draft.area.pk if draft.area else None,
        draft.moos,
        tuple(sorted((y.fiscal_year, str(y.kind), str(y.span), y.amount_satang) for y in draft.years)),
    )


def _key_of_record(record: Need | Project) -> Hashable:
    if isinstance(record, Need):
        return (record.area_id, record.fiscal_year, record.title_key, record.moos, record.amount_satang)
    return (
        record.owner_id,
        record.origin,
        record.asks_id,
        record.fiscal_year,
        record.name_key,
        record.area_id,
        record.moos,
        tuple(sorted((y.fiscal_year, y.kind, y.span, y.amount_satang) for y in record.years.all())),
    )
