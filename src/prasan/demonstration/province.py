"""Draws the province: villages, what each asked, and what became of it at the อบต., the อบจ. and the departments."""

from dataclasses import dataclass, field
from random import Random

import geothai

from prasan.demonstration import facts
from prasan.demonstration.clashes import PLANNED, Planned
from prasan.demonstration.works import Work, draw

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Village:
    moo: int
    name: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of one village, with its size and its cost in baht (0 where the village does it itself)."""

    village: Village
    work: Work
    title: str
    size: str
    baht: int
    year: int


@dataclass(slots=True)
class Tambon:
    """One tambon with its อบต. `taken`, `over` and `listed` hold asks by what became of them."""

    code: str
    name: str
    district: str
    villages: list[Village]
    asks: list[Ask] = field(default_factory=list)
    taken: list[Ask] = field(default_factory=list)  # ผ.02 of the อบต.
    over: list[Ask] = field(default_factory=list)  # ผ.02/2: asked of the อบจ.
    listed: list[Ask] = field(default_factory=list)  # also in a department's list: the deliberate duplicates
    planned: list[Planned] = field(default_factory=list)  # works of several offices that nobody laid side by side

    @property
    def place(self) -> str:
        return f"ตำบล{self.name} อำเภอ{self.district} จังหวัดกาฬสินธุ์"


def make_province(seed: int = 46) -> list[Tambon]:
    """The tambons of the demonstration, always the same for one seed."""
    random = Random(seed)  # noqa: S311 - a reproducible picture, not a secret
    tambons: list[Tambon] = []
    for district in geothai.districts(facts.PROVINCE):
        count = 1 if district.code in facts.DISTRICTS_WITH_ONE else facts.TAMBONS_PER_DISTRICT
        for subdistrict in geothai.subdistricts(district.code)[:count]:
            tambon = _make_tambon(random, subdistrict.code, subdistrict.name_th, district.name_th)
            tambon.planned = [planned for planned in PLANNED if planned.tambon == len(tambons)]
            tambons.append(tambon)
    return tambons


def _make_tambon(random: Random, code: str, name: str, district: str) -> Tambon:
    number = random.randint(*facts.VILLAGES_PER_TAMBON)
    pairs = [(a, b) for a in facts.LANDFORMS for b in facts.SECOND_PARTS]
    villages = [Village(i, "".join(pair)) for i, pair in enumerate(random.sample(pairs, number), 1)]
    tambon = Tambon(code, name, district, villages)
    for village in villages:
        for work in draw(random, random.randint(4, 6)):
            tambon.asks.append(_ask(random, village, work))
    _decide(random, tambon)
    return tambon


def _ask(random: Random, village: Village, work: Work) -> Ask:
    water = random.choice(facts.SECOND_PARTS)
    place = f"บ้าน{village.name}"
    title = work.name.format(place=place, water=water)
    size = random.choice(work.sizes)
    baht = size * work.unit_cost // 1000 * 1000
    # Cheap things come first, and the year of the demonstration gets the most.
    year = random.choice((2568, 2569, 2570, 2570, 2570))
    return Ask(village, work, title, work.size_text.format(n=f"{size:,}"), baht, year)


def _decide(random: Random, tambon: Tambon) -> None:
    """The อบต. takes what it can pay, asks the อบจ. for the big ones, and leaves some for the district."""
    purse = 4 * MILLION
    for ask in sorted(tambon.asks, key=lambda a: (a.baht, a.village.moo, a.title)):
        if ask.work.kind == "ทำเอง":
            continue
        if ask.baht > 2 * MILLION:
            tambon.over.append(ask)
        elif ask.baht <= purse and random.random() < 0.75:
            tambon.taken.append(ask)
            purse -= ask.baht
    candidates = [ask for ask in [*tambon.taken, *tambon.over] if ask.work.agency and ask.year == 2570]
    tambon.listed = random.sample(candidates, min(len(candidates), 2))
