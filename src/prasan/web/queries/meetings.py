"""One meeting, one committee and one resolution with what cites it, ready for their pages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from prasan.accounts.models import User
from prasan.afp.models import AfpRound
from prasan.agencies.models import Body
from prasan.agencies.queries import SECRETARIATS
from prasan.cycles.models import GateDecision
from prasan.integration.models import ChangeRecommendation, JointProject
from prasan.meetings import access, queries
from prasan.meetings.models import AgendaItem, AgendaSection, Attendance, Meeting, Resolution, Seat, SeatRole
from prasan.plans.models import ConformityFinding, Gate


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A member on the attendance sheet, with what is written of them."""

    seat: Seat
    presence: str
    substitute: str


@dataclass(frozen=True, slots=True)
class SectionOf:
    """One section of an agenda with its matters."""

    number: int
    label: str
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """Whatever cites a resolution."""

    gates: tuple[Gate, ...]
    findings: tuple[ConformityFinding, ...]
    joints: tuple[JointProject, ...]
    recommendations: tuple[ChangeRecommendation, ...]
    tasks: tuple[GateDecision, ...]
    rounds: tuple[AfpRound, ...]

    @property
    def empty(self) -> bool:
        return not (self.gates or self.findings or self.joints or self.recommendations or self.tasks or self.rounds)


def sections_of(meeting: Meeting) -> tuple[SectionOf, ...]:
    """The five sections, empty ones too: an agenda is read with all of them."""
    items = list(meeting.items.select_related("resolution", "proposer", "meeting").order_by("section", "position"))
    return tuple(
        SectionOf(number, str(label), tuple(item for item in items if item.section == number))
        for number, label in AgendaSection.choices
    )


def sheet_of(meeting: Meeting, on: dt.date) -> tuple[SheetLine, ...]:
    """Every member in office that day, with what is written."""
    written = {line.seat_id: line for line in meeting.attendances.filter(seat__isnull=False)}
    lines = []
    for seat in queries.seats_in_office(meeting.committee, on):
        line = written.get(seat.pk)
        lines.append(SheetLine(seat, line.presence if line else "", line.name if line else ""))
    return tuple(lines)


def attending(meeting: Meeting) -> QuerySet[Attendance]:
    """Who came without a seat."""
    return meeting.attendances.filter(seat__isnull=True).order_by("pk")


def uncovered_roles(seats: list[Seat]) -> tuple[str, ...]:
    """Roles a committee cannot do without, and has nobody for."""
    held = {seat.role for seat in seats}
    return tuple(str(SeatRole(role).label) for role in (SeatRole.CHAIR, SeatRole.SECRETARY) if role not in held)


def committees_of(actor: User, on: dt.date) -> QuerySet[Body]:
    """Committees whose meetings somebody may call: those of their own bodies and those these write for."""
    own = Body.objects.filter(memberships__user=actor)
    offices = {(body.kind, body.area_id) for body in own}
    wanted = set(own.values_list("pk", flat=True))
    for kind, office in SECRETARIATS.items():
        areas = [area for held, area in offices if held == office and area is not None]
        wanted |= set(Body.objects.filter(kind=kind, area__in=areas).values_list("pk", flat=True))
    bodies = Body.objects.filter(pk__in=wanted).select_related("area")
    allowed = [body.pk for body in bodies if access.can_run_meetings(actor, committee=body, on=on)]
    return Body.objects.filter(pk__in=allowed).select_related("area").order_by("sort_key", "pk")


def citing(resolution: Resolution) -> Citing:
    """The records that cite a resolution."""
    return Citing(
        gates=tuple(resolution.gates.select_related("edition__body__area").order_by("pk")),
        findings=tuple(resolution.findings.select_related("edition__body__area").order_by("pk")),
        joints=tuple(resolution.joint_projects.select_related("project").order_by("pk")),
        recommendations=tuple(resolution.recommendations.select_related("project").order_by("pk")),
        tasks=tuple(
            GateDecision.objects.filter(code=resolution.number).select_related("task__step", "task__body__area")
        ),
        rounds=tuple(resolution.afp_rounds.select_related("body__area", "area").order_by("pk")),
    )
