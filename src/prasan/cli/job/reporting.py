"""Fills the report of the main job from the database: files, rows, plans, pairs, hand-overs, map."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.utils import timezone

from prasan.areas.models import Area, AreaLevel
from prasan.areas.queries import descendants_of
from prasan.cli.job import conformity, places
from prasan.cli.job.counting import asked_amounts, counted_amounts
from prasan.cli.job.deciding import amounts_of
from prasan.cli.job.funnels import coordination_funnel, need_funnel
from prasan.cli.job.scope import Order, Scope
from prasan.cycles import queries as cycles
from prasan.exchange import queries as exchange
from prasan.exchange.models import RowOutcome, Submission, SubmissionRow
from prasan.integration.models import Conflict, ConflictDecision, Handover, Pair, PairDecision
from prasan.needs.models import Need
from prasan.plans.models import PlanEdition, PlanItem
from prasan.projects.models import Project
from prasan.publishing import report as parts

CREDITS = ("ทะเบียนพื้นที่: geothai © the geothai contributors (CC BY 4.0)",)  # docs/licences.md


def assemble(order: Order, scope: Scope, editions: Sequence[PlanEdition]) -> parts.ProvinceReport:
    """The report of one run; it depends on the files and the records only, never on when it is made."""
    province = Area.objects.get(code=order.province_code)
    sources = _sources(scope.submissions)
    inputs = tuple(_input(submission) for submission in scope.submissions)
    found = [*_findings(scope.submissions, order.province_code), *_copies(scope)]
    in_force = order.act_effective_on
    findings = (*found, *conformity.check(scope.projects(), scope.needs(), sources, act_effective_on=in_force))
    pairs = tuple(_pairs(scope, sources))
    conflicts = tuple(_conflicts(scope, sources))
    handovers = tuple(_handovers(scope))
    plans = tuple(_plan(edition, scope, sources) for edition in editions)
    calendar = cycles.calendar_for(order.system, order.fiscal_year)
    funnel = need_funnel(scope.needs())
    return parts.ProvinceReport(
        province_code=province.code,
        province_name=province.name_th,
        fiscal_year=order.fiscal_year,
        cycle=order.system,
        cycle_name=calendar.title(),
        generated_on=timezone.localdate(max(s.received_at for s in scope.submissions)),
        inputs=inputs,
        counts=parts.Counts(
            rows=sum(i.rows for i in inputs),
            registered=sum(i.registered for i in inputs),
            merged=sum(i.merged for i in inputs),
            refused=sum(i.refused for i in inputs),
            needs=len(scope.needs()),
            projects=len(scope.projects()),
            pairs=len(pairs),
            conflicts=len(conflicts),
            handovers=len(handovers),
            findings=len(findings),
        ),
        sums=_sums(inputs, scope, funnel),
        findings=findings,
        handovers=handovers,
        pairs=pairs,
        conflicts=conflicts,
        plans=plans,
        steps=calendar.steps,
        areas=tuple(_map_areas(province, scope.projects())),
        outline=province.boundary,
        credits=CREDITS,
        needs=funnel,
        coordination=coordination_funnel(scope.projects()),
    )


def _input(submission: Submission) -> parts.InputFile:
    rows = list(submission.rows.select_related("project").prefetch_related("project__years"))
    by_year: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.project is not None:
            for year, satang in amounts_of(row.project).items():
                by_year[year] += satang
        elif row.need is not None and row.amount_satang is not None:
            by_year[row.need.fiscal_year] += row.amount_satang
    outcomes = [row.outcome for row in rows]
    return parts.InputFile(
        file=submission.name,
        sha256=submission.sha256,
        form=submission.form,
        outcome=cast(Any, submission.outcome),
        rows=len(rows),
        registered=outcomes.count(RowOutcome.REGISTERED),
        merged=outcomes.count(RowOutcome.MERGED),
        refused=outcomes.count(RowOutcome.REFUSED),
        total_satang=sum(row.amount_satang or 0 for row in rows),
        by_year=dict(sorted(by_year.items())),
    )


def _sums(inputs: Sequence[parts.InputFile], scope: Scope, funnel: parts.NeedFunnel) -> parts.Sums:
    """Totals of the files, and proofs: each row and each satang ends in one outcome, each need came to one place."""
    rows = SubmissionRow.objects.filter(submission__in=scope.submissions)
    by_outcome: dict[str, list[int]] = {value: [] for value in RowOutcome.values}
    for outcome, satang in rows.values_list("outcome", "amount_satang"):
        by_outcome[outcome].append(satang or 0)
    by_form: dict[str, int] = defaultdict(int)
    for form, satang in rows.values_list("form", "amount_satang"):
        by_form[form] += satang or 0
    named = ((RowOutcome.REGISTERED, "registered"), (RowOutcome.MERGED, "merged"), (RowOutcome.REFUSED, "refused"))
    return parts.Sums(
        total_satang=sum(i.total_satang for i in inputs),
        by_year=parts.summed_by_year(i.by_year for i in inputs),
        by_form=dict(sorted(by_form.items())),
        reconciliations=(
            parts.Reconciliation(
                "ROWS",
                "ทุกแถวจบที่ผลเดียว",
                "every row ends in one outcome",
                "rows",
                sum(i.rows for i in inputs),
                tuple(parts.Part(str(o.label), en, len(by_outcome[o.value])) for o, en in named),
            ),
            parts.Reconciliation(
                "AMOUNTS",
                "เงินทุกสตางค์ของไฟล์อยู่ในผลใดผลหนึ่ง",
                "every satang of the files is in one outcome",
                "satang",
                sum(i.total_satang for i in inputs),
                tuple(parts.Part(str(o.label), en, sum(by_outcome[o.value])) for o, en in named),
            ),
            parts.needs_reconciliation(funnel),
        ),
    )


def _findings(submissions: Iterable[Submission], province_code: str) -> Iterable[parts.ReportFinding]:
    """What was found in each file, and what of it lies outside the province asked for."""
    for submission in submissions:
        outside = exchange.outside_province(submission, province_code)
        for finding in (*exchange.findings_of(submission), *([outside] if outside else [])):
            yield parts.ReportFinding(
                file=submission.name,
                sheet=finding.sheet,
                row=finding.row,
                cell=finding.cell,
                kind=finding.kind,
                severity=finding.severity,
                message_th=finding.message_th,
                message_en=finding.message_en,
            )


def _copies(scope: Scope) -> Iterable[parts.ReportFinding]:
    """A file that holds what another file holds is counted once; its name is told here."""
    for name, submission in scope.copies:
        yield parts.ReportFinding(
            file=name,
            sheet="",
            row=None,
            cell="",
            kind="same_file",
            severity="info",
            message_th=f"ไฟล์ “{name}”: เนื้อหาเดียวกับไฟล์ “{submission.name}” ทุกไบต์ จึงนับครั้งเดียว",
            message_en=f"File “{name}”: the same bytes as file “{submission.name}”; it was counted once.",
        )


Sources = dict[tuple[str, int], parts.Source]


def _sources(submissions: Sequence[Submission]) -> Sources:
    """Where each need and project was first read, among the files of this run."""
    found: Sources = {}
    names = {s.pk: s.name for s in submissions}
    for row in SubmissionRow.objects.filter(submission__in=submissions).order_by("submission", "id"):
        key = ("need", row.need_id) if row.need_id is not None else ("project", row.project_id)
        if key[1] is not None:
            found.setdefault((key[0], key[1]), parts.Source(names[row.submission_id], row.sheet, row.row))
    return found


def _source_of(project: Project, sources: Sources) -> parts.Source:
    """A project made of a need stands where the need was asked."""
    if ("project", project.pk) in sources:
        return sources["project", project.pk]
    for take_up in project.take_ups.all():
        if ("need", take_up.need_id) in sources:
            return sources["need", take_up.need_id]
    return parts.Source()


def _pairs(scope: Scope, sources: Sources) -> Iterable[parts.PairLine]:
    ids = set(scope.project_ids)
    found = (
        Pair.objects.exclude(decision=PairDecision.DIFFERENT)
        .select_related("first__owner", "first__area", "second__owner", "second__area")
        .prefetch_related("first__years", "second__years", "first__take_ups", "second__take_ups")
        .order_by("-probability", "first__code", "second__code")
    )
    for pair in found:
        if pair.first_id in ids and pair.second_id in ids:
            yield parts.PairLine(
                first=_side(pair.first, sources),
                second=_side(pair.second, sources),
                probability=pair.probability,
                verdict=pair.verdict,
                reasons_th=tuple(reason["th"] for reason in pair.reasons),
                reasons_en=tuple(reason["en"] for reason in pair.reasons),
                decision=pair.decision,
            )


def _conflicts(scope: Scope, sources: Sources) -> Iterable[parts.ConflictLine]:
    ids = set(scope.project_ids)
    found = (
        Conflict.objects.exclude(decision=ConflictDecision.NOT_A_CONFLICT)
        .select_related("first__owner", "first__area", "second__owner", "second__area")
        .prefetch_related("first__years", "second__years", "first__take_ups", "second__take_ups")
        .order_by("certainty", "kind", "first__code", "second__code")
    )
    for one in found:
        if one.first_id in ids and one.second_id in ids:
            yield parts.ConflictLine(
                first=_side(one.first, sources),
                second=_side(one.second, sources),
                kind=one.kind,
                certainty=one.certainty,
                reasons_th=tuple(reason["th"] for reason in one.reasons),
                reasons_en=tuple(reason["en"] for reason in one.reasons),
                decision=one.decision,
            )


def _side(project: Project, sources: Sources) -> parts.PairSide:
    amounts = amounts_of(project)
    return parts.PairSide(
        code=project.code,
        name=project.name,
        owner=project.owner.name_th,
        area_name=project.area.name_th if project.area else "",
        fiscal_year=project.fiscal_year,
        amount_satang=sum(amounts.values()) if amounts else None,
        source=_source_of(project, sources),
    )


def _handovers(scope: Scope) -> Iterable[parts.HandoverLine]:
    found = (
        Handover.objects.filter(project__in=scope.project_ids)
        .select_related("project__area", "from_body", "to_body", "coordinator")
        .prefetch_related("project__years")
        .order_by("project__code", "hop")
    )
    for handover in found:
        amounts = amounts_of(handover.project)
        yield parts.HandoverLine(
            project_code=handover.project.code,
            project_name=handover.project.name,
            area_name=handover.project.area.name_th if handover.project.area else "",
            from_body=handover.from_body.name_th,
            to_body=handover.to_body.name_th,
            verdict=handover.verdict,
            reason=handover.reason,
            state=handover.state,
            hop=handover.hop,
            coordinator=handover.coordinator.name_th if handover.coordinator else "",
            amount_satang=sum(amounts.values()) if amounts else None,
        )


def _plan(edition: PlanEdition, scope: Scope, sources: Sources) -> parts.Plan:
    """One edition, with the items that this run's files brought."""
    needs, projects = set(scope.need_ids), set(scope.project_ids)
    items = edition.items.select_related("need__area", "need__body", "project__area", "project__owner__area")
    brought = [
        item
        for item in items.prefetch_related("project__years", "project__take_ups")
        if item.need_id in needs or item.project_id in projects
    ]
    counted = counted_amounts(brought)
    lines = [_line(item, edition.fiscal_year, counted.get(item.pk), sources) for item in brought]
    names = places.names_of(edition.body.area)
    return parts.Plan(
        plan_type=edition.plan_type,
        body=edition.body.name_th,
        fiscal_year=edition.fiscal_year,
        items=tuple(lines),
        area_code=edition.body.area.code if edition.body.area else "",
        state=edition.state,
        subdistrict_name=names.get(6, ""),
        district_name=names.get(4, ""),
    )


def _line(item: PlanItem, fiscal_year: int, counted: dict[int, int] | None, sources: Sources) -> parts.PlanLine:
    record: Need | Project
    if item.project is not None:
        record, owner, name = item.project, item.project.owner.name_th, item.project.name
        amounts = amounts_of(item.project)
        programme, source = item.project.programme, _source_of(item.project, sources)
        area = item.project.area or item.project.owner.area
    else:
        assert item.need is not None
        record, owner, name = item.need, item.need.body.name_th, item.need.title
        amounts = asked_amounts(item.need)
        programme, source = "", sources.get(("need", item.need.pk), parts.Source())
        area = item.need.area
    if counted is not None:
        amounts = counted
    names = places.names_of(area)
    code = places.code_of(area)
    return parts.PlanLine(
        priority=item.priority,
        code=record.code,
        name=name,
        owner=owner,
        area_code=code,
        area_name=area.name_th if area else "",
        district_code=code[:4] if len(code) >= 4 else "",
        district_name=names.get(4, ""),
        place=record.place_text,
        programme=programme,
        amount_satang=amounts.get(fiscal_year),
        by_year=amounts,
        source=source,
    )


def _map_areas(province: Area, projects: Sequence[Project]) -> Iterable[parts.MapArea]:
    count: dict[str, int] = defaultdict(int)
    money: dict[str, int] = defaultdict(int)
    for project in projects:
        district = places.code_of(project.area or project.owner.area)[:4]
        count[district] += 1
        money[district] += sum(amounts_of(project).values())
    for area in descendants_of(province, AreaLevel.DISTRICT).filter(valid_to=None):
        points = [_point(spot) for spot in descendants_of(area, AreaLevel.SUBDISTRICT)]
        yield parts.MapArea(
            code=area.code,
            name=area.name_th,
            projects=count[area.code],
            satang=money[area.code],
            geometry=area.boundary,
            points=tuple(p for p in points if p) or tuple(p for p in [_point(area)] if p),
        )


def _point(area: Area) -> tuple[float, float] | None:
    if area.longitude is None or area.latitude is None:
        return None
    return area.longitude, area.latitude
