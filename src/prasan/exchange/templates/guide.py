"""The instruction sheet in Thai that goes with an empty form."""

from prasan.exchange.reading.records import FormKey
from prasan.exchange.templates.canvas import Book
from prasan.exchange.templates.layouts import LAYOUTS, YEARS

NAME = "คำแนะนำ"
_RULES = (
    "กรอกหนึ่งโครงการต่อหนึ่งแถว ใต้หัวตาราง ห้ามผสานเซลล์ในแถวข้อมูล",
    "อย่าเปลี่ยนข้อความในหัวตาราง เพิ่มแถวได้ไม่จำกัด ลบแถวว่างได้",
    "จำนวนเงินเป็นบาท พิมพ์ตัวเลขอย่างเดียว ใช้เลขไทยหรือเลขอารบิกก็ได้",
    "เซลล์ว่าง และ - หมายถึงไม่มีงบประมาณในปีนั้น ห้ามใส่จำนวนติดลบ",
    "ปีงบประมาณเป็น พ.ศ. สี่หลัก เช่น 2570",
    "ระบบเก็บไฟล์ต้นฉบับไว้ ถ้าพบข้อที่ต้องแก้จะบอกแผ่นงาน แถว และเซลล์ แล้วส่งไฟล์ที่แก้แล้วเข้ามาใหม่ได้",
)


def write_guide(book: Book, form: FormKey) -> None:
    """One sheet: what the form is, who fills it, what goes into each column."""
    canvas, layout = book.canvas(NAME), LAYOUTS[form]
    canvas.widths((34, 90))
    canvas.text(0, 0, f"วิธีกรอก {layout.code} {layout.name}".replace("  ", " "), "bold")
    row = 1
    if layout.who:
        canvas.text(row, 0, "ผู้กรอก", "plain")
        canvas.text(row, 1, layout.who, "wrap")
        row += 1
    for number, rule in enumerate(_RULES, start=1):
        canvas.text(row, 0, f"ข้อ {number}", "plain")
        canvas.text(row, 1, rule, "wrap")
        row += 1
    row += 1
    for column in layout.columns:
        if not column.help:
            continue
        heading = "งบประมาณรายปี" if column.field == YEARS else _plain(column.heading) or "เดือน"
        # Each heading stands in a line of its own, so no line looks like the head row of a form.
        canvas.text(row, 0, f"ช่อง “{heading}”", "plain")
        canvas.text(row, 1, column.help, "wrap")
        row += 1


def _plain(heading: str) -> str:
    return heading.replace("\n(", " (").replace("\n", "").replace(" ปี {year}", "").replace("ปี {year}", "รายปี").strip()
