"""What can be found in a strategy's workbook: kind, severity and wording."""

from typing import Final

from prasan.exchange.reading.wording import Entry

STRATEGY: Final = {
    "strategy_head": Entry(
        "error",
        "ไม่พบ{value} โปรดเขียนในส่วนหัวของแผ่นงาน เช่น ช่องขวาของคำว่า {expected}",
        "{value} is missing. Please write it in the head of the sheet, right of “{expected}”.",
    ),
    "strategy_years": Entry(
        "error",
        "ปี “{value}” ไม่ใช่ปี พ.ศ. ที่ใช้ได้ หรือปีสุดท้ายอยู่ก่อนปีแรก โปรดพิมพ์เป็นตัวเลขสี่หลัก",
        "“{value}” is no Buddhist year, or the last year is before the first. Please type four digits.",
    ),
    "strategy_kind": Entry(
        "error",
        "ไม่รู้จักชนิด “{value}” ที่ใช้ได้คือ {expected}",
        "the kind “{value}” is unknown; use one of {expected}.",
    ),
    "strategy_parent": Entry(
        "error",
        "{value}ต้องอยู่ใต้{expected} โปรดเรียงแถวใหม่",
        "{value} must stand under {expected}. Please put the rows in order.",
    ),
    "strategy_words": Entry(
        "error",
        "แถวนี้ไม่มี{value} โปรดเติม",
        "this row has no {value}. Please fill it in.",
    ),
    "strategy_code_twice": Entry(
        "error",
        "ลำดับ {value} มีอยู่แล้วในชนิดเดียวกัน โปรดใช้ลำดับอื่น",
        "the number {value} is there already in the same kind. Please use another.",
    ),
    "strategy_number": Entry(
        "error",
        "อ่าน “{value}” เป็นตัวเลขไม่ได้ โปรดพิมพ์ตัวเลข เช่น 72.5",
        "“{value}” cannot be read as a number. Please type one, such as 72.5.",
    ),
    "strategy_no_targets": Entry(
        "error",
        "ตัวชี้วัดนี้ไม่มีค่าเป้าหมายของปีใด (R40) โปรดเติมอย่างน้อยหนึ่งปี",
        "this indicator has no target for any year (R40). Please fill in one at least.",
    ),
    "strategy_above": Entry(
        "error",
        "ไม่พบ “{value}” ในแผนของระดับบนช่วงปีเดียวกัน โปรดเขียนเป็น รหัสแผน/ลำดับ เช่น {expected}",
        "“{value}” is not found in a plan of a level above in these years. "
        "Please write plan code/number, such as {expected}.",
    ),
}
