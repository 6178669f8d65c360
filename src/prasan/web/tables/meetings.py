"""The lists of meetings and of resolutions."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.meetings.models import DecisionKind, Meeting, MeetingState, Outcome, Resolution
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.wording import name_of, state_of


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in the list."""

    pk: int
    committee: str
    number: str
    starts_at: dt.datetime
    items: int
    resolved: int
    state: str


def meeting_rows() -> QuerySet[Meeting]:
    """Meetings with how many matters they have and how many are decided."""
    return Meeting.objects.select_related("committee__area").annotate(
        item_count=Count("items", distinct=True), resolved_count=Count("items__resolution", distinct=True)
    )


def make_meeting(meeting: Meeting) -> MeetingRow:
    """The row of one meeting."""
    return MeetingRow(
        meeting.pk,
        name_of(meeting.committee),
        f"{meeting.number}/{meeting.year}",
        meeting.starts_at,
        meeting.item_count,  # type: ignore[attr-defined]
        meeting.resolved_count,  # type: ignore[attr-defined]
        meeting.state,
    )


def _years(rows: QuerySet[Meeting]) -> tuple[tuple[str, str], ...]:
    return tuple((str(y), str(y)) for y in rows.order_by("-year").values_list("year", flat=True).distinct())


def meetings_spec() -> ListSpec[Meeting, MeetingRow]:
    """The list of meetings, the latest first."""
    return ListSpec(
        name="meetings",
        columns=(
            Column("committee", _("คณะกรรมการ"), lambda r: r.committee, order=by("committee__sort_key"), css="name"),
            Column("number", _("ครั้งที่"), lambda r: r.number, order=by("number")),
            Column("at", _("วันประชุม"), lambda r: r.starts_at.date(), "date", by("starts_at")),
            Column("items", _("เรื่อง"), lambda r: r.items, "number", by("item_count")),
            Column("resolved", _("มีมติแล้ว"), lambda r: r.resolved, "number", by("resolved_count")),
            Column("state", _("สถานะ"), lambda r: MeetingState(r.state).label, order=by("state")),
        ),
        make=make_meeting,
        default_order="-at",
        filters=(
            Filter("q", _("คณะกรรมการ"), text_filter("committee__name_key")),
            Filter("year", _("ปี พ.ศ."), exact_filter("year"), _years(Meeting.objects.all())),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(MeetingState.choices)),
        ),
    )


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One resolution in the list."""

    pk: int
    number: str
    committee: str
    title: str
    kind: str
    outcome: str
    resolved_at: dt.datetime
    present: int
    quorum: int


def make_resolution(resolution: Resolution) -> ResolutionRow:
    """The row of one resolution."""
    return ResolutionRow(
        resolution.pk,
        resolution.number,
        name_of(resolution.item.meeting.committee),
        resolution.item.title,
        str(DecisionKind(resolution.decision_kind).label),
        resolution.outcome,
        resolution.resolved_at,
        resolution.present,
        resolution.quorum,
    )


def resolutions_spec() -> ListSpec[Resolution, ResolutionRow]:
    """The list of resolutions, the latest first."""
    held = Meeting.objects.filter(items__resolution__isnull=False)
    return ListSpec(
        name="resolutions",
        columns=(
            Column("number", _("เลขที่มติ"), lambda r: r.number, order=by("number")),
            Column("title", _("เรื่อง"), lambda r: r.title, order=by("item__title"), css="name"),
            Column("committee", _("คณะกรรมการ"), lambda r: r.committee, order=by("item__meeting__committee__sort_key")),
            Column("kind", _("การพิจารณา"), lambda r: r.kind, order=by("decision_kind")),
            Column("outcome", _("ผล"), lambda r: state_of("resolution", r.outcome).word, order=by("outcome")),
            Column("at", _("เมื่อ"), lambda r: r.resolved_at.date(), "date", F("resolved_at")),
            Column("present", _("มาประชุม"), lambda r: r.present, "number", by("present")),
            Column("quorum", _("องค์ประชุม"), lambda r: r.quorum, "number", by("quorum")),
        ),
        make=make_resolution,
        default_order="-at",
        filters=(
            Filter("q", _("คณะกรรมการ"), text_filter("item__meeting__committee__name_key")),
            Filter("kind", _("การพิจารณา"), exact_filter("decision_kind"), tuple(DecisionKind.choices)),
            Filter("outcome", _("ผล"), exact_filter("outcome"), tuple(Outcome.choices)),
            Filter("year", _("ปี พ.ศ."), exact_filter("item__meeting__year"), _years(held)),
        ),
    )
