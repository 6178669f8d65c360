"""`prasan test`: the guards first, then the suite on SQLite and on PostgreSQL."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from prasan.env import ROOT

GUARDS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["lint-imports"],
    ["mypy"],
]


@click.command()
@click.option("--guards-only", is_flag=True, help="Only the guards of the house.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(guards_only: bool, pytest_arguments: tuple[str, ...]) -> None:
    """ทดสอบทั้งระบบ (Test everything: guards, SQLite, PostgreSQL, browser)."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "PRASAN_HOME": home,
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the live server and the browser share a process
            "PRASAN_SECRET_KEY": "only for tests",
        }
        environment.pop("PRASAN_DATABASE_URL", None)
        for guard in GUARDS:
            _run(guard, environment)
        _run(["pytest", "tests/architecture"], environment)
        if guards_only:
            return
        workers = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
        _run(["pytest", *workers, *pytest_arguments], environment)
        if _postgresql_answers():
            environment["PRASAN_DATABASE_URL"] = os.environ.get(
                "PRASAN_TEST_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/prasan"
            )
            _run(["pytest", *workers, "--only-database", *pytest_arguments], environment)
        elif os.environ.get("CI") == "true":
            raise click.ClickException("PostgreSQL does not answer on 127.0.0.1:5432, and CI requires it")
        else:
            click.echo("ข้ามชุดทดสอบ PostgreSQL / PostgreSQL does not answer here: its half is skipped")


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    """Run one part, and stop at the first that fails."""
    click.echo(f"── {' '.join(arguments)}", err=True)
    started = time.monotonic()
    program = Path(sys.executable).parent / arguments[0]
    done = subprocess.run([program, *arguments[1:]], env=environment, cwd=ROOT)  # noqa: S603
    click.echo(f"   {time.monotonic() - started:.0f} s", err=True)
    if done.returncode != 0:
        raise SystemExit(1)


def _postgresql_answers() -> bool:
    try:
        with socket.create_connection(("127.0.0.1", 5432), timeout=2):
            return True
    except OSError:
        return False
