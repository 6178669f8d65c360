"""A number counts in a register: a committee has none of its own, its office numbers for it."""

import re

from django.db import migrations, models
import django.db.models.deletion

# Frozen here: a migration must read old rows the same way for ever, whatever the rooms say later.
OFFICES = {
    "DISTRICT_COMMITTEE": "DISTRICT",
    "DISTRICT_LOCAL_PLAN_COMMITTEE": "DISTRICT",
    "PROVINCIAL_COMMITTEE": "PROVINCE",
    "PROVINCIAL_LOCAL_PLAN_COMMITTEE": "PROVINCE",
    "PROVINCIAL_BOARD": "PROVINCE",
}
NUMBER = re.compile(r"(?P<letters>[ก-ฮ]{1,6}\.?) ?(?P<code>\d+(?:\.\d+)*)?/ ?(?P<circular>ว ?)?(?P<running>\d{1,6})")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def registers(apps, schema_editor):
    """Each number once in the register and calendar year it counts in, and the register goes on from the highest."""
    Letter, Body = apps.get_model("letters", "Letter"), apps.get_model("agencies", "Body")
    LetterSequence = apps.get_model("letters", "LetterSequence")
    LetterSequence.objects.all().delete()  # they follow from the letters, and were kept for every spelling
    seen, last = set(), {}
    for letter in Letter.objects.exclude(number="").select_related("sender").order_by("dated_on", "pk"):
        office = Body.objects.filter(kind=OFFICES.get(letter.sender.kind, ""), area=letter.sender.area_id).order_by("pk")
        letter.register = office.first() or letter.sender
        parts = NUMBER.fullmatch(" ".join(letter.number.translate(ARABIC).split()))
        if parts is not None:
            prefix, circular = f"{parts['letters']} {parts['code'] or ''}".strip(), parts["circular"] is not None
            letter.number = f"{prefix}/{'ว ' if circular else ''}{parts['running']}"
            key = (letter.register, prefix, circular, letter.number_year)
            last[key] = max(last.get(key, 0), int(parts["running"]))
        # The earliest of two letters with one number keeps it; the later ones say that they are a repetition.
        written, n = letter.number, 2
        while (letter.register, letter.number, letter.number_year) in seen:
            letter.number, n = f"{written} ({n})", n + 1
        seen.add((letter.register, letter.number, letter.number_year))
        letter.save(update_fields=["register", "number"])
    for (register, prefix, circular, year), highest in last.items():
        LetterSequence.objects.create(register=register, prefix=prefix, circular=circular, year=year, last=highest)


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0003_constraints"),
        ("agencies", "0002_alter_body_kind"),
    ]

    operations = [
        migrations.RemoveConstraint("letter", "letter_number_once"),
        migrations.RemoveConstraint("lettersequence", "letter_sequence_once"),
        migrations.RenameField("lettersequence", "sender", "register"),
        migrations.AddField("letter", "register", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.body")),
        migrations.RunPython(registers, migrations.RunPython.noop),
    ]
