"""Two officers who send the same file at the same moment register it once."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from prasan.accounts import services as accounts
from prasan.exchange import services as exchange
from prasan.exchange.models import Submission
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import AT, operator, plan_sheet
from prasan.projects.models import Project

ROADS = [f"ก่อสร้างถนน คสล. สายที่ {n} หมู่ที่ {n}" for n in range(1, 9)]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's test database lives in memory, where threads cannot queue"
)
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_of_one_file_register_once(tmp_path: Path) -> None:
    operator("56")
    path = tmp_path / "แผน.xlsx"
    write_workbook(path, [plan_sheet(*ROADS)])
    results: list[exchange.ImportResult] = []
    problems: list[BaseException] = []
    ready = threading.Barrier(3)

    def bring() -> None:
        try:
            ready.wait(timeout=10)
            results.append(exchange.import_file(path=path, actor=accounts.system_actor(), at=AT))
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []
    assert sorted(result.known for result in results) == [False, True, True]
    assert {result.registered for result in results} == {8}
    assert Submission.objects.count() == 1
    assert Project.objects.count() == 8
