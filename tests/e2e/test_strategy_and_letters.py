"""In a real browser: a strategy from its first issue to its proclamation, and a letter from draft to receipt."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from prasan.letters.models import Letter
from prasan.strategy.models import StrategyPlan
from prasan.strategy.services import load_references
from tests.cast import Cast, cast, moment
from tests.e2e.conftest import PASSWORD, Walker
from tests.e2e.test_a_year import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    from prasan.web import translations

    translations.compile()
    people = cast()
    load_references(actor=people.system, at=moment(0))
    for person in (people.prasit, people.wichai):
        person.set_password(PASSWORD)
        person.save()
    return people


def test_a_strategy_is_written_linked_and_proclaimed(stage: Cast, walk: Callable[..., Walker]) -> None:
    walker = walk()
    page = sign_in(walker, "prasit")
    walker.go("/strategy/")
    page.get_by_role("link", name="เขียนแผนยุทธศาสตร์").click()
    page.get_by_label("ของหน่วยงาน").select_option(str(stage.province_office.pk))
    page.get_by_label("ชื่อแผน").fill("แผนพัฒนาจังหวัดพะเยา พ.ศ. 2571-2573")
    page.get_by_label("วิสัยทัศน์").fill("เมืองน่าอยู่ริมกว๊าน")
    page.get_by_label("ปีแรก (พ.ศ.)").fill("2571")
    page.get_by_label("ปีสุดท้าย (พ.ศ.)").fill("2573")
    walker.check()
    page.get_by_role("button", name="เริ่มแผน").click()
    expect(page.get_by_text("ยังขาดองค์ประกอบ")).to_be_visible()
    page.get_by_label("ลำดับ").fill("1")
    page.get_by_label("ข้อความ").fill("ฟื้นฟูสิ่งแวดล้อมและคุณภาพชีวิต")
    page.get_by_role("button", name="เพิ่มประเด็น").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 ฟื้นฟูสิ่งแวดล้อม")
    walker.check()
    page.get_by_role("button", name=re.compile("^เชื่อม.*ยุทธศาสตร์ชาติ")).first.click()
    expect(page.get_by_text("บันทึกความเชื่อมโยงแล้ว")).to_be_visible()
    for code, words in (("1.1", "น้ำในกว๊านสะอาด"), ("1.1.1", "บำบัดน้ำเสียชุมชน")):
        page.locator("#child-code").fill(code)
        page.locator("#child-name").fill(words)
        page.get_by_role("button", name="เพิ่ม", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    page.get_by_role("link", name="1.1 น้ำในกว๊านสะอาด").click()
    page.get_by_role("link", name="เพิ่มตัวชี้วัด").click()
    page.get_by_label("ตัวชี้วัด", exact=True).fill("คุณภาพน้ำผ่านเกณฑ์")
    page.get_by_label("หน่วยนับ").fill("ร้อยละ")
    page.get_by_label("ค่าเป้าหมายปี 2571").fill("๘๐")
    walker.check()
    page.get_by_role("button", name="บันทึกตัวชี้วัด").click()
    expect(page.get_by_text("2571: 80")).to_be_visible()
    plan = StrategyPlan.objects.get(body=stage.province_office)
    walker.go(f"/strategy/{plan.pk}/")
    page.get_by_role("link", name="ประกาศใช้").click()
    page.get_by_label("ประกาศหรือมติ").fill("ประกาศจังหวัดพะเยา")
    page.get_by_label("วันที่ประกาศใช้").fill("1 ตุลาคม 2569")
    walker.check()
    page.get_by_role("main").get_by_role("button", name="ประกาศใช้").click()
    expect(page.get_by_text("ประกาศใช้แผนแล้ว")).to_be_visible()
    expect(page.locator("svg.cascade line")).to_have_count(1)
    walker.check()
    page.get_by_role("button", name="English").first.click()
    walker.go(f"/strategy/{plan.pk}/")
    for path in (
        "/strategy/",
        "/strategy/issues/?gap=UNANSWERED",
        "/strategy/import/",
        "/systems/bodies/?group=core_agency",
    ):
        walker.go(path)


def test_a_letter_is_drafted_changed_sent_and_received(stage: Cast, walk: Callable[..., Walker]) -> None:
    walker = walk()
    page = sign_in(walker, "prasit")
    walker.go("/letters/new/?catalogue=L11")
    page.get_by_label("ผู้รับอื่น").fill(stage.sao.name_th)
    page.get_by_role("button", name="บันทึกร่าง").click()
    expect(page.get_by_text("ร่างหนังสือแล้ว")).to_be_visible()
    walker.check()
    page.get_by_role("link", name="แก้ร่าง").click()
    page.get_by_label("เรื่อง", exact=True).fill("แจ้งกรอบการพัฒนาอำเภอ ฉบับแก้ไข")
    page.get_by_label("ชั้นความเร็ว").select_option("URGENT")
    walker.check()
    page.get_by_role("button", name="บันทึกร่าง").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("แจ้งกรอบการพัฒนาอำเภอ ฉบับแก้ไข")
    page.get_by_label("อักษรและรหัสหน่วยงาน").fill("พย ๐๐๑๗.๒")
    page.get_by_label("ลงวันที่").fill("26 พฤศจิกายน 2569")
    page.get_by_role("button", name="ออกเลขและส่ง").click()
    expect(page.get_by_text("พย 0017.2/1").first).to_be_visible()
    letter = Letter.objects.get()
    with page.expect_download() as word:
        page.get_by_role("link", name="ไฟล์ Word").click()
    assert word.value.suggested_filename == f"letter-{letter.pk}.docx"
    other = walk()
    page = sign_in(other, "wichai")
    other.go(f"/letters/{letter.pk}/")
    page.get_by_label("เลขรับ").fill("118/2569")
    page.get_by_role("button", name="ลงรับหนังสือ").click()
    expect(page.get_by_text("เลขรับ 118/2569")).to_be_visible()
    other.check()
    assert letter.addressees.get().received_by == stage.wichai
