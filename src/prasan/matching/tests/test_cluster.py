"""On a cluster the pairs are those of one machine, also where a machine dies in the middle."""

import os
import random
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import polars as pl
import pytest

from prasan.matching import match_table
from prasan.matching.cluster import match_on_cluster, processes_here
from prasan.matching.files import UnableToReadTable

PLACES = [
    (province, f"{district}{number}", f"{subdistrict}{letter}")
    for province in ("พะเยา", "เชียงราย", "น่าน", "ลำปาง", "แพร่")
    for number, district in ((1, "ดอก"), (2, "ปง"))
    for letter, subdistrict in (("ก", "แม่"), ("ข", "บ้าน"))
]
WORKS = ("ก่อสร้างถนน คสล. สาย{}", "ขุดลอกลำห้วย{}", "ก่อสร้างรางระบายน้ำ ซอย {}", "ติดตั้งไฟฟ้าสาธารณะ สาย{}", "ก่อสร้างฝาย{}")
NAMES = ("หนองบัว", "ร่องคำ", "สันกลาง", "ทุ่งยาว", "ป่าแดด", "ดงเจน", "แม่ใส", "ห้วยลาน", "ศรีถ้อย", "บ่อแฮ้ว")


def lines(count: int) -> pl.DataFrame:
    """Lines of five provinces; a third is said twice, sometimes without its district, sometimes without any place."""
    luck, rows = random.Random(7), []
    for _ in range(count):
        place, name = luck.choice(PLACES), luck.choice(NAMES)
        work = luck.choice(WORKS).format(name) + f" บ้าน{luck.choice(NAMES)} หมู่ที่ {luck.randint(1, 12)}"
        amount, year = luck.randint(50, 900) * 1000, luck.randint(2566, 2569)
        rows.append((work, f"อบต.{place[2]}", *place, amount, year))
        if luck.random() < 0.4:
            known = luck.choice((place, place, (place[0], "", ""), ("", "", "")))
            rows.append((f"โครงการ{work}", f"อบต.{place[2]}", *known, amount, year))
        if luck.random() < 0.1:  # an office of all provinces that says twice what has no place
            rows += [(said, f"อบต.{place[2]}", "", "", "", amount, year) for said in (f"งาน{work}", f"{work} 1 แห่ง")]
    names = ["name", "owner", "province", "district", "subdistrict", "amount_thb", "fiscal_year"]
    return pl.DataFrame(rows, schema=names, orient="row").with_row_index("id")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two processes of a local cluster, each a worker that is started again when it dies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a taken port of a dashboard that nobody opens
        with processes_here(2) as cluster, distributed.Client(cluster) as client:
            yield client


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "lines.parquet"
    lines(900).with_columns(pl.col("id").cast(pl.Int64)).write_parquet(path)
    return path


@pytest.mark.filterwarnings("ignore")
def test_provinces_apart_give_the_pairs_of_one_machine(client: Any, table: Path, tmp_path: Path):
    alone = match_table(pl.read_parquet(table))
    together = match_on_cluster(client, table, tmp_path, records_of_a_task=250)
    assert len(list(tmp_path.glob("pairs-*.parquet"))) > 3
    assert together.equals(alone)
    nowhere = pl.read_parquet(table).filter(pl.col("province") == "")["id"]
    crossing = together.filter(pl.col("id_a").is_in(nowhere.implode()) ^ pl.col("id_b").is_in(nowhere.implode()))
    assert crossing.height > 10  # a pair of a record without a place and one in a province is not lost at the border


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("count", [0, 60])
def test_a_table_whose_records_all_name_a_province_is_matched_too(client: Any, tmp_path: Path, count: int):
    placed = lines(count).with_columns(pl.col("id").cast(pl.Int64)).filter(pl.col("province") != "")
    placed.write_parquet(tmp_path / "placed.parquet")
    together = match_on_cluster(client, tmp_path / "placed.parquet", tmp_path)
    assert together.equals(match_table(placed))
    assert (together.height > 0) == (count > 0)


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_loses_no_pair(client: Any, table: Path, tmp_path: Path):
    alone, killed = match_table(pl.read_parquet(table)), threading.Event()

    def kill_one_at_work() -> None:
        pids = client.run(os.getpid)
        while not killed.is_set():
            busy = [address for address, tasks in client.processing().items() if tasks]
            if busy:
                os.kill(pids[busy[0]], signal.SIGKILL)
                killed.set()
            time.sleep(0.005)

    killer = threading.Thread(target=kill_one_at_work)
    killer.start()
    together = match_on_cluster(client, table, tmp_path, records_of_a_task=150)
    assert killed.wait(timeout=1)
    killer.join()
    assert together.equals(alone)


def test_a_table_with_one_id_twice_is_refused_before_anybody_works(tmp_path: Path):
    path = tmp_path / "twice.parquet"
    pl.DataFrame({"id": [1, 2, 1], "name": ["ก", "ข", "ค"]}).write_parquet(path)
    with pytest.raises(UnableToReadTable, match="more than one row"):
        match_on_cluster(None, path, tmp_path)
