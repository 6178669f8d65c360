"""`prasan learn`: the matching engine learns from decided pairs, of a province or of a file; or goes back."""

import json
from pathlib import Path
from typing import Any

import click

from prasan.common.errors import Refused
from prasan.matching import LearningReport, learn
from prasan.matching.decided_files import read_decided

ANSWERS = {
    "SAME": ("โครงการเดียวกัน", "same"),
    "OVERLAP": ("ทับซ้อน", "overlap"),
    "CONTINUATION": ("ต่อเนื่อง", "continuation"),
    "DIFFERENT": ("ต่างกัน", "different"),
}
QUALITIES = (
    ("log_loss", "log-loss (ยิ่งน้อยยิ่งดี / less is better)"),
    ("brier", "Brier (ยิ่งน้อยยิ่งดี / less is better)"),
    ("precision", "ความแม่น / precision"),
    ("recall", "ความครบ / recall"),
    ("f1", "F1 (ยิ่งมากยิ่งดี / more is better)"),
)
FORBIDDEN = ("too_few", "shipped_already", "not_allowed", "changed_meanwhile")
"""Refusals of the act, which exit 1; every other one is wrong words, which exit 2."""


@click.command(name="learn", help="เรียนรู้จากคู่ที่พิจารณาแล้ว / learn from decided pairs, so that matching fits a province")
@click.argument("pairs", required=False, type=click.Path(path_type=Path))
@click.option("--province", help="รหัสจังหวัด เช่น 46 / code of the province")
@click.option("--all", "everywhere", is_flag=True, help="ผลพิจารณาของทุกจังหวัด / the decisions of every province")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="ไฟล์น้ำหนัก (ใช้กับไฟล์คู่) / weights")
@click.option("--dry-run", is_flag=True, help="บอกผลเท่านั้น ไม่เปลี่ยนอะไร / say what would come of it, change nothing")
@click.option("--anyway", is_flag=True, help="ใช้แม้ไม่ดีขึ้น / take them although they are no better")
@click.option("--shipped", is_flag=True, help="กลับไปใช้น้ำหนักที่มากับระบบ / go back to the shipped weights")
@click.option("--reason", default="ผู้ดูแลระบบสั่งจากบรรทัดคำสั่ง", help="เหตุผลที่กลับ / why to go back")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")
def command(
    pairs: Path | None,
    province: str | None,
    everywhere: bool,
    output: Path | None,
    dry_run: bool,
    anyway: bool,
    shipped: bool,
    reason: str,
    as_json: bool,
) -> None:
    """PAIRS: a CSV or Parquet of two records to a row (a_name, b_name, …) with decision; no database is touched.

    With --province or --all instead: the pairs that officers decided, and the next `prasan integrate` uses what was
    learnt. Exit 1 when nothing was learnt or it is no better.
    """
    if sum((pairs is not None, province is not None, everywhere)) != 1:
        raise click.UsageError("ระบุไฟล์คู่ หรือ --province หรือ --all อย่างใดอย่างหนึ่ง / give a file, --province or --all")
    if (output is None) == (pairs is not None and not dry_run) or (shipped and pairs is not None):
        raise click.UsageError("-o ใช้กับไฟล์คู่เท่านั้น และต้องมี / -o belongs to a file of pairs, which needs it")
    try:
        if pairs is not None:
            told = _of_file(pairs, output, anyway=anyway)
        elif shipped:
            told = _returned(province or "", reason)
        else:
            told = _of_province(province or "", dry_run=dry_run, anyway=anyway)
    except Refused as refusal:
        said = f"{refusal.message_th} / {refusal.message_en}"
        raise (click.ClickException if refusal.code in FORBIDDEN else click.UsageError)(said) from None
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(told)))
    if told.get("adopted") is False:
        raise SystemExit(1)


def _of_file(pairs: Path, output: Path | None, *, anyway: bool) -> dict[str, Any]:
    decided, undecided = read_decided(pairs)
    learnt = learn(decided, label="file")
    adopted = learnt.report.helps or anyway
    if adopted and output is not None:
        try:
            output.write_text(json.dumps(learnt.weights.content(), indent=1) + "\n", encoding="utf-8")
        except OSError as problem:
            raise click.UsageError(f"เขียนไฟล์ {output} ไม่ได้ / cannot write {output}: {problem.strerror}") from None
    written = str(output) if adopted and output is not None else None
    return {**_told(learnt.report), "adopted": adopted, "undecided": undecided, "output": written}


def _of_province(province: str, *, dry_run: bool, anyway: bool) -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from prasan.accounts.services import system_actor
    from prasan.cli import database
    from prasan.integration import services as acts

    database.prepare()
    with database.in_turn(), transaction.atomic():
        done = acts.learn_weights(province=province, actor=system_actor(), at=timezone.now(), even_if_worse=anyway)
        if dry_run:
            transaction.set_rollback(True)
    changed = done.changed and not dry_run
    return {**_told(done.report), "province": province, "adopted": done.adopted, "changed": changed, "dry_run": dry_run}


def _returned(province: str, reason: str) -> dict[str, Any]:
    from django.utils import timezone

    from prasan.accounts.services import system_actor
    from prasan.cli import database
    from prasan.integration import queries
    from prasan.integration import services as acts

    database.prepare()
    with database.in_turn():
        ended = acts.return_to_shipped_weights(
            province=province, reason=reason, actor=system_actor(), at=timezone.now()
        )
    return {"province": province, "ended": ended, "version": queries.weights_in_force(province).weights.version}


def _told(report: LearningReport) -> dict[str, Any]:
    return {**report.content(), "moved": [{"feature": n, "before": b, "after": a} for n, b, a in report.moved]}


def _lines(told: dict[str, Any]) -> list[str]:
    if "ended" in told:
        return [f"เลิกใช้ {told['ended']} แล้ว ครั้งถัดไปใช้ {told['version']} / the next run uses {told['version']} again"]
    answers = " · ".join(f"{th} {told['answers'][code]:,} ({en})" for code, (th, en) in ANSWERS.items())
    lines = [
        f"เรียนรู้จากผลพิจารณา {told['pairs']:,} คู่ ใน {told['sets']:,} กลุ่ม / decided pairs in sets: {answers}",
        f"ตรวจกับผลพิจารณาที่กันไว้ {told['folds']} ส่วน / on decisions held out, {told['folds']} folds:",
    ]
    before, after = told["before"], told["after"]
    lines += [f"  {words}: {before[key]:.3f} → {after[key]:.3f}" for key, words in QUALITIES]
    lines += ["น้ำหนักที่เปลี่ยนมากที่สุด / weights that moved most:"]
    lines += [f"  {one['feature']}: {one['before']:.2f} → {one['after']:.2f}" for one in told["moved"]]
    return [*lines, *_outcome(told)]


def _outcome(told: dict[str, Any]) -> list[str]:
    version = told["version"]
    worse = f"ไม่ดีขึ้นกว่า {told['base']} / no better than {told['base']}"
    if not told["adopted"]:
        again = "จึงใช้น้ำหนักที่มากับระบบต่อไป (--anyway เพื่อใช้ถึงกระนั้น) / so the shipped weights stay (--anyway takes them)"
        return [f"{worse} {again}"]
    lines = [] if told["helps"] else [worse]
    if told.get("output"):
        return [*lines, f"เขียน {version} แล้ว / written: {told['output']} (prasan match … --weights {told['output']})"]
    if told.get("dry_run") or "province" not in told:
        return [*lines, f"จะใช้ {version} · ยังไม่เปลี่ยนอะไร / would use {version}; nothing was changed"]
    if not told["changed"]:
        return [*lines, f"ใช้ {version} อยู่แล้ว / {version} is in use already"]
    back = f"--province {told['province']}" if told["province"] else "--all"
    return [
        *lines,
        f"prasan integrate ครั้งถัดไปใช้ {version} / the next prasan integrate uses {version}",
        f"กลับไปใช้น้ำหนักที่มากับระบบ / to go back: prasan learn {back} --shipped",
    ]
