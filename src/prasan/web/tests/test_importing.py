"""Bringing files in: the check saves nothing, the confirmation registers, and what was found can be read."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.exchange.models import Submission
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import plan_sheet
from prasan.integration import services as integration
from prasan.integration.models import Pair
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.web import staging
from prasan.web.queries import checking
from prasan.web.tests.conftest import Stage

Open = Callable[[User | None], Client]


@pytest.fixture
def workbook(tmp_path: Path) -> SimpleUploadedFile:
    """A ผ.02 of อบต.แม่ใส with two projects, one of them with an amount that cannot be read."""
    path = tmp_path / "แผน.xlsx"
    write_workbook(path, [plan_sheet("ก่อสร้างฝายน้ำล้น ห้วยใหญ่", "ขุดลอกลำเหมือง บ้านร่องไฮ")])
    book = openpyxl.load_workbook(path)
    for row in book["ผ.02"].iter_rows():
        for cell in row:
            if cell.value == 500_000 and "ขุดลอก" in str(book["ผ.02"].cell(cell.row, 2).value):
                cell.value = "-250000"
    book.save(path)
    return SimpleUploadedFile("แผน ปี 2569.xlsx", path.read_bytes())


def upload(browser: Client, *files: SimpleUploadedFile) -> str:
    response = browser.post("/imports/check/", {"uploads": list(files), "province": "56", "fiscal_year": "2569"})
    assert response.status_code == 302
    return str(response["Location"])


def test_the_check_names_sheet_row_and_cell_and_saves_nothing(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    before = Entry.objects.count(), Project.objects.count(), Submission.objects.count()
    page = browser.get(upload(browser, workbook)).content.decode()
    assert "แผน ปี 2569.xlsx" in page
    assert "ติดลบ" in page
    assert "ต้องแก้" in page
    assert (Entry.objects.count(), Project.objects.count(), Submission.objects.count()) == before


def test_confirming_registers_and_shows_what_became_of_the_rows(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    response = browser.post(upload(browser, workbook))
    submission = Submission.objects.get()
    assert response["Location"].partition("?")[0] == f"/imports/{submission.pk}/"
    assert submission.name == "แผน ปี 2569.xlsx"
    assert Project.objects.filter(name__contains="ฝายน้ำล้น", owner=stage.cast.sao).count() == 1
    page = browser.get(response["Location"]).content.decode()
    assert "ขึ้นทะเบียน" in page
    assert "ติดลบ" in page
    assert "แผน ปี 2569.xlsx" in browser.get("/desk/").content.decode()


def test_the_same_file_again_changes_nothing_and_says_so(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    browser.post(upload(browser, workbook))
    count = Project.objects.count()
    workbook.seek(0)
    page = browser.post(upload(browser, workbook), follow=True).content.decode()
    assert "เคยนำเข้าแล้ว" in page
    assert Project.objects.count() == count


def test_a_file_of_another_body_is_refused_by_name(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.malee)
    count = Project.objects.count()
    page = browser.post(upload(browser, workbook), follow=True).content.decode()
    assert "ไม่มีหน้าที่บันทึก" in page
    assert Project.objects.count() == count
    assert not Submission.objects.exists()


def test_a_broken_file_is_told_about_and_does_not_hold_back_the_other(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = upload(browser, SimpleUploadedFile("เสีย.xlsx", b"not a workbook"), workbook)
    page = browser.get(address).content.decode()
    assert "เสีย.xlsx" in page
    assert "ขึ้นทะเบียนไม่ได้" in page
    browser.post(address)
    assert Project.objects.filter(name__contains="ฝายน้ำล้น").exists()


def test_the_repair_report_is_the_file_with_its_findings(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = upload(browser, workbook)
    response = browser.get(f"{address}1/repair-report.xlsx")
    assert "filename*=utf-8''repair-" in response["Content-Disposition"]
    assert "ผ.02" in openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames
    assert browser.get(f"{address}2/repair-report.xlsx").status_code == 404


def test_nobody_sees_what_another_has_uploaded(stage: Stage, browser_of: Open, workbook: SimpleUploadedFile) -> None:
    address = upload(browser_of(stage.cast.wichai), workbook)
    other = browser_of(stage.cast.prasit)
    assert other.get(address)["Location"] == "/imports/"
    assert other.post(address)["Location"] == "/imports/"
    assert other.get(f"{address}1/repair-report.xlsx").status_code == 404
    assert not Submission.objects.exists()


def test_a_registered_file_is_seen_by_the_bodies_in_it_only(
    stage: Stage, browser_of: Open, workbook: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = browser.post(upload(browser, workbook))["Location"]
    assert browser_of(stage.cast.malee).get(address).status_code == 404
    assert "แผน ปี 2569" not in browser_of(stage.cast.malee).get("/imports/").content.decode()


def test_no_file_is_an_error_beside_the_field(stage: Stage, browser_of: Open) -> None:
    response = browser_of(stage.cast.wichai).post("/imports/check/", {"fiscal_year": "25"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "เลือกไฟล์อย่างน้อยหนึ่งไฟล์" in page
    assert "ปี พ.ศ. ต้องอยู่ระหว่าง 2480 ถึง 2650" in page
    assert 'href="#id_uploads"' in page


def test_a_file_beyond_the_limit_is_refused_beside_the_field(
    stage: Stage, browser_of: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prasan.web.forms.records.LARGEST_FILE", 10)
    files = [SimpleUploadedFile("เล็ก.csv", b"1,2"), SimpleUploadedFile("ใหญ่.csv", b"1,2,3,4,5,6,7")]
    response = browser_of(stage.cast.wichai).post("/imports/check/", {"uploads": files})
    assert response.status_code == 422
    assert "ใหญ่กว่า 30 เมกะไบต์" in response.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "_.._etc_passwd"), ("C:\\แผน\\ผ02.xlsx", "C__แผน_ผ02.xlsx"), ("..", "file"), ("", "file")],
)
def test_a_name_cannot_lead_out_of_its_folder(given: str, kept: str) -> None:
    assert staging.safe_name(given) == kept


@pytest.mark.parametrize("batch", ["../../secret_key", "..", "x", "a/b" * 8])
def test_a_batch_cannot_lead_out_of_its_folder(batch: str) -> None:
    assert staging.files_of(batch, user_id=1) == []


@pytest.fixture
def repeating(tmp_path: Path) -> SimpleUploadedFile:
    """A plan of which two rows are the same weir, and one is the road that stands."""
    path = tmp_path / "ซ้ำ.xlsx"
    write_workbook(
        path,
        [
            plan_sheet(
                "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายกลางบ้าน หมู่ที่ 1", "ก่อสร้างฝายน้ำล้น ห้วยใหญ่ หมู่ที่ 2", "สร้างฝายน้ำล้น ห้วยใหญ่ ม.2"
            )
        ],
    )
    return SimpleUploadedFile("แผนซ้ำ.xlsx", path.read_bytes())


def test_what_a_file_may_repeat_is_queued_and_shown_with_the_file(
    stage: Stage, browser_of: Open, repeating: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = browser.post(upload(browser, repeating))["Location"]
    submission = Submission.objects.get()
    queued = Pair.objects.exclude(pk=stage.pair.pk)
    assert {stage.road.code} < {code for pair in queued for code in (pair.first.code, pair.second.code)}
    page = browser.get(address).content.decode()
    assert "รายการที่อาจซ้ำกับโครงการอื่น" in page
    assert all(pair.second.code in page for pair in queued)
    assert "hx-post" not in page  # all of it is compared
    of_file = browser.get(f"/pairs/?file={submission.pk}&decision=").content.decode()
    assert "แผนซ้ำ.xlsx" in of_file
    assert f"/pairs/{stage.pair.pk}/" not in of_file
    assert all(f"/pairs/{pair.pk}/" in of_file for pair in queued)
    stranger = browser_of(stage.cast.stranger).get(f"/pairs/?file={submission.pk}").content.decode()
    assert "แผนซ้ำ.xlsx" not in stranger


def _refuse(**_said: object) -> None:
    raise integration.UnableToSuggestPairs("not_allowed", "เทียบไม่ได้", "Nothing was compared.")


def test_a_long_file_is_compared_piece_by_piece(
    stage: Stage, browser_of: Open, repeating: SimpleUploadedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integration, "LINES_AT_ONCE", 1)
    browser = browser_of(stage.cast.wichai)
    address = browser.post(upload(browser, repeating))["Location"]
    submission = Submission.objects.get()
    page = browser.get(address).content.decode()
    assert 'max="3" value="1"' in page
    assert "hx-post" in page  # goes on by itself
    after = re.search(r'name="after" value="(\d+)"', page)
    assert after
    compare = f"/imports/{submission.pk}/compare/"
    assert browser_of(stage.cast.stranger).post(compare, {"after": "0"}).status_code == 404
    piece = browser.post(compare, {"after": after[1]}, headers={"HX-Request": "true"}).content.decode()
    assert 'max="3" value="2"' in piece
    last = re.search(r'name="after" value="(\d+)"', piece)
    assert last
    monkeypatch.setattr(integration, "suggest_pairs", _refuse)
    told = browser.post(compare, {"after": last[1]}, headers={"HX-Request": "true"})
    assert told.headers["HX-Redirect"] == f"/imports/{submission.pk}/"  # never a page inside the part of one
    monkeypatch.undo()
    monkeypatch.setattr(integration, "LINES_AT_ONCE", 1)
    done = browser.post(compare, {"after": last[1]})
    assert done["Location"].endswith("#likely")
    whole = browser.get(done["Location"]).content.decode()
    assert "<progress" not in whole
    found = Pair.objects.count()
    for nonsense in ("", "x", "9" * 30, "-1"):
        assert browser.post(compare, {"after": nonsense}).status_code == 302
    assert Pair.objects.count() == found


def test_the_check_names_the_rows_that_may_repeat_standing_projects_and_writes_nothing(
    stage: Stage, browser_of: Open, repeating: SimpleUploadedFile
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = upload(browser, repeating)
    before = Entry.objects.count(), Project.objects.count(), Body.objects.count(), Pair.objects.count()
    fragment = re.search(r'hx-get="(/imports/checked/[^"]+/likely/)"', browser.get(address).content.decode())
    assert fragment
    page = browser.get(fragment[1]).content.decode()
    assert f"/projects/{stage.road.code}/" in page
    assert "เทียบ 3 แถว" in page
    assert "พบ 1 แถว" in page
    within = html.fromstring(page).xpath('//h3[contains(., "ซ้ำกันเอง")]/following-sibling::div//tbody/tr')
    assert [len(row.xpath('.//span[contains(., "แผ่นงาน")]')) for row in within] == [2]
    assert (Entry.objects.count(), Project.objects.count(), Body.objects.count(), Pair.objects.count()) == before
    assert browser_of(stage.cast.malee).get(fragment[1]).status_code == 404


def test_a_long_list_of_repeating_rows_is_folded_and_a_row_shows_the_likeliest(
    stage: Stage, browser_of: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "ROWS_TOGETHER", 2)
    road = stage.road.name
    path = tmp_path / "ยาว.xlsx"
    write_workbook(path, [plan_sheet(*(f"{road} ({extra})" for extra in ("เดิม", "ใหม่", "ต่อเติม")))])
    browser = browser_of(stage.cast.wichai)
    address = upload(browser, SimpleUploadedFile("ยาว.xlsx", path.read_bytes()))
    page = html.fromstring(browser.get(f"{address}1/likely/").content.decode())
    folded = page.xpath('//details[contains(summary, "ลำดับที่")]')
    assert [len(part.xpath(".//table/tbody/tr")) for part in folded] == [2, 1]
    assert [part.get("open") is not None for part in folded] == [True, False]
    assert [part.xpath("string(summary)").split("ลำดับที่ ")[1] for part in folded] == ["1–2 จาก 3", "3–3 จาก 3"]
    rows = [row for part in folded for row in part.xpath(".//table/tbody/tr")]
    assert [row.xpath("count(.//a) >= 1 and count(td[1]/span) = 1") for row in rows] == [True] * 3
    assert {f"/projects/{stage.road.code}/"} <= set(rows[0].xpath("td[1]//a/@href"))
