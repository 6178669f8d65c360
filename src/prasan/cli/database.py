"""Makes the database ready before a command: tables up to date, the built-in register of places loaded."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from prasan import env
from prasan.accounts import services as accounts
from prasan.areas import services as areas
from prasan.areas.models import Area


def prepare() -> None:
    """Migrate and load what a fresh installation needs; quick when there is nothing to do."""
    env.HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    if not Area.objects.exists():
        areas.load_builtin_register(actor=accounts.system_actor(), at=timezone.now())
