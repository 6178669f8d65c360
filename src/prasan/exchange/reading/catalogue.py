"""What can be found in a file: kind, severity, and the wording that says what was found, expected and what to do."""

from typing import Final, NamedTuple

from prasan.exchange.reading.records import Severity


class Entry(NamedTuple):
    """`th` and `en` are filled with the facts of the finding; `value` is always one of them."""

    severity: Severity
    th: str
    en: str


_FILE: Final = {
    "missing_file": Entry(
        "error",
        "ไม่พบแฟ้มนี้ โปรดตรวจสอบที่อยู่ของแฟ้ม",
        "there is no such file. Please check the path.",
    ),
    "not_a_file": Entry(
        "error",
        "เป็นโฟลเดอร์หรือสิ่งที่ไม่ใช่แฟ้ม โปรดระบุแฟ้มทีละแฟ้ม",
        "this is a folder or not a regular file. Please name a file.",
    ),
    "unreadable_file": Entry(
        "error",
        "เปิดแฟ้มไม่ได้ ({value}) โปรดตรวจสอบสิทธิ์การอ่านแฟ้ม",
        "the file cannot be opened ({value}). Please check the right to read it.",
    ),
    "empty_file": Entry(
        "error",
        "แฟ้มว่างเปล่า (0 ไบต์) โปรดส่งแฟ้มใหม่",
        "the file is empty (0 bytes). Please send it again.",
    ),
    "file_too_large": Entry(
        "error",
        "แฟ้มมีขนาด {value} ไบต์ เกินที่รับได้ {limit} ไบต์ โปรดแบ่งแฟ้ม",
        "the file has {value} bytes; at most {limit} are taken. Please split it.",
    ),
    "file_type": Entry(
        "error",
        "เนื้อในแฟ้มเป็น {value} ไม่ใช่สมุดงาน .xlsx ไม่ว่าแฟ้มจะชื่ออะไร "
        "โปรดเปิดด้วย Excel หรือ LibreOffice แล้วเลือก บันทึกเป็น > สมุดงาน Excel (.xlsx)",
        "the content is {value}, not an .xlsx workbook, whatever the file is called. "
        "Please open it in Excel or LibreOffice and choose Save As > Excel Workbook (.xlsx).",
    ),
    "encrypted": Entry(
        "error",
        "แฟ้มถูกป้องกันด้วยรหัสผ่าน จึงอ่านไม่ได้ โปรดเปิดแฟ้มด้วยรหัสผ่าน ลบรหัสผ่านออก (ไฟล์ > ข้อมูล > ป้องกันเวิร์กบุ๊ก) แล้วบันทึกใหม่",
        "the file is password protected and cannot be read. Please open it with its password, remove the password "
        "(File > Info > Protect Workbook) and save it again.",
    ),
    "damaged_file": Entry(
        "error",
        "แฟ้มชำรุดหรือส่งมาไม่ครบ ({value}) โปรดเปิดใน Excel บันทึกใหม่ แล้วส่งอีกครั้ง",
        "the file is damaged or incomplete ({value}). Please open it in Excel, save it again and send it once more.",
    ),
    "unsafe_xml": Entry(
        "error",
        "ส่วน {value} ของแฟ้มมีการประกาศ DTD ซึ่งสมุดงานปกติไม่มี จึงไม่อ่านต่อ โปรดบันทึกใหม่จาก Excel",
        "part {value} declares a DTD, which no ordinary workbook does; it was not read. Please save it anew from Excel.",
    ),
    "expands_too_much": Entry(
        "error",
        "ส่วน {value} ขยายเป็น {expanded} ไบต์จาก {packed} ไบต์ มากเกินกว่าแฟ้มแผนปกติ จึงไม่เปิดแฟ้ม "
        "โปรดลบแถวว่างที่จัดรูปแบบไว้ แล้วบันทึกใหม่",
        "part {value} expands to {expanded} bytes from {packed}, far more than any plan; the file was not opened. "
        "Please delete formatted empty rows and save it again.",
    ),
    "sheet_too_large": Entry(
        "error",
        "ชีตมีข้อมูลไกลถึงช่อง {value} มากเกินกว่าที่รับได้ โปรดลบข้อมูลที่อยู่ไกลจากตาราง",
        "the sheet holds data as far as cell {value}, more than can be taken. Please delete what lies far from the table.",
    ),
    "macro_present": Entry(
        "warning",
        "แฟ้มมีมาโคร ({value}) อ่านเฉพาะค่าในช่อง ไม่เปิดใช้และไม่นำมาโครเข้าระบบ โปรดบันทึกเป็น .xlsx และอย่าส่งต่อแฟ้มเดิม",
        "the file holds a macro ({value}). Only cell values were read; the macro was neither run nor kept. "
        "Please save it as .xlsx and do not pass the original on.",
    ),
    "encoding": Entry(
        "info",
        "แฟ้มข้อความเข้ารหัสแบบ {value} อ่านได้ครบ ครั้งต่อไปโปรดบันทึกเป็น UTF-8",
        "the text is encoded as {value} and was read in full. Please save as UTF-8 next time.",
    ),
    "unreadable_text": Entry(
        "error",
        "อ่านตัวอักษรในแฟ้มไม่ได้ (ไบต์ที่ {value}) ต้องเป็น UTF-8, UTF-16 หรือ Windows-874 โปรดบันทึกใหม่เป็น CSV UTF-8",
        "the characters cannot be read (byte {value}); UTF-8, UTF-16 or Windows-874 was expected. "
        "Please save it again as CSV UTF-8.",
    ),
    "broken_csv": Entry(
        "error",
        "บรรทัดที่ {value} ของแฟ้ม CSV เสีย (เครื่องหมายคำพูดไม่ครบคู่หรือช่องยาวเกินไป) โปรดบันทึกใหม่จาก Excel เป็น CSV UTF-8",
        "line {value} of the CSV is broken (a quotation mark without its partner, or a cell that never ends). "
        "Please save it again from Excel as CSV UTF-8.",
    ),
    "delimiter_not_found": Entry(
        "error",
        "ไม่พบเครื่องหมายคั่นคอลัมน์ ต้องเป็นจุลภาค แท็บ อัฒภาค หรือ | แต่บรรทัดแรกคือ “{value}” โปรดบันทึกใหม่เป็น CSV",
        "no column separator was found; comma, tab, semicolon or | was expected, but the first line reads “{value}”. "
        "Please save it again as CSV.",
    ),
    "uneven_columns": Entry(
        "warning",
        "แถวนี้มี {value} คอลัมน์ แต่หัวตารางมี {expected} คอลัมน์ ค่าอาจเลื่อนช่อง จึงไม่รับแถวนี้ โปรดตรวจเครื่องหมายคำพูดและจุลภาค",
        "this row has {value} columns, the heading {expected}; values may have moved, so the row is not taken. "
        "Please check quotation marks and commas.",
    ),
    "more_of_the_same": Entry(
        "warning",
        "มีข้อสังเกตชนิด {value} ทั้งหมด {count} รายการ แสดงเพียง {shown} รายการแรก",
        "there are {count} findings of kind {value}; only the first {shown} are shown.",
    ),
}

_SHEET: Final = {
    "no_form_sheet": Entry(
        "error",
        "ไม่พบชีตที่เป็นแบบฟอร์ม ชีตที่มีคือ {value} ที่ต้องการคือ {expected} โปรดเลือกแฟ้มให้ถูก หรือใช้แบบฟอร์มจากคำสั่ง prasan template",
        "no sheet holds a form. The sheets found: {value}. The form expected: {expected}. "
        "Please choose the right file or start from `prasan template`.",
    ),
    "header_not_found": Entry(
        "error",
        "ไม่พบหัวตารางในชีตนี้ หัวคอลัมน์ที่มองหาคือ {expected} โปรดใส่แถวหัวตารางเหนือรายการแรก",
        "no heading row was found in this sheet. The column headings looked for: {expected}. "
        "Please put the heading row above the first entry.",
    ),
    "sheet_not_read": Entry(
        "info",
        "ชีตนี้ไม่ใช่แบบฟอร์มที่รู้จัก จึงไม่ได้อ่าน",
        "this sheet is not a form known here and was not read.",
    ),
    "no_records": Entry(
        "error",
        "มีหัวตารางแต่ไม่มีรายการใต้หัวตาราง โปรดกรอกรายการแล้วส่งใหม่",
        "there is a heading but no entry under it. Please fill in the entries and send it again.",
    ),
    "hidden_sheet": Entry(
        "warning",
        "ชีต “{value}” ถูกซ่อนไว้และมี {count} รายการ ไม่ได้นำเข้า หากต้องการ โปรดเลิกซ่อนชีตแล้วส่งใหม่",
        "sheet “{value}” is hidden and holds {count} entries; they were not taken. "
        "If they are wanted, unhide the sheet and send the file again.",
    ),
    "hidden_row": Entry(
        "warning",
        "แถวนี้ถูกซ่อนไว้ แต่นำเข้าด้วย ({value}) หากไม่ต้องการ โปรดลบแถวแล้วส่งใหม่",
        "this row is hidden; it was taken all the same ({value}). If it is not wanted, delete it and send the file again.",
    ),
    "hidden_column": Entry(
        "warning",
        "คอลัมน์นี้ถูกซ่อนไว้ ({value}) แต่อ่านด้วย โปรดตรวจว่าข้อมูลในคอลัมน์ยังถูกต้อง",
        "this column is hidden ({value}); it was read all the same. Please check that it still holds.",
    ),
    "column_not_read": Entry(
        "info",
        "คอลัมน์ “{value}” ไม่อยู่ในแบบฟอร์ม จึงไม่ได้นำเข้า",
        "column “{value}” is not part of the form and was not taken.",
    ),
    "form_code_conflict": Entry(
        "info",
        "รหัสแบบ “{value}” ไม่ตรงกับเนื้อหา ซึ่งเป็น {expected} จึงถือตามเนื้อหา โปรดตรวจรหัสแบบ",
        "the form code “{value}” does not agree with the content, which is {expected}; the content was followed. "
        "Please check the form code.",
    ),
    "money_column_missing": Entry(
        "error",
        "ไม่พบคอลัมน์งบประมาณที่บอกปี รายการจึงไม่มีจำนวนเงิน โปรดใส่หัวคอลัมน์ เช่น “2568 (บาท)”",
        "no budget column with a year was found, so the entries carry no amounts. "
        "Please put headings such as “2568 (บาท)”.",
    ),
    "figures_not_projects": Entry(
        "error",
        "ตารางนี้เป็นตัวเลขสรุป (ปี ขั้น จำนวนโครงการ งบประมาณ) ไม่ใช่รายการโครงการ จึงไม่นำเข้าเป็นโครงการ",
        "this table holds summary figures (year, stage, number of projects, money), not projects; nothing was taken from it.",
    ),
}

_YEAR_HEADING: Final = {
    "christian_year_in_heading": Entry(
        "error",
        "หัวคอลัมน์เป็นปี ค.ศ. {value} ต้องเป็นปีงบประมาณ พ.ศ. จึงไม่อ่านจำนวนเงินในคอลัมน์นี้ โปรดแก้หัวคอลัมน์",
        "the heading is the Christian year {value}; a Buddhist-era fiscal year was expected. "
        "The amounts of this column were not read. Please correct the heading.",
    ),
    "two_digit_year_in_heading": Entry(
        "error",
        "หัวคอลัมน์ปี “{value}” มีเพียงสองหลัก จึงไม่อ่านจำนวนเงินในคอลัมน์นี้ โปรดเขียนปี พ.ศ. สี่หลัก",
        "the year heading “{value}” has only two digits; the amounts of this column were not read. "
        "Please write the Buddhist year in four digits.",
    ),
    "unreadable_year_in_heading": Entry(
        "error",
        "หัวคอลัมน์ “{value}” ไม่ใช่ปีงบประมาณ พ.ศ. จึงไม่อ่านจำนวนเงินในคอลัมน์นี้ โปรดแก้หัวคอลัมน์",
        "the heading “{value}” is no Buddhist-era fiscal year; the amounts of this column were not read. "
        "Please correct the heading.",
    ),
    "missing_year_in_heading": Entry(
        "error",
        "คอลัมน์งบประมาณนี้ไม่มีปี จึงไม่อ่านจำนวนเงินในคอลัมน์นี้ โปรดใส่ปี พ.ศ. ที่หัวคอลัมน์",
        "this budget column names no year; its amounts were not read. Please put the Buddhist year in the heading.",
    ),
    "duplicate_year_heading": Entry(
        "error",
        "ปี {value} มีสองคอลัมน์ จึงไม่อ่านจำนวนเงินของทั้งสองคอลัมน์ โปรดแก้หัวคอลัมน์",
        "the year {value} heads two columns; the amounts of both were not read. Please correct the headings.",
    ),
    "year_outside_plan": Entry(
        "error",
        "ปี {value} อยู่นอกช่วงของแผน ({expected}) จึงไม่อ่านจำนวนเงินในคอลัมน์นี้ โปรดแก้หัวคอลัมน์หรือชื่อแผน",
        "the year {value} lies outside the plan ({expected}); the amounts of this column were not read. "
        "Please correct the heading or the title of the plan.",
    ),
    "unit_million_baht": Entry(
        "warning",
        "หน่วยเป็น {value} จึงคูณจำนวนเงินด้วย 1,000,000 เป็นบาท โปรดตรวจยอดรวม",
        "the unit is {value}; amounts were multiplied by 1,000,000 to give baht. Please check the totals.",
    ),
    "unit_thousand_baht": Entry(
        "warning",
        "หน่วยเป็น {value} จึงคูณจำนวนเงินด้วย 1,000 เป็นบาท โปรดตรวจยอดรวม",
        "the unit is {value}; amounts were multiplied by 1,000 to give baht. Please check the totals.",
    ),
}

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
        "จำนวนเงิน “{value}” เท่ากับ {baht} บาท ซึ่งไม่น่าเป็นไปได้สำหรับหนึ่งโครงการ จึงไม่นำเข้า โปรดตรวจหน่วย (บาท หรือ ล้านบาท)",
        "the amount “{value}” is {baht} baht, not plausible for one project; it was left out. "
        "Please check the unit (baht or million baht).",
    ),
    "merged_amount": Entry(
        "error",
        "จำนวนเงิน {value} อยู่ในช่องที่ผสานไว้หลายปีหรือหลายแถว จึงไม่ทราบว่าเป็นของปีใด ไม่ได้นำเข้า โปรดแยกช่องและใส่จำนวนเงินรายปี",
        "the amount {value} stands in a cell merged over several years or rows, so its year is not known; it was left out. "
        "Please unmerge and put the amount of each year.",
    ),
    "merged_data_cell": Entry(
        "warning",
        "ช่องของคอลัมน์ “{column}” ผสานข้ามหลายแถว จึงใช้ข้อความเดียวกัน “{value}” กับทุกแถว โปรดแยกช่องหากเป็นคนละรายการ",
        "the cell of column “{column}” is merged over several rows; each row got the same text “{value}”. "
        "Please unmerge it if the entries differ.",
    ),
    "formula_like_text": Entry(
        "warning",
        "ข้อความ “{value}” ขึ้นต้นเหมือนสูตร เก็บไว้เป็นข้อความเท่านั้น โปรดตรวจที่มาของแฟ้ม",
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
        "code {value} stands for two different projects; only the first was taken. Please correct the code of the second.",
    ),
    "duplicate_row": Entry(
        "warning",
        "รหัส {value} ชื่อและปีเดียวกันมีสองแถว รับเฉพาะแถวแรก โปรดลบแถวที่ซ้ำ",
        "code {value} comes twice with the same name and year; only the first row was taken. Please delete the other.",
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
        "ยอดรวมที่พิมพ์ {value} บาท ไม่เท่าผลบวกของรายการ {expected} บาท ({rows}) ต่างกัน {difference} บาท ยึดตามรายการ โปรดตรวจยอดรวม",
        "the printed total is {value} baht, its rows ({rows}) add up to {expected}; the difference is {difference}. "
        "The rows were followed. Please check the total.",
    ),
    "count_mismatch": Entry(
        "warning",
        "พิมพ์จำนวนไว้ {value} โครงการ แต่รายการ ({rows}) นับได้ {expected} ยึดตามรายการ โปรดตรวจจำนวน",
        "{value} projects are printed, the rows ({rows}) give {expected}. The rows were followed. Please check the number.",
    ),
    "summary_sum_mismatch": Entry(
        "warning",
        "บัญชีสรุปพิมพ์ {line} ปี {year} ไว้ {value} บาท แต่รายละเอียด ({rows}) รวมได้ {expected} บาท ต่างกัน {difference} บาท ยึดตามรายละเอียด",
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
        "บัญชีสรุปบรรทัด {value} ไม่มีชีตรายละเอียดในแฟ้มนี้ จึงตรวจทานไม่ได้",
        "the summary line {value} has no detail sheet in this file and could not be checked.",
    ),
}

CATALOGUE: Final[dict[str, Entry]] = _FILE | _SHEET | _YEAR_HEADING | _CELL | _ROW | _YEAR | _DATE | _PLACE | _TOTAL
