"""Two projects the engine found alike, and what was decided about them."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
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


OPEN = models.Q(is_open=True)


class Pair(models.Model):
    """Two projects the engine found alike; `first` has the lower id. Suggestions are kept with their score.

    The last block repeats what the projects say, so that the queue is sorted and asked without reading them: the
    acts that change a project bring it up to date (docs/decisions/0013-queue-of-pairs.md).
    """

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

    is_open = models.BooleanField(default=True)  # nobody decided, neither is withdrawn, the two are not one yet
    at_stake_satang = models.BigIntegerField(null=True)  # the lesser of the two amounts; null where one is unknown
    stake_rank = models.GeneratedField(  # what names no amount stands below every amount
        expression=Coalesce("at_stake_satang", models.Value(-1)),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    first_place = models.CharField(max_length=20, blank=True, db_index=True)  # its code, so that a prefix of it
    second_place = models.CharField(max_length=20, blank=True, db_index=True)  # holds all places within; "" unknown
    first_owner = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    second_owner = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    owner_key = models.CharField(max_length=200, blank=True)  # the first owner's name as dictionaries sort it
    name_keys = models.TextField(blank=True)  # both names as they are searched, a space between: see word_search.py

    class Meta:
        indexes = [
            # Of open pairs alone: SQLite does not walk an index by a column of true and false in order.
            models.Index(fields=["stake_rank", "id"], condition=OPEN, name="open_pairs_by_money"),
            models.Index(fields=["probability", "id"], condition=OPEN, name="open_pairs_by_likelihood"),
            models.Index(fields=["first_place", "id"], condition=OPEN, name="open_pairs_by_place"),
            models.Index(fields=["owner_key", "id"], condition=OPEN, name="open_pairs_by_owner"),
            models.Index(fields=["verdict", "stake_rank", "id"], condition=OPEN, name="open_pairs_by_verdict"),
            models.Index(fields=["decision", "stake_rank", "id"], name="pair_decided_by_money"),
            models.Index(fields=["stake_rank", "id"], name="pair_by_money"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_lower_id_first"),
            models.CheckConstraint(
                condition=models.Q(decision="SAME", kept__isnull=False)
                | (~models.Q(decision="SAME") & models.Q(kept__isnull=True)),
                name="pair_same_keeps_one",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=False) | models.Q(decision="WAITING"), name="pair_open_is_undecided"
            ),
        ]
