"""Pure decisions about needs: how a code is written and what may be recorded, classified and merged."""

FIRST_YEAR, LAST_YEAR = 2480, 2650
"""Fiscal years (Buddhist Era) a record may carry; a Christian year falls outside."""

KEY_LENGTH = 500
"""How much of the search key of a title is stored."""

MOOS_LENGTH = 60
"""How many characters the list of villages of one request may take."""


def need_code(province_code: str, fiscal_year: int, number: int) -> str:
    """The public code of a need, e.g. "46-2569-N00001": province, fiscal year, running number."""
    return f"{province_code}-{fiscal_year}-N{number:05d}"


def year_is_plausible(fiscal_year: int) -> bool:
    """Whether a fiscal year is a Buddhist one that this system may hold."""
    return FIRST_YEAR <= fiscal_year <= LAST_YEAR
