"""What tests of this room are made of: places, an operator, small sheets, a moment."""

import datetime as dt
from pathlib import Path

from prasan.accounts import services as accounts
from prasan.accounts.models import User
from prasan.areas import services as areas
from prasan.exchange import services as exchange
from prasan.exchange.reading.records import Amount, FormKey, Record, Sheet
from prasan.exchange.templates import write_workbook

AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
OWNER = "องค์การบริหารส่วนตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา"


def operator(*provinces: str) -> User:
    """The operator, with the register of the provinces loaded."""
    actor = accounts.system_actor()
    for code in provinces:
        areas.load_builtin_register(actor=actor, at=AT, province_code=code)
    return actor


def plan_sheet(*names: str, name: str = "ผ.02", form: FormKey = "local_plan_p02", satang: int = 50_000_000) -> Sheet:
    """A ผ.02 of อบต.แม่ใส with these projects, each asking the same amount in 2569."""
    sheet = Sheet(name, form, owner_text=OWNER, fiscal_years=(2566, 2567, 2568, 2569, 2570))
    for number, title in enumerate(names, start=1):
        sheet.records.append(
            Record(
                name,
                0,
                form,
                title,
                number,
                objective="เพื่อให้ประชาชนสัญจรสะดวก",
                responsible="กองช่าง",
                strategy="1. ยุทธศาสตร์โครงสร้างพื้นฐาน",
                programme="แผนงานอุตสาหกรรมและการโยธา",
                amounts=[Amount(2569, "PLANNED", "IN", satang, "")],
            )
        )
    return sheet


def needs_sheet(*titles: str, moo: int = 1) -> Sheet:
    """A forum of one village of ตำบลแม่ใส with these requests."""
    sheet = Sheet(
        f"ม.{moo}",
        "community_needs",
        place_text=f"หมู่ที่ {moo} บ้านร่องไฮ ตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา",
        held_text="12 ตุลาคม 2568",
        attendance=40,
        fiscal_years=(2566, 2570),
    )
    for number, title in enumerate(titles, start=1):
        sheet.records.append(
            Record(
                sheet.name, 0, "community_needs", title, number, problem="ถนนชำรุด", moos=(moo,), place_text=f"หมู่ที่ {moo}"
            )
        )
    return sheet


def send(
    folder: Path, *sheets: Sheet, name: str = "แผน.xlsx", actor: User | None = None, at: dt.datetime = AT
) -> exchange.ImportResult:
    """Write the sheets as a workbook and import it."""
    path = folder / name
    write_workbook(path, list(sheets))
    return exchange.import_file(path=path, actor=actor or accounts.system_actor(), at=at)
