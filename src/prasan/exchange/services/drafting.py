"""Turning records into drafts of needs and projects; a row that cannot be drafted gets a finding and is refused."""

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common.dates import UnreadableDate, fiscal_year_of, parse_date
from prasan.common.errors import Refused
from prasan.exchange import rules
from prasan.exchange.reading.records import FormKey, Record, Sheet
from prasan.exchange.services.naming import Names
from prasan.exchange.services.rows import Import, Row
from prasan.needs.models import ResponseKind
from prasan.needs.services import NeedDraft
from prasan.projects.models import Origin, Progress
from prasan.projects.services import ProjectDraft, YearDraft
from prasan.projects.services.drafts import problem_of

ORIGINS: dict[FormKey, Origin] = {
    "local_plan_p02": Origin.LOCAL_PLAN,
    "local_plan_p02_1": Origin.LOCAL_PLAN_COMMUNITY,
    "local_plan_p02_2": Origin.LOCAL_PLAN_COORDINATION,
    "action_plan": Origin.ACTION_PLAN,
    "agency_projects": Origin.AGENCY,
}
TEXT_LIMITS = {"place_text": 300, "moos": 60}


class Drafter:
    """Drafts every row of one file."""

    def __init__(self, job: Import, names: Names, *, fiscal_year: int | None) -> None:
        self._job = job
        self._names = names
        self._fiscal_year = fiscal_year
        self._said: set[tuple[str, str]] = set()

    def draft_all(self) -> None:
        """Give a draft to every row that can be registered."""
        for row in self._job.rows:
            if not row.record.refused:
                draft = self._need if row.sheet.form == "community_needs" else self._project
                row.draft = draft(row)
        self._say_derived()

    def _say_derived(self) -> None:
        """Where a body's place was told by its name alone, the officer can object."""
        for name, code in self._names.derived.items():
            place = self._names.gazetteer.name_of(code)
            self._job.say(
                None,
                "place_from_name",
                "info",
                f"ไฟล์ไม่ได้พิมพ์อำเภอและจังหวัดไว้กับชื่อ จึงถือว่า {name} อยู่ที่{place} ({code}) ตามชื่อ "
                "ถ้าไม่ใช่โปรดพิมพ์อำเภอและจังหวัดต่อท้ายชื่อ",
                f"The file prints no district and province beside the name; {name} was taken to lie in {place} "
                f"({code}) by its name. If that is wrong, print district and province behind it.",
            )

    # needs

    def _need(self, row: Row) -> NeedDraft | None:
        sheet, record = row.sheet, row.record
        village = self._names.village_of(sheet)
        if village is None:
            self._once(
                row,
                "village_unknown",
                f"ไม่ทราบว่าเป็นหมู่บ้านใด จาก “{sheet.place_text}” โปรดพิมพ์หัวแผ่นงานเป็น หมู่ที่ ตำบล อำเภอ จังหวัด "
                "หรือระบุรหัสจังหวัดตอนนำเข้า",
                f"The head “{sheet.place_text}” does not name one village. "
                "Print village number, tambon, district and province there, or give the province when importing.",
            )
            return None
        draft = NeedDraft(
            area=village,
            body=self._names.committee_of(village),
            fiscal_year=self._need_year(row),
            title=record.name,
            ordinal=record.ordinal,
            problem=record.problem,
            target_group=record.target_group,
            place_text=record.place_text,
            moos=_moos(record),
            response_kind=record.response_kind or ResponseKind.UNCLASSIFIED,
            amount_satang=record.main_satang(),
            source=_source(self._job.reading.file, record),
        )
        too_long = next((f for f, limit in TEXT_LIMITS.items() if len(getattr(draft, f)) > limit), "")
        if too_long:
            self._refuse(
                row, "too_long", f"ข้อความใน {too_long} ยาวเกินไป โปรดย่อ", f"{too_long} is too long. Shorten it."
            )
            return None
        return draft

    def _need_year(self, row: Row) -> int:
        """The year asked for; else the forum's fiscal year, or the only year in the head."""
        if self._fiscal_year:
            return self._fiscal_year
        sheet = row.sheet
        if row.record.fiscal_year:
            return row.record.fiscal_year
        if sheet.held_on is not None:
            return fiscal_year_of(sheet.held_on)
        try:
            return fiscal_year_of(parse_date(sheet.held_text.rpartition("-")[2]))
        except UnreadableDate:
            return sheet.fiscal_years[0] if len(sheet.fiscal_years) == 1 else self._assumed_year(row)

    # projects

    def _project(self, row: Row) -> ProjectDraft | None:
        sheet, record = row.sheet, row.record
        owner = self._owner(row)
        if owner is None:
            return None
        year = rules.project_year(record, sheet) or self._fiscal_year
        if year is None and record.undated_satang is not None:
            self._refuse(
                row,
                "amount_without_year",
                "ไม่รับแถวนี้ เพราะมีจำนวนเงินแต่ไม่ทราบปีงบประมาณ โปรดระบุปีในไฟล์ หรือระบุปีตอนนำเข้า",
                "This row is refused: its amount has no fiscal year. Give the year in the file or when importing.",
            )
            return None
        year = year or self._assumed_year(row)
        draft = ProjectDraft(
            owner=owner,
            origin=ORIGINS.get(sheet.form, Origin.LIST),
            fiscal_year=year,
            name=record.name,
            years=_years(record, year),
            asks=self._asks(row, owner),
            area=self._area(record, sheet, owner),
            ordinal=record.ordinal,
            external_code=record.external_code,
            objective=record.objective,
            target=record.target,
            kpi=record.kpi,
            expected_result=record.expected_result,
            responsible=record.responsible or ("" if sheet.form == "agency_projects" else record.agency),
            strategy=record.strategy,
            tactic="" if rules.is_matrix(sheet) else record.tactic,
            programme=record.programme,
            section=record.section or " ".join(filter(None, (record.channel, record.tier))),
            amendment=sheet.edition_text,
            place_text=record.place_text,
            moos=_moos(record),
            progress=record.progress or Progress.UNKNOWN,
            notified_on=record.notified_on,
            work=rules.days_of_work(record.months, year),
            source=_source(self._job.reading.file, record),
        )
        if problem := problem_of(draft):
            code, th, en = problem
            self._refuse(row, code, f"ไม่รับแถวนี้ เพราะ{th}", f"This row is refused, because {en}")
            return None
        return draft

    def _owner(self, row: Row) -> Body | None:
        try:
            return self._named_owner(row)
        except Refused as refusal:  # no place to look in, or two bodies of one name: a person must say which
            self._once(
                row,
                refusal.code,
                f"{refusal.message_th} โปรดพิมพ์อำเภอและจังหวัดต่อท้ายชื่อหน่วยงานในหัวแผ่นงาน หรือระบุรหัสจังหวัดตอนนำเข้า",
                f"{refusal.message_en} Print district and province behind the body's name in the head, "
                "or give the province when importing.",
            )
            return None

    def _named_owner(self, row: Row) -> Body | None:
        sheet, record = row.sheet, row.record
        if rules.is_matrix(sheet):
            owner = self._names.cluster(f"{sheet.owner_text} {sheet.place_text}") or self._names.own_province()
            if owner is not None:
                return owner
        name = rules.owner_name(sheet, record)
        if not name:
            self._once(
                row,
                "owner_unknown",
                "ไม่พบชื่อหน่วยงานเจ้าของในหัวแผ่นงาน โปรดพิมพ์ชื่อหน่วยงานไว้ใต้ชื่อแผน แล้วนำเข้าใหม่",
                "The sheet's head names no owner. Print the body's name below the plan's name and import again.",
            )
            return None
        if sheet.form == "agency_projects":
            return self._names.agency(
                name, ministry=record.ministry, within=record.area_code[:2] or self._names.province_of(sheet)
            )
        return self._names.local_government(sheet, name)

    def _asks(self, row: Row, owner: Body) -> Body | None:
        """ผ.02/2 asks another body: the one named as responsible."""
        if row.sheet.form != "local_plan_p02_2":
            return None
        printed = row.record.responsible or row.record.agency
        name = rules.asked_body(printed)
        try:
            if name:
                return self._names.asked(name, owner)
        except Refused as refusal:
            self._job.say(row, refusal.code, "warning", refusal.message_th, refusal.message_en)
            return None
        self._job.say(
            row,
            "asked_body_unknown",
            "warning",
            f"แถวนี้ขอประสานหน่วยงานอื่น แต่ไม่พบชื่อหน่วยงานนั้นใน “{printed}” โปรดระบุ",
            f"This row asks another body, but “{printed}” names none. Say which.",
        )
        return None

    def _area(self, record: Record, sheet: Sheet, owner: Body) -> Area | None:
        if rules.is_matrix(sheet):
            return self._names.place_in_matrix(record, owner)
        if sheet.form == "agency_projects":
            return self._names.place_of(record, sheet)
        return self._names.place_of(record, sheet, owner)

    # what is said

    def _assumed_year(self, row: Row) -> int:
        year = fiscal_year_of(self._job.at.date()) + 1
        if ("assumed_fiscal_year", row.sheet.name) not in self._said:
            self._said.add(("assumed_fiscal_year", row.sheet.name))
            self._job.say(
                row,
                "assumed_fiscal_year",
                "warning",
                f"แผ่นงานนี้ไม่ได้ระบุปีงบประมาณ จึงลงเป็นปี {year} ซึ่งเป็นปีถัดไป ถ้าไม่ใช่โปรดระบุปีตอนนำเข้า",
                f"This sheet names no fiscal year; {year}, the next one, was entered. Give the year when importing "
                "if it is another.",
            )
        return year

    def _refuse(self, row: Row, kind: str, message_th: str, message_en: str) -> None:
        self._job.say(row, kind, "error", message_th, message_en)

    def _once(self, row: Row, kind: str, message_th: str, message_en: str) -> None:
        """Say the whole reason at the first row of a sheet and a short one at the others."""
        first = (kind, row.sheet.name) not in self._said
        self._said.add((kind, row.sheet.name))
        if first:
            self._refuse(row, kind, message_th, message_en)
        else:
            self._refuse(row, kind, "ไม่รับแถวนี้ด้วยเหตุเดียวกับแถวก่อนหน้า", "Refused for the same reason as above.")


def _years(record: Record, year: int) -> tuple[YearDraft, ...]:
    """The amounts by year; one that the file names without a year belongs to the row's year."""
    dated = [YearDraft(a.fiscal_year, a.satang, a.kind, a.span) for a in record.amounts]
    if record.undated_satang is not None and not record.main_amounts():
        dated.append(YearDraft(year, record.undated_satang))
    return tuple(dated)


def _moos(record: Record) -> str:
    return ",".join(map(str, record.moos))


def _source(file: str, record: Record) -> str:
    return f"{file} · {record.sheet} · แถว {record.row}"
