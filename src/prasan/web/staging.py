"""Uploaded files between the check and the registering: kept for a day, seen by who sent them only."""

import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEPT_SECONDS = 24 * 60 * 60
BATCH = re.compile(r"[A-Za-z0-9_-]{16,64}")


def keep(files: Iterable["UploadedFile[bytes]"], *, user_id: int) -> str:
    """Keep the files of one upload and give the name to find them by; older uploads are swept away."""
    _sweep()
    batch = secrets.token_urlsafe(18)
    folder = _folder(batch, user_id)
    folder.mkdir(parents=True, mode=0o700)
    for number, file in enumerate(files, start=1):
        # Each file has its own folder, so that two of one name do not overwrite each other.
        place = folder / str(number)
        place.mkdir()
        with (place / safe_name(file.name or "")).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    return batch


def files_of(batch: str, *, user_id: int) -> list[Path]:
    """The files of an upload in the order sent; none when it is somebody else's or has been swept away."""
    if not BATCH.fullmatch(batch):
        return []
    folder = _folder(batch, user_id)
    return [next(place.iterdir()) for place in sorted(folder.glob("*"), key=lambda p: int(p.name))]


def drop(batch: str, *, user_id: int) -> None:
    """Forget an upload once it is registered."""
    if BATCH.fullmatch(batch):
        shutil.rmtree(_folder(batch, user_id), ignore_errors=True)


def safe_name(name: str) -> str:
    """The file's own name without anything a path could be made of."""
    cleaned = re.sub(r"[\x00-\x1f/\\:]", "_", name).strip(". ")
    return cleaned[-120:] or "file"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "waiting"


def _folder(batch: str, user_id: int) -> Path:
    return _root() / str(user_id) / batch


def _sweep() -> None:
    limit = time.time() - KEPT_SECONDS
    for folder in _root().glob("*/*"):
        if folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
