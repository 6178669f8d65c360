"""The `prasan` command: collects the commands, prepares Django and the database, and speaks of errors plainly."""

import importlib
import os
import sys
import traceback
from typing import ClassVar

import click


class Doors(click.Group):
    """Loads a command's module only when it is called, so that `prasan test` needs no database."""

    modules: ClassVar[dict[str, str]] = {
        "demo": "demo",
        "integrate": "integrate",
        "import": "import_",
        "template": "template",
        "match": "match",
        "learn": "learn",
        "calendar": "calendar",
        "rules": "rules",
        "check": "check",
        "system": "system",
        "strategy": "strategy",
        "afp": "afp",
        "year": "year",
        "load": "load",
        "serve": "serve",
        "user": "user",
        "test": "test",
    }
    pure: ClassVar[set[str]] = {"test", "match", "learn", "calendar", "rules", "template", "system"}

    writing: ClassVar[set[str]] = {"integrate", "import", "load", "strategy"}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        if cmd_name != "test":
            _set_up_django(cmd_name)
        command = importlib.import_module(f"prasan.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        name = (ctx._protected_args or [""])[0]
        if name in self.modules and name not in self.pure and "--help" not in ctx.args:
            _set_up_django(name)
            from prasan.cli import database

            database.prepare()
            if name in self.writing and "--dry-run" not in ctx.args:
                with database.in_turn():
                    return super().invoke(ctx)
        return super().invoke(ctx)


def _set_up_django(command: str) -> None:
    if command == "demo":
        # A made-up province never mixes with an office's own records: it has a home of its own.
        os.environ.setdefault("PRASAN_HOME", os.path.join("var", "demo"))
        os.environ["PRASAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="prasan")
def prasan() -> None:
    """ประสานแผน: แผนพัฒนาพื้นที่ตั้งแต่ประชาคมหมู่บ้านถึงเงินที่จ่ายจริง

    Integrated area-based development planning, from the village forum to the baht spent.
    """


def main() -> None:
    """Run the command line; what nobody foresaw is a sentence and a file for the makers, never a stack trace."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        prasan(prog_name="prasan")
    except Exception as problem:
        click.echo(_apology(problem), err=True)
        sys.exit(1)


def _apology(problem: Exception) -> str:
    """What happened in a sentence; the trace goes into a file of the data folder."""
    if "database is locked" in str(problem):
        return (
            "ฐานข้อมูลกำลังถูกใช้โดยอีกคำสั่งหนึ่ง ไม่มีอะไรถูกบันทึกครึ่งทาง โปรดลองใหม่เมื่อคำสั่งนั้นเสร็จ\n"
            "The database is in use by another command; nothing was half saved. Try again when that one is done."
        )
    from prasan import env

    said = str(problem).strip().partition("\n")[0] or type(problem).__name__
    trace = env.HOME / "error.log"
    try:
        env.HOME.mkdir(parents=True, exist_ok=True)
        trace.write_text(traceback.format_exc(), encoding="utf-8", errors="replace")
        where = str(trace)
    except OSError:
        where = "–"
    return (
        f"ทำต่อไม่ได้: {said}\nรายละเอียดสำหรับผู้ดูแลอยู่ที่ {where}\n"
        f"This could not be done: {said}\nDetails for the maintainers: {where}"
    )
