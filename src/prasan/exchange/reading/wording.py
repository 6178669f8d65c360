"""One entry of the catalogue of findings: how grave it is and how it is said in both languages."""

from typing import NamedTuple

from prasan.exchange.reading.records import Severity


class Entry(NamedTuple):
    """`th` and `en` are filled with the facts of the finding; `value` is always one of them."""

    severity: Severity
    th: str
    en: str
