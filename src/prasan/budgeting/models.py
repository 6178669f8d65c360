"""Money decided outside the plans: so far what deputy prime ministers approve from the central fund (R47)."""

from django.db import models

from prasan.accounts.models import User
from prasan.agencies.models import Body


class CentralFundYear(models.Model):
    """What one deputy prime minister has approved in a fiscal year; its row is the lock of the limit (R47)."""

    deputy = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    approved_satang = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deputy", "fiscal_year"], name="central_fund_year_once")]


class CentralFundApproval(models.Model):
    """One approval of the central fund for emergency or necessity by a deputy prime minister."""

    deputy = models.CharField(max_length=200)  # the person: the limit is per person and year
    fiscal_year = models.PositiveSmallIntegerField()
    recipient = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="central_fund_approvals")
    purpose = models.TextField()
    amount_satang = models.BigIntegerField()
    approved_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["deputy", "fiscal_year"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_satang__gt=0), name="central_fund_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.fiscal_year}"
