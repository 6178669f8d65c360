"""A number counts once a calendar year, a province's bill once a fiscal year; letters are received, not opened."""

from django.db import migrations, models
import django.db.models.deletion
from django.db.models.functions import ExtractYear


def number_years(apps, schema_editor):
    Letter = apps.get_model("letters", "Letter")
    for pk, year in Letter.objects.exclude(number="").values_list("pk", ExtractYear("dated_on")):
        Letter.objects.filter(pk=pk).update(number_year=year + 543)
    # The earliest of two letters with one number keeps it; the later ones say that they are a repetition.
    seen = set()
    for letter in Letter.objects.exclude(number="").order_by("dated_on", "pk"):
        key, n = (letter.sender_id, letter.number, letter.number_year), 2
        while key in seen:
            key, n = (letter.sender_id, f"{letter.number} ({n})", letter.number_year), n + 1
        seen.add(key)
        if key[1] != letter.number:
            Letter.objects.filter(pk=letter.pk).update(number=key[1])


def bill_years(apps, schema_editor):
    Addressee = apps.get_model("letters", "LetterAddressee")
    seen = set()
    sent = Addressee.objects.filter(letter__catalogue="BILL", letter__state="DISPATCHED", body__kind="PROVINCE")
    for pk, body, year in sent.order_by("pk").values_list("pk", "body", "letter__fiscal_year"):
        if (body, year) not in seen:
            Addressee.objects.filter(pk=pk).update(bill_year=year)
            seen.add((body, year))


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0001_initial"),
        ("cycles", "0002_calendarfeed_cycleevent_gatedecision_stepexception_and_more"),
    ]

    operations = [
        migrations.AddField("letter", "secrecy", models.CharField(
            choices=[("NONE", "ไม่มีชั้นความลับ"), ("CONFIDENTIAL", "ลับ"), ("SECRET", "ลับมาก"), ("TOP_SECRET", "ลับที่สุด")],
            default="NONE", max_length=12)),
        migrations.AddField("letter", "sender_address", models.CharField(blank=True, max_length=300)),
        migrations.AddField("letter", "number_year", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("letter", "step", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="cycles.cyclestep")),
        migrations.RenameField("letter", "override_reason", "addressees_reason"),
        migrations.AddField("letter", "collection_reason", models.TextField(blank=True)),
        migrations.RenameField("letteraddressee", "opened_at", "received_at"),
        migrations.RenameField("letteraddressee", "opened_by", "received_by"),
        migrations.AddField("letteraddressee", "received_number", models.CharField(blank=True, max_length=40)),
        migrations.AddField("letteraddressee", "bill_year", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(number_years, migrations.RunPython.noop),
        migrations.RunPython(bill_years, migrations.RunPython.noop),
    ]
