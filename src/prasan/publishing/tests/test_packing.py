"""The pressed PDF is the same document, only smaller."""

import datetime as dt
import io
import re
from functools import cache

import pypdf

from prasan.publishing.paper.contents import plan_book
from prasan.publishing.paper.packing import packed
from prasan.publishing.paper.pdf import _compiler
from prasan.publishing.testing import make_report

DAY = dt.date(2025, 9, 15)


@cache
def loose() -> bytes:
    midnight = dt.datetime(2025, 9, 15, tzinfo=dt.UTC)
    made = _compiler(plan_book(make_report(items_each=12)), DAY, {}).compile(format="pdf", timestamp=midnight)
    assert isinstance(made, bytes)
    return made


def plain(value: object) -> str:
    """Write an object out without the address of the reader it came from."""
    return re.sub(r"(IndirectObject\(\d+, 0), \d+\)", r"\1)", repr(value))


def test_every_object_of_the_document_is_still_there_and_the_same() -> None:
    before, after = (pypdf.PdfReader(io.BytesIO(data), strict=True) for data in (loose(), packed(loose())))
    assert len(after.pages) == len(before.pages)
    assert after.metadata == before.metadata
    numbers = [n for n in before.xref[0] if n]
    assert len(numbers) > 500
    for number in numbers:
        one, other = (reader.get_object(pypdf.generic.IndirectObject(number, 0, reader)) for reader in (before, after))
        assert plain(one) == plain(other), number
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]


def test_the_tags_for_people_who_listen_stay_and_take_far_less_room() -> None:
    small = packed(loose())
    assert len(small) < 0.6 * len(loose())
    root = pypdf.PdfReader(io.BytesIO(small)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]


def test_a_file_of_another_build_is_given_back_as_it_is() -> None:
    assert packed(b"%PDF-1.7\nnothing known") == b"%PDF-1.7\nnothing known"
    once = packed(loose())
    assert packed(once) == once
