"""An AFP round as a workbook: one sheet a table, the projects no problem has among them."""

from prasan.publishing.paper.afp import AfpPaper
from prasan.publishing.sheets.workbook import Workbook


def afp_xlsx(paper: AfpPaper) -> bytes:
    """Write every table of the round."""
    book = Workbook(title=paper.title, made_on=paper.made_on)
    for one in paper.tables:
        note = f"{paper.area} {paper.year} · {paper.on}"
        book.add_sheet(
            one.name,
            title=one.title,
            note=f"{note}\n{one.note}" if one.note else note,
            fields=one.fields,
            rows=one.rows,
            empty=one.empty,
        )
    return book.to_bytes()
