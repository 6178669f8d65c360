"""An officer writes a project in a real browser and sees, while typing, that another agency plans it already."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from prasan.projects.models import Project
from prasan.projects.testing import make_project
from tests.cast import Cast, cast
from tests.e2e.conftest import PASSWORD, Walker
from tests.e2e.test_a_year import sign_in

pytestmark = pytest.mark.browser

ROAD = "ก่อสร้างถนน คสล. สายบ้านร่องไฮ หมู่ที่ 1 กว้าง 4 เมตร ยาว 300 เมตร"


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    from prasan.web import translations

    translations.compile()
    people = cast()
    people.wichai.set_password(PASSWORD)
    people.wichai.save()
    return people


def test_what_is_planned_already_appears_while_it_is_typed(stage: Cast, walk: Callable[..., Walker]) -> None:
    standing = make_project(owner=stage.highways, name=ROAD, baht=450_000, area=stage.village, fiscal_year=2570)
    walker = walk()
    page = sign_in(walker, "wichai")
    walker.go("/projects/")
    page.get_by_role("link", name="บันทึกโครงการ").click()
    panel = page.locator("#likely")
    expect(panel).to_contain_text("เมื่อท่านเขียนชื่อโครงการ")
    page.get_by_label("พื้นที่", exact=True).select_option("56011401")
    page.get_by_label("ชื่อโครงการ").press_sequentially("ก่อสร้างถนนคอนกรีต สายบ้านร่องไฮ หมู่ 1 กว้าง 4 ม. ยาว 300 ม.")
    expect(panel).to_contain_text(standing.code)
    walker.check()
    page.get_by_label("ชื่อโครงการ").fill("ติดตั้งไฟส่องสว่างลานกีฬา")
    expect(panel).not_to_contain_text(standing.code)
    page.get_by_label("ชื่อโครงการ").fill(ROAD)
    page.get_by_label("จำนวนเงิน (บาท)").first.fill("450,000")
    page.get_by_role("button", name="บันทึกโครงการ").click()
    expect(page.get_by_role("alert")).to_contain_text("ยังไม่ได้บันทึก")
    assert Project.objects.count() == 1
    walker.check()
    page.get_by_role("button", name="เป็นงานใหม่ บันทึก").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ROAD)
    assert Project.objects.get(owner=stage.sao).years.get().amount_satang == 45_000_000


def test_an_input_has_room_for_every_mark_of_a_thai_letter(transactional_db: None, walk: Callable[..., Walker]) -> None:
    walker = walk()
    walker.go("/sign-in/")
    room, needed = walker.page.evaluate(
        """async () => {
          const words = "ชื่อนี้ ปู่ กตัญญู ฐานปิ้ง น้ำ", canvas = document.createElement("canvas").getContext("2d");
          await document.fonts.load("100px Sarabun", words + "a");
          canvas.font = "100px Sarabun";
          const text = canvas.measureText(words);
          return [[text.fontBoundingBoxAscent, text.fontBoundingBoxDescent],
                  [text.actualBoundingBoxAscent, text.actualBoundingBoxDescent]];
        }"""
    )
    assert needed[0] > 110  # Sarabun is there: no other font reaches so high
    assert all(has >= needs for has, needs in zip(room, needed, strict=True))
