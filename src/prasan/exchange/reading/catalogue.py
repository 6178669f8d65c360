"""What can be found in a file: kind, severity, and the wording that says what was found, expected and what to do."""

from typing import Final

from prasan.exchange.reading.catalogue_rows import ROWS
from prasan.exchange.reading.catalogue_strategy import STRATEGY
from prasan.exchange.reading.wording import Entry

_FILE: Final = {
    "missing_file": Entry(
        "error",
        "ไม่พบไฟล์นี้ โปรดตรวจสอบที่อยู่ของไฟล์",
        "there is no such file. Please check the path.",
    ),
    "not_a_file": Entry(
        "error",
        "เป็นโฟลเดอร์หรือสิ่งที่ไม่ใช่ไฟล์ โปรดระบุไฟล์ทีละไฟล์",
        "this is a folder or not a regular file. Please name a file.",
    ),
    "unreadable_file": Entry(
        "error",
        "เปิดไฟล์ไม่ได้ ({value}) โปรดตรวจสอบสิทธิ์การอ่านไฟล์",
        "the file cannot be opened ({value}). Please check the right to read it.",
    ),
    "empty_file": Entry(
        "error",
        "ไฟล์ว่างเปล่า (0 ไบต์) โปรดส่งไฟล์ใหม่",
        "the file is empty (0 bytes). Please send it again.",
    ),
    "file_too_large": Entry(
        "error",
        "ไฟล์มีขนาด {value} ไบต์ เกินที่รับได้ {limit} ไบต์ โปรดแบ่งไฟล์",
        "the file has {value} bytes; at most {limit} are taken. Please split it.",
    ),
    "file_type": Entry(
        "error",
        "เนื้อในไฟล์เป็น {value} ไม่ใช่สมุดงาน .xlsx ไม่ว่าไฟล์จะชื่ออะไร "
        "โปรดเปิดด้วย Excel หรือ LibreOffice แล้วเลือก บันทึกเป็น > สมุดงาน Excel (.xlsx)",
        "the content is {value}, not an .xlsx workbook, whatever the file is called. "
        "Please open it in Excel or LibreOffice and choose Save As > Excel Workbook (.xlsx).",
    ),
    "encrypted": Entry(
        "error",
        "ไฟล์ถูกป้องกันด้วยรหัสผ่าน จึงอ่านไม่ได้ โปรดเปิดไฟล์ด้วยรหัสผ่าน ลบรหัสผ่านออก (ไฟล์ > ข้อมูล > ป้องกันเวิร์กบุ๊ก) แล้วบันทึกใหม่",
        "the file is password protected and cannot be read. "
        "Please open it with its password, remove the password "
        "(File > Info > Protect Workbook) and save it again.",
    ),
    "damaged_file": Entry(
        "error",
        "ไฟล์ชำรุดหรือส่งมาไม่ครบ ({value}) โปรดเปิดใน Excel บันทึกใหม่ แล้วส่งอีกครั้ง",
        "the file is damaged or incomplete ({value}). Please open it in Excel, save it again and send it once more.",
    ),
    "unsafe_xml": Entry(
        "error",
        "ส่วน {value} ของไฟล์มีการประกาศ DTD ซึ่งสมุดงานปกติไม่มี จึงไม่อ่านต่อ โปรดบันทึกใหม่จาก Excel",
        "part {value} declares a DTD, which no ordinary workbook "
        "does; it was not read. Please save it anew from Excel.",
    ),
    "expands_too_much": Entry(
        "error",
        "ส่วน {value} ขยายเป็น {expanded} ไบต์จาก {packed} ไบต์ มากเกินกว่าไฟล์แผนปกติ จึงไม่เปิดไฟล์ "
        "โปรดลบแถวว่างที่จัดรูปแบบไว้ แล้วบันทึกใหม่",
        "part {value} expands to {expanded} bytes from {packed}, "
        "far more than any plan; the file was not opened. "
        "Please delete formatted empty rows and save it again.",
    ),
    "sheet_too_large": Entry(
        "error",
        "แผ่นงานมีข้อมูลไกลถึงช่อง {value} มากเกินกว่าที่รับได้ โปรดลบข้อมูลที่อยู่ไกลจากตาราง",
        "the sheet holds data as far as cell {value}, more than "
        "can be taken. Please delete what lies far from the table.",
    ),
    "macro_present": Entry(
        "warning",
        "ไฟล์มีมาโคร ({value}) อ่านเฉพาะค่าในช่อง ไม่เปิดใช้และไม่นำมาโครเข้าระบบ โปรดบันทึกเป็น .xlsx และอย่าส่งต่อไฟล์เดิม",
        "the file holds a macro ({value}). Only cell values were read; the macro was neither run nor kept. "
        "Please save it as .xlsx and do not pass the original on.",
    ),
    "encoding": Entry(
        "info",
        "ไฟล์ข้อความเข้ารหัสแบบ {value} อ่านได้ครบ ครั้งต่อไปโปรดบันทึกเป็น UTF-8",
        "the text is encoded as {value} and was read in full. Please save as UTF-8 next time.",
    ),
    "unreadable_text": Entry(
        "error",
        "อ่านตัวอักษรในไฟล์ไม่ได้ (ไบต์ที่ {value}) ต้องเป็น UTF-8, UTF-16 หรือ Windows-874 โปรดบันทึกใหม่เป็น CSV UTF-8",
        "the characters cannot be read (byte {value}); UTF-8, UTF-16 or Windows-874 was expected. "
        "Please save it again as CSV UTF-8.",
    ),
    "broken_csv": Entry(
        "error",
        "บรรทัดที่ {value} ของไฟล์ CSV เสีย (เครื่องหมายคำพูดไม่ครบคู่หรือช่องยาวเกินไป) โปรดบันทึกใหม่จาก Excel เป็น CSV UTF-8",
        "line {value} of the CSV is broken (a quotation mark without its partner, or a cell that never ends). "
        "Please save it again from Excel as CSV UTF-8.",
    ),
    "delimiter_not_found": Entry(
        "error",
        "ไม่พบเครื่องหมายคั่นคอลัมน์ ต้องเป็นจุลภาค แท็บ อัฒภาค หรือ | แต่บรรทัดแรกคือ “{value}” โปรดบันทึกใหม่เป็น CSV",
        "no column separator was found; comma, tab, semicolon or "
        "| was expected, but the first line reads “{value}”. "
        "Please save it again as CSV.",
    ),
    "uneven_columns": Entry(
        "error",
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
        "ไม่พบแผ่นงานที่เป็นแบบฟอร์ม แผ่นงานที่มีคือ {value} ที่ต้องการคือ {expected} "
        "โปรดเลือกไฟล์ให้ถูก หรือใช้แบบฟอร์มจากคำสั่ง prasan template",
        "no sheet holds a form. The sheets found: {value}. The form expected: {expected}. "
        "Please choose the right file or start from `prasan template`.",
    ),
    "header_not_found": Entry(
        "error",
        "ไม่พบหัวตารางในแผ่นงานนี้ หัวคอลัมน์ที่มองหาคือ {expected} โปรดใส่แถวหัวตารางเหนือรายการแรก",
        "no heading row was found in this sheet. The column headings looked for: {expected}. "
        "Please put the heading row above the first entry.",
    ),
    "sheet_not_read": Entry(
        "info",
        "แผ่นงานนี้ไม่ใช่แบบฟอร์มที่รู้จัก จึงไม่ได้อ่าน",
        "this sheet is not a form known here and was not read.",
    ),
    "no_records": Entry(
        "error",
        "มีหัวตารางแต่ไม่มีรายการใต้หัวตาราง โปรดกรอกรายการแล้วส่งใหม่",
        "there is a heading but no entry under it. Please fill in the entries and send it again.",
    ),
    "hidden_sheet": Entry(
        "warning",
        "แผ่นงาน “{value}” ถูกซ่อนไว้และมี {count} รายการ ไม่ได้นำเข้า หากต้องการ โปรดเลิกซ่อนแผ่นงานแล้วส่งใหม่",
        "sheet “{value}” is hidden and holds {count} entries; they were not taken. "
        "If they are wanted, unhide the sheet and send the file again.",
    ),
    "hidden_row": Entry(
        "warning",
        "แถวนี้ถูกซ่อนไว้ แต่นำเข้าด้วย ({value}) หากไม่ต้องการ โปรดลบแถวแล้วส่งใหม่",
        "this row is hidden; it was taken all the same ({value}). "
        "If it is not wanted, delete it and send the file again.",
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
        "the form code “{value}” does not agree with the content, "
        "which is {expected}; the content was followed. "
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
        "this table holds summary figures (year, stage, number of "
        "projects, money), not projects; nothing was taken from it.",
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

CATALOGUE: Final[dict[str, Entry]] = _FILE | _SHEET | _YEAR_HEADING | ROWS | STRATEGY
