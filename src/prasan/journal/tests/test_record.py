"""The journal grows only at its end, and a rewritten past shows."""

import datetime as dt
import threading
from dataclasses import dataclass

import pytest
from django.db import close_old_connections, connection, transaction

from prasan.journal import services as journal
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@dataclass
class Officer:
    """Whoever acts; the journal needs no people."""

    pk: int | None
    name: str

    def __str__(self) -> str:
        return self.name


SOMCHAI = Officer(7, "สมชาย")


def write(number: int) -> Entry:
    return journal.record(at=AT, actor=SOMCHAI, act="tests.write", subject_code=f"N{number}", data={"n": number})


@pytest.mark.django_db
def test_each_entry_is_chained_to_the_one_before_it():
    first, second = write(1), write(2)
    assert (first.previous_hash, second.previous_hash) == (journal.GENESIS, first.hash)
    assert journal.verify_chain() is None


@pytest.mark.django_db
def test_many_acts_at_once_are_chained_like_single_ones():
    write(1)
    journal.record_many(
        at=AT, actor=SOMCHAI, entries=[journal.Line("tests.write", subject_code=f"M{n}") for n in range(600)]
    )
    write(2)
    assert (Entry.objects.count(), journal.verify_chain()) == (602, None)


@pytest.mark.django_db
def test_an_entry_keeps_who_when_what_and_the_subject_as_it_was():
    subject = write(1)
    entry = journal.record(
        at=AT, actor=SOMCHAI, act="tests.look", subject=subject, subject_code="N1", data={"เหตุผล": "ตรวจ", "ok": True}
    )
    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.at, kept.actor_id, kept.actor_label) == (AT, 7, "สมชาย")
    assert (kept.act, kept.subject_kind, kept.subject_id, kept.subject_code) == (
        "tests.look",
        "Entry",
        subject.pk,
        "N1",
    )
    assert kept.data == {"เหตุผล": "ตรวจ", "ok": True}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"data": {"n": 99}},
        {"actor_label": "สมหญิง"},
        {"actor_id": 8},
        {"at": AT + dt.timedelta(seconds=1)},
        {"subject_code": "N9"},
        {"act": "tests.other"},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_rewritten_entry_is_found(change: dict[str, object]):
    entries = [write(number) for number in range(5)]
    Entry.objects.filter(pk=entries[2].pk).update(**change)
    assert journal.verify_chain() in {entries[2].pk, entries[3].pk}


@pytest.mark.django_db
def test_a_removed_entry_is_found_by_the_one_behind_it():
    entries = [write(number) for number in range(5)]
    Entry.objects.filter(pk=entries[2].pk).delete()
    assert journal.verify_chain() == entries[3].pk


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_entry():
    write(1)

    @transaction.atomic
    def act() -> None:
        write(2)
        raise RuntimeError("the act failed after its entry")

    with pytest.raises(RuntimeError):
        act()
    assert (Entry.objects.count(), journal.verify_chain()) == (1, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_officers_who_write_at_once_make_one_chain_without_forks():
    start = threading.Barrier(8)
    problems: list[Exception] = []

    def officer(number: int) -> None:
        try:
            start.wait()
            for step in range(15):
                with transaction.atomic():
                    write(number * 100 + step)
        except Exception as problem:  # told to the test below
            problems.append(problem)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=officer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert (Entry.objects.count(), journal.verify_chain()) == (120, None)
