"""Two projects the engine found alike, and what was decided about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.projects.models import Project


class Verdict(models.TextChoices):
    """What the engine says of a pair."""

    DUPLICATE = "DUPLICATE", _("ซ้ำ")
    OVERLAP = "OVERLAP", _("ทับซ้อน")
    CONTINUATION = "CONTINUATION", _("ต่อเนื่อง")
    RECURRING = "RECURRING", _("ทำประจำ")


class PairDecision(models.TextChoices):
    """What an officer decided of a pair."""

    WAITING = "WAITING", _("รอพิจารณา")
    SAME = "SAME", _("โครงการเดียวกัน")
    OVERLAP = "OVERLAP", _("ทับซ้อน คงไว้ทั้งสอง")
    CONTINUATION = "CONTINUATION", _("ต่อเนื่องกัน")
    DIFFERENT = "DIFFERENT", _("ต่างกัน")


class Pair(models.Model):
    """Two projects the engine found alike; `first` has the lower id. Suggestions are kept with their score."""

    first = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pairs_as_second")
    probability = models.FloatField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    reasons = models.JSONField(default=list)  # [{"code", "th", "en"}]
    engine = models.CharField(max_length=40)  # name and version of the weights
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=PairDecision.choices, default=PairDecision.WAITING)
    decision_reason = models.TextField(blank=True)
    kept = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="pairs_kept")  # SAME
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["decision", "-probability"])]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_lower_id_first"),
            models.CheckConstraint(
                condition=models.Q(decision="SAME", kept__isnull=False)
                | (~models.Q(decision="SAME") & models.Q(kept__isnull=True)),
                name="pair_same_keeps_one",
            ),
        ]
