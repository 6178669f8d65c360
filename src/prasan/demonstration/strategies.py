"""The demonstration's strategies: a province's in force, those of some districts and อปท. that answer it, a draft."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.demonstration import facts
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.strategy import services as strategy
from prasan.strategy.models import Objective, ObjectiveKind, StrategyPlan
from prasan.strategy.services import Measure

FIRST, LAST = 2566, 2570
NATION = "national_strategy_2561"
LINKED = 40
"""How many projects say which goal of the province they answer: enough for the pages, few for a first run."""

# Issue, what it answers in the national strategy, its goal with indicator, unit, baseline and last target, its
# strategy, and words of projects that answer it. Made up for the demonstration.
PROVINCE = (
    ("เกษตรปลอดภัยและแปรรูปเพิ่มมูลค่า", "2", "เกษตรกรมีรายได้เพิ่มขึ้น", "รายได้เฉลี่ยของครัวเรือนเกษตร", "บาท/ปี",
     "182000", "215000", "พัฒนาแหล่งน้ำและตลาดสินค้าเกษตรปลอดภัย", ("เกษตร", "ตลาด", "ข้าว")),
    ("น้ำและถนนทั่วถึงทุกหมู่บ้าน", "4", "หมู่บ้านมีน้ำใช้ตลอดปีและถนนเข้าถึง", "ครัวเรือนที่มีน้ำสะอาดใช้ตลอดปี", "ร้อยละ",
     "81.5", "95", "ก่อสร้างและปรับปรุงระบบประปา ฝาย และถนนในหมู่บ้าน", ("ถนน", "ประปา", "ฝาย", "ขุดลอก", "บ่อบาดาล")),
    ("คนกาฬสินธุ์สุขภาพดีและเรียนรู้ตลอดชีวิต", "3", "ผู้สูงอายุได้รับการดูแลถึงบ้าน", "ผู้สูงอายุที่ได้รับการเยี่ยมบ้าน", "ร้อยละ",
     "64", "90", "ส่งเสริมอาสาสมัครและศูนย์เรียนรู้ชุมชน", ("ผู้สูงอายุ", "ส่งเสริม", "อบรม", "ศูนย์")),
)  # fmt: skip
BELOW = (
    ("เส้นทางและแหล่งน้ำในพื้นที่", 1),
    ("รายได้และอาชีพของชุมชน", 0),
    ("คุณภาพชีวิตทุกช่วงวัย", 2),
    ("สืบสานประเพณีบุญบั้งไฟ", None),  # answers nothing above: what an orphan looks like
)
"""Issues of the levels below, and the place of the province's issue each answers."""


def write_strategies(*, people: dict[str, User], at: dt.datetime) -> StrategyPlan:
    """Write and proclaim the strategies, link them upward, let some projects answer; once. Gives the province's.

    By the operator's hand, as an office brings in what it had before. The draft of the next five years is left open,
    lacking targets, for whoever tries the pages.
    """
    operator = people["operator"]
    province = Body.objects.get(kind=BodyKind.PROVINCIAL_COMMITTEE, area__code=facts.PROVINCE)
    kept = StrategyPlan.objects.filter(body=province, first_year=FIRST).first()
    if kept is not None:
        return kept
    plan = _province(province, operator, at)
    issues = list(plan.objectives.filter(kind=ObjectiveKind.ISSUE).order_by("position"))
    districts = Body.objects.filter(kind=BodyKind.DISTRICT_COMMITTEE, area__code__startswith=facts.PROVINCE).order_by(
        "code"
    )
    laos = Body.objects.filter(kind__in=LAO_KINDS, area__code__startswith=facts.PROVINCE).order_by("code")
    for n, (body, level) in enumerate(
        [*((one, "DISTRICT") for one in districts[:4]), *((one, "LAO") for one in laos[:9])]
    ):
        # Each takes two issues of its own choice; every fourth has the one that answers nothing.
        own = [BELOW[n % 3], BELOW[(n + 1) % 3] if n % 4 else BELOW[3]]
        _below(body, level, own, issues, operator, at)
    _link_projects(plan, operator, at)
    _draft(province, operator, at)
    return plan


def _province(body: Body, operator: User, at: dt.datetime) -> StrategyPlan:
    plan = strategy.draft_plan(
        code=f"{body.code}/{FIRST}", level="PROVINCE", body=body, title=f"แผนพัฒนาจังหวัดกาฬสินธุ์ พ.ศ. {FIRST}-{LAST}",
        vision="กาฬสินธุ์เมืองเกษตรปลอดภัย น้ำพอใช้ ผู้คนอยู่ดีมีสุข", first_year=FIRST, last_year=LAST, actor=operator, at=at,
    )  # fmt: skip
    for n, (issue, nation, goal, indicator, unit, base, last, way, _words) in enumerate(PROVINCE, start=1):
        top = strategy.add_objective(plan=plan, kind="ISSUE", code=f"{n}", name=issue, actor=operator, at=at)
        aim = strategy.add_objective(
            plan=plan, kind="GOAL", code=f"{n}.1", name=goal, parent=top, actor=operator, at=at
        )
        strategy.add_objective(plan=plan, kind="STRATEGY", code=f"{n}.1.1", name=way, parent=aim, actor=operator, at=at)
        strategy.set_indicator(
            objective=aim, measure=_measure(indicator, unit, Decimal(base), Decimal(last)), actor=operator, at=at
        )
        above = Objective.objects.filter(plan__code=NATION, code=nation).select_related("plan").first()
        if above is not None:
            strategy.link_up(below=top, above=above, actor=operator, at=at)
    day = dt.date(FIRST - 544, 10, 1)
    return strategy.proclaim_plan(plan=plan, proclaimed_on=day, by="ประกาศจังหวัด (สาธิต)", actor=operator, at=at)


def _measure(name: str, unit: str, base: Decimal, last: Decimal) -> Measure:
    """Even steps from the baseline to the last year's target."""
    years = range(FIRST, LAST + 1)
    step = (last - base) / len(years)
    targets = {year: round(base + step * n, 1) for n, year in enumerate(years, start=1)}
    return Measure(name, unit, targets, base, FIRST - 1)


def _below(
    body: Body,
    level: str,
    own: Sequence[tuple[str, int | None]],
    above: list[Objective],
    operator: User,
    at: dt.datetime,
) -> None:
    plan = strategy.draft_plan(
        code=f"{body.code}/{FIRST}", level=level, body=body,
        title=f"ยุทธศาสตร์การพัฒนา {_place(body)} พ.ศ. {FIRST}-{LAST}",
        vision="ชุมชนเข้มแข็ง อยู่ดีมีสุข", first_year=FIRST, last_year=LAST, actor=operator, at=at,
    )  # fmt: skip
    for n, (name, answers) in enumerate(own, start=1):
        issue = strategy.add_objective(plan=plan, kind="ISSUE", code=f"{n}", name=name, actor=operator, at=at)
        goal = strategy.add_objective(
            plan=plan, kind="GOAL", code=f"{n}.1", name=f"{name}ดีขึ้น", parent=issue, actor=operator, at=at
        )
        strategy.add_objective(
            plan=plan, kind="STRATEGY", code=f"{n}.1.1", name=f"พัฒนา{name}", parent=goal, actor=operator, at=at
        )
        strategy.set_indicator(
            objective=goal,
            measure=_measure("ความพึงพอใจของประชาชน", "ร้อยละ", Decimal(70), Decimal(85)),
            actor=operator,
            at=at,
        )
        if answers is not None:
            strategy.link_up(below=issue, above=above[answers], actor=operator, at=at)
    strategy.proclaim_plan(
        plan=plan, proclaimed_on=dt.date(FIRST - 544, 10, 15), by="ประกาศ (สาธิต)", actor=operator, at=at
    )


def _place(body: Body) -> str:
    """A committee's strategy is called after its district."""
    return f"อำเภอ{body.area.name_th}" if body.kind == BodyKind.DISTRICT_COMMITTEE and body.area else body.name_th


def _link_projects(plan: StrategyPlan, operator: User, at: dt.datetime) -> None:
    goals = list(plan.objectives.filter(kind=ObjectiveKind.GOAL).order_by("position"))
    share = LINKED // len(goals) + 1
    for goal, (*_told, words) in zip(goals, PROVINCE, strict=True):
        found = [one for one in Project.objects.order_by("code") if any(word in one.name for word in words)]
        for project in found[:share]:
            projects.link_objective(project=project, objective=goal, actor=operator, at=at)


def _draft(body: Body, operator: User, at: dt.datetime) -> None:
    first = LAST + 1
    plan = strategy.draft_plan(
        code=f"{body.code}/{first}", level="PROVINCE", body=body, title=f"แผนพัฒนาจังหวัดกาฬสินธุ์ พ.ศ. {first}-{first + 4}",
        vision="", first_year=first, last_year=first + 4, actor=operator, at=at,
    )  # fmt: skip
    for n, (issue, *_rest) in enumerate(PROVINCE, start=1):
        strategy.add_objective(plan=plan, kind="ISSUE", code=f"{n}", name=issue, actor=operator, at=at)
