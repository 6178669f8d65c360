"""A planning system running for one fiscal year: its steps, each body's task, exceptions, gates and events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area


class SystemVersion(models.Model):
    """One published (or still written) state of a planning system; what is published never changes.

    Shipped systems have no area; a province's own is that of its area. A running cycle keeps its version.
    """

    key = models.CharField(max_length=40)  # rulebook key, e.g. "moi_2559", or the province's own
    number = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="planning_systems")
    definition = models.JSONField()  # rulebook.to_data(system)
    digest = models.CharField(max_length=64)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="descendants")
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)  # null: still being written
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="system_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"


class Cycle(models.Model):
    """One planning system, instantiated for one fiscal year (Buddhist Era), in one province or for the country."""

    system = models.CharField(max_length=40)  # rulebook key, e.g. "moi_2559"
    fiscal_year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="cycles")
    definition = models.ForeignKey(SystemVersion, null=True, on_delete=models.PROTECT, related_name="cycles")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # Two, because NULLs are distinct in a unique index.
            models.UniqueConstraint(
                fields=["system", "fiscal_year"], condition=models.Q(area__isnull=True), name="cycle_once"
            ),
            models.UniqueConstraint(
                fields=["area", "system", "fiscal_year"], condition=models.Q(area__isnull=False), name="cycle_area_once"
            ),
            models.CheckConstraint(condition=models.Q(fiscal_year__range=(2480, 2650)), name="cycle_year_is_buddhist"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.fiscal_year}"


class CycleStep(models.Model):
    """One step with its window, half-open: `starts_on` is in it, `ends_before` is the first day after."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="steps")
    number = models.CharField(max_length=16)  # as printed: "2a"
    position = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=16)  # lane of the calendar: VILLAGE, LAO, DISTRICT, PROVINCE, …
    name_th = models.TextField()
    name_en = models.TextField()
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    certainty = models.CharField(max_length=1)  # S printed, I inferred, W seen, G general, - no date printed

    class Meta:
        ordering = ("cycle", "position")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="cycle_step_once"),
            # Both nulls are named: a comparison with null is unknown, and a check lets the unknown pass.
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True, ends_before__isnull=True)
                | models.Q(starts_on__isnull=False, ends_before__isnull=False, ends_before__gt=models.F("starts_on")),
                name="cycle_step_window_runs_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(certainty__in=("S", "I", "W", "G", "-")), name="cycle_step_certainty_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name_th}"


class Task(models.Model):
    """What one body has to do in one step. Its state follows from these dates and acts (`rules.task_state`)."""

    step = models.ForeignKey(CycleStep, on_delete=models.CASCADE, related_name="tasks")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="tasks")
    actor = models.CharField(max_length=60)  # rulebook key of who does it, e.g. "village_committee"
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="tasks")  # null: not registered
    starts_on = models.DateField(null=True)
    due_before = models.DateField(null=True)  # half-open: the end of the window, or where an exception moved it
    extended = models.BooleanField(default=False)
    excused_until = models.DateField(null=True)  # half-open: until then an exception takes the whole task away
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "actor", "body"], condition=models.Q(body__isnull=False), name="task_once"
            ),
            models.UniqueConstraint(
                fields=["step", "actor"], condition=models.Q(body__isnull=True), name="task_of_nobody_once"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "due_before"], name="task_body_due"),
            models.Index(fields=["cycle", "due_before"], name="task_cycle_due"),
        ]

    def __str__(self) -> str:
        return f"{self.step.number} {self.body or self.actor}"


class ExceptionKind(models.TextChoices):
    EXTENSION = "EXTENSION", _("ขยายเวลา")
    EXEMPTION = "EXEMPTION", _("ยกเว้น")
    OVERRIDE = "OVERRIDE", _("ดำเนินการต่อแม้ยังไม่ครบ")  # AC-10: a step goes on though not all are in


class StepException(models.Model):
    """A reasoned exception of one task, granted by a named role until a day; revoked, never deleted."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="exceptions")
    kind = models.CharField(max_length=12, choices=ExceptionKind.choices)
    reason = models.TextField()
    ends_before = models.DateField()  # half-open: the day it no longer holds
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_role = models.CharField(max_length=24)
    granted_for = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"


class GateDecision(models.Model):
    """A decision of the right body that lets a task be done; `code` names the resolution, which a later room keeps."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="gate_decisions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    decision = models.CharField(max_length=16)  # rulebook.DECISIONS
    code = models.CharField(max_length=80)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "actor", "decision"], name="gate_decision_once")]

    def __str__(self) -> str:
        return f"{self.decision} {self.code}"


class CycleEvent(models.Model):
    """Something that happened on a day and opens windows counted from it (e.g. the Budget Act in force, R50)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="events")
    event = models.CharField(max_length=40)
    happened_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "event"], name="cycle_event_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.happened_on}"


class CalendarFeed(models.Model):
    """A secret address under which a body's calendar can be subscribed to; revoked, never reused."""

    secret = models.CharField(max_length=64, unique=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="calendar_feeds")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.body}"
