"""Writes the demonstration province as the workbooks its offices would send."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import openpyxl.comments

from prasan.demonstration import clashes, facts
from prasan.demonstration.clashes import Planned
from prasan.demonstration.province import Ask, Tambon, make_province
from prasan.exchange.reading.records import Amount, Record, Sheet
from prasan.exchange.templates import write_workbook

Progress = Callable[[str], None]
KINDS = {"ทำเอง": "SELF_HELP", "ร่วมทำ": "JOINT", "ขอรับการสนับสนุน": "NEEDS_SUPPORT"}
NOTICE_DATES = (dt.date(2026, 10, 12), dt.date(2026, 10, 20), dt.date(2026, 10, 28))


def write_province(folder: Path, *, seed: int = 46, progress: Progress | None = None) -> list[Path]:
    """Write every workbook of the demonstration into `folder`; returns them in a stable order."""
    folder.mkdir(parents=True, exist_ok=True)
    tambons = make_province(seed)
    written = []
    for tambon in tambons:
        for path, sheets in (
            (folder / f"ประชาคม {tambon.name} {tambon.district}.xlsx", _needs(tambon)),
            (folder / _plan_name(tambon), _local_plan(tambon)),
        ):
            write_workbook(path, sheets)
            written.append(path)
            if progress:
                progress(path.name)
    agencies = folder / "บัญชีโครงการของส่วนราชการ.xlsx"
    write_workbook(agencies, [_agency_list(tambons, Random(seed))])  # noqa: S311
    written.append(agencies)
    _leave_something_to_correct(folder / _plan_name(tambons[-1]))
    for path in written:
        _fix_dates(path)
    return sorted(written)


def _plan_name(tambon: Tambon) -> str:
    return f"แผนพัฒนาท้องถิ่น อบต.{tambon.name} {tambon.district}.xlsx"


def _leave_something_to_correct(path: Path) -> None:
    """One plan comes as plans often do: an error value, a decision in a comment, a row somebody hid."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["ผ.02"]
    amounts = [cell for row in sheet.iter_rows(min_col=5, max_col=9) for cell in row if _is_amount(cell.value)]
    amounts[0].value = "#REF!"
    comment = "แก้ไขเป็น 350,000 ตามมติที่ประชุมครั้งที่ 2/2568"
    amounts[3].comment = openpyxl.comments.Comment(comment, "นักวิเคราะห์นโยบายและแผน")
    sheet.row_dimensions[amounts[2].row or 0].hidden = True
    workbook.save(path)


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and value > 10_000


def _fix_dates(path: Path) -> None:
    """Give every part of the archive the same date, so that the same province has the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", data)
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _needs(tambon: Tambon) -> list[Sheet]:
    sheets = []
    for village in tambon.villages:
        sheet = Sheet(
            name=f"ม.{village.moo} {village.name}",
            form="community_needs",
            place_text=f"หมู่ที่ {village.moo} บ้าน{village.name} {tambon.place}",
            held_text=facts.FORUM_DATES,
            attendance=35 + 3 * village.moo,
            fiscal_years=(facts.FISCAL_YEAR,),
        )
        asks = [ask for ask in tambon.asks if ask.village == village]
        for number, ask in enumerate(asks, 1):
            sheet.records.append(
                Record(
                    sheet=sheet.name,
                    row=0,
                    form="community_needs",
                    ordinal=number,
                    name=ask.title,
                    problem=ask.work.problem,
                    place_text=f"หมู่ที่ {village.moo}",
                    moos=(village.moo,),
                    response_kind=KINDS[ask.work.kind],
                    target_group=f"ประชาชนในหมู่ที่ {village.moo}",
                    amounts=_amounts(ask, facts.FISCAL_YEAR) if ask.baht else [],
                )
            )
        sheets.append(sheet)
    return sheets


def _local_plan(tambon: Tambon) -> list[Sheet]:
    owner = f"องค์การบริหารส่วนตำบล{tambon.name}"
    plan = Sheet(
        name="ผ.02",
        form="local_plan_p02",
        owner_text=owner,
        place_text=f"อำเภอ{tambon.district} จังหวัดกาฬสินธุ์",
        fiscal_years=facts.PLAN_YEARS,
    )
    asked = Sheet(
        name="ผ.02-2 ประสาน อบจ.",
        form="local_plan_p02_2",
        owner_text=owner,
        place_text=f"อำเภอ{tambon.district} จังหวัดกาฬสินธุ์",
        fiscal_years=facts.PLAN_YEARS,
    )
    by_programme = sorted(tambon.taken, key=lambda a: (a.work.programme, a.village.moo, a.title))
    numbers: dict[str, int] = {}
    for ask in by_programme:
        numbers[ask.work.programme] = number = numbers.get(ask.work.programme, 0) + 1
        plan.records.append(_plan_record(plan, ask, number, "กองช่าง"))
    for planned in tambon.planned:
        if planned.agency == clashes.OWN:
            numbers[planned.programme] = number = numbers.get(planned.programme, 0) + 1
            plan.records.append(_own_record(plan, planned, number))
    for number, ask in enumerate(sorted(tambon.over, key=lambda a: (a.work.programme, a.title)), 1):
        asked.records.append(_plan_record(asked, ask, number, "อบจ.กาฬสินธุ์"))
    return [sheet for sheet in (plan, asked) if sheet.records]


def _plan_record(sheet: Sheet, ask: Ask, number: int, responsible: str) -> Record:
    return Record(
        sheet=sheet.name,
        row=0,
        form=sheet.form,
        ordinal=number,
        name=f"{ask.title} หมู่ที่ {ask.village.moo}",
        objective=f"เพื่อแก้ไขปัญหา{ask.work.problem}",
        target=ask.size,
        kpi="ร้อยละของครัวเรือนที่ได้รับประโยชน์",
        expected_result="ประชาชนมีคุณภาพชีวิตดีขึ้น",
        responsible=responsible,
        strategy="1. ยุทธศาสตร์การพัฒนาคุณภาพชีวิตและโครงสร้างพื้นฐาน",
        tactic="1.1 กลยุทธ์พัฒนาโครงสร้างพื้นฐานและอาชีพ",
        programme=ask.work.programme,
        moos=(ask.village.moo,),
        amounts=_amounts(ask, ask.year),
    )


def _own_record(sheet: Sheet, planned: Planned, number: int) -> Record:
    return Record(
        sheet=sheet.name,
        row=0,
        form=sheet.form,
        ordinal=number,
        name=_with_moo(planned),
        objective=f"เพื่อแก้ไขปัญหา{planned.problem}",
        target=planned.size,
        kpi="ร้อยละของครัวเรือนที่ได้รับประโยชน์",
        expected_result="ประชาชนมีคุณภาพชีวิตดีขึ้น",
        responsible="กองช่าง" if planned.programme == clashes.CIVIL else "กองสวัสดิการสังคม",
        strategy="1. ยุทธศาสตร์การพัฒนาคุณภาพชีวิตและโครงสร้างพื้นฐาน",
        tactic="1.1 กลยุทธ์พัฒนาโครงสร้างพื้นฐานและอาชีพ",
        programme=planned.programme,
        moos=(planned.moo,) if planned.moo else (),
        amounts=[Amount(facts.FISCAL_YEAR, "PLANNED", "IN", planned.baht * 100, "")],
    )


def _with_moo(planned: Planned) -> str:
    return f"{planned.title} หมู่ที่ {planned.moo}" if planned.moo else planned.title


def _agency_list(tambons: list[Tambon], random: Random) -> Sheet:
    """What departments say they will do here: partly what an อบต. lists too, in other words and amounts."""
    sheet = Sheet(name="ส่วนกลาง", form="agency_projects", place_text="จังหวัดกาฬสินธุ์", fiscal_years=(facts.FISCAL_YEAR,))
    rows: list[tuple[str, Ask, Tambon, str]] = []
    for tambon in tambons:
        for ask in tambon.listed:
            rows.append((ask.work.agency, ask, tambon, _in_other_words(ask, tambon)))
        alike = [a for a in tambon.asks if a.work.agency and a not in tambon.listed and a.baht]
        for ask in random.sample(alike, min(3, len(alike))):
            # The next village's work of the same kind: looks alike, and is another project.
            other = tambon.villages[ask.village.moo % len(tambon.villages)]
            name = ask.title.replace(f"บ้าน{ask.village.name}", f"บ้าน{other.name}")
            rows.append((ask.work.agency, ask, tambon, f"{name} หมู่ที่ {other.moo} {tambon.place} {ask.size}"))
    rows.sort(key=lambda row: (facts.AGENCIES[row[0]], row[0], row[2].code, row[3]))
    for number, (agency, ask, tambon, name) in enumerate(rows, 1):
        baht = ask.baht * random.choice((95, 100, 100, 105, 112)) // 100_000 * 1000
        sheet.records.append(
            Record(
                sheet=sheet.name,
                row=0,
                form="agency_projects",
                ordinal=number,
                name=name,
                ministry=facts.AGENCIES[agency],
                agency=agency,
                programme="แผนงานบูรณาการพัฒนาพื้นที่ระดับภาค",
                place_text=f"ต.{tambon.name} อ.{tambon.district} จ.กาฬสินธุ์",
                notified_on=random.choice(NOTICE_DATES),
                amounts=[Amount(facts.FISCAL_YEAR, "BUDGETED", "IN", max(baht, 1000) * 100, "")],
            )
        )
    # At the end, so that what is drawn by lot above stays as it was drawn.
    for tambon in tambons:
        for planned in tambon.planned:
            if planned.agency != clashes.OWN:
                sheet.records.append(_agency_record(sheet, planned, tambon, len(sheet.records) + 1))
    return sheet


def _agency_record(sheet: Sheet, planned: Planned, tambon: Tambon, number: int) -> Record:
    return Record(
        sheet=sheet.name,
        row=0,
        form="agency_projects",
        ordinal=number,
        name=f"{_with_moo(planned)} {tambon.place} {planned.size}",
        ministry=facts.AGENCIES[planned.agency],
        agency=planned.agency,
        programme="แผนงานบูรณาการพัฒนาพื้นที่ระดับภาค",
        place_text=f"ต.{tambon.name} อ.{tambon.district} จ.กาฬสินธุ์",
        notified_on=NOTICE_DATES[0],
        amounts=[Amount(facts.FISCAL_YEAR, "BUDGETED", "IN", planned.baht * 100, "")],
    )


def _in_other_words(ask: Ask, tambon: Tambon) -> str:
    """The same work as a department writes it."""
    place = f"บ้าน{ask.village.name}"
    start = ask.title.split(place)[0].split("สาย")[0]
    other = ask.work.other_words
    water = ""
    if "{water}" in other:
        pattern = ask.work.name.split("{water}")
        water = ask.title.removeprefix(pattern[0]).removesuffix(pattern[1])
    text = other.format(place=place, water=water) if other else start
    return f"{text} หมู่ที่ {ask.village.moo} {tambon.place} {ask.size}"


def _amounts(ask: Ask, year: int) -> list[Amount]:
    return [Amount(year, "PLANNED", "IN", ask.baht * 100, "")] if ask.baht else []
