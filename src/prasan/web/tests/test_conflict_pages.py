"""Works in each other's way on their pages: the list, two side by side, from the conflict to the agency's answer."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, cast, moment, signed_in

from prasan.accounts.models import Membership, Role, User
from prasan.integration.models import ChangeRecommendation, Conflict
from prasan.integration.testing import make_conflict, pipe_after_road, when_it_works
from prasan.journal.models import Entry
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.projects.models import Project
from prasan.projects.testing import make_project
from prasan.web.queries.conflicting import time_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(name="actors")
def _actors() -> Cast:
    actors = cast()
    noi = User.objects.create(username="noi", display_name="หน่วยประปา")
    Membership.objects.create(user=noi, body=actors.highways, role=Role.AGENCY_FOCAL_POINT)
    return actors


def _found(actors: Cast) -> Conflict:
    pipe_after_road(actors)
    signed_in(actors.prasit).post("/conflicts/search/")
    return Conflict.objects.get()


def _resolution(actors: Cast) -> Resolution:
    meeting = Meeting.objects.create(
        committee=actors.provincial_committee, number=3, year=2568, starts_at=moment(80), place="ศาลากลาง"
    )
    item = AgendaItem.objects.create(meeting=meeting, section=4, position=1, title="ปรับเวลา", decision_kind="CONSIDER")
    return Resolution.objects.create(
        item=item, number="GBJ-56 3/2568-4.1", decision_kind="CONSIDER", outcome="ADOPTED", text="ให้วางท่อก่อน",
        present=9, quorum=8, resolved_at=moment(80), recorded_by=actors.prasit,
    )  # fmt: skip


def test_a_search_from_the_page_finds_and_the_same_again_says_so(actors: Cast):
    found = _found(actors)
    assert (found.kind, found.certainty) == ("WRONG_ORDER", "LIKELY")
    entries = Entry.objects.count()
    page = signed_in(actors.duangjai).post("/conflicts/search/", follow=True).content.decode()
    assert "ตรวจใหม่แล้ว" in page
    assert Entry.objects.count() == entries


def test_who_plans_for_no_district_may_not_search(actors: Cast):
    pipe_after_road(actors)
    page = signed_in(actors.wichai).post("/conflicts/search/", follow=True).content.decode()
    assert "ไม่ได้ดูแลแผนระดับอำเภอหรือจังหวัด" in page
    assert not Conflict.objects.exists()
    assert 'action="/conflicts/search/"' not in page
    assert Client().post("/conflicts/search/").status_code == 302
    assert not Conflict.objects.exists()


def test_from_the_conflict_to_the_agencys_answer_the_project_stays_until_it_answers(actors: Cast):
    """AC-19: recommended from the conflict, open until the agency replies, and closed by the next search."""
    conflict = _found(actors)
    road, pipe = conflict.first, conflict.second
    province, agency = signed_in(actors.prasit), signed_in(User.objects.get(username="noi"))
    page = province.get(f"/conflicts/{conflict.pk}/").content.decode()
    offered = re.findall(r'href="(/projects/[^"]+/recommend/[^"]+)"', page)
    assert offered == [f"/projects/{pipe.code}/recommend/?kind=TIME&amp;first=2025-10-01&amp;last=2025-10-31"]
    asking = province.get(offered[0].replace("&amp;", "&")).content.decode()
    assert 'value="1 ต.ค. 2568"' in asking or 'value="1 ตุลาคม 2568"' in asking
    form = {"resolution": _resolution(actors).pk, "kind": "TIME", "reason": "วางท่อก่อนทำถนน"}
    form |= {"first": "1 ต.ค. 2568", "last": "31 ต.ค. 2568"}
    assert province.post(f"/projects/{pipe.code}/recommend/", form).status_code == 302
    made = ChangeRecommendation.objects.get()
    assert Project.objects.get(pk=pipe.pk).work_starts_on == dt.date(2026, 1, 1)
    page = province.get(f"/conflicts/{conflict.pk}/").content.decode()
    assert f"/recommendations/{made.pk}/" in page
    assert "รอหน่วยงานตอบ" in page
    assert "/recommend/" not in page  # one wish at a time
    province.post("/conflicts/search/")
    assert Conflict.objects.get().decision == "WAITING"  # nothing has moved yet
    agency.post(f"/recommendations/{made.pk}/", {"answer": "accept", "reply": "เลื่อนได้", "version": made.version})
    assert Project.objects.get(pk=pipe.pk).work_starts_on == dt.date(2025, 10, 1)
    province.post("/conflicts/search/")
    solved = Conflict.objects.get()
    assert solved.decision == "MOVED"
    assert "GBJ-56 3/2568-4.1" in solved.decision_reason
    assert "เลื่อนได้" in province.get(f"/conflicts/{conflict.pk}/").content.decode()
    assert Project.objects.get(pk=road.pk).work_starts_on == dt.date(2025, 11, 1)


def test_it_is_decided_and_taken_back_on_its_page(actors: Cast):
    conflict = _found(actors)
    address, browser = f"/conflicts/{conflict.pk}/", signed_in(actors.prasit)
    assert browser.post(address, {"decision": "ACCEPTED", "version": 1}).status_code == 422
    assert browser.post(address, {"decision": "MOVED", "reason": "เลื่อน", "version": 1}).status_code == 422
    assert Conflict.objects.get().decision == "WAITING"
    said = {"decision": "ACCEPTED", "reason": "ท่ออยู่ในไหล่ทาง", "version": 1}
    assert browser.post(address, said).status_code == 302
    assert "ท่ออยู่ในไหล่ทาง" in browser.get(address).content.decode()
    assert browser.post(address, said).status_code in (409, 422)
    assert browser.post(f"{address}undo/", {"reason": "", "version": 2}).status_code == 422
    assert browser.post(f"{address}undo/", {"reason": "ดูใหม่", "version": 2}).status_code == 302
    assert Conflict.objects.get().decision == "WAITING"


def test_the_map_shows_where_both_works_lie(actors: Cast):
    conflict = _found(actors)
    Project.objects.filter(pk=conflict.second_id).update(area=actors.other_tambon, place_text="หน้าวัด")
    page = signed_in(actors.prasit).get(f"/conflicts/{conflict.pk}/").content.decode()
    drawing = page[page.index("record-map") : page.index("</figure>")]
    assert drawing.count('class="here"') == 2
    places = page[page.index('class="record-places"') :].split("</ol>")[0]
    assert "ตำบลแม่ใส" in places
    assert "ตำบลแม่กา" in places
    assert "หน้าวัด" in places


def test_one_owner_alone_reads_and_may_not_decide(actors: Cast):
    conflict = _found(actors)
    browser = signed_in(actors.wichai)
    page = browser.get(f"/conflicts/{conflict.pk}/").content.decode()
    assert "<textarea" not in page
    assert "/recommend/" not in page
    said = {"decision": "ACCEPTED", "reason": "x", "version": 1}
    assert browser.post(f"/conflicts/{conflict.pk}/", said).status_code == 403
    assert Client().get(f"/conflicts/{conflict.pk}/").status_code == 302


def test_both_owners_see_it_on_their_desks_and_on_their_projects(actors: Cast):
    conflict = _found(actors)
    link = f'href="/conflicts/{conflict.pk}/"'
    for who in (actors.wichai, User.objects.get(username="noi"), actors.duangjai):
        assert link in signed_in(who).get("/desk/").content.decode()
        assert link in signed_in(who).get(f"/projects/{conflict.first.code}/").content.decode()
    assert link not in signed_in(actors.stranger).get("/desk/").content.decode()
    assert link not in Client().get(f"/projects/{conflict.first.code}/").content.decode()
    Conflict.objects.update(decision="ACCEPTED", decided_at=moment(90))
    assert link not in signed_in(actors.wichai).get("/desk/").content.decode()


def test_the_list_is_filtered_sorted_and_taken_along(actors: Cast):
    road, pipe = pipe_after_road(actors)
    order = make_conflict(road, pipe)
    course = make_project(owner=actors.sao, name="อบรมผู้สูงอายุ", area=actors.tambon)
    other = make_project(owner=actors.pao, name="กิจกรรมผู้สูงอายุ", area=actors.other_tambon)
    share = make_conflict(course, other, kind="COULD_SHARE")
    browser = signed_in(actors.prasit)

    def shown(**asked: str) -> set[str]:
        return set(re.findall(r'href="/conflicts/(\d+)/"', browser.get("/conflicts/", asked).content.decode()))

    both = {str(order.pk), str(share.pk)}
    assert shown() == shown(decision="WAITING") == shown(place="แม่ใส") == shown(certainty="LIKELY") == both
    assert shown(kind="COULD_SHARE") == shown(owner="ส่วนจังหวัด") == shown(q="ผู้สูงอายุ") == {str(share.pk)}
    assert shown(place="แม่กา") == {str(share.pk)}
    assert shown(decision="MOVED") == shown(certainty="POSSIBLE") == set()
    sheet = browser.get("/conflicts/", {"sort": "kind", "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["เรื่องที่ขัดกัน"] for row in rows] == ["จัดร่วมกันได้", "ทำผิดลำดับ"]
    assert rows[1]["โครงการที่ 2 เวลาดำเนินการ"] == "1 ม.ค. 2569 – 31 ม.ค. 2569"


def test_the_list_takes_the_same_few_queries_however_long(actors: Cast, django_assert_max_num_queries: Any):
    browser = signed_in(actors.prasit)
    counts = []
    for _ in range(2):
        make_conflict(*pipe_after_road(actors))
        browser.get("/conflicts/")
        with django_assert_max_num_queries(13) as counted:
            assert browser.get("/conflicts/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_picture_says_what_overlaps_and_what_is_not_known(actors: Cast):
    road, pipe = pipe_after_road(actors)
    apart = time_picture(road, pipe)
    assert apart.clash is None
    assert (apart.starts_on, apart.last_on) == (dt.date(2025, 11, 1), dt.date(2026, 1, 31))
    assert [(bar.x, bar.known) for bar in apart.bars] == [(0, True), (663, True)]
    assert apart.bars[1].x + apart.bars[1].width == 1000
    both = time_picture(road, when_it_works(pipe, (dt.date(2025, 11, 16), dt.date(2026, 1, 1))))
    assert both.clash is not None
    assert both.clash[0] == both.bars[1].x
    Project.objects.filter(pk=pipe.pk).update(work_starts_on=None, work_ends_before=None)
    pipe.refresh_from_db()
    unknown = time_picture(road, pipe)
    assert (unknown.clash, unknown.bars[1].known) == (None, False)
    assert (unknown.starts_on, unknown.last_on) == (dt.date(2025, 10, 1), dt.date(2026, 9, 30))


def test_an_address_that_proposes_nonsense_is_an_empty_form(actors: Cast):
    road = make_project(owner=actors.highways, name="ถนน", area=actors.tambon)
    asked = {"kind": "X", "first": "32-1", "last": "", "area": "nowhere", "reason": "เพราะท่อ"}
    page = signed_in(actors.prasit).get(f"/projects/{road.code}/recommend/", asked).content.decode()
    assert "เพราะท่อ" in page
    assert 'value="32-1' not in page
    asked = {"kind": "AREA", "area": actors.other_tambon.code}
    page = signed_in(actors.prasit).get(f"/projects/{road.code}/recommend/", asked).content.decode()
    assert f'value="{actors.other_tambon.pk}" selected' in page


def test_pages_read_in_english_too(actors: Cast, browser_of: Callable[..., Client]):
    conflict = _found(actors)
    browser = browser_of(actors.prasit)
    browser.post("/language/", {"language": "en", "next": "/"})
    page = browser.get(f"/conflicts/{conflict.pk}/").content.decode()
    assert "Water pipes are laid before the road is surfaced" in page
