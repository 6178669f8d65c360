"""`prasan integrate`: the main job, from submissions to linked plans and the books made of them."""

import datetime as dt
import tempfile
from pathlib import Path

import click
from django.utils import timezone

from prasan.accounts import services as accounts
from prasan.cli.job import running
from prasan.cli.job.scope import Order
from prasan.cli.progress import stage
from prasan.cli.submissions import files_of
from prasan.common.errors import Refused
from prasan.publishing.report import FILES, ProvinceReport, write_all


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--province", required=True, help="รหัสจังหวัด 2 หลัก (two-digit province code)")
@click.option("--fiscal-year", required=True, type=click.IntRange(2480, 2650), help="ปีงบประมาณ พ.ศ. (Buddhist Era)")
@click.option(
    "--act-effective-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="วันที่ พ.ร.บ. งบประมาณมีผล ค.ศ. (day the Budget Act took effect, R50; default: the fiscal year's first day)",
)
@click.option("--cycle", default="moi_2559", show_default=True, help="ระบบการวางแผน (planning system)")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="โฟลเดอร์ผลลัพธ์")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ report.json (print the report)")
def command(
    paths: tuple[Path, ...],
    province: str,
    fiscal_year: int,
    cycle: str,
    act_effective_on: dt.datetime | None,
    out: Path,
    as_json: bool,
) -> None:
    """รวมแผนทั้งจังหวัด (Read submissions, match, hand over, compile and report)."""
    in_force = act_effective_on.date() if act_effective_on else None
    order = Order(files_of(paths), province, fiscal_year, cycle, in_force)
    _check_out(out)
    try:
        report = integrate(order, out)
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th}\n{refusal.message_en}") from refusal
    if as_json:
        click.echo((out / "report.json").read_text(encoding="utf-8"), nl=False)
    else:
        click.echo(summary(report, out))
    if all(file.outcome == "refuse" for file in report.inputs):
        raise SystemExit(1)


def _check_out(out: Path) -> None:
    """Whether the results can be written there, asked before anything is done."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return
    except OSError as problem:
        raise click.UsageError(f"เขียนใน {out} ไม่ได้ / cannot write in {out}: {problem.strerror}") from None


def integrate(order: Order, out: Path) -> ProvinceReport:
    """Run the job and write its files; what `prasan demo` runs too."""
    report = running.run(order, actor=accounts.system_actor(), at=timezone.now())
    with stage("เขียนเล่มแผนและรายงาน / writing", total=len(FILES)) as step:
        write_all(report, out, progress=lambda name, done, of: step())
    return report


def summary(report: ProvinceReport, out: Path) -> str:
    """What came of it, in a few lines for the person at the terminal."""
    counts = report.counts
    proof = "✓" if report.sums.reconciled else "✗"
    return "\n".join(
        [
            f"จังหวัด{report.province_name} ปีงบประมาณ {report.fiscal_year}",
            f"  แถว {counts.rows:,} = ขึ้นทะเบียน {counts.registered:,} + รวม {counts.merged:,}"
            f" + ไม่รับ {counts.refused:,}  {proof}",
            f"  ความต้องการ {counts.needs:,} · โครงการ {counts.projects:,} · คู่ที่อาจซ้ำ {counts.pairs:,}"
            f" · งานที่ขัดกัน {counts.conflicts:,} · ส่งต่อ {counts.handovers:,} · ข้อสังเกต {counts.findings:,}",
            f"  เปิดอ่าน {out / 'index.html'}",
        ]
    )
