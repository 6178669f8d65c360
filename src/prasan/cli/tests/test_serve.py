"""`prasan serve` answers soon, stops cleanly on Ctrl-C, and says plainly when its port is taken."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from click.testing import CliRunner

from prasan.cli.serve import command

SERVE = "import django; django.setup(); from prasan.cli.serve import serve; serve(host='127.0.0.1', port={port})"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_server_answers_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    source = str(Path(__file__).resolve().parents[3])
    environment = {
        **os.environ,
        "PYTHONPATH": source,
        "PRASAN_HOME": str(tmp_path),
        "PRASAN_SECRET_KEY": "x" * 50,
        "PRASAN_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "prasan.settings",
    }
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(port=port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        # The sign-in page needs no table, so that this test needs no migration.
        assert _answer(f"http://127.0.0.1:{port}/sign-in/") == 200
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=15)
    finally:
        server.kill()
    assert server.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said.decode()
    assert "Traceback" not in said.decode()


def _answer(address: str) -> int:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no answer within 30 seconds")


def test_a_taken_port_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(command, ["--port", str(port)])
    assert result.exit_code == 2
    assert f"port {port} is taken" in result.output
