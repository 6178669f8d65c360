"""A round of AFP: the places, groups and problems it looks at, the projects found for them, and what was agreed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.meetings.models import Resolution
from prasan.needs.models import Need
from prasan.projects.models import Project


class RoundState(models.TextChoices):
    OPEN = "OPEN", _("กำลังจัดทำ")
    ENDORSED = "ENDORSED", _("เห็นชอบแล้ว")
    REVIEWED = "REVIEWED", _("ทบทวนผลแล้ว")


class Choice(models.TextChoices):
    """What a person made of a suggestion."""

    SUGGESTED = "SUGGESTED", _("ระบบเสนอ รอพิจารณา")
    ACCEPTED = "ACCEPTED", _("รับ")
    REJECTED = "REJECTED", _("ไม่รับ")


class ProblemOutcome(models.TextChoices):
    """How a problem ends; every problem ends in exactly one of these."""

    COVERED = "COVERED", _("มีโครงการแก้ไข")
    GAP = "GAP", _("ยังไม่มีโครงการ")
    SELF_HELP = "SELF_HELP", _("ชุมชนทำเอง")
    DEFERRED = "DEFERRED", _("เลื่อนไปปีหลัง")


class AgencyAnswer(models.TextChoices):
    NOTIFIED = "NOTIFIED", _("แจ้งแล้ว รอตอบ")
    AGREED = "AGREED", _("ตกลงร่วมดำเนินการ")
    OBJECTED = "OBJECTED", _("ขอให้ปรับ")


class AfpRound(models.Model):
    """One body works through the nine steps for one year. Its version is that of everything below but answers."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="afp_rounds")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="afp_rounds")
    fiscal_year = models.PositiveSmallIntegerField()
    guideline_set = models.CharField(max_length=40)  # key in the rulebook
    weights = models.JSONField()  # {indicator: 0-100}
    weights_number = models.PositiveSmallIntegerField(default=1)
    weights_reason = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.OPEN)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    searched_at = models.DateTimeField(null=True)  # when projects were last looked for
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="afp_rounds")
    endorsed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    endorsed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "fiscal_year"], name="afp_round_once"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(2480, 2650)), name="afp_round_year_is_buddhist"
            ),
            models.CheckConstraint(
                condition=models.Q(state="OPEN") | models.Q(resolution__isnull=False), name="afp_round_endorsed_by_it"
            ),
        ]

    @property
    def code(self) -> str:
        """What it is called in the journal and on paper."""
        return f"AFP-{self.area.code}-{self.fiscal_year}"

    def __str__(self) -> str:
        return self.code


class TargetArea(models.Model):
    """Step 1: a place with its need indicators as they were when ranked, and whether it was picked."""

    round = models.ForeignKey(AfpRound, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()  # 0-1
    indicators = models.JSONField()  # [{"key", "value", "share", "weight", "points"}]
    rule = models.CharField(max_length=40)  # version of formula and weights
    state = models.CharField(max_length=12, choices=Choice.choices, default=Choice.SUGGESTED)
    reason = models.TextField(blank=True)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("round", "rank")
        constraints = [models.UniqueConstraint(fields=["round", "area"], name="afp_area_once")]


class TargetGroup(models.Model):
    """Step 2: people of a target area for whom something is to be solved."""

    target_area = models.ForeignKey(TargetArea, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    needs = models.PositiveIntegerField(default=0)  # how many needs name it
    people = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)  # where the count comes from
    state = models.CharField(max_length=12, choices=Choice.choices, default=Choice.SUGGESTED)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("target_area", "-needs", "name_key")
        constraints = [models.UniqueConstraint(fields=["target_area", "name_key"], name="afp_group_once")]


class IntegrationGroup(models.Model):
    """Steps 6-9: projects of one guideline, area and family of problems; their plan, expected and actual result."""

    round = models.ForeignKey(AfpRound, on_delete=models.CASCADE, related_name="groups")
    target_area = models.ForeignKey(TargetArea, on_delete=models.PROTECT, related_name="integration_groups")
    guideline = models.CharField(max_length=20)
    family = models.CharField(max_length=24)
    suggested_lead = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40, blank=True)  # what suggested the lead
    lead = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="afp_leads")
    tasks = models.TextField(blank=True)
    sequence = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    central_satang = models.BigIntegerField(null=True)  # budget by source, as agreed
    regional_satang = models.BigIntegerField(null=True)
    local_satang = models.BigIntegerField(null=True)
    other_satang = models.BigIntegerField(null=True)
    planned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(null=True)
    expected_people = models.PositiveIntegerField(null=True)
    expected_satang = models.BigIntegerField(null=True)
    expected_days = models.PositiveIntegerField(null=True)
    expected_basis = models.JSONField(default=dict)  # what the formula gave, and its version
    expected_note = models.TextField(blank=True)
    expected_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expected_at = models.DateTimeField(null=True)
    actual_people = models.PositiveIntegerField(null=True)
    actual_satang = models.BigIntegerField(null=True)
    actual_days = models.PositiveIntegerField(null=True)
    actual_note = models.TextField(blank=True)
    actual_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actual_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("round", "guideline", "target_area__rank", "family")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "guideline", "target_area", "family"], name="afp_integration_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_before__isnull=True) | models.Q(starts_on__lt=models.F("ends_before")),
                name="afp_integration_runs_forward",
            ),
        ]


class AfpProblem(models.Model):
    """Steps 3 and 4: what several needs of one area have in common, with its guideline and how it ends."""

    round = models.ForeignKey(AfpRound, on_delete=models.CASCADE, related_name="problems")
    target_area = models.ForeignKey(TargetArea, on_delete=models.PROTECT, related_name="problems")
    target_group = models.ForeignKey(TargetGroup, null=True, on_delete=models.PROTECT, related_name="problems")
    title = models.TextField()
    family = models.CharField(max_length=24)
    self_help = models.BooleanField(default=False)  # every need behind it is one the community solves itself
    severity = models.PositiveSmallIntegerField()  # 1-5
    people = models.PositiveIntegerField(null=True)
    likeness = models.FloatField()  # of the needs in the cluster, mean
    engine = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=Choice.choices, default=Choice.SUGGESTED)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    suggested_guideline = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField(default=0)
    guideline_words = models.JSONField(default=list)  # the words that suggested it
    guideline_rule = models.CharField(max_length=60, blank=True)
    guideline = models.CharField(max_length=20, blank=True)  # as confirmed
    guideline_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    guideline_at = models.DateTimeField(null=True)
    integration_group = models.ForeignKey(
        IntegrationGroup, null=True, on_delete=models.SET_NULL, related_name="problems"
    )
    outcome = models.CharField(max_length=12, choices=ProblemOutcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    outcome_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["round", "target_area"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(severity__range=(1, 5)), name="afp_severity_one_to_five"),
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_by__isnull=True)
                | (~models.Q(outcome="") & models.Q(outcome_by__isnull=False)),
                name="afp_outcome_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProblemNeed(models.Model):
    """A need as evidence of a problem; a need stands behind one problem of a round."""

    round = models.ForeignKey(AfpRound, on_delete=models.CASCADE, related_name="+")
    problem = models.ForeignKey(AfpProblem, on_delete=models.CASCADE, related_name="evidence")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="afp_evidence")
    likeness = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "need"], name="afp_need_once")]


class Candidate(models.Model):
    """Step 5: a project that may solve a problem, why it was suggested, and what a person made of it."""

    problem = models.ForeignKey(AfpProblem, on_delete=models.CASCADE, related_name="candidates")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="afp_candidates")
    score = models.FloatField()
    reasons = models.JSONField(default=list)  # [{"code", "points"}]
    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=Choice.choices, default=Choice.SUGGESTED)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-score", "project")
        constraints = [models.UniqueConstraint(fields=["problem", "project"], name="afp_candidate_once")]


class GroupAgency(models.Model):
    """Step 7: an agency in a group, told of the plan, and what it answered (P: participation)."""

    group = models.ForeignKey(IntegrationGroup, on_delete=models.CASCADE, related_name="agencies")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="afp_groups")
    answer = models.CharField(max_length=12, choices=AgencyAnswer.choices, default=AgencyAnswer.NOTIFIED)
    reply = models.TextField(blank=True)
    notified_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "body"], name="afp_agency_once")]
