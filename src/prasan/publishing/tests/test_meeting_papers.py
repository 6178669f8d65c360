"""The papers of a meeting say what the official layout wants, in Thai digits unless told otherwise."""

import io

import docx
import pytest

from prasan.publishing.paper import meetings as papers
from prasan.publishing.paper.meetings import Matter, MeetingPaper, Part

MATTER = Matter("4.1", "แผนพัฒนาจังหวัด ปีงบประมาณ 2571", "เสนอ 12 โครงการ", "เห็นชอบ 12 โครงการ")
PAPER = MeetingPaper(
    committee="คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ จังหวัดพะเยา",
    number="3/2569",
    held_on="วันที่ 2 มีนาคม 2569",
    place="ห้องประชุมภูกามยาว",
    time="13.30 น.",
    parts=(
        Part(1, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", ()),
        Part(2, "เรื่องรับรองรายงานการประชุม", (Matter("2.1", "รายงานการประชุม ครั้งที่ 2/2569", "", "รับรอง"),)),
        Part(3, "เรื่องสืบเนื่อง/เรื่องเพื่อทราบ", ()),
        Part(4, "เรื่องเพื่อพิจารณา", (MATTER,)),
        Part(5, "เรื่องอื่น ๆ", ()),
    ),
    came=(("นายหนึ่ง", "ประธาน"), ("นายสอง แทน นายสาม", "กรรมการ")),
    absent=(("นายสี่", "กรรมการ"),),
    attended=(("นายห้า ผู้สังเกตการณ์", ""),),
    opened="13.35 น.",
    closed="16.00 น.",
    minutes_by="นายประสิทธิ์ พะเยา",
)


def _lines(paper: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(paper)).paragraphs]


def test_the_minutes_have_every_heading_of_the_layout_in_order() -> None:
    lines = _lines(papers.minutes_docx(PAPER))
    wanted = (
        "รายงานการประชุม", "ครั้งที่ ๓/๒๕๖๙", "เมื่อวันที่ ๒ มีนาคม ๒๕๖๙ เวลา ๑๓.๓๐ น.", "ณ ห้องประชุมภูกามยาว",
        "ผู้มาประชุม", "๒. นายสอง แทน นายสาม\tกรรมการ", "ผู้ไม่มาประชุม", "๑. นายสี่\tกรรมการ", "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา\t๑๓.๓๕ น.", "ระเบียบวาระที่ ๔\tเรื่องเพื่อพิจารณา", "มติที่ประชุม\tเห็นชอบ ๑๒ โครงการ",
        "เลิกประชุมเวลา\t๑๖.๐๐ น.", "(นายประสิทธิ์ พะเยา)", "ผู้จดรายงานการประชุม",
    )  # fmt: skip
    places = [lines.index(text) for text in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize(("thai", "number"), [(True, "ครั้งที่ ๓/๒๕๖๙"), (False, "ครั้งที่ 3/2569")])
def test_the_agenda_names_all_five_sections_in_the_digits_asked_for(thai: bool, number: str) -> None:
    lines = _lines(papers.agenda_docx(PAPER, thai_digits=thai))
    assert lines[2] == number
    assert sum(line.startswith("ระเบียบวาระที่ ") for line in lines) == 5
    assert lines.count("- ไม่มี -") == 3


def test_an_extract_keeps_the_number_it_is_looked_up_by() -> None:
    lines = _lines(papers.extract_docx(PAPER, MATTER, number="GBJ-56 3/2569-4.1"))
    assert "มติเลขที่ GBJ-56 3/2569-4.1" in lines
    assert "มติที่ประชุม\tเห็นชอบ ๑๒ โครงการ" in lines


def test_an_appointment_order_lists_members_with_their_roles() -> None:
    lines = _lines(papers.order_docx(committee="ก.บ.จ. พะเยา", number="12/2569", seats=[("นายหนึ่ง", "ประธาน")]))
    assert lines[:2] == ["คำสั่งที่ ๑๒/๒๕๖๙", "เรื่อง แต่งตั้งก.บ.จ. พะเยา"]
    assert "๑. นายหนึ่ง\tประธาน" in lines
