"""What `prasan import` shows on a terminal: progress, one line per file, and the findings that need a person."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from prasan.common.money import format_baht
from prasan.exchange.models import Submission
from prasan.exchange.reading.records import Finding, Reading
from prasan.exchange.services import Foresight
from prasan.integration.models import Pair, Verdict

OUTCOMES = {
    "accept": "[green]รับ[/]",
    "accept_with_findings": "[yellow]มีข้อสังเกต[/]",
    "refuse": "[red]ไม่รับ[/]",
}
SEVERITIES = {"error": "[red]ต้องแก้[/]", "warning": "[yellow]ควรตรวจ[/]", "info": "[dim]แจ้งให้ทราบ[/]"}
FORMS = {
    "community_needs": "ประชาคม",
    "local_plan_p02": "ผ.02",
    "local_plan_p02_1": "ผ.02/1",
    "local_plan_p02_2": "ผ.02/2",
    "action_plan": "แผนดำเนินงาน",
    "agency_projects": "ส่วนราชการ",
    "project_list": "บัญชีโครงการ",
    "project_matrix": "ตารางสามระดับ",
    "project_matrix_flat": "บัญชีสามระดับ",
    "summary": "ผ.01 สรุป",
    "none": "ไม่รู้จัก",
}
RANK = {"error": 0, "warning": 1, "info": 2}
MOST_FINDINGS = 40
MOST_LIKELY = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One file: what was read, what the machine output says, and all findings."""

    reading: Reading
    told: dict[str, Any]
    findings: Sequence[Finding]
    submission: Submission | None = None


def finding(found: Finding) -> dict[str, object]:
    """A finding as the machine output has it."""
    return {
        "sheet": found.sheet,
        "row": found.row,
        "cell": found.cell,
        "kind": found.kind,
        "severity": found.severity,
        "message_th": found.message_th,
        "message_en": found.message_en,
    }


def likely(pair: Pair, rows: Mapping[int, Sequence[tuple[str, int]]]) -> dict[str, object]:
    """A pair that may be the same work as the machine output has it; `rows` of the file by project (sheet, row)."""
    return {
        "rows": [
            {"sheet": sheet, "row": row, "code": one.code}
            for one in (pair.first, pair.second)
            for sheet, row in rows.get(one.pk, ())
        ],
        "codes": [pair.first.code, pair.second.code],
        "names": [pair.first.name, pair.second.name],
        "verdict": pair.verdict,
        "probability": pair.probability,
        "reasons": pair.reasons,
        "decision": pair.decision,
    }


def foreseen(found: Foresight) -> dict[str, object]:
    """What the rows of a file may repeat, as the machine output has it."""
    return {
        "compared": found.compared,
        "whole": found.whole,
        "rows": [
            {**asdict(row.at), "verdict": one.verdict.upper(), "probability": one.probability, "reasons": one.reasons}
            | {"code": one.code, "of": one.name}
            for row in found.rows
            for one in row.likely
        ],
        "within": [
            {"first": asdict(one.first), "second": asdict(one.second)}
            | {"verdict": one.verdict.upper(), "probability": one.probability, "reasons": one.reasons}
            for one in found.within
        ],
    }


@contextlib.contextmanager
def progress(total: int, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while files are read; nothing where nobody looks."""
    if not shown:
        yield lambda name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(name: str) -> None:
            bar.update(task, description=escape(name), advance=1)

        yield step


def show(console: Console, lines: Sequence[Line], *, dry_run: bool) -> None:
    """The table of files, then the findings of each, the gravest first."""
    title = "ตรวจไฟล์ (ไม่บันทึก)" if dry_run else "นำเข้าไฟล์"
    # One space between columns, so that all eight stand in 80 columns.
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("ไฟล์", overflow="fold", min_width=12)
    table.add_column("แบบ", overflow="fold")
    table.add_column("ผล", overflow="fold")
    # Figures are never cut: a narrow window folds the words instead.
    table.add_column("รายการ", justify="right", no_wrap=True)
    table.add_column("บาท", justify="right", no_wrap=True)
    if not dry_run:
        for heading in ("รับ", "รวม", "ไม่รับ"):
            table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        told = line.told
        cells = [
            escape(str(told["file"])),
            FORMS.get(str(told["form"]), str(told["form"])),
            OUTCOMES[told["outcome"]],
            f"{told['records']:,}",
            format_baht(told["total_satang"]),
        ]
        if not dry_run:
            cells += [f"{told[key]:,}" for key in ("registered", "merged", "refused")]
        table.add_row(*cells)
    console.print(table)
    for line in lines:
        _show_findings(console, line)


def _show_findings(console: Console, line: Line) -> None:
    if line.told.get("known"):
        console.print(f"[dim]{escape(line.reading.file)}: ไฟล์นี้นำเข้าแล้ว ไม่มีอะไรเปลี่ยน[/]")
    for key, words in (("revised", "แก้ไข {} รายการตามไฟล์ที่แก้แล้ว"), ("withdrawn", "ถอน {} รายการที่ไม่มีในไฟล์ที่แก้แล้ว")):
        if line.told.get(key):
            console.print(f"{escape(line.reading.file)}: {words.format(line.told[key])}")
    if repeats := line.told.get("likely_repeats"):
        _show_repeats(console, line.reading.file, repeats)
    if found := line.told.get("likely_duplicates"):
        _show_likely(console, line.reading.file, found)
    ordered = sorted(line.findings, key=lambda f: RANK[f.severity])
    if not ordered:
        return
    console.print(f"\n[bold]{escape(line.reading.file)}[/]")
    lines = Table.grid(padding=(0, 1, 0, 0))
    lines.add_column(no_wrap=True)
    lines.add_column(overflow="fold")
    for found in ordered[:MOST_FINDINGS]:
        said = found.message_th.removeprefix(f"ไฟล์ “{line.reading.file}”").removeprefix(":").strip()
        lines.add_row(f"  {SEVERITIES[found.severity]}", escape(said))
    console.print(lines)
    if len(ordered) > MOST_FINDINGS:
        console.print(f"  … และอีก {len(ordered) - MOST_FINDINGS} ข้อ (ดูทั้งหมดด้วย --report หรือ --json)")


def _show_repeats(console: Console, file: str, told: dict[str, Any]) -> None:
    """What the rows of a file that is only checked may repeat, the surest first."""
    rows = sorted(told["rows"], key=lambda one: -one["probability"])
    console.print(
        f"{escape(file)}: เทียบ {told['compared']:,} จาก {told['whole']:,} แถวกับโครงการที่มีอยู่ อาจซ้ำ {len(rows):,} คู่ "
        f"และแถวที่อาจซ้ำกันเอง {len(told['within']):,} คู่"
    )
    said = [(one, f"{one['sheet']}:{one['row']} = {one['code']} {one['name']}") for one in rows[:MOST_LIKELY]]
    for one in told["within"][:MOST_LIKELY]:
        a, b = one["first"], one["second"]
        said.append((one, f"{a['sheet']}:{a['row']} = {b['sheet']}:{b['row']} {a['name']}"))
    for one, words in said:
        console.print(f"  [yellow]{_percent(one):>3}%[/] {escape(words)}", overflow="fold")


def _percent(pair: dict[str, Any]) -> int:
    return min(99, round(100 * float(pair["probability"])))


def _show_likely(console: Console, file: str, found: Sequence[dict[str, Any]]) -> None:
    """How many pairs may be the same, and the surest."""
    counts = Counter(str(Verdict(pair["verdict"]).label) for pair in found)
    told = " · ".join(f"{verdict} {count:,}" for verdict, count in counts.most_common())
    console.print(f"{escape(file)}: อาจซ้ำกับโครงการอื่น {len(found):,} คู่ ({told})")
    for pair in found[:MOST_LIKELY]:
        words = f"{' = '.join(pair['codes'])} {pair['names'][0]}"
        console.print(f"  [yellow]{_percent(pair):>3}%[/] {escape(words)}", overflow="fold")
    if len(found) > MOST_LIKELY:
        console.print(f"  … และอีก {len(found) - MOST_LIKELY:,} คู่ (พิจารณาที่หน้าคู่ที่อาจซ้ำ หรือดูด้วย --json)")
