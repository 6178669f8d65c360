"""Progress on a terminal: one bar a stage, on standard error, silent where nobody watches."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Item = TypeVar("Item")
console = Console(stderr=True, highlight=False)


def each(items: Iterable[Item], label: str, *, total: int | None = None) -> Iterator[Item]:
    """Give the items one by one while a bar named `label` moves."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    if not console.is_terminal:
        yield from items
        return
    with _bar() as progress:
        yield from progress.track(items, description=label, total=total)


@contextmanager
def stage(label: str, *, total: int) -> Iterator[Callable[[], None]]:
    """A bar for work that calls back: call what is given after each of `total` steps."""
    with _bar() as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)


def _bar() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


def say(text: str) -> None:
    """A line for the person who waits; never part of what a program reads."""
    console.print(text, style="dim", markup=False)
