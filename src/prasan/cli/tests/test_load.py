"""`prasan load` and `prasan user`: exit codes, machine output, and what a person reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cast import cast

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.cli.load import command as load
from prasan.cli.user import command as user
from prasan.integration.models import Pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects.queries import nearby
from prasan.projects.testing import make_project

VILLAGES = (
    "code,subdistrict_code,moo,kind,name_th\n"
    "56011401,560114,1,village,บ้านร่องไฮ\n"
    "56011402,560114,{},village,บ้านแม่ใสกลาง\n"
)

pytestmark = pytest.mark.django_db


def test_a_register_loads_with_exit_code_0_and_a_second_time_without_change(tmp_path: Path):
    path = tmp_path / "villages.csv"
    path.write_text(VILLAGES.format(2), encoding="utf-8")
    first = CliRunner().invoke(load, ["areas", str(path), "--json"])
    again = CliRunner().invoke(load, ["areas", str(path), "--json"])
    assert (first.exit_code, again.exit_code) == (0, 0)
    (file,) = json.loads(first.stdout)["files"]
    assert (file["file"], file["kind"], file["created"], file["findings"]) == ("villages.csv", "villages", 2, [])
    assert json.loads(again.stdout)["files"][0]["unchanged"] == 2


def test_a_row_that_does_not_fit_makes_the_exit_code_1_and_is_shown_in_both_languages(tmp_path: Path):
    path = tmp_path / "villages.csv"
    path.write_text(VILLAGES.format(9), encoding="utf-8")
    result = CliRunner().invoke(load, ["areas", str(path)])
    assert result.exit_code == 1
    assert "✗ แถว / row 3 · moo: รหัส 56011402 ไม่ตรงกับตำบล 560114 หมู่ที่ 9 / The code" in result.stdout
    assert Area.objects.filter(level="VILLAGE").count() == 1


def test_local_governments_load_with_their_territories(tmp_path: Path):
    path = tmp_path / "laos.csv"
    path.write_text(
        "lao_code,lao_type,name_th,province_code,district_code\nTAO560114,TAO,อบต.แม่ใส,56,5601\n", encoding="utf-8"
    )
    result = CliRunner().invoke(load, ["bodies", str(path)])
    assert (result.exit_code, Body.objects.get().area.code) == (0, "LAO-TAO560114")


@pytest.mark.parametrize(
    ("what", "text", "place"),
    [
        ("areas", "code,parent_code,level,name_th\n560114,5601,subdistrict,แม่ใสเหนือ\n", "560114"),
        ("bodies", "lao_code,lao_type,name_th,province_code,district_code\nTAO560114,TAO,อบต.แม่ใส,56,5601\n", "5601"),
    ],
)
def test_projects_and_their_pairs_follow_what_a_register_says_of_their_place(
    what: str, text: str, place: str, tmp_path: Path
):
    stage = cast()
    make_pair(make_project(owner=stage.sao, area=None), make_project(owner=stage.sao, area=stage.district))
    path = tmp_path / "register.csv"
    path.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(load, [what, str(path)]).exit_code == 0
    assert nearby.misplaced() == []
    assert CliRunner().invoke(load, [what, str(path)]).exit_code == 0
    assert Entry.objects.get(act="projects.refresh_sketches").data == {"projects": 1}
    assert Pair.objects.get().first_place == place


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path):
    assert CliRunner().invoke(load, ["areas", str(tmp_path / "absent.csv")]).exit_code == 2


def test_a_person_is_added_with_a_role_and_listed():
    body = Body.objects.create(code="SAO-560114", kind="SAO", name_th="องค์การบริหารส่วนตำบลแม่ใส")
    added = CliRunner().invoke(
        user,
        ["add", "somchai", "--role", "PLAN_ANALYST", "--body", body.code, "--password-stdin"],
        input="Kwan-Phayao-2569\n",
    )
    assert added.exit_code == 0
    assert User.objects.get(username="somchai").check_password("Kwan-Phayao-2569")
    assert "องค์การบริหารส่วนตำบลแม่ใส (SAO-560114)" in added.stdout
    listed = json.loads(CliRunner().invoke(user, ["list", "--json"]).stdout)["users"]
    assert [(one["username"], one["can_sign_in"], one["roles"][0]["role"]) for one in listed] == [
        ("somchai", True, "PLAN_ANALYST")
    ]


def test_a_person_without_a_password_is_told_so():
    assert "no password yet" in CliRunner().invoke(user, ["add", "malee"]).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "somchai", "--role", "CHAIR", "--body", "NOWHERE"],
        ["add", "somchai", "--role", "CHAIR"],
        ["add", "somchai", "--role", "KING", "--body", "NOWHERE"],
        ["add", " "],
    ],
)
def test_wrong_use_exits_with_2_and_adds_nobody(arguments: list[str]):
    assert CliRunner().invoke(user, arguments).exit_code == 2
    assert not User.objects.exclude(username="system").exists()
