"""What the rulebook says of the records of a run, as findings beside those of the files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from prasan.common.dates import format_date
from prasan.needs.models import Need, ResponseKind
from prasan.projects.models import Origin, Project
from prasan.projects.queries import late_notices
from prasan.publishing import report as parts

Sources = Mapping[tuple[str, int], parts.Source]


def check(
    projects: Sequence[Project], needs: Sequence[Need], sources: Sources, *, act_effective_on: dt.date | None = None
) -> Iterable[parts.ReportFinding]:
    """Late notices of agencies (R50), requests that could not go on (R37), forums not all classified (R33)."""
    yield from _late_notices(projects, sources, act_effective_on)
    yield from _not_handed_over(projects, sources)
    yield from _unclassified(needs, sources)


def _not_handed_over(projects: Sequence[Project], sources: Sources) -> Iterable[parts.ReportFinding]:
    asked = [p.pk for p in projects if p.origin == Origin.LOCAL_PLAN_COORDINATION]
    for project in Project.objects.filter(pk__in=asked, handovers=None).select_related("owner").order_by("code"):
        yield _finding(
            sources.get(("project", project.pk), parts.Source()),
            "not_handed_over",
            f"{project.code} ของ{project.owner.name_th} ขอประสานแผน แต่ยังส่งต่อไม่ได้ เพราะไม่ทราบอำเภอของ อปท. "
            "หรือพื้นที่โครงการอยู่นอกอำเภอนั้น (R37) โปรดโหลดทะเบียน อปท. ด้วย prasan load bodies หรือระบุพื้นที่โครงการ แล้วส่งต่อเอง",
            f"{project.code} of {project.owner.name_th} asks for coordination and could not be handed over: the "
            "district of the local government is not known, or the project's place lies outside it (R37). Load the "
            "register of local governments (prasan load bodies), or give the project's place, and hand it over.",
        )


def _late_notices(
    projects: Sequence[Project], sources: Sources, in_force: dt.date | None
) -> Iterable[parts.ReportFinding]:
    taken_th = "" if in_force else " ซึ่งถือเอาวันแรกของปีงบประมาณ"
    taken_en = "" if in_force else ", taken to be the first day of the fiscal year"
    for late in late_notices([project.pk for project in projects], effective_on=in_force):
        source = sources.get(("project", late.project.pk), parts.Source())
        notified, agency = late.project.notified_on, late.project.owner.name_th
        assert notified is not None
        yield _finding(
            source,
            "late_notice",
            f"{agency} แจ้งโครงการนี้เมื่อ {format_date(notified)} หลังวันสุดท้าย {format_date(late.due_on)} "
            f"(R50: ภายใน 30 วันนับแต่ พ.ร.บ. งบประมาณมีผล{taken_th}) โปรดให้หน่วยงานชี้แจง",
            f"{agency} told of this project on {notified:%d %B %Y}, after the last day {late.due_on:%d %B %Y} "
            f"(R50: within 30 days of the Budget Act taking effect{taken_en}). Ask the agency why.",
        )


def _unclassified(needs: Sequence[Need], sources: Sources) -> Iterable[parts.ReportFinding]:
    sheets: dict[tuple[str, str], int] = defaultdict(int)
    for need in needs:
        if need.response_kind == ResponseKind.UNCLASSIFIED and ("need", need.pk) in sources:
            source = sources["need", need.pk]
            sheets[source.file, source.sheet] += 1
    for (file, sheet), count in sheets.items():
        yield _finding(
            parts.Source(file, sheet),
            "unclassified_need",
            f"ไฟล์ “{file}” แผ่นงาน “{sheet}”: {count:,} ความต้องการไม่ได้ระบุประเภท (ทำเอง/ร่วมทำ/ขอรับการสนับสนุน, R33) "
            "จึงถือว่าขอรับการสนับสนุน โปรดให้ชุมชนจำแนก",
            f"File “{file}”, sheet “{sheet}”: {count:,} needs name no kind (self-help, joint, needs support; R33) "
            "and are treated as asking for support. Ask the community to classify them.",
        )


def _finding(source: parts.Source, kind: str, th: str, en: str) -> parts.ReportFinding:
    return parts.ReportFinding(
        file=source.file,
        sheet=source.sheet,
        row=source.row,
        cell="",
        kind=kind,
        severity="warning",
        message_th=th,
        message_en=en,
    )
