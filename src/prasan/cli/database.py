"""Makes the database ready before a command: tables up to date, the built-in registers of places and frames loaded."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from prasan import env
from prasan.accounts import services as accounts
from prasan.areas import services as areas
from prasan.areas.models import Area
from prasan.cli.progress import each
from prasan.common.chunks import chunks
from prasan.projects import services as projects
from prasan.projects.queries import nearby
from prasan.strategy import services as strategy
from prasan.strategy.models import StrategyLevel, StrategyPlan

TURN = 0x70726173  # the advisory lock of PostgreSQL that commands take in turn


def prepare() -> None:
    """Migrate and load what a fresh installation needs; quick when there is nothing to do."""
    env.HOME.mkdir(parents=True, exist_ok=True)
    if _is_ready():
        return
    with in_turn():
        if _to_migrate():
            call_command("migrate", verbosity=0, interactive=False)
        if not nearby.all_sketched():
            _sketch_projects()
        if not Area.objects.exists():
            areas.load_builtin_register(actor=accounts.system_actor(), at=timezone.now())
        if not _has_frames():
            strategy.load_references(actor=accounts.system_actor(), at=timezone.now())


def _sketch_projects() -> None:
    """Let projects be found that an earlier version recorded; begun again where it was interrupted."""
    for ids in each(list(chunks(nearby.unsketched())), "ทำดัชนีรายการคล้าย / indexing projects"):
        projects.sketch_projects(projects=ids, actor=accounts.system_actor(), at=timezone.now())


def _is_ready() -> bool:
    return not _to_migrate() and Area.objects.exists() and _has_frames() and nearby.all_sketched()


def _has_frames() -> bool:
    return StrategyPlan.objects.filter(level=StrategyLevel.NATIONAL).exists()


def _to_migrate() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def in_turn() -> Iterator[None]:
    """Let one command after the other write: whoever comes second waits until the first is done."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
        return
    with (env.HOME / "turn.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed, however the command ends
        yield
