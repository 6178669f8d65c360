"""Conflicts among many works are read out of Thai plan lines and found by where they meet."""

import datetime as dt
import random

import polars as pl
import pytest

from prasan.integration.conflict_rules import conflicts_between
from prasan.integration.conflict_search import SCHEMA, read_works, search_conflicts, works_of
from prasan.rulebook import load_work_conflicts

LAW = load_work_conflicts()
D = dt.date


def _frame(*rows: dict[str, object]) -> pl.DataFrame:
    usual = {
        "target": "", "province": "กาฬสินธุ์", "district": "เมืองกาฬสินธุ์", "subdistrict": "ลำปาว", "moo": "",
        "fiscal_year": 2570, "starts_on": None, "ends_before": None,
    }  # fmt: skip
    return pl.DataFrame([{"id": n, "owner_id": n, **usual, **row} for n, row in enumerate(rows, 1)], schema=SCHEMA)


THINGS = [
    ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านดอนแก้ว หมู่ที่ 3", "road_surface"),
    ("ก่อสร้างถนน คสล. พร้อมวางท่อระบายน้ำ หมู่ที่ 3", "road_surface"),
    ("ก่อสร้างรางระบายน้ำข้างถนน หมู่ที่ 3", "drain"),
    ("วางท่อประปา ถนนสายบ้านดอนแก้ว หมู่ที่ 3", "water_pipe"),
    ("ขยายเขตประปาหมู่บ้าน หมู่ที่ 3", "water_pipe"),
    ("นำสายสื่อสารลงใต้ดิน ถนนกลางเมือง ติดตั้งท่อร้อยสาย", "cable"),
    ("ปรับปรุงระบบประปาหมู่บ้าน หมู่ที่ 3", None),  # a plant, not a pipe in the road
    ("เจาะบ่อบาดาล หมู่ที่ 3", None),
    ("ติดตั้งโคมไฟถนนพลังงานแสงอาทิตย์ หมู่ที่ 3", None),  # named after the road it lights
    ("ปรับปรุงถนนลูกรัง หมู่ที่ 3", None),
    ("ก่อสร้างสะพานข้ามห้วย ถนนสายบ้านดอนแก้ว", None),
    ("ออกแบบก่อสร้างถนนคอนกรีต หมู่ที่ 3", None),
    ("จัดซื้อรถยนต์", None),
]


@pytest.mark.parametrize(("name", "thing"), THINGS)
def test_what_a_line_does_to_the_road_is_what_it_names_first(name: str, thing: str | None):
    read = read_works(_frame({"name": name}), LAW)
    assert ([work.thing for work in works_of(read)] or [None]) == [thing]


def test_streets_moos_and_groups_are_read():
    read = read_works(
        _frame(
            {"name": "ปรับปรุงผิวจราจรลาดยาง ถนนราษฎร์บำรุง หมู่ที่ 2"},
            {"name": "อบรมส่งเสริมอาชีพ", "target": "ผู้สูงอายุและกลุ่มสตรี 40 คน"},
            {"name": "จ่ายเบี้ยยังชีพผู้สูงอายุ"},
        ),
        LAW,
    )
    street, course = works_of(read)
    assert (street.streets, street.moos) == (frozenset({"ราษฎร์บำรุง"}), frozenset({2}))
    assert (course.groups, course.gathering) == (frozenset({"elderly", "women"}), True)


def test_a_pipe_after_the_road_is_found_across_two_ways_of_writing():
    (found,) = search_conflicts(
        _frame(
            {"name": "ก่อสร้างถนน คสล. ม.3 บ้านดอนแก้ว", "starts_on": D(2026, 11, 1), "ends_before": D(2027, 1, 1)},
            {"name": "โครงการวางท่อประปา หมู่ที่ ๓", "starts_on": D(2027, 2, 1), "ends_before": D(2027, 4, 1)},
            {"name": "ก่อสร้างถนน คสล. หมู่ที่ 4", "starts_on": D(2026, 11, 1), "ends_before": D(2027, 1, 1)},
        )
    )
    assert (found.first, found.second, found.kind, found.certainty) == (1, 2, "WRONG_ORDER", "LIKELY")


def test_a_course_for_the_whole_district_meets_those_of_its_subdistricts():
    week = {"starts_on": D(2027, 3, 1), "ends_before": D(2027, 3, 6)}
    found = search_conflicts(
        _frame(
            {"name": "อบรมผู้สูงอายุ", **week},
            {"name": "กิจกรรมวันผู้สูงอายุ", "subdistrict": "", **week},
            {"name": "อบรมผู้สูงอายุ", "subdistrict": "", "district": "ยางตลาด", **week},
        )
    )
    assert [(one.first, one.second, one.certainty) for one in found] == [(1, 2, "POSSIBLE")]


def test_nothing_is_lost_by_comparing_only_works_that_meet():
    luck = random.Random(7)
    names = [name for name, _ in THINGS]
    names += ["อบรมผู้สูงอายุ", "กิจกรรมเยาวชน", "ซ่อมแซมถนนราษฎร์บำรุง", "วางท่อระบายน้ำ ถนนราษฎร์บำรุง"]
    rows = []
    for _ in range(200):
        begins = D(2026, 10, 1) + dt.timedelta(days=luck.randrange(300))
        days = {"starts_on": begins, "ends_before": begins + dt.timedelta(days=luck.randint(1, 60))}
        rows.append(
            {
                "name": luck.choice(names),
                "owner_id": luck.randint(1, 4),
                "subdistrict": luck.choice(("ลำปาว", "ไผ่", "")),
                "moo": luck.choice(("", "1", "3")),
                **(days if luck.random() < 0.7 else {}),
            }
        )
    frame = _frame(*rows)
    works = list(works_of(read_works(frame, LAW)))
    every = [one for n, a in enumerate(works) for b in works[n + 1 :] for one in conflicts_between(a, b, LAW)]
    assert len(every) > 100
    assert search_conflicts(frame) == sorted(every, key=lambda one: (one.first, one.second, one.kind))


def test_an_empty_table_has_no_conflicts():
    assert search_conflicts(pl.DataFrame([], schema=SCHEMA)) == []
    assert search_conflicts(_frame({"name": "จัดซื้อรถยนต์"})) == []
