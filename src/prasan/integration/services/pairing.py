"""What the matching engine suggests is kept with its score; what officers decided is respected."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.chunks import chunks
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration.figures import bring_up_to_date
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.integration.services.refreshing import KEPT_FIELDS
from prasan.journal import services as journal
from prasan.projects.models import Project

BATCH = 500
DIGITS = 6  # a score is kept to six decimals, so that the same run gives the same row


@dataclass(frozen=True, slots=True)
class PairDraft:
    """Two projects the engine found alike. `verdict` in any case; `reasons` hold JSON values only."""

    project_a: int
    project_b: int
    probability: float
    verdict: str
    reasons: Sequence[object] = field(default_factory=tuple)

    def key(self) -> tuple[int, int]:
        return min(self.project_a, self.project_b), max(self.project_a, self.project_b)


@dataclass(frozen=True, slots=True)
class PairsRecorded:
    """What a run changed; `decided` suggestions were left as officers decided them."""

    added: int
    changed: int
    unchanged: int
    decided: int
    removed: int

    def __add__(self, other: "PairsRecorded") -> "PairsRecorded":
        both = zip(astuple(self), astuple(other), strict=True)
        return PairsRecorded(*(one + more for one, more in both))


class UnableToRecordPairs(Refused):
    """No suggestion was kept and none removed."""


@transaction.atomic
def record_pairs(
    *,
    pairs: Sequence[PairDraft],
    engine: str,
    actor: User,
    at: dt.datetime,
    among: Collection[int] | None = None,
) -> PairsRecorded:
    """Keep what one run of the engine suggests (R31); the same run again changes nothing.

    A decided pair stays as decided. A suggestion that this run no longer makes and nobody decided is
    removed; with `among` (the ids the engine looked at) only pairs of two of these are.
    Refused: `not_allowed`, `unknown_verdict`, `unknown_project`.
    """
    if not access.can_record_pairs(actor, on=localdate(at)):
        raise UnableToRecordPairs(
            "not_allowed",
            "บันทึกคู่ที่อาจซ้ำไม่ได้ เพราะท่านไม่ได้ดูแลแผนระดับอำเภอหรือจังหวัด โปรดให้เจ้าหน้าที่อำเภอหรือจังหวัดทำ",
            "No pair was kept: you do not plan for a district or province. Ask one who does.",
        )
    drafts = {draft.key(): draft for draft in pairs}
    return keep_pairs(drafts, lambda: _known(drafts, among), engine=engine, actor=actor, at=at)


Drafts = Mapping[tuple[int, int], PairDraft]


def keep_pairs(
    drafts: Drafts, standing: Callable[[], Iterable[Pair]], *, engine: str, actor: User, at: dt.datetime
) -> PairsRecorded:
    """Add, bring up to date and remove: of the standing pairs those that wait and are no longer suggested go.

    `standing` is asked again where somebody else kept the same two at the same moment: their pair stands then.
    """
    try:
        with transaction.atomic():
            return _keep(drafts, standing(), engine, actor, at)
    except IntegrityError:
        return _keep(drafts, standing(), engine, actor, at)


def _keep(drafts: Drafts, standing: Iterable[Pair], engine: str, actor: User, at: dt.datetime) -> PairsRecorded:
    codes = _codes_of({pk for key in drafts for pk in key})
    _check(drafts.values(), codes)
    known = {(p.first_id, p.second_id): p for p in standing}
    added = [_row(key, draft, engine, at) for key, draft in sorted(drafts.items()) if key not in known]
    waiting = {key: pair for key, pair in known.items() if pair.decision == PairDecision.WAITING}
    changed = [
        pair for key, pair in sorted(waiting.items()) if key in drafts and _update(pair, drafts[key], engine, at)
    ]
    gone = [pair for key, pair in sorted(waiting.items()) if key not in drafts]
    bring_up_to_date(added)
    stale = bring_up_to_date(pair for key, pair in known.items() if key in drafts or key not in waiting)
    lines = [_line("suggest", p, codes) for p in Pair.objects.bulk_create(added, batch_size=BATCH)]
    fields = ["probability", "verdict", "reasons", "engine", "found_at", "version"]
    Pair.objects.bulk_update(changed, fields, batch_size=BATCH)
    Pair.objects.bulk_update(stale, KEPT_FIELDS, batch_size=BATCH)
    lines += [_line("suggest_again", p, codes) for p in changed]
    codes |= _codes_of({pk for p in gone for pk in (p.first_id, p.second_id)})
    lines += [_line("drop_suggestion", p, codes) for p in gone]
    if lines:
        journal.record_many(at=at, actor=actor, entries=lines)
    for ids in chunks([p.pk for p in gone]):
        Pair.objects.filter(pk__in=ids, decision=PairDecision.WAITING).delete()
    return PairsRecorded(
        added=len(added),
        changed=len(changed),
        unchanged=len(waiting) - len(changed) - len(gone),
        decided=sum(1 for key in drafts if key in known and key not in waiting),
        removed=len(gone),
    )


def _known(drafts: Collection[tuple[int, int]], among: Collection[int] | None) -> Iterable[Pair]:
    """Pairs this run speaks of: all, or those of two projects the engine looked at or has named."""
    pairs = Pair.objects.select_for_update(no_key=True).order_by("pk")
    if among is None:
        return pairs
    seen = set(among)
    return [p for p in pairs if {p.first_id, p.second_id} <= seen or (p.first_id, p.second_id) in drafts]


def _row(key: tuple[int, int], draft: PairDraft, engine: str, at: dt.datetime) -> Pair:
    return Pair(
        first_id=key[0],
        second_id=key[1],
        probability=round(draft.probability, DIGITS),
        verdict=draft.verdict.upper(),
        reasons=list(draft.reasons),
        engine=engine,
        found_at=at,
    )


def _update(pair: Pair, draft: PairDraft, engine: str, at: dt.datetime) -> bool:
    """Bring a waiting pair up to what the engine says now; whether anything changed."""
    now = (round(draft.probability, DIGITS), draft.verdict.upper(), list(draft.reasons), engine)
    if (pair.probability, pair.verdict, pair.reasons, pair.engine) == now:
        return False
    pair.probability, pair.verdict, pair.reasons, pair.engine = now
    pair.found_at = at
    pair.version += 1
    return True


def _line(act: str, pair: Pair, codes: dict[int, str]) -> journal.Line:
    data = {
        "first": codes[pair.first_id],
        "second": codes[pair.second_id],
        "probability": pair.probability,
        "verdict": pair.verdict,
        "engine": pair.engine,
    }
    return journal.Line(act=f"integration.{act}", subject=pair, subject_code=codes[pair.first_id], data=data)


def _codes_of(ids: set[int]) -> dict[int, str]:
    codes: dict[int, str] = {}
    for chunk in chunks(sorted(ids)):
        codes.update(Project.objects.filter(pk__in=chunk).values_list("pk", "code"))
    return codes


def _check(drafts: Iterable[PairDraft], codes: dict[int, str]) -> None:
    for draft in drafts:
        if draft.verdict.upper() not in Verdict.values:
            raise UnableToRecordPairs(
                "unknown_verdict",
                f"บันทึกคู่ที่อาจซ้ำไม่ได้ เพราะไม่รู้จักผล {draft.verdict} โปรดตรวจรุ่นของเครื่องมือจับคู่",
                f"No pair was kept: verdict {draft.verdict} is unknown. Check the version of the engine.",
            )
        missing = [pk for pk in draft.key() if pk not in codes]
        if missing or draft.project_a == draft.project_b:
            raise UnableToRecordPairs(
                "unknown_project",
                f"บันทึกคู่ที่อาจซ้ำไม่ได้ เพราะคู่ {draft.key()} ไม่ใช่โครงการสองโครงการที่ขึ้นทะเบียน โปรดจับคู่ใหม่",
                f"No pair was kept: {draft.key()} are not two registered projects. Match again.",
            )
