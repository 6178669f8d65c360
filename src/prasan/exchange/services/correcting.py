"""A corrected file: rows find the records of the file it replaces and change, add and take away what differs."""

from dataclasses import dataclass, field, replace

from django.db.models import Q

from prasan.common.errors import Refused
from prasan.common.text import search_key
from prasan.exchange import rules
from prasan.exchange.models import Outcome, RowOutcome, Submission, SubmissionRow
from prasan.exchange.services.rows import Import, Row
from prasan.needs import services as needs
from prasan.needs.models import Need, ResponseKind
from prasan.needs.services import NeedDraft
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft


@dataclass(slots=True)
class Correction:
    """What a corrected file did to the records of the one before."""

    replaces: Submission
    revised: int = 0
    gone: list[SubmissionRow] = field(default_factory=list)


def predecessor(job: Import, *, subject: str, name: str, form: str) -> Submission | None:
    """The file that this one corrects: the latest of the same form about the same owners, editions, sheets and years,
    or of the same name with the same owners, a year in common and the same forums. A file of the same name for
    another year is another file. A file of another name, or one that came in the same moment, corrects only if
    most of the shorter one's rows stand in both: a plan sent in two halves is no correction of its first half.
    Files replaced or refused earlier do not count.
    """
    standing = Submission.objects.filter(form=form, replaced_by=None).exclude(outcome=Outcome.REFUSE)
    same = standing.filter(Q(subject_key=subject) | Q(name=name)).order_by("-received_at", "-pk")
    told = _about_file(job)
    for candidate in same.prefetch_related("rows__need__forum", "rows__project"):
        if candidate.subject_key != subject and not told.is_corrected_by_name(_about(candidate)):
            continue
        if (candidate.name == name and candidate.received_at < job.at) or _mostly_the_same(candidate, job):
            return candidate
    return None


def _mostly_the_same(candidate: Submission, job: Import) -> bool:
    """Whether at least half of the rows of the shorter file stand in the other one too."""
    old, new = _old_rows(candidate), job.waiting()
    matches = rules.match_rows([_key_of_old(row) for row in old], [_key_of_new(row) for row in new])
    return 2 * len(matches) >= min(len(old), len(new))


@dataclass(frozen=True, slots=True)
class About:
    """Whose records a file brought, for which years, from which forums."""

    owners: frozenset[int]
    years: frozenset[int]
    forums: frozenset[str]

    def is_corrected_by_name(self, other: "About") -> bool:
        """Whether two files of one name are about the same."""
        years = bool(self.years & other.years) or self.years == other.years
        return self.owners == other.owners and years and self.forums == other.forums


def _about_file(job: Import) -> About:
    drafts = [row.draft for row in job.rows if row.draft is not None]
    return About(
        frozenset(row.owner.pk for row in job.rows if row.owner is not None),
        frozenset(draft.fiscal_year for draft in drafts),
        frozenset(row.sheet.held_text for row in job.rows if isinstance(row.draft, NeedDraft)),
    )


def _about(submission: Submission) -> About:
    rows = [row for row in submission.rows.all() if row.need is not None or row.project is not None]
    records: list[Need | Project] = [row.need or row.project for row in rows]  # type: ignore[misc]
    return About(
        frozenset(r.body_id if isinstance(r, Need) else r.owner_id for r in records),
        frozenset(r.fiscal_year for r in records),
        frozenset(r.forum.held_text if r.forum else "" for r in records if isinstance(r, Need)),
    )


def correct(job: Import, before: Submission) -> Correction:
    """Revise the records that rows of the corrected file stand for; the answer lists rows that are gone."""
    correction = Correction(replaces=before)
    old = _old_rows(before)
    new = job.waiting()
    matches = rules.match_rows([_key_of_old(row) for row in old], [_key_of_new(row) for row in new])
    kept = set()
    for index, row in enumerate(new):
        if index in matches and _revise(job, row, old[matches[index]], correction):
            kept.add(matches[index])
    correction.gone = [row for index, row in enumerate(old) if index not in kept]
    return correction


def _old_rows(before: Submission) -> list[SubmissionRow]:
    """The rows a correction may change: one that had only repeated another file's record is that file's to change."""
    return list(
        before.rows.filter(outcome=RowOutcome.REGISTERED).select_related(
            "need__area", "need__body", "need__forum", "project__owner", "project__area", "project__asks"
        )
    )


def _key_of_old(row: SubmissionRow) -> rules.RowKey:
    record = row.need or row.project
    place = (record.area_id, record.moos) if record is not None else None
    return rules.RowKey(row.sheet, row.section, row.ordinal, search_key(row.name), place)


def _key_of_new(row: Row) -> rules.RowKey:
    record, draft = row.record, row.draft
    assert draft is not None
    place = (draft.area.pk if draft.area else None, draft.moos)
    return rules.RowKey(row.sheet.name, record.section, record.ordinal, search_key(record.name), place)


def _revise(job: Import, row: Row, old: SubmissionRow, correction: Correction) -> bool:
    """Let the old row's record say what the new row says. False where it is another kind of record or owner."""
    draft = row.draft
    if isinstance(draft, NeedDraft) and old.need is not None and old.need.body_id == draft.body.pk:
        row.need = old.need
    elif isinstance(draft, ProjectDraft) and old.project is not None and old.project.owner_id == draft.owner.pk:
        row.project = old.project
    else:
        return False
    row.outcome = RowOutcome.REGISTERED
    record: Need | Project = row.need or row.project  # type: ignore[assignment]
    version = record.version
    reason = f"ไฟล์ {job.reading.file} แก้ไขไฟล์ {correction.replaces.name}"
    try:
        if isinstance(draft, NeedDraft):
            assert row.need is not None
            asked = _with_what_people_said(row.need, draft)
            row.need = needs.revise_need(need=row.need, draft=asked, reason=reason, **job.who())
            correction.revised += row.need.version != version
        else:
            assert draft is not None
            assert row.project is not None
            # Few forms have months: a time that the owner or a recommendation set stays where the file says none.
            told = replace(draft, work=draft.work or row.project.work)
            row.project = projects.revise_project(project=row.project, draft=told, reason=reason, **job.who())
            correction.revised += row.project.version != version
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        # Merged or withdrawn meanwhile: what people decided since stands, and the officer is told.
        _keep(row, record)
        job.say(row, "not_revised", "warning", refusal.message_th, refusal.message_en)
    return True


def _with_what_people_said(need: Need, draft: NeedDraft) -> NeedDraft:
    """The forum stays, and so does a class that somebody gave since, where the file gives none."""
    unclassified = draft.response_kind == ResponseKind.UNCLASSIFIED
    return replace(draft, forum=need.forum, response_kind=need.response_kind if unclassified else draft.response_kind)


def _keep(row: Row, record: Need | Project) -> None:
    if isinstance(record, Need):
        row.need = record
    else:
        row.project = record


def withdraw_gone(job: Import, correction: Correction) -> int:
    """Withdraw records whose row is gone from the corrected file, with a finding each; the answer counts them."""
    withdrawn = 0
    reason = f"ไม่มีในไฟล์ {job.reading.file} ซึ่งแก้ไขไฟล์ {correction.replaces.name}"
    for row in correction.gone:
        record: Need | Project = row.need or row.project  # type: ignore[assignment]
        if record.withdrawn_at is not None:
            continue
        if _stands_in_another_file(row, job):
            continue
        where = f"{row.sheet} แถว {row.row}"
        try:
            if isinstance(record, Need):
                needs.withdraw_need(need=record, reason=reason, **job.who())
            else:
                projects.withdraw_project(project=record, reason=reason, **job.who())
        except Refused as refusal:
            job.say(None, "row_gone_but_kept", "warning", refusal.message_th, refusal.message_en)
            continue
        withdrawn += 1
        job.say(
            None,
            "row_withdrawn",
            "warning",
            f"ถอน {record.code} {row.name} เพราะแถวนี้ ({where} ในไฟล์เดิม) ไม่มีในไฟล์ที่แก้ไข",
            f"{record.code} {row.name} was withdrawn: its row ({row.sheet} row {row.row} of the earlier file) is gone "
            "from the corrected file.",
        )
    return withdrawn


def _stands_in_another_file(row: SubmissionRow, job: Import) -> bool:
    """Whether a file that still counts carries the same record, or a row of this one has taken it."""
    others = SubmissionRow.objects.filter(need=row.need_id, project=row.project_id, submission__replaced_by=None)
    if others.exclude(submission=row.submission_id).exists():
        return True
    return any(
        (r.need is not None and r.need.pk == row.need_id) or (r.project is not None and r.project.pk == row.project_id)
        for r in job.rows
    )
