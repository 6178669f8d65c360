"""Reading one YAML file of the rulebook strictly: every refusal names the file and the line."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from prasan.common.errors import Refused


class UnableToLoadRulebook(Refused):
    """A rulebook file that must not be used. Codes: not_yaml, unknown_key, duplicate_key, missing_key,
    wrong_kind, repeated_name, wrong_name, cannot_run."""

    def __init__(self, code: str, file: str, line: int, said_th: str, said_en: str) -> None:
        super().__init__(code, f"{file} บรรทัด {line}: {said_th}", f"{file} line {line}: {said_en}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    th: str
    en: str

    def say(self, language: str) -> str:
        return self.th if language == "th" else self.en


class Section:
    """One mapping of a file, asked key by key; unknown and duplicate keys have been refused before."""

    def __init__(self, file: str, node: yaml.Node, known: Collection[str]) -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            raise self.refusal("wrong_kind", self.line, "ต้องเป็นคู่ชื่อกับค่า", "a mapping is expected here")
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in self._nodes:
                raise self.refusal("duplicate_key", line, f"คีย์ “{key}” ซ้ำ", f"the key “{key}” is given twice")
            if key not in known:
                raise self.refusal("unknown_key", line, f"ไม่รู้จักคีย์ “{key}”", f"the key “{key}” is unknown")
            self._nodes[key] = value

    def refusal(self, code: str, line: int, said_th: str, said_en: str) -> UnableToLoadRulebook:
        return UnableToLoadRulebook(code, self.file, line, said_th, said_en)

    def line_of(self, key: str) -> int:
        """The line of a key's value, or of the section when the key is absent."""
        return self._nodes[key].start_mark.line + 1 if key in self._nodes else self.line

    def value(self, key: str) -> object:
        """The value of a required key as YAML reads it; null is a value, absence is refused."""
        # The safe loader's constructor: only plain YAML values can come out of the node.
        return yaml.SafeLoader("").construct_object(self.node(key), deep=True)

    def node(self, key: str) -> yaml.Node:
        if key not in self._nodes:
            raise self.refusal("missing_key", self.line, f"ไม่มีคีย์ “{key}”", f"the key “{key}” is missing")
        return self._nodes[key]

    def holds(self, key: str) -> bool:
        return key in self._nodes

    def is_null(self, key: str) -> bool:
        return self.value(key) is None

    def text(self, key: str) -> str:
        value = self.value(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "ข้อความ", "text")
        return value

    def optional_text(self, key: str) -> str:
        return self.text(key) if key in self._nodes else ""

    def integer(self, key: str) -> int:
        value = self.value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "จำนวนเต็ม", "a whole number")
        return value

    def boolean(self, key: str) -> bool:
        value = self.value(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "true หรือ false", "true or false")
        return value

    def date_or_null(self, key: str) -> dt.date | None:
        value = self.value(key)
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise self._wrong(key, "วันที่ (ค.ศ.-เดือน-วัน) หรือ null", "a date (YYYY-MM-DD) or null")
        return value

    def one_of(self, key: str, choices: Collection[str]) -> str:
        value = self.text(key)
        if value not in choices:
            listed = ", ".join(sorted(choices))
            raise self._wrong(key, f"หนึ่งใน {listed}", f"one of {listed}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "รายการข้อความ", "a list of texts")
        return tuple(value)

    def words(self, key: str) -> Words:
        inner = Section(self.file, self.node(key), ("th", "en"))
        return Words(inner.text("th"), inner.text("en"))

    def section(self, key: str, known: Collection[str]) -> "Section":
        return Section(self.file, self.node(key), known)

    def sections(self, key: str, known: Collection[str]) -> list["Section"]:
        return _sequence(self, self.node(key), known)

    def _wrong(self, key: str, wanted_th: str, wanted_en: str) -> UnableToLoadRulebook:
        return self.refusal(
            "wrong_kind", self.line_of(key), f"“{key}” ต้องเป็น{wanted_th}", f"“{key}” must be {wanted_en}"
        )


def _sequence(parent: Section, node: yaml.Node, known: Collection[str]) -> list[Section]:
    if not isinstance(node, yaml.SequenceNode):
        line = node.start_mark.line + 1
        raise parent.refusal("wrong_kind", line, "ต้องเป็นรายการ", "a list is expected here")
    return [Section(parent.file, item, known) for item in node.value]


def read_mapping(path: Path, known: Collection[str]) -> Section:
    """Read a file whose top is one mapping."""
    return Section(path.name, _compose(path), known)


def read_list(path: Path, known: Collection[str]) -> list[Section]:
    """Read a file whose top is a list of mappings."""
    node = _compose(path)
    if not isinstance(node, yaml.SequenceNode):
        raise UnableToLoadRulebook("wrong_kind", path.name, 1, "ต้องเป็นรายการ", "a list is expected here")
    return [Section(path.name, item, known) for item in node.value]


def _compose(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise UnableToLoadRulebook("not_yaml", path.name, line, "อ่านเป็น YAML ไม่ได้", "not readable as YAML") from error
    if node is None:
        raise UnableToLoadRulebook("not_yaml", path.name, 1, "ไฟล์ว่าง", "the file is empty")
    return node
