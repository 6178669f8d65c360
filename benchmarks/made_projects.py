"""A small maker of Thai plan lines with known duplicates and hard negatives, needing no file."""

import random

import polars as pl

_WORKS = (
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สาย{name} กว้าง {w} เมตร ยาว {l} เมตร",
    "ปรับปรุงผิวจราจรลาดยาง สาย{name} ยาว {l} เมตร",
    "ก่อสร้างรางระบายน้ำคอนกรีตเสริมเหล็กแบบมีฝาปิด ซอย {n}",
    "วางท่อระบายน้ำพร้อมบ่อพัก ถนน{name}",
    "ขุดลอกลำห้วย{name} ปริมาณดินขุด {v} ลูกบาศก์เมตร",
    "ก่อสร้างฝายน้ำล้นห้วย{name}",
    "ก่อสร้างเขื่อนป้องกันตลิ่งริมคลอง{name} ความยาว {l} เมตร",
    "ขยายเขตประปาหมู่บ้าน สาย{name}",
    "ติดตั้งไฟฟ้าแสงสว่างสาธารณะ จำนวน {n} จุด สาย{name}",
    "ก่อสร้างศาลาอเนกประสงค์{name}",
    "ปรับปรุงอาคารศูนย์พัฒนาเด็กเล็ก{name}",
    "จัดซื้อเครื่องสูบน้ำ สำหรับคลอง{name}",
    "ติดตั้งกล้องโทรทัศน์วงจรปิด บริเวณ{name}",
    "ก่อสร้างลานกีฬาชุมชน{name}",
    "ซ่อมแซมถนนลูกรังสายการเกษตร{name}",
)
_FIRST = ("หนอง", "ห้วย", "ทุ่ง", "ดอน", "โคก", "สัน", "ร่อง", "ป่า", "บาง", "โนน", "แม่", "ท่า", "เกาะ", "คลอง", "นา", "วัง")
_LAST = ("บัว", "ใหญ่", "ขาม", "ยาง", "แก้ว", "ไผ่", "ทอง", "ม่วง", "แดง", "สูง", "งาม", "กลาง", "เหนือ", "ใต้", "ตาล", "หลวง")
_SHORT = (
    ("คอนกรีตเสริมเหล็ก", "คสล."), ("หมู่ที่ ", "ม."), ("ตำบล", "ต."), ("อำเภอ", "อ."), ("จังหวัด", "จ."),
    ("ปรับปรุง", "ซ่อมแซม"), ("ก่อสร้าง", "โครงการก่อสร้าง"), (" ", ""),
)  # fmt: skip
_MARKS = "่้ัิีุู"


def _name(luck: random.Random) -> str:
    return luck.choice(_FIRST) + luck.choice(_LAST)


def _written_again(luck: random.Random, text: str) -> str:
    for full, short in luck.sample(_SHORT, luck.randint(1, 4)):
        text = text.replace(full, short)
    marks = [place for place, letter in enumerate(text) if letter in _MARKS]
    for place in luck.sample(marks, min(len(marks), luck.randint(0, 2))):
        text = text[:place] + luck.choice(_MARKS) + text[place + 1 :]
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if luck.random() < 0.2 else text


def _line(work: str, parts: dict[str, object], place: tuple[str, str, str], moo: int, village: str) -> str:
    subdistrict, district, province = place
    where = f"บ้าน{village} หมู่ที่ {moo} ตำบล{subdistrict} อำเภอ{district} จังหวัด{province}"
    return f"{work.format(**parts)} {where}"


def made_projects(count: int, *, seed: int) -> tuple[pl.DataFrame, pl.Series]:
    """About `count` records in the columns of match_table, and the number of the work that each describes."""
    luck = random.Random(seed)
    places = sorted({(_name(luck), _name(luck), _name(luck)) for _ in range(max(4, count // 12))})
    rows: list[tuple[object, ...]] = []
    work_number = 0
    while len(rows) < count:
        place, work = luck.choice(places), luck.choice(_WORKS)
        parts = {"name": _name(luck), "n": luck.randint(1, 12), "w": luck.randint(3, 8), "l": luck.randint(5, 99) * 10,
                 "v": luck.randint(5, 99) * 100}  # fmt: skip
        owner, amount, year = f"องค์การบริหารส่วนตำบล{place[0]}", luck.randint(50, 5000) * 1000, luck.randint(2566, 2570)
        for _ in range(luck.choice((1, 1, 2, 3))):  # other moo, other name: hard negatives
            work_number += 1
            moo, village = luck.randint(1, 15), _name(luck)
            text = _line(work, parts, place, moo, village)
            rows.append((text, owner, *place, amount, year, work_number))
            if luck.random() < 0.3:
                other = luck.choice((owner, f"อบต.{place[0]}", f"องค์การบริหารส่วนจังหวัด{place[2]}"))
                money = round(amount * luck.uniform(0.7, 1.4), -2)
                given = [name if luck.random() < 0.9 else "" for name in place]
                rows.append((_written_again(luck, text), other, *given, money, year, work_number))
            parts = {**parts, "name": _name(luck)}
    luck.shuffle(rows)
    names = ("name", "owner", "subdistrict", "district", "province", "amount_thb", "fiscal_year", "truth")
    table = pl.DataFrame(rows, schema=names, orient="row").with_row_index("id")
    return table.drop("truth"), table["truth"]


_ASKED = (
    ("ถนน คสล.", "ก่อสร้าง"), ("ถนนคอนกรีตเสริมเหล็ก", "ปรับปรุง"), ("ถนนสายการเกษตร", "ปรับปรุง"), ("ถนนลาดยาง", "ซ่อมแซม"),
    ("รางระบายน้ำ คสล.แบบมีฝาปิด", "ก่อสร้าง"), ("รางระบายน้ำ", "ปรับปรุง"), ("ท่อระบายน้ำ", "วาง"), ("ลำเหมือง", "ขุดลอก"),
    ("ไหล่ทาง คสล.", "ปรับปรุง"), ("ระบบประปาหมู่บ้าน", "ปรับปรุง"), ("ศาลาอเนกประสงค์", "ก่อสร้าง"), ("ไฟฟ้าแสงสว่าง", "ติดตั้ง"),
    ("หอกระจายข่าว", "ซ่อมแซม"), ("ลานกีฬา", "ก่อสร้าง"), ("แหล่งน้ำ", "ซ่อมแซม"), ("ศูนย์พัฒนาเด็กเล็ก", "ปรับปรุงภูมิทัศน์"),
    ("กล้องวงจรปิด", "ติดตั้ง"), ("สะพานข้ามลำห้วย", "ก่อสร้าง"), ("คุณภาพชีวิตผู้สูงอายุ", "ส่งเสริมและพัฒนา"),
    ("คุณภาพชีวิตสตรี", "ส่งเสริมและพัฒนา"), ("อาชีพกลุ่มแม่บ้าน", "ส่งเสริม"), ("กีฬาเยาวชน", "สนับสนุน"),
)  # fmt: skip
_REWORDED = (
    ("คสล.", "คอนกรีตเสริมเหล็ก"), ("แบบมีฝาปิด", "มีฝาปิด"), ("ก่อสร้าง", "ปรับปรุง"), ("ปรับปรุง", "ซ่อมแซม"), ("คสล.", "ค.ส.ล. "),
    ("ซอย ", "ซ."), ("สาย", "สายทาง"), ("ติดตั้ง", "ขยายเขต"),
)  # fmt: skip


def _asked_line(luck: random.Random) -> str:
    thing, work = luck.choice(_ASKED)
    where = luck.choice(("", f" ซอย {luck.randint(1, 6)}", f" สาย{_name(luck)}", f" ข้างวัด{_name(luck)}",
                         f" สาย{_name(luck)}เชื่อมบ้าน{_name(luck)}", f" บ้านนาย{_name(luck)}"))  # fmt: skip
    return f"{work}{thing}{where}"


def _asked_again(luck: random.Random, text: str, village: str, moo: int) -> str:
    for old, new in luck.sample(_REWORDED, luck.randint(0, 3)):
        text = text.replace(old, new, 1)
    text = luck.choice((text, text, f"โครงการ{text}", text.replace(" ", "")))
    return luck.choice((text, f"{text} บ้าน{village}", f"{text} บ้าน{village} หมู่ที่ {moo}", f"{text} หมู่ที่ {moo}"))


def village_lists(count: int, *, seed: int) -> tuple[pl.DataFrame, pl.Series]:
    """About `count` short lines of village forums and the plans made of them: one place, many works, little money said.

    Everything in a village shares its place, so only the words, the soi and the road tell two works apart.
    """
    luck = random.Random(seed)
    rows: list[tuple[object, ...]] = []
    work_number = 0
    while len(rows) < count:
        place = (_name(luck), _name(luck), _name(luck))
        for moo in range(1, luck.randint(4, 9)):
            village, asked = _name(luck), {_asked_line(luck) for _ in range(luck.randint(6, 14))}
            for text in sorted(asked):
                work_number += 1
                amount, year = luck.randint(50, 900) * 1000, luck.choice(("2568", "2567 2568", "2569"))
                head = (f"อบต.{place[0]}", *place)
                rows.append(
                    (text, *head, moo, luck.choice((None, None, amount)), luck.choice((None, year)), work_number)
                )
                if luck.random() < 0.3:
                    said_moo = luck.choice((moo, moo, moo, None))
                    money = luck.choice((amount, amount, round(amount * luck.uniform(0.6, 1.6)), None))
                    again = _asked_again(luck, text, village, moo)
                    rows.append((again, *head, said_moo, money, year, work_number))
    luck.shuffle(rows)
    names = ("name", "owner", "subdistrict", "district", "province", "moo", "amount_thb", "fiscal_year", "truth")
    table = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None).with_row_index("id")
    return table.drop("truth"), table["truth"]
