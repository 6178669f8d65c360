"""A register that was kept before numbers counted by office and year goes on where it stood."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.cast import cast, moment

BEFORE, AFTER = [("letters", "0001_initial")], [("letters", "0005_register_constraints")]


@pytest.mark.django_db(transaction=True)
def test_old_numbers_move_to_the_register_of_their_office():
    stage = cast()
    to_old = MigrationExecutor(connection)
    to_old.migrate(BEFORE)
    old = to_old.loader.project_state(BEFORE).apps
    letter, sequence = old.get_model("letters", "Letter"), old.get_model("letters", "LetterSequence")
    office, committee = stage.province_office.pk, stage.provincial_committee.pk
    kept = (
        (office, "พย๐๐๑๗.๒/12", dt.date(2025, 9, 10)),
        (committee, "พย 0017.2/12", dt.date(2025, 9, 11)),  # given twice: the committee counted apart
        (committee, "พย 0017.2/ว 0342", dt.date(2025, 9, 11)),
        (office, "ตามที่พิมพ์", dt.date(2025, 9, 12)),
        (office, "พย 0017.2/3", dt.date(2026, 1, 5)),
    )
    made = [
        letter.objects.create(
            sender_id=sender, number=number, dated_on=day, fiscal_year=2569, subject="ส่งแผน", body="ด้วย…",
            state="DISPATCHED", created_by_id=stage.prasit.pk, created_at=moment(0), dispatched_at=moment(1),
        ).pk
        for sender, number, day in kept
    ]  # fmt: skip
    sequence.objects.create(sender_id=office, prefix="พย๐๐๑๗.๒", circular=False, year=2568, last=12)

    to_new = MigrationExecutor(connection)
    to_new.migrate(to_new.loader.graph.leaf_nodes())
    new = to_new.loader.project_state(AFTER).apps
    letter, sequence = new.get_model("letters", "Letter"), new.get_model("letters", "LetterSequence")
    told = {one.pk: (one.register_id, one.number, one.number_year) for one in letter.objects.all()}
    assert [told[pk] for pk in made] == [
        (office, "พย 0017.2/12", 2568),
        (office, "พย 0017.2/12 (2)", 2568),
        (office, "พย 0017.2/ว 0342", 2568),
        (office, "ตามที่พิมพ์", 2568),
        (office, "พย 0017.2/3", 2569),
    ]
    last = {(one.register_id, one.prefix, one.circular, one.year): one.last for one in sequence.objects.all()}
    assert last == {
        (office, "พย 0017.2", False, 2568): 12,
        (office, "พย 0017.2", True, 2568): 342,
        (office, "พย 0017.2", False, 2569): 3,
    }
