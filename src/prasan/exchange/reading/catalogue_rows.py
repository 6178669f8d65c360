"""What can be found in the rows and cells of a table: kind, severity and wording."""

from typing import Final

from prasan.exchange.reading.wording import Entry

_CELL: Final = {
    "negative_amount": Entry(
        "error",
        "จำนวนเงิน “{value}” ติดลบ แผนไม่มีจำนวนเงินติดลบ จึงไม่นำจำนวนนี้เข้า โปรดแก้ต้นฉบับ",
        "the amount “{value}” is negative; a plan holds none, so it was left out. Please correct the source.",
    ),
    "error_value": Entry(
        "error",
        "ช่องนี้เป็นค่าผิดพลาด {value} จึงไม่มีค่าให้อ่าน (ไม่ใช่ศูนย์) โปรดแก้สูตรหรือพิมพ์ค่า",
        "the cell holds the error {value}, so there is nothing to read (it is not zero). "
        "Please mend the formula or type the value.",
    ),
    "not_a_number": Entry(
        "error",
        "อ่าน “{value}” เป็นจำนวนเงินไม่ได้ จึงไม่นำเข้า โปรดพิมพ์ตัวเลข เช่น 1,250,000.00",
        "“{value}” cannot be read as an amount and was left out. Please type a number such as 1,250,000.00.",
    ),
    "too_fine": Entry(
        "error",
        "จำนวนเงิน “{value}” ละเอียดกว่าหนึ่งสตางค์ จึงไม่นำเข้า โปรดปัดเป็นสตางค์",
        "the amount “{value}” is finer than one satang and was left out. Please round it to satang.",
    ),
    "implausible_amount": Entry(
        "error",
        "จำนวนเงิน “{value}” เท่ากับ {baht} บาท ซึ่งไม่น่าเป็นไปได้สำหรับหนึ่งโครงการ "
        "หน่วยของแถวนี้จึงไม่แน่นอน ไม่นำจำนวนเงินของแถวนี้เข้า โปรดตรวจหน่วย (บาท หรือ ล้านบาท)",
        "the amount “{value}” is {baht} baht, not plausible for one project; "
        "the unit of this row is in doubt, so none of its amounts was taken. "
        "Please check the unit (baht or million baht).",
    ),
    "merged_amount": Entry(
        "error",
        "จำนวนเงิน {value} อยู่ในช่องที่ผสานไว้หลายปีหรือหลายแถว จึงไม่ทราบว่าเป็นของปีใด ไม่ได้นำเข้า โปรดแยกช่องและใส่จำนวนเงินรายปี",
        "the amount {value} stands in a cell merged over several "
        "years or rows, so its year is not known; it was left out. "
        "Please unmerge and put the amount of each year.",
    ),
    "merged_data_cell": Entry(
        "warning",
        "ช่องของคอลัมน์ “{column}” ผสานข้ามหลายแถว จึงใช้ข้อความเดียวกัน “{value}” กับทุกแถว โปรดแยกช่องหากเป็นคนละรายการ",
        "the cell of column “{column}” is merged over several rows; each row got the same text “{value}”. "
        "Please unmerge it if the entries differ.",
    ),
    "merged_across": Entry(
        "warning",
        "ช่องของคอลัมน์ “{column}” ผสานข้ามหลายคอลัมน์ ข้อความ “{value}” จึงนับเป็นของคอลัมน์แรก โปรดแยกช่อง",
        "the cell of column “{column}” is merged over several columns; its text “{value}” counts for the first. "
        "Please unmerge it.",
    ),
    "formula_like_text": Entry(
        "warning",
        "ข้อความ “{value}” ขึ้นต้นเหมือนสูตร เก็บไว้เป็นข้อความเท่านั้น โปรดตรวจที่มาของไฟล์",
        "the text “{value}” begins like a formula; it is kept as text only. Please check where the file comes from.",
    ),
    "formula_in_text_column": Entry(
        "warning",
        "ช่องข้อความนี้เป็นสูตร ใช้ค่าที่แสดงไว้ “{value}” โปรดพิมพ์ข้อความแทนสูตร",
        "this text cell is a formula; the value it showed, “{value}”, was taken. Please type the text instead.",
    ),
    "formula_without_value": Entry(
        "error",
        "ช่องนี้เป็นสูตรที่ยังไม่ได้คำนวณ จึงไม่มีค่าให้อ่าน โปรดเปิดใน Excel บันทึก แล้วส่งใหม่",
        "this cell is a formula that was never calculated, so there is no value. "
        "Please open it in Excel, save and send it again.",
    ),
    "cell_comment": Entry(
        "warning",
        "มีข้อคิดเห็นในช่อง “{value}” ไม่ได้นำไปแก้ค่าใด โปรดตัดสินใจแล้วแก้ในช่องเอง",
        "there is a comment: “{value}”. It changed nothing. Please decide and put the decision into the cell.",
    ),
    "text_box": Entry(
        "warning",
        "มีกล่องข้อความวางทับ “{value}” ไม่ได้นำไปแก้ค่าใด โปรดตัดสินใจแล้วแก้ในช่องเอง",
        "a text box lies here: “{value}”. It changed nothing. Please decide and put the decision into the cells.",
    ),
    "thai_mark_order": Entry(
        "info",
        "สระหรือวรรณยุกต์ของ “{value}” พิมพ์สลับหรือซ้ำ อ่านเป็นข้อความที่จัดลำดับแล้ว",
        "the Thai marks of “{value}” were typed out of order or twice; the text was put in order.",
    ),
    "text_too_long": Entry(
        "warning",
        "ข้อความยาว {length} ตัวอักษร เก็บเพียง {kept} ตัวแรก โปรดย่อข้อความ",
        "the text has {length} characters; the first {kept} were kept. Please shorten it.",
    ),
}

_ROW: Final = {
    "missing_name": Entry(
        "error",
        "รายการไม่มีชื่อโครงการ จึงไม่รับแถวนี้ โปรดใส่ชื่อโครงการ",
        "the entry has no project name; the row is not taken. Please put the name.",
    ),
    "name_is_number": Entry(
        "error",
        "ช่องชื่อโครงการเป็นตัวเลข “{value}” คอลัมน์อาจเลื่อน จึงไม่รับแถวนี้ โปรดตรวจแถว",
        "the name cell holds the number “{value}”; columns may have moved, so the row is not taken. Please check it.",
    ),
    "missing_ordinal": Entry(
        "warning",
        "แถวนี้ไม่มีลำดับที่ แต่มีชื่อและข้อมูล จึงนับเป็นรายการ โปรดใส่ลำดับที่",
        "this row has no number but a name and data; it was counted as an entry. Please number it.",
    ),
    "amount_without_project": Entry(
        "error",
        "มีจำนวนเงิน {value} แต่ไม่มีลำดับที่และชื่อโครงการ จึงไม่ได้นำเข้า โปรดตรวจแถว",
        "there is money ({value}) but neither number nor name; it was not taken. Please check the row.",
    ),
    "continued_text": Entry(
        "info",
        "แถวนี้มีแต่ข้อความต่อจากรายการก่อนหน้า จึงต่อเข้ากับรายการนั้น",
        "this row only continues the text of the entry above and was joined to it.",
    ),
    "line_not_read": Entry(
        "warning",
        "ไม่ทราบว่าบรรทัด “{value}” เป็นรายการหรือหัวข้อ จึงไม่ได้นำเข้า หากเป็นโครงการ โปรดใส่ลำดับที่",
        "the line “{value}” is neither an entry nor a heading known here and was not taken. "
        "If it is a project, please number it.",
    ),
    "duplicate_code": Entry(
        "error",
        "รหัส {value} ใช้กับสองโครงการที่ต่างกัน รับเฉพาะรายการแรก โปรดแก้รหัสของรายการหลัง",
        "code {value} stands for two different projects; only the "
        "first was taken. Please correct the code of the second.",
    ),
    "duplicate_row": Entry(
        "warning",
        "รหัส {value} ชื่อและปีเดียวกันมีสองแถว รับเฉพาะแถวแรก โปรดลบแถวที่ซ้ำ",
        "code {value} comes twice with the same name and year; only the first row was taken. Please delete the other.",
    ),
    "unknown_response_kind": Entry(
        "info",
        "ไม่ทราบประเภทของความต้องการจาก “{value}” (ทำเอง ทำร่วม หรือขอรับการสนับสนุน อย่างใดอย่างหนึ่ง) จึงยังไม่จัดประเภท",
        "“{value}” does not tell one kind of request (self-help, joint or needs support); it was left unclassified.",
    ),
    "unknown_channel": Entry(
        "error",
        "ช่องทาง “{value}” กับระดับ “{tier}” ไม่อยู่ในตาราง M, C1, C2, C3, P1, P2 จึงไม่รับแถวนี้",
        "channel “{value}” with tier “{tier}” is not one of M, C1, C2, C3, P1, P2; the row is not taken.",
    ),
}

_YEAR: Final = {
    code: Entry(
        "error",
        f"{th} จึงไม่รับแถวนี้จนกว่าจะใส่ปีงบประมาณ พ.ศ. สี่หลัก",
        f"{en}; the row is not taken until a four-digit Buddhist fiscal year stands here.",
    )
    for code, th, en in (
        ("negative_year", "ปีงบประมาณ “{value}” ติดลบ", "the fiscal year “{value}” is negative"),
        ("impossible_year", "“{value}” ไม่ใช่ปีงบประมาณ", "“{value}” is no fiscal year"),
        ("two_digit_year", "ปีงบประมาณ “{value}” มีเพียงสองหลัก", "the fiscal year “{value}” has two digits"),
        ("implausible_year", "ปี “{value}” ไม่น่าเป็นไปได้", "the year “{value}” is not plausible"),
        ("christian_year", "ปี “{value}” เป็นปี ค.ศ.", "the year “{value}” is a Christian year"),
        ("missing_year", "ไม่มีปีงบประมาณ", "the fiscal year is missing"),
    )
}

_DATE: Final = {
    "impossible_date": Entry(
        "warning",
        "ไม่มีวันที่ “{value}” ในปฏิทิน จึงเว้นวันที่ไว้ โปรดแก้เป็น วัน เดือน ปี พ.ศ.",
        "there is no day “{value}” in the calendar; the date was left empty. Please write day, month, Buddhist year.",
    ),
    "incomplete_date": Entry(
        "warning",
        "วันที่ “{value}” ไม่ครบวัน เดือน ปี จึงเว้นไว้ โปรดเติมให้ครบ",
        "the date “{value}” is incomplete and was left empty. Please give day, month and year.",
    ),
    "missing_date": Entry(
        "warning",
        "ไม่มีวันที่แจ้ง โปรดใส่วันที่",
        "the date of notice is missing. Please put it.",
    ),
    "unreadable_date": Entry(
        "warning",
        "อ่าน “{value}” เป็นวันที่ไม่ได้ จึงเว้นไว้ โปรดเขียนอย่าง 15 กันยายน 2568",
        "“{value}” cannot be read as a date and was left empty. Please write it like 15 กันยายน 2568.",
    ),
    "implausible_date_year": Entry(
        "warning",
        "ปีของวันที่ “{value}” ไม่น่าเป็นไปได้ จึงเว้นวันที่ไว้ โปรดแก้ปี",
        "the year of “{value}” is not plausible; the date was left empty. Please correct the year.",
    ),
}

_PLACE: Final = {
    code: Entry(
        "warning",
        f"{th} จึงบันทึกพื้นที่เพียงระดับที่แน่ใจ โปรดยืนยันหรือแก้ชื่อ",
        f"{en}; only the level that is certain was taken. Please confirm or correct the name.",
    )
    for code, th, en in (
        ("unknown_subdistrict", "ไม่มีตำบลชื่อ “{value}” ในอำเภอนั้น", "there is no subdistrict “{value}” there"),
        (
            "subdistrict_not_in_district",
            "“{value}”: ตำบลนี้ไม่ได้อยู่ในอำเภอที่ระบุ",
            "“{value}”: the subdistrict is not in that district",
        ),
        ("unknown_district", "ไม่มีอำเภอชื่อ “{value}” ในจังหวัดนั้น", "there is no district “{value}” there"),
        (
            "unknown_province_spelling",
            "ชื่อจังหวัด “{value}” สะกดไม่ตรงทะเบียน",
            "the province “{value}” is not spelt as in the register",
        ),
        ("unknown_province", "ไม่มีจังหวัดชื่อ “{value}”", "there is no province “{value}”"),
        ("ambiguous_place", "“{value}” อาจหมายถึงหลายแห่ง", "“{value}” may mean several places"),
    )
}

_TOTAL: Final = {
    "total_mismatch": Entry(
        "warning",
        "ยอดรวมที่พิมพ์ {value} บาท ไม่เท่าผลบวกของรายการ {expected} บาท "
        "({rows}) ต่างกัน {difference} บาท ยึดตามรายการ โปรดตรวจยอดรวม",
        "the printed total is {value} baht, its rows ({rows}) "
        "add up to {expected}; the difference is {difference}. "
        "The rows were followed. Please check the total.",
    ),
    "count_mismatch": Entry(
        "warning",
        "พิมพ์จำนวนไว้ {value} โครงการ แต่รายการ ({rows}) นับได้ {expected} ยึดตามรายการ โปรดตรวจจำนวน",
        "{value} projects are printed, the rows ({rows}) give "
        "{expected}. The rows were followed. Please check the number.",
    ),
    "summary_sum_mismatch": Entry(
        "warning",
        "บัญชีสรุปพิมพ์ {line} ปี {year} ไว้ {value} บาท แต่รายละเอียด ({rows}) "
        "รวมได้ {expected} บาท ต่างกัน {difference} บาท ยึดตามรายละเอียด",
        "the summary prints {value} baht for {line} in {year}; the detail ({rows}) adds up to {expected}, "
        "a difference of {difference}. The detail was followed.",
    ),
    "summary_count_mismatch": Entry(
        "warning",
        "บัญชีสรุปพิมพ์ {line} ปี {year} ไว้ {value} โครงการ แต่รายละเอียด ({rows}) นับได้ {expected} ยึดตามรายละเอียด",
        "the summary prints {value} projects for {line} in {year}; the detail ({rows}) counts {expected}. "
        "The detail was followed.",
    ),
    "summary_without_detail": Entry(
        "info",
        "บัญชีสรุปบรรทัด {value} ไม่มีแผ่นงานรายละเอียดในไฟล์นี้ จึงตรวจทานไม่ได้",
        "the summary line {value} has no detail sheet in this file and could not be checked.",
    ),
}

ROWS: Final[dict[str, Entry]] = _CELL | _ROW | _YEAR | _DATE | _PLACE | _TOTAL
