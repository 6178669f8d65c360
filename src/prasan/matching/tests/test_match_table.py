"""What a table matched with itself promises: the same answer in any order, ids in order, a reason for every pair."""

import random

import polars as pl
import pytest

from prasan.matching import UnableToMatch, match_table, score_pair

PLACE = {"province": "พะเยา", "district": "เมืองพะเยา", "subdistrict": "แม่ใส"}
OWNER = "องค์การบริหารส่วนตำบลแม่ใส"


def line(id_: str, name: str, **more: object) -> dict[str, object]:
    return {
        "id": id_,
        "name": name,
        "owner": OWNER,
        **PLACE,
        "moo": None,
        "amount_thb": None,
        "fiscal_year": 2568,
        **more,
    }


LINES = [
    line("A1", "ปรับปรุงรางระบายน้ำ คสล.แบบมีฝาปิด สายบ้านบ่อแฮว หมู่ที่ 5", amount_thb=478_324.82),
    line("A2", "ปรับปรุงรางระบายน้ำ ค.ส.ล. มีฝาปิด สายบ้านบ่อแฮ้ว ม.๕", amount_thb=478_324.82),
    line("A3", "ปรับปรุงรางระบายน้ำ คสล.แบบมีฝาปิด สายบ้านบ่อแฮว หมู่ที่ 6", amount_thb=478_324.82),
    line("B1", "ก่อสร้างถนน คสล. สายทุ่งแพะ ช่วงที่ 1 หมู่ที่ 4", amount_thb=300_000),
    line("B2", "ก่อสร้างถนน คสล. สายทุ่งแพะ ช่วงที่ 2 หมู่ที่ 4", amount_thb=310_000, fiscal_year=2569),
    line("C1", "จัดงานประเพณีสงกรานต์ ประจำปี 2567", amount_thb=50_000, fiscal_year=2567),
    line("C2", "จัดงานประเพณีสงกรานต์ ประจำปี 2568", amount_thb=50_000),
    line("D1", "จ้างออกแบบก่อสร้างสะพานข้ามลำห้วยแม่ใส หมู่ที่ 2", amount_thb=90_000),
    line("D2", "ก่อสร้างสะพานข้ามลำห้วยแม่ใส หมู่ที่ 2", amount_thb=2_500_000),
    line("E1", "ขุดลอกหนองบัว หมู่ที่ 8", amount_thb=99_000),
]


def found(lines: list[dict[str, object]]) -> dict[tuple[str, str], str]:
    pairs = match_table(pl.DataFrame(lines, infer_schema_length=None))
    return {(a, b): verdict for a, b, verdict in pairs.select("id_a", "id_b", "verdict").iter_rows()}


def test_each_kind_of_pair_gets_its_verdict_and_nothing_else_is_said():
    assert found(LINES) == {
        ("A1", "A2"): "duplicate",
        ("B1", "B2"): "continuation",
        ("C1", "C2"): "recurring",
        ("D1", "D2"): "overlap",
    }


def test_the_order_of_the_rows_changes_nothing():
    first = match_table(pl.DataFrame(LINES, infer_schema_length=None))
    for seed in range(5):
        shuffled = random.Random(seed).sample(LINES, len(LINES))
        assert match_table(pl.DataFrame(shuffled, infer_schema_length=None)).equals(first)


def test_a_second_run_gives_the_same_table():
    table = pl.DataFrame(LINES, infer_schema_length=None)
    assert match_table(table).equals(match_table(table))


def test_a_line_of_another_place_changes_no_answer():
    far = line("Z9", "ปรับปรุงรางระบายน้ำ คสล.", province="ตรัง", district="ย่านตาขาว", subdistrict="ในควน")
    assert found([*LINES, far]) == found(LINES)


def test_every_pair_says_why_in_thai_and_english():
    pairs = match_table(pl.DataFrame(LINES, infer_schema_length=None))
    for reasons in pairs["reasons"].to_list():
        assert all(reason["code"] and reason["th"] and reason["en"] for reason in reasons)
    first = {reason["code"] for reason in pairs.filter(pl.col("id_a") == "A1")["reasons"].item().to_list()}
    assert {"same_subdistrict", "same_moo", "same_amount", "same_owner", "same_year", "same_object"} <= first


def test_the_table_and_the_single_pair_agree():
    pairs = match_table(pl.DataFrame(LINES, infer_schema_length=None))
    by_id = {row["id"]: row for row in LINES}
    for id_a, id_b, probability, verdict, reasons in pairs.iter_rows():
        alone = score_pair(by_id[id_a], by_id[id_b])
        assert (alone.probability, alone.verdict, list(alone.reasons)) == (probability, verdict, reasons)


def test_the_first_id_is_the_lower_one_and_keeps_its_type():
    numbered = [{**row, "id": number} for number, row in zip((10, 9, 30, 2, 1, 7, 6, 5, 4, 3), LINES, strict=True)]
    pairs = match_table(pl.DataFrame(numbered, infer_schema_length=None))
    assert pairs["id_a"].dtype == pl.Int64
    assert (pairs["id_a"] < pairs["id_b"]).all()
    assert (9, 10) in set(pairs.select("id_a", "id_b").iter_rows())


def test_only_id_and_name_are_needed():
    pairs = match_table(pl.DataFrame({"id": ["1", "2"], "name": ["ติดตั้งกล้องวงจรปิดในเขตเทศบาล"] * 2}))
    assert pairs["verdict"].to_list() == ["duplicate"]


def test_one_agency_column_stands_in_for_the_owner():
    rows = [
        {"id": str(n), "name": "โครงการส่งเสริมการท่องเที่ยวชุมชน", "agency": agency, "amount_thb": amount}
        for n, agency, amount in ((1, "การท่องเที่ยวแห่งประเทศไทย", 32_536_000), (2, "กรมส่งเสริมการเกษตร", 3_337_800))
    ]
    pairs = match_table(pl.DataFrame(rows))
    assert pairs["verdict"].to_list() == ["overlap"]
    assert "other_owner" in {reason["code"] for reason in pairs["reasons"].item().to_list()}


@pytest.mark.parametrize("names", [[], ["ก"], ["", ""], ["๑๒๓", "ถ."], [None, None]])
def test_few_or_empty_lines_are_no_trouble(names: list[str | None]):
    table = pl.DataFrame(
        {"id": [str(n) for n in range(len(names))], "name": names}, schema={"id": pl.String, "name": pl.String}
    )
    assert match_table(table).columns == ["id_a", "id_b", "probability", "verdict", "reasons"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"id": ["1"]}, "missing_column"),
        ({"id": ["1", "1"], "name": ["ก", "ข"]}, "id_twice"),
        ({"id": ["1", " "], "name": ["ก", "ข"]}, "blank_id"),
    ],
)
def test_a_table_that_cannot_be_told_apart_is_refused_in_both_languages(table: dict[str, list[str]], code: str):
    with pytest.raises(UnableToMatch) as refused:
        match_table(pl.DataFrame(table))
    assert refused.value.code == code
    assert refused.value.message_th
    assert refused.value.message_en


def test_a_block_too_big_to_compare_whole_still_finds_the_twins():
    luck = random.Random(3)
    parts = ["หนอง", "ห้วย", "ทุ่ง", "ดอน", "โคก", "สัน", "ร่อง", "ป่า", "บาง", "โนน", "ท่า", "เกาะ", "คลอง", "นา", "วัง", "ลำ"]
    names = sorted({"".join(luck.sample(parts, 4)) for _ in range(2600)})[:2000]
    rows = [line(f"N{n:05}", f"ขุดลอก{name}") for n, name in enumerate(names)]
    twins = {(f"N{n:05}", f"T{n:05}") for n in range(0, 2000, 40)}
    rows += [line(twin, f"ขุดลอก {names[int(twin[1:])]}") for _, twin in sorted(twins)]
    pairs = match_table(pl.DataFrame(rows, infer_schema_length=None))
    duplicates = set(pairs.filter(pl.col("verdict") == "duplicate").select("id_a", "id_b").iter_rows())
    assert twins <= duplicates
