"""Pure decisions of the strategy cascade: which level stands above which, and what a plan must hold (R40)."""

LEVELS = ("NATIONAL", "REGION", "CLUSTER", "PROVINCE", "DISTRICT", "LAO")
"""From the highest to the lowest."""

PARENT_OF = {"ISSUE": None, "GOAL": "ISSUE", "STRATEGY": "GOAL"}
"""Under what an objective stands in its plan."""


def is_above(upper: str, lower: str) -> bool:
    """Whether the first level stands above the second: links go up, so they can never make a ring."""
    return LEVELS.index(upper) < LEVELS.index(lower)


def missing_components(
    *, vision: bool, issues: int, goals: int, strategies: int, indicators: int, without_target: int
) -> tuple[tuple[str, str], ...]:
    """The components a plan lacks (R40: six of them, each indicator with target values), in Thai and English."""
    wanted = (
        (vision, "วิสัยทัศน์", "vision"),
        (issues > 0, "ประเด็นยุทธศาสตร์", "strategic issues"),
        (goals > 0, "เป้าประสงค์", "goals"),
        (indicators > 0, "ตัวชี้วัด", "indicators"),
        (indicators > 0 and without_target == 0, "ค่าเป้าหมาย", "target values"),
        (strategies > 0, "กลยุทธ์", "strategies"),
    )
    return tuple((th, en) for there, th, en in wanted if not there)
