"""Pure decisions of integration: what may be handed over, answered of a pair, and recommended."""

import datetime as dt
from collections.abc import Mapping

VILLAGE = "VILLAGE_COMMITTEE"
LAO = frozenset({"SAO", "MUNICIPALITY", "SPECIAL_LAO"})
DISTRICT_OFFICE = frozenset({"DISTRICT", "DISTRICT_COMMITTEE"})
DISTRICT_LOCAL = "DISTRICT_LOCAL_PLAN_COMMITTEE"
PROVINCE_LOCAL = "PROVINCIAL_LOCAL_PLAN_COMMITTEE"
PROVINCE_OFFICE = frozenset({"PROVINCE", "PROVINCIAL_COMMITTEE"})
AGENCY = frozenset({"PROVINCIAL_OFFICE", "DEPARTMENT", "MINISTRY", "OTHER"})

DISTRICT_KINDS = DISTRICT_OFFICE | {DISTRICT_LOCAL}
"""Bodies of a district: what is handed to them enters the district needs plan (R56)."""

DOERS = LAO | AGENCY | {"PAO"}
"""Bodies that carry a project out; what one of them accepts has found its answer."""

COMMITTEES = frozenset({"DISTRICT_COMMITTEE", DISTRICT_LOCAL, PROVINCE_LOCAL, "PROVINCIAL_COMMITTEE"})
"""Bodies that build nothing themselves: they may agree and propose (PROPOSED)."""

NEXT_STEPS: dict[str, frozenset[str]] = {
    VILLAGE: LAO | DISTRICT_OFFICE,  # R36: what the LAO does not take goes into the district process
    **dict.fromkeys(LAO, DISTRICT_KINDS | AGENCY),  # R37, R56
    DISTRICT_LOCAL: frozenset({PROVINCE_LOCAL}) | AGENCY,  # R37, R57
    **{kind: PROVINCE_OFFICE | {DISTRICT_LOCAL} | AGENCY for kind in DISTRICT_OFFICE},  # R56: both ways
    PROVINCE_LOCAL: frozenset({"PAO"}) | PROVINCE_OFFICE | AGENCY,  # R57, R58: it exchanges with the province
    "PAO": PROVINCE_OFFICE | AGENCY,
    **{kind: frozenset({"CLUSTER_COMMITTEE", PROVINCE_LOCAL}) | AGENCY for kind in PROVINCE_OFFICE},  # R58, R59
    "CLUSTER_COMMITTEE": AGENCY,
    **dict.fromkeys(AGENCY, AGENCY),
}
"""From which kind of body to which kinds a project may be handed; whatever is missing here skips a level."""


def step_is_allowed(from_kind: str, to_kind: str) -> bool:
    """Whether one hand-over leads from the first kind of body to the second without a skip (R36, R37)."""
    return to_kind in NEXT_STEPS.get(from_kind, frozenset())


def next_steps(from_kind: str) -> frozenset[str]:
    """The kinds of bodies a project may be handed to from this kind."""
    return NEXT_STEPS.get(from_kind, frozenset())


def must_cover_the_place(to_kind: str) -> bool:
    """Whether the receiver's area must hold the place: yes, unless it is an agency, which serves by mission."""
    return to_kind not in AGENCY


def verdict_fits(from_kind: str, verdict: str) -> bool:
    """Whether a body may give this verdict: only a committee, which builds nothing, agrees and proposes."""
    return verdict != "PROPOSED" or from_kind in COMMITTEES


PAIR_ANSWERS = ("SAME", "OVERLAP", "CONTINUATION", "DIFFERENT")
"""What an officer may decide of a pair (R31); WAITING is not an answer."""

CONFLICT_ANSWERS = ("MOVED", "TOGETHER", "ACCEPTED", "NOT_A_CONFLICT")
"""What an officer may decide of two works in each other's way (R31)."""


def recommendation_problem(
    *,
    adopted: bool,
    decision_kind: str,
    owner_kind: str,
    standing: bool,
    reason: str,
    changes_area: bool,
    work: tuple[dt.date, dt.date] | None,
) -> tuple[str, str, str] | None:
    """Why the committee's wish may not be submitted to the agency (R49): code, Thai, English; None when it may."""
    if not adopted or decision_kind == "FOR_INFORMATION":
        return "not_resolved", "ที่ประชุมยังไม่มีมติให้เสนอ", "the committee has not resolved it"
    if owner_kind not in AGENCY:
        return "not_an_agency", "ไม่ใช่โครงการของส่วนราชการ", "it is no agency's project"
    if not standing:
        return "not_standing", "โครงการถอนหรือรวมกับรายการอื่นแล้ว", "the project is withdrawn or merged"
    if not reason.strip():
        return "no_reason", "ไม่มีเหตุผล โปรดบอกเหตุผลให้หน่วยงานทราบ", "no reason is given; say why, for the agency to know"
    if changes_area == (work is not None):
        return "one_change_at_a_time", "ต้องเสนอพื้นที่หรือเวลาอย่างใดอย่างหนึ่ง", "it must be either the area or the time"
    if work is not None and work[0] >= work[1]:
        return "ends_before_it_begins", "วันสิ้นสุดต้องหลังวันเริ่ม", "the work must end after it begins"
    return None


MOST_MONEY, FIRST_REGISTERED = "MOST_MONEY", "FIRST_REGISTERED"
KEEP_RULES = (MOST_MONEY, FIRST_REGISTERED)
"""How the project that stands for its family is found when many pairs are decided at once; an officer chooses it."""


def project_to_keep(family: set[int], amounts: Mapping[int, int], keep: str) -> int:
    """The project of a family to keep: the most money (satang by id), the first registered where it is equal."""
    if keep == MOST_MONEY:
        return min(family, key=lambda pk: (-amounts.get(pk, -1), pk))
    return min(family)
