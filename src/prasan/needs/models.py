"""Forums and what communities ask for there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area


class ResponseKind(models.TextChoices):
    """R33: a community splits its problems into those it solves itself and those that need others."""

    SELF_HELP = "SELF_HELP", _("ทำเอง")
    JOINT = "JOINT", _("ร่วมทำ")
    NEEDS_SUPPORT = "NEEDS_SUPPORT", _("ขอรับการสนับสนุน")
    UNCLASSIFIED = "UNCLASSIFIED", _("ยังไม่จำแนก")


class Forum(models.Model):
    """A village meeting (ประชาคม) that produced needs."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="forums")
    fiscal_year = models.PositiveSmallIntegerField()
    held_text = models.CharField(max_length=200, blank=True)  # the date as printed, often a span
    held_on = models.DateField(null=True)
    attendance = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "fiscal_year", "held_text"], name="forum_once"),
        ]


class NeedSequence(models.Model):
    """The last number given to a need of a province and fiscal year; its row is the lock of the numbering."""

    province_code = models.CharField(max_length=2)  # "00" where no single province is meant
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province_code", "fiscal_year"], name="need_sequence_once"),
        ]


class Need(models.Model):
    """One request of one community. A merged need points to the one that stands for it."""

    code = models.CharField(max_length=24, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="needs")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="needs")  # usually the กม.
    forum = models.ForeignKey(Forum, null=True, on_delete=models.PROTECT, related_name="needs")
    fiscal_year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField(null=True)  # number in the community's list: its priority
    title = models.TextField()
    title_key = models.CharField(max_length=500, db_index=True)
    problem = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    place_text = models.TextField(blank=True)
    moos = models.CharField(max_length=60, blank=True)  # "6,10" where one request names two villages
    response_kind = models.CharField(max_length=16, choices=ResponseKind.choices, default=ResponseKind.UNCLASSIFIED)
    amount_satang = models.BigIntegerField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # compare-and-set: two officers at once

    class Meta:
        indexes = [models.Index(fields=["area", "fiscal_year"]), models.Index(fields=["body", "fiscal_year"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_satang__isnull=True) | models.Q(amount_satang__gte=0),
                name="need_amount_not_negative",
            ),
            models.CheckConstraint(condition=models.Q(fiscal_year__range=(2480, 2650)), name="need_year_is_buddhist"),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("id")), name="need_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def canonical(self) -> "Need":
        """The need that stands for this one after merges."""
        need = self
        while need.merged_into is not None:
            need = need.merged_into
        return need
