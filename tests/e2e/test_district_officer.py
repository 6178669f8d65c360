"""The district officer's day in a real browser, in Thai and in English, at a desk and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from prasan.integration.models import Handover, HandoverState, Pair, PairDecision
from prasan.projects.models import Project
from tests.e2e.conftest import PASSWORD, Records, Walker

pytestmark = pytest.mark.browser


def sign_in(walker: Walker) -> Page:
    page = walker.page
    walker.go("/sign-in/")
    page.get_by_label("ชื่อผู้ใช้").fill("duangjai")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page).to_have_url(re.compile("/desk/$"))
    walker.check()
    return page


def test_a_district_officers_day(records: Records, walk: Callable[..., Walker], faulty_workbook: Path) -> None:
    walker = walk()
    page = sign_in(walker)
    expect(page.get_by_role("heading", name="โครงการที่ส่งต่อมา รอหน่วยงานของคุณตอบ")).to_be_visible()

    walker.go("/areas/5601/")
    expect(page.get_by_role("table", name="พื้นที่ภายใน")).to_contain_text("ตำบลแม่ใส")
    page.get_by_role("link", name=re.compile("แผนพัฒนาท้องถิ่น 2569")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("แผนพัฒนาท้องถิ่น 2569")
    walker.check()
    page.get_by_label("คำในชื่อ").fill("ถนน")
    page.get_by_role("button", name="กรอง", exact=True).click()
    expect(page.get_by_text("2 รายการ")).to_be_visible()
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("tfoot")).to_contain_text("1,850,000")
    page.get_by_role("link", name="ล้านบาท").click()
    expect(page.locator("tfoot")).to_contain_text("1.85")
    walker.check()

    page.get_by_role("link", name=records.road.name).click()
    expect(page.get_by_role("heading", name="เส้นทางของโครงการ")).to_be_visible()
    expect(page.locator(".journey .now")).to_contain_text("กบอ. เมืองพะเยา ตอบ")
    walker.check()
    page.get_by_label("รับไว้ดำเนินการ").check()
    page.get_by_label("เหตุผล", exact=True).fill("อยู่ในลำดับแรกของแผนอำเภอ")
    page.get_by_role("button", name="ส่งคำตอบ").click()
    expect(page.get_by_text("รับโครงการไว้แล้ว")).to_be_visible()
    expect(page.locator(".journey .now")).to_contain_text("ตอนนี้เรื่องอยู่ที่กบอ. เมืองพะเยา")
    assert Handover.objects.get().state == HandoverState.ACCEPTED
    walker.check()

    walker.go("/pairs/")
    page.get_by_role("link", name=records.twin.name).or_(page.get_by_role("link", name=records.road.name)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("เรื่องเดียวกันหรือไม่")
    expect(page.locator("mark").first).to_be_visible()
    walker.check()
    page.get_by_label("โครงการเดียวกัน", exact=True).check()
    page.get_by_role("button", name="บันทึกผล", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    walker.complaints.clear()  # the browser's own note of the 422 answer
    walker.check()
    page.get_by_role("radio", name=f"โครงการที่ 1 {records.road.code}").check()
    page.get_by_label("เหตุผล", exact=True).fill("ที่ตั้งและระยะทางตรงกัน")
    page.get_by_role("button", name="บันทึกผล", exact=True).click()
    expect(page.get_by_text("บันทึกผลพิจารณาแล้ว")).to_be_visible()
    assert Pair.objects.get().decision == PairDecision.SAME
    assert Project.objects.get(pk=records.twin.pk).merged_into_id == records.road.pk
    walker.check()

    walker.go("/imports/")
    page.get_by_label("ไฟล์แผนหรือบัญชีโครงการ").set_input_files(faulty_workbook)
    page.get_by_role("button", name="ตรวจไฟล์").click()
    expect(page.get_by_role("heading", name="ผลตรวจไฟล์")).to_be_visible()
    expect(page.get_by_text("ติดลบ").first).to_be_visible()
    assert not Project.objects.filter(name__contains="ลานกีฬา").exists()
    walker.check()
    page.get_by_role("button", name="ยืนยันขึ้นทะเบียน").click()
    expect(page.get_by_text("ขึ้นทะเบียน 2 แถว").first).to_be_visible()
    assert Project.objects.filter(name__contains="ลานกีฬา").exists()
    walker.check()

    walker.go("/calendar/")
    expect(page.get_by_role("table", name="ขั้นตอนของรอบการวางแผน")).to_be_visible()
    expect(page.locator(".calendar-holder svg")).to_be_visible()

    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar")
    walker.check()
    for path in ("/desk/", f"/projects/{records.road.code}/", "/pairs/", "/plans/", "/imports/", "/areas/56/"):
        walker.go(path)
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your place asked for, what it got, how far it is")


def test_a_villager_on_a_phone_finds_the_road(records: Records, walk: Callable[..., Walker]) -> None:
    walker = walk(390, 844, has_touch=True, is_mobile=True)
    page = walker.page
    walker.go("/")
    page.get_by_label("ชื่อจังหวัด อำเภอ ตำบล หมู่บ้าน โครงการ หรือรหัส").fill("ต.แม่ใส")
    page.get_by_role("main").get_by_role("button", name="ค้นหา").click()
    page.get_by_role("link", name="ตำบลแม่ใส", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ตำบลแม่ใส")
    walker.check()
    page.get_by_role("link", name="ขอถนน คสล. สายกลางบ้าน").click()
    expect(page.locator(".journey")).to_contain_text("มีโครงการรองรับแล้ว")
    walker.check()
    page.get_by_role("link", name=records.road.name).first.click()
    expect(page.locator(".journey .now")).to_contain_text("รอกบอ. เมืองพะเยา ตอบ")
    walker.check()
    bar = page.get_by_role("navigation", name="เมนูหลัก")
    assert bar.get_by_role("link").count() == 4
    heights = [link.bounding_box() for link in bar.get_by_role("link").all()]
    assert all(box is not None and box["height"] >= 44 for box in heights)
    bar.get_by_role("link", name="โครงการ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("โครงการ")
    walker.check()


def test_an_officer_on_a_phone_answers_from_the_desk(records: Records, walk: Callable[..., Walker]) -> None:
    walker = walk(390, 844, has_touch=True, is_mobile=True)
    page = sign_in(walker)
    page.get_by_role("link", name=re.compile("^ตอบ")).first.click()
    page.get_by_label("ส่งคืน พร้อมเหตุผล").check()
    page.get_by_label("เหตุผล", exact=True).fill("ทางอยู่ในเขตป่า ขอให้ตรวจแนวทางก่อน")
    page.get_by_role("button", name="ส่งคำตอบ").click()
    expect(page.get_by_text("ส่งคืนแล้ว")).to_be_visible()
    walker.check()
    assert Handover.objects.get().state == HandoverState.RETURNED
    for path in ("/pairs/", f"/pairs/{records.pair.pk}/", f"/plans/{records.plan.pk}/", "/imports/", "/calendar/"):
        walker.go(path)


def test_everything_works_without_javascript(records: Records, walk: Callable[..., Walker]) -> None:
    walker = walk(java_script_enabled=False)
    page = walker.page
    page.goto(walker.address + "/sign-in/")
    page.get_by_label("ชื่อผู้ใช้").fill("duangjai")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    page.goto(f"{walker.address}/plans/{records.plan.pk}/")
    page.get_by_label("คำในชื่อ").fill("ถนน")
    page.get_by_role("button", name="กรอง", exact=True).click()
    expect(page.get_by_text("2 รายการ")).to_be_visible()
    page.goto(f"{walker.address}/pairs/{records.pair.pk}/")
    page.get_by_label("ต่างกัน", exact=True).check()
    page.get_by_label("เหตุผล", exact=True).fill("คนละสาย")
    page.get_by_role("button", name="บันทึกผล", exact=True).click()
    expect(page.get_by_text("บันทึกผลพิจารณาแล้ว")).to_be_visible()
    assert Pair.objects.get().decision == PairDecision.DIFFERENT
