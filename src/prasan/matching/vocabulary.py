"""Words the engine knows: units, works, objects and materials of Thai plan lines, each with a regular expression.

The expressions run on text whose digits are Arabic and whose common abbreviations are spelled out (cleaning.py).
They are written for the regular expressions of Rust, which polars uses: no look-around.
"""

from typing import Final

# Spelled out before anything is read from the text. Longer keys win over shorter ones.
ABBREVIATIONS: Final[dict[str, str]] = {
    "ค.ส.ล.": "คอนกรีตเสริมเหล็ก",
    "คสล.": "คอนกรีตเสริมเหล็ก",
    "คสล": "คอนกรีตเสริมเหล็ก",
    "กส.": "ก่อสร้าง",
    "กม.": "กิโลเมตร",
    "ตร.ม.": "ตารางเมตร",
    "ตรม.": "ตารางเมตร",
    "ลบ.ม.": "ลูกบาศก์เมตร",
    "ลบม.": "ลูกบาศก์เมตร",
    "รพ.สต.": "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "รพ.": "โรงพยาบาล",
    "รร.": "โรงเรียน",
    "ทล.": "ทางหลวงหมายเลข",
    "ถ.": "ถนน",
    "ซ.": "ซอย",
    "อ.บ.ต.": "องค์การบริหารส่วนตำบล",
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อ.บ.จ.": "องค์การบริหารส่วนจังหวัด",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
    "ทต.": "เทศบาลตำบล",
    "ทม.": "เทศบาลเมือง",
    "ทน.": "เทศบาลนคร",
    "ศพด.": "ศูนย์พัฒนาเด็กเล็ก",
    "อสม.": "อาสาสมัครสาธารณสุข",
    "สนง.": "สำนักงาน",
    "พ.ศ.": "ปี",
    "จ.ว.": "จังหวัด",
    "กทม.": "กรุงเทพมหานคร",
}

# Short for the word before a place's name, where it stands at the start of a word.
PLACES: Final[dict[str, str]] = {"ต": "ตำบล", "อ": "อำเภอ", "จ": "จังหวัด"}
NAMED: Final[dict[str, str]] = {"บ": "บ้าน", "สภ": "สถานีตำรวจภูธร"}  # other things that a name follows

# Short for a unit, where it follows a number.
UNITS: Final[dict[str, str]] = {
    "ตร.ม": "ตารางเมตร",
    "ตรม": "ตารางเมตร",
    "ลบ.ม": "ลูกบาศก์เมตร",
    "ลบม": "ลูกบาศก์เมตร",
    "ตร.กม": "ตารางกิโลเมตร",
    "กม": "กิโลเมตร",
    "ซม": "เซนติเมตร",
    "มม": "มิลลิเมตร",
    "กก": "กิโลกรัม",
    "ม": "เมตร",
}

# Spellings of the word before the number of a village.
MOO: Final = (" ม.", " ม. ", "(ม.", " หมู่ ", " หมู่", "หมู่.")

# Kinds of bodies, each as one letter that no Thai name has: what comes after the kind tells two bodies apart.
KINDS_OF_BODY: Final[dict[str, str]] = {
    "องค์การบริหารส่วนตำบล": "t",
    "องค์การบริหารส่วนจังหวัด": "p",
    "เทศบาลตำบล": "m",
    "เทศบาลเมือง": "c",
    "เทศบาลนคร": "n",
    "สำนักงาน": "o",
    "มหาวิทยาลัย": "u",
    "โรงเรียน": "s",
    "โรงพยาบาล": "h",
    "จังหวัด": "j",
}

# Counted things: "1 แห่ง" says nothing about which work it is, so the count is left out of the comparison.
COUNT_UNITS: Final = "แห่ง|หลัง|ชุด|เครื่อง|คัน|สายทาง|สาย|จุด|รายการ|ระบบ|โครงการ|งาน|ครั้ง|ต้น|ตัว|โรง|ฉบับ"
# Measured things: kept as numbers that may agree or differ.
MEASURE_UNITS: Final = (
    "ตารางเมตร|ลูกบาศก์เมตร|กิโลเมตร|เซนติเมตร|มิลลิเมตร|เมตร|ไร่|นิ้ว|ลิตร|ตัน|คน|ชั้น|บัลลังก์|เตียง|ที่นั่ง|ล้าน|บาท|ซีซี|กิโลวัตต์|ม\\."
)

# What is built, bought or held. Order is the bit in the mask; append only.
OBJECTS: Final[dict[str, str]] = {
    "road": "ถนน|ทางหลวง|ทางสาธารณ|ไหล่ทาง|ผิวจราจร|ผิวทาง|สายทาง|ลาดยาง",
    "drain": "ระบายน้ำ|รางน้ำ|ราง ?คอนกรีต|ท่อลอด|ท่อกลม|บ่อพัก",
    "bridge": "สะพาน",
    "revetment": "ป้องกันตลิ่ง|เขื่อนป้องกัน|พนังกั้น|กำแพงกันดิน",
    "building": "อาคาร|ศาลา|โรงจอด|ที่จอดรถ|หอประชุม|ห้องน้ำ|บ้านพัก|โรงเรือน",
    "water_supply": "ประปา|หอถัง|บาดาล|น้ำดื่ม|โรงกรอง",
    "irrigation": "ชลประทาน|แหล่งน้ำ|อ่างเก็บน้ำ|ฝาย|ส่งน้ำ|สูบน้ำ|คลอง|ลำเหมือง|ห้วย|สระ|ขุดลอก|แก้มลิง",
    "lighting": "ไฟฟ้า|แสงสว่าง|เสาไฟ|โคมไฟ|ดวงโคม|โซลา",
    "cctv": "วงจรปิด|cctv",
    "crematorium": "เมรุ|เตาเผา|ฌาปน|สุสาน|ป่าช้า",
    "sport": "สนามกีฬา|ลานกีฬา|เครื่องออกกำลัง|บาสเกต|ฟุตซอล|สนามเด็กเล่น",
    "sound": "เสียงตามสาย|หอกระจายข่าว|เสียงไร้สาย",
    "waste": "ขยะ|สิ่งปฏิกูล|น้ำเสีย",
    "health": "โรงพยาบาล|สาธารณสุข|สุขภาพ|ผู้สูงอายุ|โรค|การแพทย์",
    "education": "โรงเรียน|นักเรียน|การศึกษา|เด็กเล็ก",
    "tourism": "ท่องเที่ยว|ชมวิว|จุดชม",
    "vehicle": "รถยนต์|รถบรรทุก|รถโดยสาร|รถตู้|รถดับเพลิง|รถกระบะ",
    "computer": "คอมพิวเตอร์|สารสนเทศ|ดิจิทัล|ซอฟต์แวร์",
    "fence": "รั้ว|ซุ้ม|ป้าย",
    "occupation": "อาชีพ|เกษตรกร|วิสาหกิจ|กลุ่มสตรี",
}

# A facility that villages share: two villages asking for one is a case for a joint project.
SHARED_FACILITIES: Final = ("crematorium",)

# What is done to it. Order is the bit in the mask; append only.
WORKS: Final[dict[str, str]] = {
    "build": "ก่อสร้าง|ก่อสราง|สร้าง",
    "improve": "ปรับปรุง|ซ่อม|บูรณะ|บำรุง|ฟื้นฟู|ต่อเติม",
    "extend": "ขยายเขต|ขยาย",
    "dredge": "ขุดลอก|ขุด",
    "install": "ติดตั้ง|วางท่อ",
    "buy": "จัดซื้อ|จัดหา|ซื้อ|ครุภัณฑ์",
    "design": "ออกแบบ|ศึกษาความเหมาะสม|จ้างที่ปรึกษา|สำรวจ",
    "supervise": "ควบคุมงาน",
    "train": "อบรม|สัมมนา|ศึกษาดูงาน|พัฒนาศักยภาพ|แกนนำ",
    "promote": "ส่งเสริม|สนับสนุน|รณรงค์|ประชาสัมพันธ์|จัดงาน|ประเพณี|กิจกรรม|แข่งขัน|เสริมสร้าง|ลดโลกร้อน|จิตอาสา"
    "|วันสำคัญ|สงกรานต์|ลอยกระทง|เบี้ยยังชีพ|อาหารกลางวัน|อาหารเสริม|วัคซีน|หมอกควัน",
    "compensate": "ค่าชดเชย|เวนคืน",
}
PHYSICAL_WORKS: Final = ("build", "improve", "extend", "dredge", "install")
PROGRAMME_WORKS: Final = ("train", "promote")
# Preparing or supervising a work is another line than the work itself.
SIDE_WORKS: Final = ("design", "supervise", "compensate")

MATERIALS: Final[dict[str, str]] = {
    "concrete": "คอนกรีต",
    "asphalt": "ลาดยาง|แอสฟัลต์|แอสฟัสต์|แอสฟัลท์|พาราแอสฟัลต์",
    "gravel": "ลูกรัง|หินคลุก",
    "earth": "ถนนดิน|คันดิน",
    "pvc": "pvc|พีวีซี|hdpe",
}
