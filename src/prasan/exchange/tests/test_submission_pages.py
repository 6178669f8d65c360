"""Whoever may see a file sees what became of each of its rows, in a fixed number of queries."""

from pathlib import Path
from typing import Any

import pytest

from prasan.accounts import services as accounts
from prasan.accounts.models import Role
from prasan.agencies import services as agencies
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import body_of
from prasan.exchange import queries
from prasan.exchange.testing import AT, needs_sheet, operator, plan_sheet, send
from prasan.needs.models import Need
from prasan.projects.models import Project

pytestmark = pytest.mark.django_db


def test_a_page_tells_what_each_row_became(tmp_path: Path) -> None:
    actor = operator("56")
    sheet = needs_sheet("ขุดคลอง", moo=2)
    sheet.place_text = "หมู่ที่ 2 ตำบลไม่มีจริง อำเภอเมืองพะเยา จังหวัดพะเยา"
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"), needs_sheet("ซ่อมถนน"), sheet)
    page = queries.submission_page(actor, result.submission.pk, on=AT.date())
    assert page is not None
    assert (page.line.registered, page.line.merged, page.line.refused) == (2, 0, 1)
    assert page.line.satang == 50_000_000
    assert page.line.errors == 1
    outcomes = [(row.name, row.outcome, row.kind, row.code) for row in page.rows]
    assert outcomes == [
        ("ก่อสร้างถนน หมู่ที่ 1", "REGISTERED", "project", Project.objects.get().code),
        ("ซ่อมถนน", "REGISTERED", "need", Need.objects.get().code),
        ("ขุดคลอง", "REFUSED", "", ""),
    ]
    assert page.rows[0].owner == "องค์การบริหารส่วนตำบลแม่ใส"
    assert [(s.name, s.registered, s.refused) for s in page.sheets] == [("ผ.02", 1, 0), ("ม.1", 1, 0), ("ม.2", 0, 1)]
    assert [f.kind for f in page.findings if f.severity == "error"] == ["village_unknown"]


def test_a_corrected_file_is_linked_both_ways(tmp_path: Path) -> None:
    actor = operator("56")
    send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"), name="เดิม.xlsx")
    send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1", satang=1_000_000), name="แก้แล้ว.xlsx")
    lines = {line.name: line for line in queries.submissions(actor, on=AT.date())}
    assert lines["เดิม.xlsx"].replaced_by == "แก้แล้ว.xlsx"
    assert lines["แก้แล้ว.xlsx"].replaces == "เดิม.xlsx"


def test_files_are_seen_by_their_sender_and_the_bodies_in_them_only(tmp_path: Path) -> None:
    system = operator("56")
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"))
    owner = accounts.create_user(username="owner", actor=system, at=AT)
    stranger = accounts.create_user(username="stranger", actor=system, at=AT)
    lao = Body.objects.get(kind="SAO")
    accounts.grant_role(user=owner, body=lao, role=Role.PLAN_ANALYST, actor=system, at=AT)
    assert [line.id for line in queries.submissions(owner, on=AT.date())] == [result.submission.pk]
    assert queries.submissions(stranger, on=AT.date()) == []
    accounts.grant_role(user=stranger, body=lao, role=Role.PLAN_ANALYST, actor=system, at=AT, ends_on=AT.date())
    assert queries.submissions(stranger, on=AT.date()) == []  # a role that has ended shows nothing
    assert queries.submission_page(stranger, result.submission.pk, on=AT.date()) is None


def test_files_are_seen_by_the_district_and_the_province_they_come_from_and_no_other(tmp_path: Path) -> None:
    system = operator("56")
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"), needs_sheet("ซ่อมถนน"))
    agencies.ensure_province_bodies(province_code="56", actor=system, at=AT)
    seen = {}
    for kind, code in (
        (BodyKind.DISTRICT_COMMITTEE, "5601"),
        (BodyKind.DISTRICT_COMMITTEE, "5602"),
        (BodyKind.PROVINCIAL_COMMITTEE, "56"),
        (BodyKind.PAO, "56"),  # its own files only: it is no office over the others
    ):
        user = accounts.create_user(username=f"{kind}-{code}", actor=system, at=AT)
        body = body_of(kind, code)
        assert body is not None
        accounts.grant_role(user=user, body=body, role=Role.SECRETARY, actor=system, at=AT)
        seen[kind, code] = [line.id for line in queries.submissions(user, on=AT.date())]
    assert list(seen.values()) == [[result.submission.pk], [], [result.submission.pk], []]


def test_lists_and_pages_take_a_fixed_number_of_queries(tmp_path: Path, django_assert_num_queries: Any) -> None:
    actor = operator("56")
    roads = [f"ก่อสร้างถนน สายที่ {n} หมู่ที่ {n}" for n in range(1, 9)]
    for number in range(1, 4):
        result = send(tmp_path, plan_sheet(*roads[: 2 * number], name=f"ชุด {number}"), name=f"{number}.xlsx")
    with django_assert_num_queries(3):
        assert len(queries.submissions(actor, on=AT.date())) == 3
    with django_assert_num_queries(6):
        page = queries.submission_page(actor, result.submission.pk, on=AT.date())
    assert page is not None
    assert len(page.rows) == 6
