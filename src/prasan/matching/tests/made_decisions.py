"""Made lines of a province whose officers see the world in one way that the shipped weights do not know."""

import polars as pl

_FIRST = ("หนอง", "ห้วย", "ทุ่ง", "ดอน", "โคก", "สัน", "บาง", "โนน", "ท่า", "คลอง")
_LAST = ("บัว", "ใหญ่", "ขาม", "ยาง", "แก้ว", "ไผ่", "ทอง", "ม่วง", "แดง", "สูง", "งาม", "กลาง")


def _name(number: int) -> str:
    return _FIRST[number % len(_FIRST)] + _LAST[number // len(_FIRST) % len(_LAST)]


def lines(count: int) -> pl.DataFrame:
    """`count` works, each listed three times: by the อบต., by the อบจ. for the same money, and by a department.

    The department's line has the same words but other money: a programme of its own, this province says.
    """
    rows = []
    for number in range(count):
        road = f"ก่อสร้างถนนคอนกรีตเสริมเหล็ก สาย{_name(number)} ตำบลแม่ใส"
        place = {"province": "พะเยา", "district": "เมืองพะเยา", "subdistrict": "แม่ใส"}
        money = 400_000 + 10_000 * number
        for letter, owner, baht in (
            ("a", "องค์การบริหารส่วนตำบลแม่ใส", money),
            ("b", "องค์การบริหารส่วนจังหวัดพะเยา", money),
            ("c", "กรมทางหลวงชนบท", 1.5 * money),
        ):
            rows.append({"id": f"{number:03}{letter}", "name": road, "owner": owner, **place, "amount_thb": float(baht),
                         "fiscal_year": 2568})  # fmt: skip
    return pl.DataFrame(rows)


def decisions(table: pl.DataFrame) -> list[tuple[str, str, str]]:
    """What the officers decided: the two local lines are one work, the department's is another."""
    works = sorted({one[:3] for one in table["id"]})
    return [
        pair for work in works for pair in ((f"{work}a", f"{work}b", "SAME"), (f"{work}a", f"{work}c", "DIFFERENT"))
    ]
