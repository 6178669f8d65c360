"""Official letters: the register of numbers, to whom a letter went, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.cycles.models import CycleStep, Task


class LetterForm(models.TextChoices):
    """Kinds of official paper (domain 6.8)."""

    EXTERNAL = "EXTERNAL", _("หนังสือภายนอก")
    MEMO = "MEMO", _("บันทึกข้อความ")
    STAMPED = "STAMPED", _("หนังสือประทับตรา")
    ORDER = "ORDER", _("คำสั่ง")
    ANNOUNCEMENT = "ANNOUNCEMENT", _("ประกาศ")
    MINUTES = "MINUTES", _("รายงานการประชุม")


class Urgency(models.TextChoices):
    NONE = "NONE", _("ปกติ")
    URGENT = "URGENT", _("ด่วน")
    VERY_URGENT = "VERY_URGENT", _("ด่วนมาก")
    MOST_URGENT = "MOST_URGENT", _("ด่วนที่สุด")


class Secrecy(models.TextChoices):
    """ชั้นความลับ; the regulation's own three words are general knowledge (mark G), the field is domain 6.8."""

    NONE = "NONE", _("ไม่มีชั้นความลับ")
    CONFIDENTIAL = "CONFIDENTIAL", _("ลับ")
    SECRET = "SECRET", _("ลับมาก")
    TOP_SECRET = "TOP_SECRET", _("ลับที่สุด")


class LetterState(models.TextChoices):
    DRAFT = "DRAFT", _("ร่าง")
    DISPATCHED = "DISPATCHED", _("ส่งแล้ว")
    CANCELLED = "CANCELLED", _("ยกเลิก")


class LetterSequence(models.Model):
    """The last running number of an office code in a calendar year; its row is the lock of the numbering."""

    register = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=40)  # letters and office code: "กส 0017.2"
    circular = models.BooleanField()
    year = models.PositiveSmallIntegerField()  # calendar year, Buddhist
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "prefix", "circular", "year"], name="letter_sequence_once"),
        ]


class Letter(models.Model):
    """One official letter. Number, day and addressees are fixed when it is dispatched."""

    catalogue = models.CharField(max_length=4, blank=True)  # L1-L17 of the rulebook; empty: none of them
    form = models.CharField(max_length=16, choices=LetterForm.choices, default=LetterForm.EXTERNAL)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, default=Urgency.NONE)
    secrecy = models.CharField(max_length=12, choices=Secrecy.choices, default=Secrecy.NONE)
    sender = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="letters")
    sender_address = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=80, blank=True)  # as written, Arabic digits: "มท 0212.1/ว 0342"
    # Whose register of numbers it stands in: a committee has none of its own, its office numbers for it.
    register = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    number_year = models.PositiveSmallIntegerField(null=True)  # calendar year (Buddhist) in which the number counts
    dated_on = models.DateField(null=True)
    fiscal_year = models.PositiveSmallIntegerField()  # the year it serves
    subject = models.TextField()
    salutation = models.CharField(max_length=200, blank=True)
    references = models.TextField(blank=True)  # อ้างถึง, one a line
    attachments = models.TextField(blank=True)  # สิ่งที่ส่งมาด้วย, one a line
    body = models.TextField()  # paragraphs, an empty line between two
    closing = models.CharField(max_length=100, blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signer_position = models.CharField(max_length=200, blank=True)
    owner_office = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="letters")
    step = models.ForeignKey(CycleStep, null=True, on_delete=models.PROTECT, related_name="reminders")
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.DRAFT)
    addressees_reason = models.TextField(blank=True)  # why it went though a rule's addressee was missing
    collection_reason = models.TextField(blank=True)  # why it went though not everybody's data was in (AC-10)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    dispatched_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["catalogue", "fiscal_year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "number", "number_year"], condition=~models.Q(number=""), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="DISPATCHED")
                | (
                    models.Q(dated_on__isnull=False)
                    & models.Q(number_year__isnull=False)
                    & models.Q(register__isnull=False)
                    & models.Q(dispatched_at__isnull=False)
                    & ~models.Q(number="")
                ),
                name="letter_dispatched_has_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class AddresseeRole(models.TextChoices):
    TO = "TO", _("เรียน")
    COPY = "COPY", _("สำเนาส่ง")
    HEADS = "HEADS", _("หัวหน้าหน่วยงาน")  # R29: two lists
    PLANNING_OFFICERS = "PLANNING_OFFICERS", _("เจ้าหน้าที่แผน")


class LetterAddressee(models.Model):
    """One addressee of a letter; `name` where the register keeps no such body."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="addressees")
    role = models.CharField(max_length=20, choices=AddresseeRole.choices, default=AddresseeRole.TO)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="letters_received")
    name = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()
    sent_on = models.DateField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    received_number = models.CharField(max_length=40, blank=True)  # the addressee's own register of incoming letters
    bill_year = models.PositiveSmallIntegerField(null=True)  # of which year it brought a province its bill (R23)

    class Meta:
        ordering = ("letter", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "role", "body"], condition=models.Q(body__isnull=False), name="letter_addressee_once"
            ),
            models.UniqueConstraint(
                fields=["body", "bill_year"], condition=models.Q(bill_year__isnull=False), name="letter_bill_once"
            ),
            models.CheckConstraint(
                condition=models.Q(body__isnull=False) | ~models.Q(name=""), name="letter_addressee_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.body.name_th if self.body is not None else self.name
