"""Weights of the matching engine that were learnt from what a province decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User


class LearntWeights(models.Model):
    """One set of weights with the report it was judged by; in force until `ended_at`, then kept as history."""

    province = models.CharField(_("จังหวัด"), max_length=2, blank=True)  # two digits; "" the whole country
    version = models.CharField(max_length=60)  # what the pairs found with it store
    base = models.CharField(max_length=40)  # the shipped weights it began from
    content = models.JSONField()  # as matching.Weights.content()
    report = models.JSONField()  # as matching.LearningReport.content()
    learnt_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    learnt_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province"], condition=models.Q(ended_at=None), name="learnt_weights_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.version
