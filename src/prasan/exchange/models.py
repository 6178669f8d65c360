"""Files that came in, what each of their rows became, and what was found in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.needs.models import Need
from prasan.projects.models import Project


class Outcome(models.TextChoices):
    ACCEPT = "accept", _("รับทั้งหมด")
    ACCEPT_WITH_FINDINGS = "accept_with_findings", _("รับ พร้อมข้อสังเกต")
    REFUSE = "refuse", _("ไม่รับ")


class Submission(models.Model):
    """A file as it came, kept whole; a corrected file points to the one it replaces."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    form = models.CharField(max_length=32)
    size = models.PositiveBigIntegerField()
    original = models.CharField(max_length=300)  # path under MEDIA_ROOT
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    subject_key = models.CharField(max_length=64, blank=True, db_index=True)  # what the file is about, hashed

    def __str__(self) -> str:
        return self.name


class RowOutcome(models.TextChoices):
    """Every input row ends in exactly one of these."""

    REGISTERED = "REGISTERED", _("ขึ้นทะเบียน")
    MERGED = "MERGED", _("รวมกับรายการเดิม")
    REFUSED = "REFUSED", _("ไม่รับ")


class SubmissionRow(models.Model):
    """One numbered row of one sheet, and what it became."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=120)
    row = models.PositiveIntegerField()  # 1-based Excel row
    part = models.PositiveSmallIntegerField(default=1)  # a cell of the printed matrix holds several projects
    form = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, choices=RowOutcome.choices)
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="source_rows")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="source_rows")
    amount_satang = models.BigIntegerField(null=True)  # what the row itself says, for reconciliation
    section = models.CharField(max_length=300, blank=True)
    ordinal = models.PositiveIntegerField(null=True)
    name = models.TextField(blank=True)  # as printed: a refused row has no other record

    class Meta:
        ordering = ("submission", "id")  # the order of the file
        constraints = [
            models.UniqueConstraint(fields=["submission", "sheet", "row", "part"], name="submission_row_once"),
            models.CheckConstraint(
                condition=(
                    models.Q(outcome=RowOutcome.REFUSED, need=None, project=None)
                    | models.Q(~models.Q(outcome=RowOutcome.REFUSED), need__isnull=False, project__isnull=True)
                    | models.Q(~models.Q(outcome=RowOutcome.REFUSED), need__isnull=True, project__isnull=False)
                ),
                name="submission_row_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class Severity(models.TextChoices):
    INFO = "info", _("แจ้งให้ทราบ")
    WARNING = "warning", _("ควรตรวจ")
    ERROR = "error", _("ต้องแก้")


class SubmissionFinding(models.Model):
    """Something an officer should see, with its place in the file."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    cell = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    message_th = models.TextField()
    message_en = models.TextField()

    class Meta:
        ordering = ("submission", "id")

    def __str__(self) -> str:
        return f"{self.sheet} {self.cell} {self.kind}"
