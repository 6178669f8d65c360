"""English beside Thai: every sentence is translated, none is left over, and placeholders agree."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from prasan.web import translations

PO = translations.LOCALE / "en" / "LC_MESSAGES" / "django.po"
HOLDER = re.compile(r"%\(\w+\)s")


def texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


@pytest.fixture(scope="module")
def english() -> dict[object, tuple[str, ...]]:
    with PO.open("rb") as file:
        return {message.id: texts(message.string) for message in read_po(file) if message.id}


def ids() -> dict[object, list[str]]:
    """What gettext will be asked for: a plural sentence and a plain one of the same words share an id."""
    found: dict[object, list[str]] = {}
    for message, places in translations.sentences().items():
        found.setdefault(texts(message)[0], []).extend(places)
    return found


def test_every_sentence_has_english(english: dict[object, tuple[str, ...]]) -> None:
    known = {texts(key)[0]: value for key, value in english.items()}
    missing = {sentence: places for sentence, places in ids().items() if not all(known.get(sentence, ("",)))}
    assert missing == {}


def test_no_english_is_left_over(english: dict[object, tuple[str, ...]]) -> None:
    assert {texts(key)[0] for key in english} - set(ids()) == set()


def test_placeholders_agree(english: dict[object, tuple[str, ...]]) -> None:
    for key, values in english.items():
        for value in values:
            assert set(HOLDER.findall(value)) == set(HOLDER.findall(texts(key)[0])), key


def test_english_has_no_thai_left_in_it(english: dict[object, tuple[str, ...]]) -> None:
    assert [values for values in english.values() if any(translations.THAI.search(value) for value in values)] == []


def test_sentences_of_templates_and_code_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "ถนน" %}{% blocktranslate count n=n %}'
        "{{ n }} สาย{% plural %}{{ n }} สาย{% endblocktranslate %}"
    )
    (tmp_path / "b.py").write_text('x = _("ฝาย")\n')
    assert set(translations.sentences(tmp_path)) == {"ถนน", ("%(n)s สาย", "%(n)s สาย"), "ฝาย"}


def test_compiling_writes_what_django_reads_and_only_when_it_changed(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(PO.read_bytes())
    assert translations.compile(locale=tmp_path) == [folder / "django.mo"]
    assert (folder / "django.mo").read_bytes()[:4] == b"\xde\x12\x04\x95"
    assert translations.compile(locale=tmp_path) == []
