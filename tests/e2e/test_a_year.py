"""A province's year in a real browser: opened, an exception granted, a meeting held, a plan endorsed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from prasan.accounts.models import Membership, Role
from prasan.cycles.models import Cycle, StepException, Task
from prasan.letters.models import Letter
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Resolution
from prasan.plans import services as plans
from prasan.plans.models import Gate, PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.testing import AT, make_project
from tests.cast import Cast, cast
from tests.e2e.conftest import PASSWORD, Walker

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    from prasan.web import translations

    translations.compile()
    people = cast()
    for person in (people.prasit, people.wichai):
        person.set_password(PASSWORD)
        person.save()
    Membership.objects.create(user=people.wichai, body=people.sao, role=Role.SECRETARY)
    return people


def sign_in(walker: Walker, who: str) -> Page:
    page = walker.page
    walker.go("/sign-in/")
    page.get_by_label("ชื่อผู้ใช้").fill(who)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page).to_have_url(re.compile("/desk/$"))
    return page


def test_a_year_is_opened_and_an_exception_granted(stage: Cast, walk: Callable[..., Walker]) -> None:
    walker = walk()
    page = sign_in(walker, "prasit")
    walker.go("/cycles/")
    page.get_by_role("link", name="เปิดปีงบประมาณ").first.click()
    page.get_by_label("ระบบแผน").select_option("moi_2559")
    page.get_by_label("ปีงบประมาณ (พ.ศ.)").fill("2571")
    page.get_by_role("button", name="ดูสิ่งที่จะเกิดขึ้น").click()
    expect(page.get_by_role("table")).to_contain_text("ทบทวนแผนชุมชน/หมู่บ้าน")
    assert not Cycle.objects.filter(fiscal_year=2571).exists()
    walker.check()
    page.get_by_role("button", name="เปิดปีงบประมาณ 2571").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ปีงบประมาณ 2571")
    walker.check()
    page.get_by_role("link", name="ใครยังไม่ส่ง").click()
    page.get_by_label("ขั้นตอน").select_option("2b")
    page.get_by_role("button", name="แสดง").click()
    expect(page.get_by_text("ส่งแล้ว 0/2")).to_be_visible()
    walker.check()
    page.get_by_role("link", name="องค์การบริหารส่วนตำบลแม่ใส").first.click()
    walker.check()
    page.get_by_label("ขยายเวลา").check()
    page.get_by_label("มีผลถึงวันที่").fill("31 ธันวาคม 2575")
    page.get_by_label("เหตุผล", exact=True).last.fill("น้ำท่วมทั้งตำบล")
    page.get_by_role("button", name="ให้ข้อยกเว้น").click()
    expect(page.get_by_text("น้ำท่วมทั้งตำบล").first).to_be_visible()
    granted = StepException.objects.get()
    assert (granted.granted_by, granted.ends_before.year) == (stage.prasit, 2033)
    walker.check()
    cycle = Cycle.objects.get(fiscal_year=2571)
    for path in ("forecast", "dry-run", "dry-run/?system=moi_2558", "steps/2b"):
        walker.go(f"/cycles/{cycle.pk}/{path}{'' if '?' in path else '/'}")
    page.get_by_role("button", name="English").first.click()
    walker.go(f"/cycles/{cycle.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("2571"))
    walker.go(f"/tasks/{Task.objects.filter(cycle=cycle).first().pk}/")


def test_a_meeting_from_notice_to_resolution_endorses_a_plan(stage: Cast, walk: Callable[..., Walker]) -> None:
    make_project(owner=stage.sao, name="ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ที่ 1", baht=900_000, area=stage.village)
    edition = make_local_plan(lao=stage.sao)
    plans.submit_edition(edition=edition, actor=stage.wichai, at=AT)
    for n, name in enumerate(("นายก อบต.", "ปลัด อบต.", "ผู้แทนชุมชน")):
        meetings.appoint_seat(
            committee=stage.sao, role="MEMBER" if n else "CHAIR", person_name=name, starts_on=AT.date(),
            appointed_by="1/2568", actor=stage.wichai, at=AT,
        )  # fmt: skip
    walker = walk()
    page = sign_in(walker, "wichai")
    walker.go("/meetings/new/")
    page.get_by_label("คณะกรรมการ").select_option(str(stage.sao.pk))
    page.get_by_label("วันประชุม").fill("15 ธันวาคม 2569")
    page.get_by_label("เวลา").fill("09:30")
    page.get_by_label("สถานที่").fill("ห้องประชุม อบต.แม่ใส")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ประชุมครั้งที่ 1/2569")
    meeting = Meeting.objects.get()
    walker.check()

    walker.go(f"/plans/{edition.pk}/")
    expect(page.get_by_role("heading", name="เส้นทางของแผน")).to_be_visible()
    page.get_by_label("เข้าวาระการประชุม").select_option(str(meeting.pk))
    page.get_by_role("button", name="บรรจุเข้าวาระ").click()
    expect(page.get_by_text("บรรจุแผนเข้าวาระแล้ว")).to_be_visible()
    walker.check()

    page.get_by_label("อักษรและรหัสหน่วยงานของหนังสือ").fill("พย 72001")
    page.get_by_label("ลงวันที่").fill("1 ธันวาคม 2569")
    page.get_by_role("button", name="ออกหนังสือเชิญประชุม").click()
    expect(page.get_by_text("พย 72001/ว 1").first).to_be_visible()
    assert Letter.objects.get().addressees.count() == 3
    for person in ("นายก อบต.", "ปลัด อบต."):
        page.get_by_label(person, exact=True).select_option("PRESENT")
    page.get_by_role("button", name="บันทึกผู้มาประชุม").click()
    page.get_by_role("button", name="เปิดประชุม").click()
    expect(page.get_by_text("ครบองค์ประชุม").first).to_be_visible()
    walker.check()
    page.get_by_role("link", name=re.compile("^พิจารณา")).first.click()
    page.locator("input[name=outcome][value=ADOPTED]").check()
    page.get_by_label("มติที่ประชุม").fill("เห็นชอบแผนพัฒนาท้องถิ่นตามที่เสนอ")
    page.get_by_role("button", name="บันทึกมติ").click()
    expect(page.get_by_text("บันทึกมติแล้ว")).to_be_visible()
    walker.check()
    edition.refresh_from_db()
    assert (edition.state, Gate.objects.get().resolution) == ("ENDORSED", Resolution.objects.get())
    walker.go(f"/plans/{edition.pk}/")
    expect(page.get_by_text(Resolution.objects.get().number)).to_be_visible()
    page.get_by_text("ทำฉบับแก้ไข (R71)").click()
    page.get_by_label("เพิ่มเติม").check()
    page.get_by_label("เหตุผลความจำเป็น").fill("งบประมาณเพิ่มระหว่างปี")
    page.get_by_role("button", name="เริ่มฉบับแก้ไข").click()
    expect(page.get_by_text("ครั้งที่ 1/")).to_be_visible()
    walker.check()
    made = PlanEdition.objects.get(number=2)
    walker.go(f"/plans/{made.pk}/compare/{edition.pk}/")
    page.get_by_role("button", name="ออกจากระบบ").first.click()


def test_the_rules_the_systems_and_the_calendar_are_read_by_everybody_on_a_phone(
    stage: Cast, walk: Callable[..., Walker]
) -> None:
    walker = walk(390, 844, has_touch=True, is_mobile=True)
    for path in ("/rules/", "/rules/R49/", "/systems/", "/systems/moi_2559/", "/calendar/", "/calendar/compare/"):
        walker.go(path)
    expect(walker.page.get_by_role("heading", level=1)).to_be_visible()
