"""Matching a table with itself, and one pair by itself: the doors of this engine."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.common.errors import Refused
from prasan.matching.arrays import Arrays, Floats, in_order
from prasan.matching.blocking import LEAST_DICE, LEAST_HELD, Meetings
from prasan.matching.extraction import amounts, years_unread
from prasan.matching.features import SHARED_OBJECTS, Compared, feature_columns, measured, related, some_of
from prasan.matching.letters import Ints
from prasan.matching.reading import Reading
from prasan.matching.reasons import REASONS, Reason, reasons_of
from prasan.matching.scoring import Weights, load_weights
from prasan.matching.texts import Cells, column_of, texts_of, values_of
from prasan.matching.verdicts import NOTHING, allowed_probability, left_to_the_score, open_to_words, verdicts

REQUIRED: Final = ("id", "name")
OPTIONAL: Final = ("owner", "agency", "province", "district", "subdistrict", "moo", "amount_thb", "fiscal_year")
Progress = Callable[[int, str], None]

_READ_AT_ONCE: Final = 50_000  # records of which one thread reads the words: more would fill new pages each time
_SCORED_AT_ONCE: Final = 100_000
_BLANKS: Final = " \t\r\n\u00a0"


class UnableToMatch(Refused):
    """The table cannot be matched: missing_column, blank_id, id_twice, amount_not_a_number."""


@dataclass(frozen=True)
class PairScore:
    """The answer for one pair; `verdict` is None when there is nothing to say about it."""

    probability: float
    verdict: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Records:
    """Records in the order of their ids, with everything that pairs are compared by."""

    ids: pl.Series
    said: dict[str, Cells]
    arrays: Arrays

    @classmethod
    def of(cls, frame: pl.DataFrame, *, threads: int = 1) -> "Records":
        """Check and prepare a table of records; raises UnableToMatch."""
        return cls.read(readings(checked_table(frame), threads=threads))

    @classmethod
    def read(cls, parts: list[Reading]) -> "Records":
        """Prepare records that were checked and read."""
        whole = Reading.joined(parts)
        return cls(whole.ids, whole.said, Arrays.of(whole.said, whole.core, whole.whole, whole.entries))

    def meetings(self, threads: int = 1) -> Meetings:
        """Finds the pairs worth scoring."""
        return Meetings(self.arrays, SHARED_OBJECTS, threads)


def readings(checked: pl.DataFrame, *, threads: int = 1) -> list[Reading]:
    """Read a checked table piece by piece, as many at once as there are threads."""
    starts = range(0, max(checked.height, 1), _READ_AT_ONCE)
    return list(_mapped(Reading.of, [checked.slice(start, _READ_AT_ONCE) for start in starts], threads))


def _mapped(work: Callable[[Any], Any], parts: list[Any], threads: int) -> Iterator[Any]:
    if threads == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, parts)


def checked_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that are read, all there, in the order of the ids; raises UnableToMatch."""
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        listed = ", ".join(missing)
        raise UnableToMatch("missing_column", f"ไม่มีคอลัมน์ {listed} ในตาราง", f"the table has no column {listed}")
    if len(blank := texts_of(frame["id"]).stripped(_BLANKS).rows_of("")):
        row = int(blank[0]) + 1
        raise UnableToMatch("blank_id", f"แถวข้อมูลที่ {row} ไม่มี id", f"data row {row} has no id")
    if frame["id"].n_unique() < frame.height:
        twice = frame["id"].filter(frame["id"].is_duplicated())
        shown = str(twice.cast(pl.String).sort().item(0))
        raise UnableToMatch("id_twice", f"id {shown} ซ้ำกันมากกว่าหนึ่งแถว", f"id {shown} stands in more than one row")
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    columns = {name: frame[name] if name in frame.columns else nothing for name in (*REQUIRED, *OPTIONAL)}
    owner, agency = (texts_of(columns[name]).stripped(_BLANKS) for name in ("owner", "agency"))
    lacking = owner.rows_of("")
    columns["owner"] = owner.put(lacking, agency.pick(lacking)).series()
    frame = pl.DataFrame(columns)
    return frame if frame["id"].is_sorted() else frame.sort("id")


def unread_values(frame: pl.DataFrame) -> dict[str, int]:
    """How many cells of amount_thb and fiscal_year say something that is no amount and no Buddhist year.

    Such a value counts as unknown in matching; whoever gave the table should hear of it.
    """
    counts = {}
    for column, unread in (("amount_thb", lambda cells: amounts(cells).is_null()), ("fiscal_year", years_unread)):
        if column in frame.columns:
            said = ~frame[column].cast(pl.String).str.strip_chars().fill_null("").is_in(["", "-"])
            counts[column] = int((said & unread(frame[column])).sum())
    return counts


def score_rows(records: Records, left: Ints, right: Ints, weights: Weights | None = None) -> pl.DataFrame:
    """Score pairs given by row numbers: relations, likeness, probability and verdict, one row a pair."""
    pairs = compared(records, left, right)
    probability, words = weighed(pairs, weights or load_weights())
    return pl.DataFrame(pairs).with_columns(pl.Series("probability", probability), _said(words))


def compared(records: Records, left: Ints, right: Ints) -> Compared:
    """Pairs as `related` and `measured`, with `worth` and `free` (_with_rules)."""
    return _with_rules(related(records.said, records.arrays, left, right) | measured(records.arrays, left, right))


def _with_rules(pairs: Compared) -> Compared:
    """Pairs with `worth` (alike enough to speak of) and `free` (no rule speaks against one work)."""
    pairs = pairs | {"worth": (pairs["dice"] >= LEAST_DICE) | (pairs["held"] >= LEAST_HELD)}
    return pairs | {"free": left_to_the_score(pairs)}


def weighed(pairs: Compared, weights: Weights) -> tuple[Floats, "np.ndarray[Any, Any]"]:
    """Probability and verdict (NOTHING when there is nothing to say) of what `compared` gave, by these weights."""
    probability = weights.probability(feature_columns(pairs), ruled_out=~pairs["free"])
    words = verdicts(pairs, probability, weights.threshold)
    return allowed_probability(pairs, probability, weights.threshold), words


def _said(words: "np.ndarray[Any, Any]") -> pl.Series:
    return pl.Series("verdict", [word or None for word in words.tolist()], dtype=pl.String)


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of rows of which there is something to say, with reasons (REASONS), or None where nobody asked for them."""

    left: Ints
    right: Ints
    probability: Floats
    verdict: "np.ndarray[Any, Any]"
    reasons: Cells | None

    def rows(self) -> Iterator[tuple[int, int, float, str, list[dict[str, str]]]]:
        """Each pair with its reasons: left, right, probability, verdict, reasons."""
        assert self.reasons is not None, "judged without reasons"
        told = (one.tolist() for one in (self.left, self.right, self.probability, self.verdict))
        yield from zip(*told, values_of(self.reasons, np.arange(len(self.left))), strict=True)

    def frame(self) -> pl.DataFrame:
        """The pairs as a table: probability, verdict, left, right and the reasons that were asked for."""
        told = {name: getattr(self, name) for name in ("probability", "verdict", "left", "right")}
        found = pl.DataFrame(told, schema_overrides={"verdict": pl.String})
        return found if self.reasons is None else found.hstack([column_of(self.reasons, REASONS).alias("reasons")])


def judged(
    records: Records, left: Ints, right: Ints, *, weights: Weights | None = None, explain: bool = True
) -> Judged:
    """Those of the pairs (row numbers) of which there is something to say."""
    parts = related(records.said, records.arrays, left, right)
    open_ones = np.flatnonzero(open_to_words(parts))
    left, right = left[open_ones], right[open_ones]
    pairs = _with_rules(some_of(parts, open_ones) | measured(records.arrays, left, right))
    probability, words = weighed(pairs, weights or load_weights())
    kept = np.flatnonzero(words != NOTHING)
    left, right = left[kept], right[kept]
    reasons = reasons_of(some_of(pairs, kept), records.said, left, right) if explain else None
    return Judged(left, right, probability[kept], words[kept], reasons)


def match_table(
    frame: pl.DataFrame,
    *,
    progress: Progress | None = None,
    weights: Weights | None = None,
    threads: int | None = None,
    explain: bool = True,
) -> pl.DataFrame:
    """Likely duplicates, overlaps, continuations and recurring lines of a table of projects.

    Columns read: id, name; when there: owner (or agency), province, district, subdistrict, moo, amount_thb (baht),
    fiscal_year (Buddhist Era; several years may stand in one cell). Gives id_a < id_b, probability (that both are
    the same work), verdict and, unless `explain` is false, reasons, surest first. The same records give the same
    answer in any order and with any number of threads (as many as the machine has when not said).
    Raises UnableToMatch.
    """
    weights, threads = weights or load_weights(), threads or os.cpu_count() or 1
    records = Records.of(frame, threads=threads)
    pairs = match_records(records, weights=weights, threads=threads, explain=explain, progress=progress)
    return named_pairs(records, pairs)


def named_pairs(records: Records, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows as pairs of ids, surest first."""
    ids = records.ids
    pairs = pairs.sort(["probability", "left", "right"], descending=[True, False, False])
    named = pairs.select(ids[pairs["left"]].alias("id_a"), ids[pairs["right"]].alias("id_b"), *pairs.columns)
    return named.drop("left", "right")


def match_records(
    records: Records,
    *,
    weights: Weights,
    threads: int = 1,
    explain: bool = True,
    progress: Progress | None = None,
    among_lost: bool = True,
) -> pl.DataFrame:
    """Pairs of rows (left < right) with probability, verdict and reasons; `among_lost` as in `Meetings.pairs`."""
    count = len(records.arrays)
    codes = [np.empty(0, np.int64)]
    for left, right in records.meetings(threads).pairs(among_lost=among_lost):
        codes.append(in_order(left * count + right))
    distinct = in_order(np.concatenate(codes))
    parts = [distinct[start : start + _SCORED_AT_ONCE] for start in range(0, max(len(distinct), 1), _SCORED_AT_ONCE)]

    def kept(part: Ints) -> pl.DataFrame:
        return judged(records, part // count, part % count, weights=weights, explain=explain).frame()

    found: list[pl.DataFrame] = []
    for pairs in _mapped(kept, parts, threads):
        found.append(pairs)
        if progress:
            progress(sum(map(len, parts[: len(found)])), "pairs")
    return pl.concat(found)


def score_pair(a: Mapping[str, Any], b: Mapping[str, Any], *, weights: Weights | None = None) -> PairScore:
    """Score two records (mappings with the columns of `match_table`; no id is needed); symmetric in the two."""
    columns = (*REQUIRED, *OPTIONAL)
    rows = [{name: _plain(record.get(name)) for name in columns} for record in (a, b)]
    rows[0]["id"], rows[1]["id"] = "1", "2"
    records = Records.of(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)))
    left, right = np.array([0], np.int64), np.array([1], np.int64)
    pairs = compared(records, left, right)
    probability, words = weighed(pairs, weights or load_weights())
    reasons = reasons_of(pairs, records.said, left, right)
    return PairScore(float(probability[0]), str(words[0]) or None, tuple(reasons[0]))


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
