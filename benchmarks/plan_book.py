"""How long the plan book of a province takes, against typst alone setting the same pages in the same run.

    python benchmarks/plan_book.py [--pages 150]

Goal (speed.md of the design): a book of 150 pages with its data in at most 10 s. Prints the pages, the seconds of
each part, the ratio of the whole PDF (chapters from records, JSON, setting) to typst's own compile of the prepared
book, the same for Word, and peak memory.
"""

import argparse
import io
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
os.environ.setdefault("PRASAN_SECRET_KEY", "benchmark")

import django  # noqa: E402

django.setup()

import pypdf  # noqa: E402
import typst  # noqa: E402

from prasan.publishing.paper import pdf  # noqa: E402
from prasan.publishing.paper.contents import plan_book  # noqa: E402
from prasan.publishing.paper.docx import book_docx  # noqa: E402
from prasan.publishing.parts import ProvinceReport  # noqa: E402
from prasan.publishing.testing import make_report  # noqa: E402

ROUNDS = 3
ROWS_IN_PLANS = 10.3  # rows of plans for each page wanted, with the chapters around them


def sized(pages: int) -> ProvinceReport:
    """Make a report whose book has about so many pages."""
    laos = max(4, round(pages * 0.14))
    return make_report(items_each=round(pages * ROWS_IN_PLANS / laos), laos=laos)


def alone(report: ProvinceReport) -> Callable[[], bytes]:
    """The peer: typst as a command would run it, the text of the book ready in memory."""
    day = report.generated_on
    text = json.dumps({**asdict(plan_book(report)), "made": [day.year, day.month, day.day]}, ensure_ascii=False)
    fonts = [pdf.font_dir()]
    return lambda: typst.compile(pdf._TEMPLATE, font_paths=fonts, ignore_system_fonts=True, sys_inputs={"book": text})


PARTS: dict[str, Callable[[ProvinceReport], Callable[[], bytes]]] = {
    "alone": alone,
    "pdf": lambda report: lambda: pdf.book_pdf(plan_book(report), made_on=report.generated_on, drawings={}),
    "word": lambda report: lambda: book_docx(plan_book(report), made_on=report.generated_on, drawings={}),
}


def measure(part: str, pages: int) -> None:
    """Run one part once, cold: typst keeps what it has set, so a second run in one process proves nothing."""
    work = PARTS[part](sized(pages))
    start = time.perf_counter()
    data = work()
    taken = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(pypdf.PdfReader(io.BytesIO(data)).pages) if part != "word" else 0
    print(json.dumps({"seconds": taken, "memory": memory, "pages": count}))


def cold(part: str, pages: int) -> dict[str, float]:
    """Give the median of a few fresh processes."""
    command = [sys.executable, __file__, "--pages", str(pages), "--part", part]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(ROUNDS)]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--part", choices=PARTS)
    given = parser.parse_args()
    if given.part:
        measure(given.part, given.pages)
        return
    report = sized(given.pages)
    peer, book, word = (cold(part, given.pages) for part in PARTS)
    rows = sum(len(plan.items) for plan in report.plans)
    ratio = book["seconds"] / peer["seconds"]
    print(f"plan book          {book['pages']:.0f} pages, {rows:,} rows in {len(report.plans)} plans")
    print(f"typst alone        {peer['seconds']:.2f} s   {peer['memory']:.0f} MiB   {peer['pages']:.0f} pages")
    print(f"PDF from records   {book['seconds']:.2f} s   {book['memory']:.0f} MiB   ratio {ratio:.2f}", end="   ")
    print(f"goal <= 10 s: {'reached' if book['seconds'] <= 10 else 'MISSED'}")
    print(f"Word from records  {word['seconds']:.2f} s   {word['memory']:.0f} MiB")
    print(f"versions           Python {platform.python_version()}, typst {version('typst')}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
