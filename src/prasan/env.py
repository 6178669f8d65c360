"""What the environment says: the only place that reads environment variables."""

import os
import secrets
from pathlib import Path

import dj_database_url

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout this package runs from."""

HOME = Path(os.environ.get("PRASAN_HOME", "var")).resolve()
"""Folder of everything this installation keeps: database, originals of uploads, secret key."""


KEPT = 60
"""Seconds that a connection to the database is kept open."""

ASKED_OFTEN = 5
"""How often PostgreSQL is asked a question before a connection keeps its plan."""


def database() -> dict[str, object]:
    """The database of `PRASAN_DATABASE_URL`, or the embedded SQLite file under `PRASAN_HOME`."""
    url = os.environ.get("PRASAN_DATABASE_URL") or f"sqlite:///{HOME / 'prasan.sqlite3'}"
    # Kept from page to page: to a new one PostgreSQL gives a process that knows nothing yet, and SQLite reads again.
    parsed = dj_database_url.parse(url, conn_max_age=KEPT, conn_health_checks=True)
    config: dict[str, object] = dict(parsed)
    if str(config["ENGINE"]).endswith("sqlite3"):
        # Immediate transactions and WAL: writers queue instead of failing when two officers act at once.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
        }
    else:  # planned once where they are bound by the server (projects.queries.statements); Django's own never are
        config["OPTIONS"] = {"prepare_threshold": ASKED_OFTEN, **parsed.get("OPTIONS", {})}
    return config


def secret_key() -> str:
    """`PRASAN_SECRET_KEY`, or a key made once and kept readable by its owner only."""
    given = os.environ.get("PRASAN_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def hosts() -> list[str]:
    """Names this server answers to (`PRASAN_HOSTS`, comma separated)."""
    return os.environ.get("PRASAN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")


def behind_https() -> bool:
    """Whether a proxy in front speaks HTTPS (`PRASAN_HTTPS=1`)."""
    return os.environ.get("PRASAN_HTTPS", "") == "1"


def demonstration() -> bool:
    """Whether this is the demonstration province, whose sign-ins are shown on the page (`PRASAN_DEMO=1`)."""
    return os.environ.get("PRASAN_DEMO", "") == "1"
