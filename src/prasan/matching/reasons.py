"""Why a pair was found: what is the same and what differs, as a code with Thai and English words for people."""

from typing import Any, TypedDict

import polars as pl

from prasan.matching.features import DIFFERENT, SAME

REASONS_TYPE = pl.List(pl.Struct({"code": pl.String, "th": pl.String, "en": pl.String}))


class Reason(TypedDict):
    """One reason: a stable code for programs, words for people."""

    code: str
    th: str
    en: str


Row = dict[str, Any]

_PLACE = {
    "subdistrict": ("ตำบล", "subdistrict"),
    "district": ("อำเภอ", "district"),
    "province": ("จังหวัด", "province"),
}
_PARTS = {
    "road": ("ทางหลวงหมายเลข", "road number"),
    "km": ("กิโลเมตรที่", "kilometre"),
    "soi": ("เลขซอยหรือถนน", "soi or street number"),
    "building": ("เลขอาคาร", "building number"),
    "phase": ("ระยะหรือช่วงที่", "phase or section"),
}


_MARKS = str.maketrans({"p": "ระยะ ", "s": "ช่วง ", "n": "โครงการ "})  # kinds of phase, as extraction marks them


def _moos(mask: int) -> str:
    return ", ".join(str(moo) for moo in range(1, 63) if mask >> moo & 1)


def _years(mask: int) -> str:
    return ", ".join(str(2540 + bit) for bit in range(62) if mask >> bit & 1)


def _reason(code: str, th: str, en: str) -> Reason:
    return {"code": code, "th": th, "en": en}


def _of_place(row: Row) -> list[Reason]:
    """The finest level on which both agree, and every level on which they differ."""
    found = []
    for level, (th, en) in _PLACE.items():
        a, b = row[f"{level}_key_a"], row[f"{level}_key_b"]
        if row[level] == DIFFERENT:
            found.append(_reason(f"other_{level}", f"{th}ต่างกัน: {a} / {b}", f"other {en}: {a} / {b}"))
    agreed = next((level for level in _PLACE if row[level] == SAME), None)
    if agreed:
        th, en = _PLACE[agreed]
        name = row[f"{agreed}_key_a"]
        found.append(_reason(f"same_{agreed}", f"{th}เดียวกัน: {name}", f"same {en}: {name}"))
    else:
        found.append(
            _reason("place_unknown", "ไม่ทราบพื้นที่ของรายการใดรายการหนึ่ง", "the place of one of the two is unknown")
        )
    moo_a, moo_b = _moos(row["moo_mask_a"]), _moos(row["moo_mask_b"])
    if row["moo"] == SAME:
        found.append(_reason("same_moo", f"หมู่ที่เดียวกัน: {moo_a} / {moo_b}", f"same moo: {moo_a} / {moo_b}"))
    elif row["moo"] == DIFFERENT:
        found.append(_reason("other_moo", f"หมู่ที่ต่างกัน: {moo_a} / {moo_b}", f"other moo: {moo_a} / {moo_b}"))
    return found


def _of_parts(row: Row) -> list[Reason]:
    found = []
    for part, (th, en) in _PARTS.items():
        a, b = (", ".join(row[f"{part}_{side}"]).translate(_MARKS) for side in "ab")
        if row[part] == SAME:
            found.append(_reason(f"same_{part}", f"{th}เดียวกัน: {a}", f"same {en}: {a}"))
        elif row[part] == DIFFERENT:
            found.append(_reason(f"other_{part}", f"{th}ต่างกัน: {a} / {b}", f"other {en}: {a} / {b}"))
    if row["phase_one_sided"]:
        found.append(_reason("phase_on_one_side", "มีระยะหรือช่วงที่เพียงรายการเดียว", "only one of the two names a phase"))
    return found


def _of_words(row: Row) -> list[Reason]:
    percent = round(100 * row["core_likeness"])
    if row["same_words"]:
        found = [_reason("same_words", "ชื่อโครงการตรงกัน", "same words")]
    else:
        found = [_reason("similar_words", f"ชื่อโครงการคล้ายกัน {percent}%", f"words alike {percent}%")]
    if row["objects"] == SAME:
        found.append(_reason("same_object", "สิ่งที่ทำเป็นประเภทเดียวกัน", "same kind of object"))
    if row["side_work"]:
        found.append(
            _reason(
                "other_work",
                "คนละลักษณะงาน (ออกแบบ ควบคุมงาน กับงานจริง)",
                "other kind of work (design or supervision beside the work)",
            )
        )
    if row["numbers_clash"]:
        found.append(_reason("other_numbers", "ขนาดหรือตัวเลขในชื่อต่างกัน", "sizes or numbers in the names differ"))
    if row["shared_facility"] and row["moo"] == DIFFERENT:
        found.append(_reason("shared_facility", "เป็นสิ่งที่หลายหมู่บ้านใช้ร่วมกันได้", "a facility that villages can share"))
    return found


def _of_money(row: Row) -> list[Reason]:
    if not row["amount_known"]:
        return []
    a, b = sorted((row["amount_a"], row["amount_b"]))
    percent = 100 * (b - a) / b
    if percent < 0.05:
        return [_reason("same_amount", "วงเงินเท่ากัน", "same amount")]
    shown = f"{percent:.0f}" if percent >= 1 else "1"
    if percent <= 15:
        return [_reason("near_amount", f"วงเงินต่างกันไม่เกิน {shown}%", f"amounts within {shown}%")]
    return [_reason("other_amount", f"วงเงินต่างกัน {shown}%", f"amounts differ by {shown}%")]


def _of_owner_and_year(row: Row) -> list[Reason]:
    found = []
    if row["owner"] == SAME:
        found.append(_reason("same_owner", "หน่วยงานเดียวกัน", "same owner"))
    elif row["owner"] == DIFFERENT:
        found.append(_reason("other_owner", "คนละหน่วยงาน", "another owner"))
    a, b = _years(row["years_a"]), _years(row["years_b"])
    if row["year"] == SAME:
        found.append(
            _reason("same_year", f"ปีงบประมาณเดียวกัน: {_years(row['years_a'] & row['years_b'])}", "same fiscal year")
        )
    elif row["year"] == DIFFERENT:
        found.append(_reason("other_year", f"คนละปีงบประมาณ: {a} / {b}", f"other fiscal year: {a} / {b}"))
    if row["text_year"] == DIFFERENT:
        found.append(_reason("other_year_in_name", "ปีที่ระบุในชื่อต่างกัน", "the years in the names differ"))
    return found


def reasons_of(row: Row) -> list[Reason]:
    """Every reason for one pair, place first; `row` is a row of the scored table with both records' columns."""
    return [*_of_place(row), *_of_parts(row), *_of_words(row), *_of_money(row), *_of_owner_and_year(row)]
