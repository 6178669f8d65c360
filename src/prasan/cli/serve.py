"""`prasan serve`: the pages on this machine, until Ctrl-C."""

import errno
import os
import socket
from pathlib import Path

import click
from django.conf import settings


@click.command(name="serve", help="เปิดหน้าเว็บบนเครื่องนี้ หยุดด้วย Ctrl-C / serve the pages; stop with Ctrl-C")
@click.option("--host", default="127.0.0.1", show_default=True, help="ที่อยู่ที่รับการเชื่อมต่อ")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="พอร์ต")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="จำนวนโปรเซส")
def command(host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    serve(host=host, port=port, workers=workers)


def serve(*, host: str, port: int, workers: int = 1) -> None:
    """Serve the pages until Ctrl-C; refuses at once, in words, when the port is taken."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _check_port(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    click.echo(f"เปิดใช้งานที่ / serving at http://{shown}:{port}/  (หยุดด้วย / stop with Ctrl-C)")
    server = Granian(
        "prasan.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # SQLite writes one at a time; more threads would only wait for each other.
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
    )
    server.serve()


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise click.UsageError(
                f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่นด้วย --port / port {port} is taken; choose another with --port"
            ) from None
        raise click.UsageError(f"เปิดที่ {host}:{port} ไม่ได้ / cannot listen: {problem.strerror}") from None
