"""What a recommendation can choose from: the committee of the project's province, its resolutions, its places."""

from django.db.models import QuerySet

from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import body_of, province_code_of
from prasan.areas.models import Area, AreaLevel
from prasan.meetings.models import DecisionKind, Outcome, Resolution
from prasan.projects.models import Project


def committee_of(project: Project) -> Body | None:
    """ก.บ.จ. of the province a project lies in; None for a project of no province."""
    code = project.area.code[:2] if project.area is not None else province_code_of(project.owner)
    return body_of(BodyKind.PROVINCIAL_COMMITTEE, code) if code else None


def resolutions_offered(committee: Body | None) -> QuerySet[Resolution]:
    """The committee's adopted resolutions that decide something, the latest first."""
    found = Resolution.objects.filter(item__meeting__committee=committee, outcome=Outcome.ADOPTED)
    found = found.exclude(decision_kind=DecisionKind.FOR_INFORMATION) if committee is not None else found.none()
    return found.order_by("-resolved_at", "-pk")


def areas_offered(committee: Body | None) -> QuerySet[Area]:
    """The districts and subdistricts of the committee's province, by code."""
    if committee is None or committee.area is None:
        return Area.objects.none()
    levels = (AreaLevel.DISTRICT, AreaLevel.SUBDISTRICT)
    return Area.objects.filter(code__startswith=committee.area.code, level__in=levels, valid_to=None).order_by("code")
