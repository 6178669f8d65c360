"""The states of an edition, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """An act that moves an edition from one state to another, and the side that does it."""

    act: str
    source: str
    target: str
    side: str


STEPS = (
    Step("compile", "", "DRAFT", "maker"),
    Step("compile", "DRAFT", "DRAFT", "maker"),
    Step("compile", "SUBMITTED", "DRAFT", "maker"),  # as an edition with the next number
    Step("compile", "ENDORSED", "DRAFT", "maker"),  # as an edition with the next number
    Step("add_item", "DRAFT", "DRAFT", "maker"),
    Step("remove_item", "DRAFT", "DRAFT", "maker"),
    Step("reorder", "DRAFT", "DRAFT", "maker"),
    Step("submit_edition", "DRAFT", "SUBMITTED", "maker"),
    Step("return_edition", "SUBMITTED", "DRAFT", "above"),
)
