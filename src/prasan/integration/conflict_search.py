"""Conflicts among many works: the table is read in columns, only works that meet somewhere are compared.

Works meet where they share a key: a moo, village or street of one subdistrict, a numbered road of one district, or
people of one place. So the work grows with the meetings and not with the square of the list.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from prasan.integration.conflict_rules import NONE, ConflictFound, Work, conflicts_between
from prasan.matching.cleaning import spelled_out
from prasan.matching.extraction import extract
from prasan.matching.features import PHYSICAL, PROGRAMME, SIDE
from prasan.matching.texts import texts_of
from prasan.matching.vocabulary import MATERIALS, OBJECTS
from prasan.rulebook import SURFACE, RoadThing, WorkConflictLaw, load_work_conflicts

SCHEMA: Final[dict[str, Any]] = {
    "id": pl.Int64, "owner_id": pl.Int64, "name": pl.String, "target": pl.String, "province": pl.String,
    "district": pl.String, "subdistrict": pl.String, "moo": pl.String, "fiscal_year": pl.Int64,
    "starts_on": pl.Date, "ends_before": pl.Date,
}  # fmt: skip
"""What is asked of every project; places by their Thai names, `moo` as numbers in text, days half-open."""

_NOWHERE: Final = 10**9  # a word that is not said stands behind every other
_MATERIAL_BITS: Final = {name: 1 << bit for bit, name in enumerate(MATERIALS)}
_SEALED: Final = _MATERIAL_BITS["concrete"] | _MATERIAL_BITS["asphalt"]
_UNSEALED: Final = _MATERIAL_BITS["gravel"] | _MATERIAL_BITS["earth"]
_END: Final = r"(?:\s|ตำบล|อำเภอ|จังหวัด|หมู่|บ้าน|ซอย|กว้าง|ยาว|ความยาว|พร้อม|ช่วง|เชื่อม|จาก|ถึง|\d|[(),]|$)"
_STREET: Final = rf"(?:ถนน|ซอย|ตรอก|สาย)(?:สาย)?\s?([ก-๙]{{2,30}}?){_END}"
# Words that follow "ถนน" and name no street.
_NOT_A_STREET: Final = (
    "^(?:คอนกรีต|หม|ลาดยาง|แอสฟ|พารา|ลูกรัง|หินคลุก|ดิน|คันดิน|ภายใน|ใน|สู่|เพื่อ|เข้า|ออก|รอบ|ไป|ที่|ทาง|หลัก|การเกษตร"
    "|พลังงาน|สาธารณะ|พื้นที่|ซึ่ง|และ|ของ)"
)


def search_conflicts(frame: pl.DataFrame, law: WorkConflictLaw | None = None) -> list[ConflictFound]:
    """Every conflict among the works of a table with the columns of SCHEMA, in the order of their ids."""
    law = law or load_work_conflicts()
    table = read_works(frame, law)
    if table.height < 2:
        return []
    pairs = _meetings(table)
    wanted = table.filter(pl.col("id").is_in(pl.concat([pairs["a"], pairs["b"]]).unique().implode()))
    works = {work.id: work for work in works_of(wanted)}
    found = [one for a, b in pairs.iter_rows() for one in conflicts_between(works[a], works[b], law)]
    return sorted(found, key=lambda one: (one.first, one.second, one.kind))


def read_works(frame: pl.DataFrame, law: WorkConflictLaw) -> pl.DataFrame:
    """The works of a table that could stand in somebody's way, with where, when, what and with whom in columns."""
    words = frame.select(pl.concat_str("name", "target", separator=" ", ignore_nulls=True)).to_series()
    spoken = frame.select(*SCHEMA).with_columns(said=spelled_out(texts_of(words)).decoded().series())
    spoken = spoken.filter(pl.col("said").str.contains(_any_word(law)))
    if not spoken.height:
        return spoken
    extra = [pl.lit(None, pl.String).alias(name) for name in ("owner", "amount_thb")]
    table = extract(spoken.with_columns(extra))
    plain = {name: texts_of(table[name]).decoded().series() for name in ("text", "placeless")}
    table = table.with_columns(**plain)
    works = pl.col("works")
    table = _with_thing(table, law).with_columns(
        thing=pl.when((works & PHYSICAL != 0) & (works & SIDE == 0)).then("thing").otherwise(pl.lit("")),
        gathering=(works & PROGRAMME != 0)
        & (works & PHYSICAL == 0)
        & ~pl.col("said").str.contains("|".join(law.not_gatherings)),
        groups=_words_said({group.key: group.words for group in law.groups}),
        streets=_streets(),
    )
    materials = pl.col("materials")
    surface = pl.col("thing").is_in([thing.key for thing in law.things if thing.layer == SURFACE])
    table = table.with_columns(
        sure=~surface | (materials & _SEALED != 0),
        # A road of gravel or earth is graded again where it was dug: nothing is lost.
        thing=pl.when(surface & (materials & _UNSEALED != 0) & (materials & _SEALED == 0))
        .then(pl.lit(""))
        .otherwise("thing"),
        groups=pl.when("gathering").then("groups").otherwise(pl.lit([], pl.List(pl.String))),
        district_place=pl.concat_str("province_bones", pl.lit("/"), "district_bones"),
    )
    return table.filter((pl.col("thing") != "") | (pl.col("groups").list.len() > 0)).with_columns(
        place=_known("subdistrict_bones", pl.concat_str("district_place", pl.lit("/"), "subdistrict_bones")),
        district_place=_known("district_bones", pl.col("district_place")),
    )


def works_of(table: pl.DataFrame) -> Iterator[Work]:
    """The rows of a read table as the values that the rules take."""
    for row in table.iter_rows(named=True):
        yield Work(
            id=row["id"],
            owner=row["owner_id"],
            fiscal_year=row["fiscal_year"],
            starts_on=row["starts_on"],
            ends_before=row["ends_before"],
            place=row["place"],
            district=row["district_place"],
            moos=frozenset(moo for moo in range(1, 63) if row["moo_mask"] >> moo & 1),
            villages=_set(row["village"]),
            streets=_set(row["streets"]),
            sois=_set(row["soi"]),
            roads=_set(row["road"]),
            thing=row["thing"],
            sure=row["sure"],
            gathering=row["gathering"],
            groups=_set(row["groups"]),
        )


def _set(values: Sequence[str] | None) -> frozenset[str]:
    return frozenset(values) if values else NONE


def _known(level: str, key: pl.Expr) -> pl.Expr:
    return pl.when(pl.col(level) != "").then(key).otherwise(pl.lit(""))


def _any_word(law: WorkConflictLaw) -> str:
    """One expression for every word that a work of interest must hold: most of a nation's lines hold none."""
    words = [OBJECTS[thing.object] for thing in law.things if thing.object]
    words += [word for thing in law.things for word in thing.words]
    return "|".join([*words, *(word for group in law.groups for word in group.words)])


def _with_thing(table: pl.DataFrame, law: WorkConflictLaw) -> pl.DataFrame:
    """What the line is about: the kind of object named first, so that "drain beside the road" is a drain."""
    text = pl.col("text")
    places = {thing.key: _place_of_thing(text, thing) for thing in law.things}
    first = pl.min_horizontal(*(_place_of(text, words) for words in OBJECTS.values()), *places.values())
    table = table.with_columns(first_named=first, **{f"at_{key}": at for key, at in places.items()})
    chosen = pl.lit("")
    # The last of these asked wins, so they are asked from the last to the first of the file.
    for thing in reversed(law.things):
        at = pl.col(f"at_{thing.key}")
        named_first = (at < _NOWHERE) & (at <= pl.col("first_named"))
        chosen = pl.when(named_first).then(pl.lit(thing.key)).otherwise(chosen)
    return table.with_columns(thing=chosen)


def _place_of_thing(text: pl.Expr, thing: RoadThing) -> pl.Expr:
    """Where a thing is named: its object and, where it has words of its own, one of these too."""
    said = [OBJECTS[thing.object]] if thing.object else []
    said += ["|".join(thing.words)] if thing.words else []
    places = [_place_of(text, words) for words in said]
    return pl.when(pl.max_horizontal(*places) < _NOWHERE).then(pl.min_horizontal(*places)).otherwise(_NOWHERE)


def _place_of(text: pl.Expr, words: str) -> pl.Expr:
    """Where the first of these words stands, in bytes; _NOWHERE where none does."""
    return text.str.find(words).cast(pl.Int64).fill_null(_NOWHERE)


def _words_said(words: dict[str, tuple[str, ...]]) -> pl.Expr:
    found = [
        pl.when(pl.col("said").str.contains("|".join(those))).then(pl.lit(key)).otherwise(None)
        for key, those in words.items()
    ]
    return pl.concat_list(*found).list.drop_nulls()


def _streets() -> pl.Expr:
    names = pl.col("placeless").str.extract_all(_STREET).list.eval(pl.element().str.extract(_STREET, 1))
    return (
        names.list.eval(pl.element().filter(~pl.element().str.contains(_NOT_A_STREET))).list.drop_nulls().list.unique()
    )


def _meetings(table: pl.DataFrame) -> pl.DataFrame:
    """Pairs of ids (a < b) of works of two owners that share a key and are not years apart."""
    keys = pl.concat([*_road_keys(table), *_people_keys(table)])
    keys = keys.join(table.select("id", "owner_id", "fiscal_year", "starts_on"), on="id")
    met = keys.join(keys, on="key", suffix="_b").filter(
        (pl.col("id") < pl.col("id_b")) & (pl.col("owner_id") != pl.col("owner_id_b"))
    )
    return met.select(pl.col("id").alias("a"), pl.col("id_b").alias("b")).unique().sort("a", "b")


def _road_keys(table: pl.DataFrame) -> Iterator[pl.DataFrame]:
    roads = table.filter(pl.col("thing") != "")
    here = roads.filter(pl.col("place") != "")
    moos = here.with_columns(
        part=pl.concat_list(
            *(pl.when(pl.col("moo_mask") // (1 << n) % 2 == 1).then(pl.lit(n)).otherwise(None) for n in range(1, 63))
        ).list.drop_nulls()
    ).with_columns(part=pl.col("part").cast(pl.List(pl.String)))
    yield _keyed(moos, "moo", "place", "part")
    for kind, column in (("village", "village"), ("street", "streets")):
        yield _keyed(here, kind, "place", column)
    yield _keyed(roads.filter(pl.col("district_place") != ""), "road", "district_place", "road")


def _people_keys(table: pl.DataFrame) -> Iterator[pl.DataFrame]:
    people = table.filter(pl.col("groups").list.len() > 0)
    yield _keyed(people.filter(pl.col("place") != ""), "group", "place", "groups")
    # What is held for a whole district meets everything of that group in it.
    wide = people.filter((pl.col("place") == "") & (pl.col("district_place") != ""))
    inside = people.filter(pl.col("district_place").is_in(wide["district_place"].unique().implode()))
    yield _keyed(inside, "district", "district_place", "groups")


def _keyed(table: pl.DataFrame, kind: str, place: str, column: str) -> pl.DataFrame:
    parts = table.select("id", place, pl.col(column).alias("part")).explode("part").drop_nulls("part")
    return parts.select("id", key=pl.concat_str(pl.lit(f"{kind}|"), place, pl.lit("|"), "part"))
