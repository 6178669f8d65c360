"""`prasan test`: the guards first, then the suite on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import psycopg

from prasan.env import ROOT

POSTGRESQL = os.environ.get("PRASAN_TEST_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/prasan")
"""Where the tests may create databases of their own."""

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
        problem = _postgresql_problem()
        if not problem:
            environment["PRASAN_DATABASE_URL"] = POSTGRESQL
            _run(["pytest", *workers, "--only-database", *pytest_arguments], environment)
        elif os.environ.get("CI") == "true":
            raise click.ClickException(f"CI requires PostgreSQL at {POSTGRESQL}: {problem}")
        else:
            click.echo(f"ข้ามชุดทดสอบ PostgreSQL / no PostgreSQL here, so its half is skipped: {problem}")


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    """Run one part, and stop at the first that fails."""
    click.echo(f"── {' '.join(arguments)}", err=True)
    started = time.monotonic()
    program = Path(sys.executable).parent / arguments[0]
    done = subprocess.run([program, *arguments[1:]], env=environment, cwd=ROOT)  # noqa: S603
    click.echo(f"   {time.monotonic() - started:.0f} s", err=True)
    if done.returncode != 0:
        raise SystemExit(1)


def _postgresql_problem() -> str:
    """Why the tests cannot use PostgreSQL here; empty when they can."""
    try:
        psycopg.connect(POSTGRESQL.rpartition("/")[0] + "/postgres", connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""
