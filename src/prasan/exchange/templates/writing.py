"""Writing a workbook of official forms from records, so that reading it gives the same records back."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from prasan.exchange.reading.records import FormKey, Sheet
from prasan.exchange.templates.action_plan import write_action_plan
from prasan.exchange.templates.canvas import Book, Canvas
from prasan.exchange.templates.guide import write_guide
from prasan.exchange.templates.heads import Head
from prasan.exchange.templates.lists import write_list
from prasan.exchange.templates.plan_forms import write_plan

_WRITERS: Mapping[FormKey, Callable[[Canvas, Sheet, Head], None]] = {
    "community_needs": write_list,
    "local_plan_p02": write_plan,
    "local_plan_p02_1": write_plan,
    "local_plan_p02_2": write_plan,
    "action_plan": write_action_plan,
    "agency_projects": write_list,
    "project_list": write_list,
    "project_matrix_flat": write_list,
}
FORMS = tuple(_WRITERS)
"""Keys of the forms that can be written."""


class UnwritableForm(ValueError):
    """There is no layout to write this form in."""


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    head: Head | None = None,
    heads: Mapping[str, Head] | None = None,
    guide: bool = False,
    title: str = "",
    author: str = "ประสานแผน",
) -> None:
    """Write each sheet in the official layout of its form; a sheet without records becomes an empty form.

    Amounts are written in baht from integer satang. `head` holds for all sheets, `heads` (by name) for one;
    `guide` adds a Thai instruction sheet at the end, which the reader leaves alone.
    Raises UnwritableForm for a form without a layout (summaries, the printed matrix).
    """
    unknown = sorted({sheet.form for sheet in sheets} - set(_WRITERS))
    if unknown:
        raise UnwritableForm(f"no layout to write {', '.join(unknown)}")
    book = Book(path)
    for sheet in sheets:
        given = (heads or {}).get(sheet.name) or head or Head()
        _WRITERS[sheet.form](book.canvas(sheet.name), sheet, given)
    if guide and sheets:
        write_guide(book, sheets[0].form)
    book.properties(title=title, author=author)
    book.close()
