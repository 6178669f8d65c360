"""Rows tall enough for Thai."""

from hypothesis import given
from hypothesis import strategies as st

from prasan.common.cells import LINE, TALLEST, height_for, lines_of

THAI = st.text(st.sampled_from("กขคนมาิีุู่้ำเแไ 12ab\n"), max_size=200)


@given(THAI, st.floats(3, 100))
def test_a_narrower_column_or_a_longer_text_never_needs_fewer_lines(text: str, width: float) -> None:
    lines = lines_of(text, width=width)
    assert lines >= text.count("\n") + 1
    assert lines_of(text, width=width / 2) >= lines
    assert lines_of(text + "ก", width=width) >= lines


def test_marks_above_and_below_take_no_room() -> None:
    assert lines_of("ที่ฎูปี้" * 4, width=20) == lines_of("ทฎปก" * 4, width=20)


def test_no_row_is_taller_than_a_sheet_allows() -> None:
    assert height_for(3) == 59
    assert height_for(10_000) == TALLEST
    assert height_for(1) >= LINE
