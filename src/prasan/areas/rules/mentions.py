"""What a printed place text mentions: provinces, districts, subdistricts, village numbers, a village name."""

import re
from dataclasses import dataclass

from prasan.common.text import clean, to_arabic_digits

_LETTERS = "ก-ฺเ-๎"
_NAME = rf"(?:(?!จังหวัด|อำเภอ|ตำบล|หมู่ที่|หมู่\s*\d)[{_LETTERS}.\-])+"
_MARK = re.compile(
    rf"(?:(?P<province>จังหวัด|(?<![{_LETTERS}.])จว?\.)"
    rf"|(?P<district>(?:กิ่ง\s*)?อำเภอ|(?<![{_LETTERS}.])(?:กิ่ง\s*)?อ\.|(?<![{_LETTERS}])เขต"
    r"(?!เทศบาล|พื้นที่|การ|ทาง|อุตสาห|ชุมชน|เศรษฐกิจ|ห้าม|รักษา))"
    rf"|(?P<subdistrict>ตำบล|แขวง(?!ทางหลวง|การทาง)|(?<![{_LETTERS}.])ต\.))"
    rf"\s*(?P<name>{_NAME})(?P<more>(?:\s*(?:,|และ|/)\s*(?:{_NAME}))*)"
)
_BANGKOK = re.compile(rf"(?<![{_LETTERS}])(?:กรุงเทพมหานคร|กรุงเทพฯ|กทม\.?)(?![{_LETTERS}])")
# "ต.บัวขาวอ.กุฉินารายณ์จ.กาฬสินธุ์": an abbreviation glued to the name before it.
_GLUED = re.compile(
    rf"((?:^|[\s,(\d])(?:[ตอจ]\.\s*|ตำบล\s*|อำเภอ\s*|แขวง\s*|เขต\s*)[{_LETTERS}]{{2,}}?|หมู่(?:ที่)?\s*\d+|ม\.\s*\d+)"
    rf"(?=[ตอจ]\.\s*[{_LETTERS}])"
)
_MORE = re.compile(rf"(?:,|และ|/)\s*({_NAME})")
_MOO_WORD = rf"(?:หมู่ที่|หมู่|(?<![{_LETTERS}.\d])(?<!\d )ม\.)"
_JOIN = r"(?:,|และ|กับ|-|–|ถึง|&)"
_MOOS = re.compile(rf"{_MOO_WORD}\s*(?P<list>\d{{1,3}}(?:\s*{_JOIN}\s*(?:หมู่ที่|หมู่|ม\.)?\s*\d{{1,3}}(?![\d.]))*)")
_MOO_PART = re.compile(r"(-|–|ถึง)?\s*(?:,|และ|กับ|&)?\s*(?:หมู่ที่|หมู่|ม\.)?\s*(\d{1,3})")
_VILLAGE = re.compile(rf"(?:^|[\s,(])(?:บ้าน|บ\.|ชุมชน)\s*([{_LETTERS}.\-]+)")
_LEVELS = ("province", "district", "subdistrict")
_HIGHEST_MOO = 99


@dataclass(frozen=True, slots=True)
class Mention:
    """A name after a word such as ตำบล.

    `firm` is False where the word belongs to something else (อบต., โรงพยาบาล); `continues` marks the second
    name of a list ("ต.เหนือ, ไผ่").
    """

    name: str
    printed: str
    firm: bool
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything a text says about a place, in the order printed."""

    provinces: tuple[Mention, ...]
    districts: tuple[Mention, ...]
    subdistricts: tuple[Mention, ...]
    moos: tuple[int, ...]
    village_name: str
    bare: tuple[str, ...]  # the words, when the text has no marker at all


def find_mentions(text: str) -> Mentions:
    """Take a text apart, e.g. "หมู่ที่ 1,12 และ 13 ตำบลบัวขาว อำเภอกุฉินารายณ์"; Thai digits allowed."""
    prepared = to_arabic_digits(clean(text))
    for _ in range(3):
        prepared = _GLUED.sub(r"\1 ", prepared)
    found = _marked(prepared)
    moos = find_moos(prepared)
    bangkok = _BANGKOK.search(prepared)
    if bangkok and not found["province"]:
        found["province"].append(Mention("กรุงเทพมหานคร", bangkok.group(), firm=True))
    village = _VILLAGE.search(prepared)
    bare = () if any(found.values()) or moos or village else tuple(re.split(r"[\s,/]+", prepared))
    return Mentions(
        provinces=tuple(_firm_first(found["province"])),
        districts=tuple(_firm_first(found["district"])),
        subdistricts=tuple(_firm_first(found["subdistrict"])),
        moos=moos,
        village_name=village.group(1).rstrip(".-ฯ") if village else "",
        bare=tuple(word for word in bare if word),
    )


def find_moos(text: str) -> tuple[int, ...]:
    """Village numbers in a text with Arabic digits, in the order printed, each once; "หมู่ 2-4" is 2, 3, 4."""
    moos: list[int] = []
    for match in _MOOS.finditer(text):
        for dash, digits in _MOO_PART.findall(match["list"]):
            number = int(digits)
            if dash and moos and moos[-1] < number <= _HIGHEST_MOO:
                moos.extend(range(moos[-1] + 1, number))
            moos.append(number)
    return tuple(dict.fromkeys(moo for moo in moos if 1 <= moo <= _HIGHEST_MOO))


def _marked(text: str) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {level: [] for level in _LEVELS}
    end_of_last = -1
    for match in _MARK.finditer(text):
        level = _level_of(match)
        before = text[match.start() - 1 : match.start()] if match.start() else " "
        alone = not re.match(rf"[{_LETTERS}]", before) or match.start() == end_of_last
        marker = match[level]
        name = match["name"].rstrip(".-ฯ")
        if name:
            found[level].append(Mention(name, f"{marker}{name}", firm=alone and marker != "เขต"))
        found[level] += [
            Mention(more, f"{marker}{more}", firm=False, continues=True) for more in _MORE.findall(match["more"])
        ]
        end_of_last = match.end()
    return found


def _level_of(match: re.Match[str]) -> str:
    return next(level for level in _LEVELS if match[level])


def _firm_first(mentions: list[Mention]) -> list[Mention]:
    """The place itself before words inside the names of offices."""
    return sorted(mentions, key=lambda mention: not mention.firm)
