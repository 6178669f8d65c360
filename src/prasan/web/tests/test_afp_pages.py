"""A round of AFP on the pages: walked through nine steps by pressing what they offer, read, refused, and answered."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from lxml import html
from tests.cast import Cast, signed_in

from prasan.afp.models import AfpProblem, AfpRound, Candidate, GroupAgency, IntegrationGroup, ProblemNeed
from prasan.afp.services import endorse_round
from prasan.afp.testing import AT, make_resolution, make_round
from prasan.afp.tests.conftest import stage as _stage
from prasan.integration.services import decide_pair
from prasan.integration.testing import make_pair
from prasan.projects.models import Project
from prasan.projects.testing import make_project
from prasan.publishing.queries.afp import paper_of, workbook_of

stage = _stage
pytestmark = pytest.mark.django_db
STEPS = ("areas", "groups", "problems", "guidelines", "candidates", "grouping", "plan", "expected", "actual")
OUTPUTS = ("duplicates", "gaps", "leads", "results", "not-linked")


def page(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content.decode())


def form_of(client: Client, path: str, do: str) -> dict[str, Any]:
    """What a browser would send by pressing the button that does `do`, with nothing filled in."""
    for form in page(client, path).forms:
        doing = form.xpath(f'.//*[@name="do"][@value="{do}"]')
        if doing:
            values: dict[str, Any] = {}
            for name, value in form.form_values():
                values.setdefault(name, []).append(value)
            return values | {"do": do}
    raise AssertionError(f"{path} offers nothing that does {do}")


def press(client: Client, path: str, do: str, **filled: Any) -> None:
    answer = client.post(path, form_of(client, path, do) | filled)
    assert answer.status_code == 302, (path, do, answer.content.decode()[:6000])


def test_a_district_walks_through_nine_steps_by_what_the_pages_offer(stage: Cast):
    client = signed_in(stage.duangjai)
    press_new = form_of_new(client)
    made_at = client.post("/afp/new/", press_new | {"body": stage.district_committee.pk, "fiscal_year": 2569})
    made = AfpRound.objects.get()
    at = f"/afp/{made.pk}/"
    assert made_at.headers["Location"] == at
    press(client, f"{at}areas/", "rank")
    scored = [str(one.pk) for one in made.areas.all() if one.score > 0]
    press(client, f"{at}areas/", "choose", area=scored, reason="เดือดร้อนที่สุด")
    press(client, f"{at}groups/", "list")
    sent = form_of(client, f"{at}groups/", "confirm")
    numbers = {name: "100" for name in sent if name.endswith("people")}
    sources = {name: "จปฐ. 2567" for name in sent if name.endswith("source")}
    press(client, f"{at}groups/", "confirm", **numbers, **sources)
    press(client, f"{at}problems/", "cluster")
    press(client, f"{at}problems/", "confirm")
    press(client, f"{at}guidelines/", "suggest")
    sent = form_of(client, f"{at}guidelines/", "confirm")
    press(
        client,
        f"{at}guidelines/",
        "confirm",
        **{n: v if v != [""] else "5" for n, v in sent.items() if "guideline" in n},
    )
    press(client, f"{at}candidates/", "find")
    press(client, f"{at}candidates/", "accept")
    press(client, f"{at}grouping/", "group")
    for group in IntegrationGroup.objects.all():
        press(client, f"/afp/groups/{group.pk}/", "plan", tasks="สำรวจและออกแบบร่วมกัน")
        press(client, f"/afp/groups/{group.pk}/", "expect")
    press(client, f"{at}outcomes/", "confirm")
    resolution = make_resolution(committee=stage.district_committee)
    press(client, f"{at}expected/", "endorse", resolution=resolution.pk)
    made.refresh_from_db()
    assert (made.state, made.resolution) == ("ENDORSED", resolution)
    for group in IntegrationGroup.objects.all():
        press(client, f"/afp/groups/{group.pk}/", "actual", people="110", saved="0", days="0", note="สร้างเสร็จ")
    made.refresh_from_db()
    assert made.state == "REVIEWED"
    assert not AfpProblem.objects.filter(outcome="").exists()


def form_of_new(client: Client) -> dict[str, Any]:
    (form,) = (one for one in page(client, "/afp/new/").forms if one.xpath('.//*[@name="fiscal_year"]'))
    return dict(form.form_values())


def test_every_page_reads_at_every_step(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8, actor=stage.duangjai)
    problem, group = AfpProblem.objects.first(), IntegrationGroup.objects.first()
    assert problem is not None
    assert group is not None
    paths = ["/afp/", f"/afp/{made.pk}/", f"/afp/{made.pk}/outcomes/", f"/afp/{made.pk}/matrix/"]
    paths += [f"/afp/{made.pk}/{step}/" for step in STEPS] + [f"/afp/{made.pk}/outputs/{kind}/" for kind in OUTPUTS]
    paths += [f"/afp/problems/{problem.pk}/", f"/afp/groups/{group.pk}/"]
    for who in (stage.duangjai, stage.stranger):
        for path in paths:
            buttons = page(signed_in(who), path).xpath('//main//form[@method="post"]')
            assert bool(buttons) is False or who == stage.duangjai, path
    for paper in ("xlsx", "docx"):
        answer = signed_in(stage.duangjai).get(f"/afp/{made.pk}.{paper}")
        assert answer.content[:2] == b"PK"


def test_a_round_that_does_not_exist_is_not_found(stage: Cast):
    client = signed_in(stage.duangjai)
    for path in (
        "/afp/9/",
        "/afp/9/areas/",
        "/afp/9/outputs/gaps/",
        "/afp/problems/9/",
        "/afp/groups/9/",
        "/afp/9.xlsx",
    ):
        assert client.get(path).status_code == 404, path


def test_who_may_not_work_on_a_round_is_refused_and_nothing_changes(stage: Cast):
    made = make_round(body=stage.district_committee, upto=1, actor=stage.duangjai)
    for who in (stage.stranger, stage.clerk, stage.somsri):
        answer = signed_in(who).post(f"/afp/{made.pk}/groups/", {"do": "list", "version": made.version})
        assert answer.status_code == 403, who
    assert signed_in(stage.duangjai).post(f"/afp/{made.pk}/groups/", {"do": "nothing"}).status_code == 400
    before = made.version
    made.refresh_from_db()
    assert made.version == before


def test_what_was_refused_stands_there_as_it_was_typed(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5, actor=stage.duangjai)
    client, path = signed_in(stage.duangjai), f"/afp/{made.pk}/candidates/"
    candidate = Candidate.objects.first()
    assert candidate is not None
    sent = form_of(client, path, "confirm")
    said = {f"decision-{candidate.pk}": "REJECTED", "reason": "ซ้ำกับของกรมทางหลวง", "version": made.version - 1}
    answer = client.post(path, sent | said)
    assert answer.status_code == 409
    assert "ซ้ำกับของกรมทางหลวง" in answer.content.decode()
    candidate.refresh_from_db()
    assert candidate.state == "ACCEPTED"


def test_an_agency_answers_for_itself_and_nobody_else_for_it(stage: Cast):
    make_round(body=stage.district_committee, upto=7, actor=stage.duangjai)
    agency = GroupAgency.objects.get(body=stage.sao)
    path = f"/afp/agencies/{agency.pk}/answer/"
    said = {"do": "answer", "answer": "object", "reply": "ขอเลื่อนไปไตรมาสสาม", "version": agency.version}
    link = f"/afp/groups/{agency.group_id}/"
    assert link in signed_in(stage.wichai).get("/desk/").content.decode()
    assert "/afp/groups/" not in signed_in(stage.somsri).get("/desk/").content.decode()
    assert signed_in(stage.duangjai).post(path, said).status_code == 403
    assert "ขอให้ปรับ" in signed_in(stage.wichai).get(f"/afp/groups/{agency.group_id}/").content.decode()
    assert signed_in(stage.wichai).post(path, said).status_code == 302
    agency.refresh_from_db()
    assert (agency.answer, agency.reply) == ("OBJECTED", "ขอเลื่อนไปไตรมาสสาม")
    assert link not in signed_in(stage.wichai).get("/desk/").content.decode()
    assert signed_in(stage.wichai).post(path, said).status_code == 409  # the version it saw is gone


def test_a_project_and_a_pair_lead_to_the_round_that_has_them(stage: Cast):
    made = make_round(body=stage.district_committee, upto=7, actor=stage.duangjai)
    road = Project.objects.get(owner=stage.sao, name__startswith="ก่อสร้างถนน")
    pair = make_pair(road, make_project(owner=stage.pao, name="ก่อสร้างถนนอีกสาย"))
    officer = signed_in(stage.duangjai)
    told = officer.get(f"/projects/{road.code}/").content.decode()
    assert f"/afp/{made.pk}/" in told
    assert "/afp/groups/" in told
    assert "/afp/" not in Client().get(f"/projects/{road.code}/").content.decode()  # the rounds are not public
    assert f"/afp/{made.pk}/" in officer.get(f"/pairs/{pair.pk}/").content.decode()
    decide_pair(pair=pair, decision="DIFFERENT", reason="คนละสาย", actor=stage.system, at=AT, kept=None)
    assert f"/afp/{made.pk}/" not in officer.get(f"/pairs/{pair.pk}/").content.decode()


def test_a_need_and_a_resolution_lead_to_the_round_that_has_them(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8, actor=stage.duangjai)
    resolution = make_resolution(committee=stage.district_committee)
    endorse_round(round=made, resolution=resolution, actor=stage.duangjai, at=AT)
    officer, need = signed_in(stage.duangjai), ProblemNeed.objects.filter(round=made).select_related("need").first()
    assert need is not None
    address = f"/needs/{need.need.code}/"
    assert f"/afp/problems/{need.problem_id}/" in officer.get(address).content.decode()
    assert "/afp/" not in Client().get(address).content.decode()
    assert f"/afp/{made.pk}/" in officer.get(f"/resolutions/{resolution.pk}/").content.decode()


def test_another_reason_alone_is_saved_with_who_wrote_it(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5, actor=stage.system)
    client, path = signed_in(stage.duangjai), f"/afp/{made.pk}/candidates/"
    one, *others = Candidate.objects.filter(problem__round=made, state="ACCEPTED")
    before = {other.pk: other.decided_at for other in others}
    press(client, path, "confirm", **{f"reason-{one.pk}": "ตรงกับที่หมู่บ้านขอทุกข้อ"})
    one.refresh_from_db()
    assert (one.state, one.decision_reason, one.decided_by) == ("ACCEPTED", "ตรงกับที่หมู่บ้านขอทุกข้อ", stage.duangjai)
    assert {other.pk: other.decided_at for other in Candidate.objects.filter(pk__in=before)} == before


def test_one_press_with_several_reasons_is_one_act(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5, actor=stage.duangjai)
    client, path = signed_in(stage.duangjai), f"/afp/{made.pk}/candidates/"
    first, second = Candidate.objects.order_by("pk")[:2]
    day = first.decided_at
    said = {f"reason-{first.pk}": "ตรงกับปัญหา", f"decision-{second.pk}": "REJECTED", f"reason-{second.pk}": "ไกลเกินไป"}
    press(client, path, "confirm", **said)
    before = made.version
    for one in (made, first, second):
        one.refresh_from_db()
    assert made.version == before + 1
    # Money counts where a project was accepted first: another reason leaves the day as it was.
    assert (first.state, first.decision_reason, first.decided_at) == ("ACCEPTED", "ตรงกับปัญหา", day)
    assert (second.state, second.decision_reason) == ("REJECTED", "ไกลเกินไป")
    refused = client.post(path, form_of(client, path, "confirm") | {f"reason-{second.pk}": ""})
    assert "ไม่มีเหตุผล" in refused.content.decode()


def test_a_reason_without_a_decision_is_told_and_nothing_changes(stage: Cast):
    made = make_round(body=stage.district_committee, upto=4, actor=stage.duangjai)
    client, path = signed_in(stage.duangjai), f"/afp/{made.pk}/candidates/"
    press(client, path, "find")
    candidate = Candidate.objects.first()
    assert candidate is not None
    answer = client.post(path, form_of(client, path, "confirm") | {f"reason-{candidate.pk}": "ไกลเกินไป"})
    assert answer.status_code == 422
    assert "เลือกรับหรือไม่รับด้วย" in answer.content.decode()
    assert not Candidate.objects.exclude(state="SUGGESTED").exists()


def test_rows_that_were_filled_in_stay_when_others_are_asked_for_and_are_saved_with_them(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5, actor=stage.duangjai)
    client, path = signed_in(stage.duangjai), f"/afp/{made.pk}/candidates/"
    first = Candidate.objects.order_by("pk")[0]
    nothing = f"{path}?q=ไม่มีชื่อนี้"
    kept = html.fromstring(
        client.get(nothing, headers={"HX-Request": "true", "Kept-Rows": f"{first.pk},x,999999"}).content.decode()
    )
    assert kept.xpath('//input[@name="row"]/@value') == [str(first.pk)]
    assert kept.xpath(f'//select[@name="decision-{first.pk}"]')
    assert "ยังไม่บันทึก" in kept.xpath('string(//p[@role="status"])')
    whole = html.fromstring(
        client.get(path, headers={"HX-Request": "true", "Kept-Rows": f"{first.pk}"}).content.decode()
    )
    rows = whole.xpath('//input[@name="row"]/@value')
    assert len(rows) == len(set(rows))
    assert not whole.xpath('//p[@role="status"]')  # it stands where it always stands

    sent = form_of(client, nothing, "confirm")
    said = {"row": [str(first.pk)], f"decision-{first.pk}": "REJECTED", f"reason-{first.pk}": "ไกลเกินไป"}
    assert client.post(nothing, sent | said).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.decision_reason) == ("REJECTED", "ไกลเกินไป")


def test_without_a_script_the_page_says_to_save_before_filtering(stage: Cast):
    made = make_round(body=stage.district_committee, upto=3, actor=stage.duangjai)
    for step in ("groups", "problems", "guidelines", "candidates", "outcomes"):
        told = page(signed_in(stage.duangjai), f"/afp/{made.pk}/{step}/").xpath("string(//noscript)")
        assert "บันทึกก่อนกรอง" in told, step


def test_the_workbook_prints_the_columns_that_are_for_paper_and_only_those(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8, actor=stage.duangjai)
    paper = paper_of(made, on=AT.date())
    for one in paper.tables:
        shown = [field.printed for field in one.fields]
        assert shown == sorted(shown, reverse=True), one.name  # a sheet prints its first columns
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(made, on=AT.date())))
    sheet = book["ผล"]
    printed = sheet[str(sheet.print_area).split("!")[-1]]
    assert sheet.cell(4, len(printed[0])).value == "บทเรียน"
    areas = book["พื้นที่เป้าหมาย"]
    assert "น้ำหนัก" in str(areas["A2"].value)  # whole on the sheet, and the foot has the place and the day only
    assert str(areas.oddFooter.left.text).endswith(paper.on)
