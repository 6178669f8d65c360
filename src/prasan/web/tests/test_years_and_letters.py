"""A year is opened, a task submitted, an exception granted, and a reminder written and sent, on the pages."""

import datetime as dt
import io

import docx
import pytest
from tests.cast import Cast, cast, moment, signed_in

from prasan.accounts.models import Membership, Role, User
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, StepException, Task
from prasan.letters import services as letters
from prasan.letters.models import Letter
from prasan.letters.services import Addressee, Content

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _open(stage: Cast, year: int = 2575) -> Cycle:
    return cycles.open_cycle(system="moi_2559", fiscal_year=year, area=stage.province, actor=stage.prasit, at=moment(0))


def test_a_year_is_seen_before_it_is_opened_and_opened_once(stage: Cast):
    province = signed_in(stage.prasit)
    page = province.get("/cycles/open/", {"system": "moi_2559", "fiscal_year": "2575"}).content.decode()
    assert "ทบทวนแผนชุมชน/หมู่บ้าน" in page
    assert "(ปีอนุมาน)" in page
    assert not Cycle.objects.filter(fiscal_year=2575).exists()
    for _ in range(2):
        assert province.post("/cycles/open/", {"system": "moi_2559", "fiscal_year": "2575"}).status_code == 302
    opened = Cycle.objects.get(fiscal_year=2575)
    assert opened.area == stage.province
    assert province.get(f"/cycles/{opened.pk}/").status_code == 200
    assert province.post("/cycles/open/", {"system": "moi_2559", "fiscal_year": "12"}).status_code == 422
    assert (
        signed_in(stage.wichai).post("/cycles/open/", {"system": "moi_2559", "fiscal_year": "2576"}).status_code == 403
    )
    assert not Cycle.objects.filter(fiscal_year=2576).exists()


def test_a_task_stands_on_the_desk_is_submitted_and_excused(stage: Cast):
    cycle = _open(stage, 2569)
    task = Task.objects.get(cycle=cycle, step__number="2b", body=stage.sao)
    lao, district = signed_in(stage.wichai), signed_in(stage.duangjai)
    assert f"/tasks/{task.pk}/" in lao.get("/desk/").content.decode()
    today = dt.date.today()
    form = {"kind": "EXTENSION", "last": (today + dt.timedelta(days=40)).isoformat(), "reason": "น้ำท่วม"}
    assert lao.post(f"/tasks/{task.pk}/except/", form).status_code == 403
    assert not StepException.objects.exists()
    assert district.post(f"/tasks/{task.pk}/except/", form | {"reason": ""}).status_code == 422
    assert district.post(f"/tasks/{task.pk}/except/", form).status_code == 302
    granted = StepException.objects.get()
    assert granted.ends_before == today + dt.timedelta(days=41)
    assert "น้ำท่วม" in lao.get(f"/tasks/{task.pk}/").content.decode()
    district.post(f"/exceptions/{granted.pk}/revoke/", {"reason": "น้ำลดแล้ว"})
    granted.refresh_from_db()
    assert granted.revoked_at is not None
    task.refresh_from_db()
    lao.post(f"/tasks/{task.pk}/submit/", {"version": task.version})
    task.refresh_from_db()
    assert task.submitted_by == stage.wichai
    assert f"/tasks/{task.pk}/" not in lao.get("/desk/").content.decode()
    district.post(f"/tasks/{task.pk}/return/", {"reason": "ขาดแผนที่", "version": task.version})
    task.refresh_from_db()
    assert (task.submitted_at, task.return_reason) == (None, "ขาดแผนที่")


def test_who_is_missing_is_reminded_by_one_letter_to_all(stage: Cast):
    cycle = _open(stage, 2569)
    step = cycle.steps.get(number="2b")
    province = signed_in(stage.prasit)
    page = province.get(f"/cycles/{cycle.pk}/missing/", {"step": "2b"}).content.decode()
    assert "ส่งแล้ว 0/2" in page
    assert stage.other_sao.name_th in page
    province.post(f"/cycles/steps/{step.pk}/remind/")
    letter = Letter.objects.get()
    assert set(letter.addressees.values_list("body__code", flat=True)) == {"SAO", "OTHER_SAO"}
    form = {"office": "พย ๐๐๑๗.๒", "circular": "1", "dated_on": "26 พฤศจิกายน 2569", "version": letter.version}
    assert province.post(f"/letters/{letter.pk}/dispatch/", form).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("DISPATCHED", "พย 0017.2/ว 1")
    lao = signed_in(stage.wichai)
    assert f'href="/letters/{letter.pk}/"' in lao.get("/desk/").content.decode()
    assert lao.get(f"/letters/{letter.pk}/").status_code == 200
    assert letter.addressees.get(body=stage.sao).received_by is None  # reading is not receiving
    assert lao.post(f"/letters/{letter.pk}/receive/", {"body": stage.sao.pk, "number": "118/2569"}).status_code == 302
    taken = letter.addressees.get(body=stage.sao)
    assert (taken.received_by, taken.received_number) == (stage.wichai, "118/2569")
    assert f'href="/letters/{letter.pk}/"' not in lao.get("/desk/").content.decode()
    assert lao.post(f"/letters/{letter.pk}/receive/", {"body": stage.other_sao.pk}).status_code == 422
    assert "118/2569" in province.get(f"/letters/{letter.pk}/").content.decode()
    task = cycle.tasks.get(step=step, body=stage.sao)
    assert letter.number in lao.get(f"/tasks/{task.pk}/").content.decode()
    stranger = signed_in(stage.stranger).get(f"/tasks/{task.pk}/").content.decode()
    assert letter.number not in stranger  # nor anybody's name
    assert stage.prasit.display_name not in stranger
    assert letter.number in province.get(f"/cycles/{cycle.pk}/missing/", {"step": "2b"}).content.decode()
    assert signed_in(stage.malee).get(f"/letters/{letter.pk}/").status_code == 404
    paper = docx.Document(io.BytesIO(lao.get(f"/letters/{letter.pk}.docx").content))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "ที่ พย ๐๐๑๗.๒/ว ๑" in said
    assert "๒๖ พฤศจิกายน ๒๕๖๙" in said
    assert "ขอแสดงความนับถือ" in said


def test_a_letter_of_the_catalogue_comes_with_its_words_and_names_who_is_missing(stage: Cast):
    province = signed_in(stage.prasit)
    page = province.get("/letters/new/", {"catalogue": "L12"}).content.decode()
    assert "รายละเอียดโครงการที่สอดคล้องกับแผนพัฒนาจังหวัด" in page
    form = {
        "sender": stage.province_office.pk, "catalogue": "L12", "paper": "EXTERNAL", "urgency": "NONE",
        "secrecy": "NONE", "fiscal_year": "2571", "subject": "ส่งรายละเอียดโครงการ", "group": "AGENCIES",
        "text": "ด้วย\n\nจึงเรียนมา",
    }  # fmt: skip
    assert province.post("/letters/new/", form).status_code == 302
    letter = Letter.objects.get()
    assert "กระทรวงมหาดไทย" in province.get(f"/letters/{letter.pk}/").content.decode()
    send = {"office": "พย 0017.2", "dated_on": "26 พ.ย. 2569", "version": letter.version}
    refused = province.post(f"/letters/{letter.pk}/dispatch/", send)
    assert refused.status_code == 422
    assert "R59" in refused.content.decode()
    assert province.post("/letters/new/", form | {"names": "ปลัดกระทรวงมหาดไทย"}).status_code == 302
    complete = Letter.objects.latest("pk")
    assert province.post(f"/letters/{complete.pk}/dispatch/", send).status_code == 302
    assert signed_in(stage.stranger).get("/letters/new/").status_code == 200
    assert signed_in(stage.stranger).post("/letters/new/", form).status_code == 422


def test_a_draft_is_changed_on_its_page_and_the_second_officer_is_told(stage: Cast):
    province = signed_in(stage.prasit)
    form = {
        "sender": stage.province_office.pk, "catalogue": "", "paper": "EXTERNAL", "urgency": "NONE", "secrecy": "NONE",
        "fiscal_year": "2571", "subject": "ส่งแผน", "group": "LAOS",
        "names": f"{stage.sao.name_th}\n{stage.pao.name_th}",
        "copies": stage.pao.name_th, "text": "ด้วย\n\nจึงเรียนมา",
    }  # fmt: skip
    assert province.post("/letters/new/", form).status_code == 302  # named twice, and in a group beside it
    letter = Letter.objects.get()
    assert letter.addressees.filter(body=stage.sao).count() == letter.addressees.filter(body=stage.pao).count() == 1
    page = province.get(f"/letters/{letter.pk}/edit/").content.decode()
    assert stage.other_sao.name_th in page
    change = form | {"group": "", "subject": "ส่งแผนฉบับแก้", "copies": "", "version": letter.version}
    assert province.post(f"/letters/{letter.pk}/edit/", change).status_code == 302
    letter.refresh_from_db()
    assert letter.subject == "ส่งแผนฉบับแก้"
    assert [str(one) for one in letter.addressees.all()] == [stage.sao.name_th, stage.pao.name_th]
    late = province.post(f"/letters/{letter.pk}/edit/", change | {"subject": "ทับ"})
    assert late.status_code == 409
    assert "ก่อนท่าน" in late.content.decode()
    letter.refresh_from_db()
    assert letter.subject == "ส่งแผนฉบับแก้"
    assert signed_in(stage.wichai).get(f"/letters/{letter.pk}/edit/").status_code == 404


def test_a_letter_of_a_task_is_written_by_its_own_body_only(stage: Cast):
    cycle = _open(stage, 2569)
    others = Task.objects.get(cycle=cycle, step__number="2b", body=stage.sao)
    form = {
        "sender": stage.province_office.pk, "paper": "EXTERNAL", "urgency": "NONE", "secrecy": "NONE",
        "fiscal_year": "2569", "subject": "ส่งแผน", "names": stage.sao.name_th, "text": "ด้วย",
    }  # fmt: skip
    refused = signed_in(stage.prasit).post(f"/letters/new/?task={others.pk}", form)
    assert refused.status_code == 404
    assert not Letter.objects.exists()
    own = form | {"sender": stage.sao.pk, "names": stage.district_office.name_th}
    assert signed_in(stage.wichai).post(f"/letters/new/?task={others.pk}", own).status_code == 302
    assert Letter.objects.get().task == others


def test_pages_of_writing_are_for_those_who_write(stage: Cast):
    cycle = _open(stage, 2569)
    others = Task.objects.get(cycle=cycle, step__number="2b", body=stage.sao)
    province = signed_in(stage.prasit)
    for task in ("abc", "9" * 30, "0", others.pk):
        assert province.get("/letters/new/", {"task": task}).status_code == 404
    assert signed_in(stage.wichai).get("/letters/new/", {"task": others.pk}).status_code == 200
    draft = letters.draft_letter(
        sender=stage.province_office, content=Content(subject="ส่งแผน", body="ด้วย…", fiscal_year=2569),
        addressees=[Addressee(stage.sao)], actor=stage.prasit, at=moment(0),
    )  # fmt: skip
    reader = User.objects.create(username="reader")
    Membership.objects.create(user=reader, body=stage.province_office, role=Role.INSPECTOR)
    assert signed_in(reader).get(f"/letters/{draft.pk}/").status_code == 200
    assert signed_in(reader).get(f"/letters/{draft.pk}/edit/").status_code == 404
    seen = {"reason": "ซ้ำ", "version": draft.version}
    letters.revise_letter(
        letter=draft, content=Content(subject="ส่งแผนแล้ว", body="ด้วย…", fiscal_year=2569),
        addressees=[Addressee(stage.sao)], actor=stage.prasit, at=moment(1),
    )  # fmt: skip
    province.post(f"/letters/{draft.pk}/cancel/", seen)
    draft.refresh_from_db()
    assert draft.state == "DRAFT"  # it was changed after the page was opened
    province.post(f"/letters/{draft.pk}/cancel/", seen | {"version": draft.version})
    draft.refresh_from_db()
    assert draft.state == "CANCELLED"


def test_a_dry_run_and_a_forecast_write_nothing(stage: Cast):
    cycle = _open(stage)
    before = list(Task.objects.values())
    province = signed_in(stage.prasit)
    page = province.get(f"/cycles/{cycle.pk}/dry-run/", {"system": "moi_2558"}).content.decode()
    assert "จะเกินกำหนดเพิ่ม" in page
    assert province.get(f"/cycles/{cycle.pk}/dry-run/", {"system": "none"}).status_code == 404
    assert province.get(f"/cycles/{cycle.pk}/forecast/").status_code == 200
    assert province.get(f"/cycles/{cycle.pk}/steps/2b/", {"state": "WAITING"}).status_code == 200
    assert list(Task.objects.values()) == before
