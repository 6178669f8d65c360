"""What the queue of pairs is sorted and asked by, kept on the pair; pairs that are there already are filled."""

import datetime
import os

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce

CHUNK = 1_000


def fill(apps, schema_editor):
    Pair = apps.get_model("integration", "Pair")
    last = 0
    while True:
        pairs = list(
            Pair.objects.filter(pk__gt=last)
            .select_related("first__owner__area", "second__owner__area", "first__area", "second__area")
            .order_by("pk")[:CHUNK]
        )
        if not pairs:
            return
        last = pairs[-1].pk
        amounts = _amounts(apps, {side.pk for pair in pairs for side in (pair.first, pair.second)})
        for pair in pairs:
            _fill_one(apps, pair, amounts)
        Pair.objects.bulk_update(
            pairs,
            [
                "is_open", "at_stake_satang", "first_place", "second_place", "first_owner", "second_owner",
                "owner_key",
            ],
            batch_size=200,
        )


def check_now(apps, schema_editor):
    """PostgreSQL alters no table while checks of its rows are put off to the end of the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _amounts(apps, ids):
    sums = {}
    rows = apps.get_model("projects", "ProjectYear").objects.filter(
        project__in=ids, kind__in=("PLANNED", "BUDGETED"), span="IN"
    )
    for project, kind, satang in rows.values_list("project_id", "kind", "amount_satang"):
        sums.setdefault(project, {}).setdefault(kind, 0)
        sums[project][kind] += satang
    return {pk: kinds["PLANNED"] if "PLANNED" in kinds else kinds["BUDGETED"] for pk, kinds in sums.items()}


def _fill_one(apps, pair, amounts):
    first, second = pair.first, pair.second
    pair.first_place, pair.second_place = (_code_of(apps, side.area or side.owner.area) for side in (first, second))
    known = [amounts[side.pk] for side in (first, second) if side.pk in amounts]
    pair.at_stake_satang = min(known) if len(known) == 2 else None
    pair.first_owner, pair.second_owner = first.owner, second.owner
    pair.owner_key = (first.owner.sort_key or first.owner.name_key)[:200]
    apart = first.withdrawn_at is None and second.withdrawn_at is None and _stands_as(first) != _stands_as(second)
    pair.is_open = pair.decision == "WAITING" and apart


def _code_of(apps, place):
    """The code of a place; of one with a code of our own that of the place its parts share."""
    if place is None or place.code.isdecimal():
        return place.code if place else ""
    closure = apps.get_model("areas", "AreaClosure").objects.filter(valid_to=datetime.date.max)
    inner = closure.filter(ancestor=place).values_list("descendant__code", flat=True)
    shared = os.path.commonprefix([code for code in inner if code.isdecimal()])
    if shared:
        return shared[: len(shared) // 2 * 2]
    outer = closure.filter(descendant=place).order_by("depth").values_list("ancestor__code", flat=True)
    return next((code for code in outer if code.isdecimal() and len(code) > 1), "")


def _stands_as(project):
    while project.merged_into is not None:
        project = project.merged_into
    return project.pk


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_alter_body_kind"),
        ("areas", "0001_initial"),
        ("integration", "0002_changerecommendation"),
        ("projects", "0002_project_work_ends_before_project_work_starts_on_and_more"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="pair", name="integration_decisio_941dd5_idx"),
        migrations.AddField("pair", "is_open", models.BooleanField(default=True)),
        migrations.AddField("pair", "at_stake_satang", models.BigIntegerField(null=True)),
        migrations.AddField("pair", "first_place", models.CharField(blank=True, db_index=True, max_length=20)),
        migrations.AddField("pair", "second_place", models.CharField(blank=True, db_index=True, max_length=20)),
        migrations.AddField(
            "pair",
            "first_owner",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.body"),
        ),
        migrations.AddField(
            "pair",
            "second_owner",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.body"),
        ),
        migrations.AddField("pair", "owner_key", models.CharField(blank=True, max_length=200)),
        migrations.AddField(
            "pair",
            "stake_rank",
            models.GeneratedField(
                db_persist=True,
                expression=Coalesce("at_stake_satang", models.Value(-1)),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AddIndex("pair", models.Index(fields=["is_open", "stake_rank", "id"], name="pair_queue_by_money")),
        migrations.AddIndex("pair", models.Index(fields=["is_open", "probability", "id"], name="pair_queue_by_likelihood")),
        migrations.AddIndex("pair", models.Index(fields=["is_open", "first_place", "id"], name="pair_queue_by_place")),
        migrations.AddIndex("pair", models.Index(fields=["is_open", "owner_key", "id"], name="pair_queue_by_owner")),
        migrations.AddIndex("pair", models.Index(fields=["is_open", "verdict", "stake_rank", "id"], name="pair_queue_by_verdict")),
        migrations.AddIndex("pair", models.Index(fields=["decision", "stake_rank", "id"], name="pair_decided_by_money")),
        migrations.AddIndex("pair", models.Index(fields=["stake_rank", "id"], name="pair_by_money")),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(check_now, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "pair",
            models.CheckConstraint(
                condition=models.Q(is_open=False) | models.Q(decision="WAITING"), name="pair_open_is_undecided"
            ),
        ),
    ]
