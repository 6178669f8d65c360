"""`prasan match`: likely duplicates in a table, without a database."""

import importlib
import json
import tempfile
from pathlib import Path
from typing import Any

import click
import polars as pl

from prasan.cli.progress import console
from prasan.common.errors import Refused
from prasan.matching import Weights, load_weights, match_table, read_weights
from prasan.matching.files import may_write, read_table, write_pairs
from prasan.matching.table import unread_values

NAMES = {
    "duplicate": ("ซ้ำ", "duplicates"),
    "overlap": ("ทับซ้อน", "overlaps"),
    "continuation": ("ต่อเนื่อง", "continuations"),
    "recurring": ("ทำประจำ", "recurring"),
}


@click.command(name="match", help="หาโครงการที่น่าจะซ้ำกันในตาราง / likely duplicates in a table")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".csv .xlsx หรือ .parquet"
)
@click.option("--cluster", help="ที่อยู่ของ Dask หรือ local:จำนวนโพรเซส / a Dask scheduler's address, or local:PROCESSES")
@click.option(
    "--weights",
    "own",
    type=click.Path(path_type=Path),
    help="ไฟล์น้ำหนักที่ prasan learn เขียน / weights that prasan learn wrote",
)
@click.option("--json", "as_json", is_flag=True, help="พิมพ์สรุปเป็น JSON / machine summary")
def command(table: Path, output: Path, cluster: str | None, own: Path | None, as_json: bool) -> None:
    """Read the table, write the pairs, and say how many of each verdict were found."""
    try:
        may_write(output)
        if table.resolve() == output.resolve():
            raise click.UsageError("ไฟล์ผลต้องไม่ใช่ไฟล์เดียวกับตาราง / the pairs must not overwrite the table")
        records = read_table(table)
        weights = read_weights(own) if own else load_weights()
        pairs = _matched_on(cluster, table, weights) if cluster else _matched(records, weights)
        write_pairs(pairs, output)
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th} / {refusal.message_en}") from None
    summary = _summary(table, output, records, pairs, weights)
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else _sentence(summary))


def _matched(records: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    if not console.is_terminal:
        return match_table(records, weights=weights)
    with console.status(f"จับคู่ {records.height:,} รายการ") as status:

        def progress(compared: int, _: str) -> None:
            status.update(f"จับคู่ {records.height:,} รายการ · เทียบแล้ว {compared:,} คู่ / pairs compared")

        return match_table(records, weights=weights, progress=progress)


def _matched_on(cluster: str, table: Path, weights: Weights) -> pl.DataFrame:
    """The pairs, worked out by a Dask cluster that runs already, or by so many processes of this machine."""
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise click.UsageError(
            "ยังไม่ได้ติดตั้ง Dask: pip install 'prasan[cluster]' / Dask is not installed: pip install 'prasan[cluster]'"
        ) from None
    from prasan.matching.cluster import match_on_cluster, processes_here

    kind, _, count = cluster.partition(":")
    local = kind == "local" and count.isdigit() and int(count) > 0
    started = processes_here(int(count)) if local else None
    try:
        with (
            distributed.Client(started or cluster, timeout="15s") as client,
            tempfile.TemporaryDirectory(dir=table.parent) as folder,
        ):
            return match_on_cluster(client, table, Path(folder), weights=weights)
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"ติดต่อ Dask ที่ {cluster} ไม่ได้ / cannot reach Dask at {cluster}: {problem}") from None
    finally:
        if started is not None:
            started.close()


def _summary(
    table: Path, output: Path, records: pl.DataFrame, pairs: pl.DataFrame, weights: Weights
) -> dict[str, object]:
    counts = dict(pairs.group_by("verdict").len().iter_rows())
    return {
        "file": str(table),
        "output": str(output),
        "engine": weights.version,
        "records": records.height,
        "pairs": pairs.height,
        "verdicts": {verdict: counts.get(verdict, 0) for verdict in NAMES},
        "unread": unread_values(records),
    }


def _sentence(summary: dict[str, object]) -> str:
    verdicts, unread = summary["verdicts"], summary["unread"]
    assert isinstance(verdicts, dict)
    assert isinstance(unread, dict)
    found = " · ".join(f"{th} {verdicts[code]:,} ({en})" for code, (th, en) in NAMES.items())
    lines = [f"{summary['records']:,} รายการ (records) → {summary['pairs']:,} คู่ (pairs): {found}"]
    for column, count in unread.items():
        if count:
            words = f"อ่านค่า {column} ไม่ได้ {count:,} แถว จึงถือว่าไม่ทราบ"
            lines.append(f"{words} / {column} could not be read in {count:,} rows and counts as unknown")
    return "\n".join([*lines, f"เขียนแล้ว / written: {summary['output']}"])
