"""`prasan afp` as an officer types it: the rounds, the papers of one, and wrong use."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document
from tests.cast import cast, moment

from prasan.afp import services as afp
from prasan.afp.models import AfpRound
from prasan.cli.afp import command

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> AfpRound:
    stage = cast()
    return afp.open_round(
        body=stage.district_office, fiscal_year=2569, guideline_set="knp_2545", actor=stage.system, at=moment(1)
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_the_rounds_are_listed_for_people_and_for_programs(opened: AfpRound):
    assert "2569  OPEN" in run("list").output
    (one,) = json.loads(run("list", "--json").output)
    assert (one["number"], one["fiscal_year"], one["state"]) == (opened.pk, 2569, "OPEN")


def test_a_round_is_written_as_a_workbook_and_as_a_word_document(opened: AfpRound, tmp_path: Path):
    book, paper = tmp_path / "afp.xlsx", tmp_path / "afp.docx"
    assert run("export", str(opened.pk), "-o", str(book)).exit_code == 0
    assert run("export", str(opened.pk), "-o", str(paper)).exit_code == 0
    assert len(openpyxl.load_workbook(book).sheetnames) >= 8
    assert Document(str(paper)).paragraphs


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "999", "-o", "a.xlsx"), "no AFP round 999"),
        (("export", "{round}", "-o", "a.pdf"), "must end in .xlsx or .docx"),
        (("export", "{round}", "-o", "nowhere/a.xlsx"), "cannot write"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(opened: AfpRound, tmp_path: Path, words: tuple[str, ...], said: str):
    *start, name = (word.replace("{round}", str(opened.pk)) for word in words)
    done = run(*start, str(tmp_path / name))
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert said in done.output
