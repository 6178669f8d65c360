"""What the repository as a whole must and must not hold."""

import re
import subprocess

from django.apps import apps

from tests.architecture.house import PACKAGE, ROOT, django_rooms

# Written in pieces, so that this file does not name what it forbids.
HOSTS = "|".join(["pypi" + r"\.(org|python)", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"])
MACHINE = "|".join(["/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/"])


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_names_a_package_registry_or_a_path_of_somebodys_machine() -> None:
    broken = []
    for name in _tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" in data[:2000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if re.search(HOSTS, line) or re.search(rf"(?<![\w.])({MACHINE})\w", line):
                broken.append(f"{name}:{number}")
    assert broken == []


def test_no_tracked_file_is_large() -> None:
    large = {n: (ROOT / n).stat().st_size for n in _tracked() if (ROOT / n).stat().st_size > 1_500_000}
    assert large == {}


def test_every_model_stands_in_the_glossary() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text()
    missing = [
        model.__name__
        for room in django_rooms()
        for model in apps.get_app_config(room).get_models()
        if f"`{model.__name__}`" not in glossary
    ]
    assert missing == []


def test_what_htmx_fetches_can_be_followed_without_it() -> None:
    broken = []
    for template in sorted(PACKAGE.rglob("templates/**/*.html")):
        for tag in re.findall(r"<[a-z][^>]*\bhx-get[^>]*>", template.read_text()):
            if not re.search(r" (href|action|formaction)=", tag):
                broken.append(f"{template.relative_to(PACKAGE)}: {tag[:80]}")
    assert broken == []


def test_locks_pin_every_library_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.M)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
