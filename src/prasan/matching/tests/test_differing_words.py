"""The spans that pages mark side by side."""

from hypothesis import given
from hypothesis import strategies as st

from prasan.common.text import clean
from prasan.matching import differing_words

THAI = st.text(alphabet="กขคงจดตบปมยรลวสหอะาิีุูเแโ่้์ำ0123456789 ", max_size=40)


def marked(text: str, spans: tuple[object, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_the_words_that_differ_are_marked_in_both_texts():
    found = differing_words("ปรับปรุงอาคารโรงกรองน้ำ 3 (โกสีย์)", "ปรับปรุงอาคารโรงกรองน้ำ 4 (โกสีย์)")
    assert marked(found.text_a, found.spans_a) == ["3"]
    assert marked(found.text_b, found.spans_b) == ["4"]


def test_a_word_only_one_has_is_marked_there_alone():
    found = differing_words("รางระบายน้ำ คสล.แบบมีฝาปิด", "รางระบายน้ำ คสล.มีฝาปิด")
    assert marked(found.text_a, found.spans_a) == ["แบบ"]
    assert found.spans_b == ()


def test_a_letter_is_never_cut_from_its_marks():
    found = differing_words("บ้านบ่อแฮว", "บ้านบ่อแฮ้ว")
    assert marked(found.text_b, found.spans_b) == ["ฮ้"]


def test_texts_that_only_look_different_have_nothing_to_mark():
    found = differing_words("น้ํา  ประปา", "น้ำ ประปา")
    assert (found.spans_a, found.spans_b) == ((), ())


@given(THAI, THAI)
def test_spans_are_inside_the_text_in_order_and_apart(a: str, b: str):
    found = differing_words(a, b)
    assert (found.text_a, found.text_b) == (clean(a), clean(b))
    for text, spans in ((found.text_a, found.spans_a), (found.text_b, found.spans_b)):
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(set(edges))
        assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@given(THAI)
def test_a_text_does_not_differ_from_itself(text: str):
    found = differing_words(text, text)
    assert (found.spans_a, found.spans_b) == ((), ())
