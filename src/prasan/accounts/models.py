"""People and the roles they hold in bodies."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body


class User(AbstractUser):
    """A person (or the system itself) who acts."""

    display_name = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    VILLAGE_HEAD = "VILLAGE_HEAD", _("ผู้ใหญ่บ้าน")
    VILLAGE_SECRETARY = "VILLAGE_SECRETARY", _("เลขานุการ กม.")
    PLAN_ANALYST = "PLAN_ANALYST", _("นักวิเคราะห์นโยบายและแผน")
    CHAIR = "CHAIR", _("ประธาน")
    SECRETARY = "SECRETARY", _("เลขานุการ")
    AGENCY_FOCAL_POINT = "AGENCY_FOCAL_POINT", _("ผู้ประสานแผนของหน่วยงาน")
    INSPECTOR = "INSPECTOR", _("ผู้ตรวจราชการ")


class Membership(models.Model):
    """A person's role in a body, for a time (half-open)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "body", "role"], name="membership_once"),
        ]
