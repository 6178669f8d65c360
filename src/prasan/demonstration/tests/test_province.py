"""The demonstration province is whole, repeatable and honest about what is made up."""

import hashlib
from pathlib import Path

from prasan.demonstration.province import make_province
from prasan.demonstration.workbooks import write_province


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in write_province(folder)}


def test_the_same_province_comes_out_every_time_to_the_byte(tmp_path: Path) -> None:
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")


def test_every_district_of_kalasin_has_villages_and_every_village_asked_something() -> None:
    tambons = make_province()
    assert len({tambon.code[:4] for tambon in tambons}) == 18
    assert 180 <= sum(len(tambon.villages) for tambon in tambons) <= 240
    for tambon in tambons:
        assert {ask.village.moo for ask in tambon.asks} == {village.moo for village in tambon.villages}


def test_an_ask_is_taken_or_passed_up_never_both_and_some_are_left_for_the_district() -> None:
    for tambon in make_province():
        assert not {id(a) for a in tambon.taken} & {id(a) for a in tambon.over}
    left = sum(len(t.asks) - len(t.taken) - len(t.over) for t in make_province())
    assert left > 100


def test_departments_list_some_projects_of_the_local_governments_in_other_words() -> None:
    listed = [ask for tambon in make_province() for ask in tambon.listed]
    assert len(listed) > 40
    assert all(ask.work.agency for ask in listed)
