"""Committees' members, meetings, attendance, and the resolutions that records cite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.letters.models import Letter


class SeatRole(models.TextChoices):
    CHAIR = "CHAIR", _("ประธาน")
    VICE_CHAIR = "VICE_CHAIR", _("รองประธาน")
    MEMBER = "MEMBER", _("กรรมการ")
    SECRETARY = "SECRETARY", _("เลขานุการ")
    ASSISTANT_SECRETARY = "ASSISTANT_SECRETARY", _("ผู้ช่วยเลขานุการ")


class Seat(models.Model):
    """A seat in a committee and who sits on it, for a term (half-open)."""

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=SeatRole.choices, default=SeatRole.MEMBER)
    person_name = models.CharField(max_length=200)
    position_name = models.CharField(max_length=300, blank=True)  # by what office one sits here
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="seats")
    represents = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    appointed_by = models.CharField(max_length=200, blank=True)  # number of the order (L17)

    class Meta:
        indexes = [models.Index(fields=["committee", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="seat_term_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} ({self.get_role_display()})"


class MeetingState(models.TextChoices):
    PLANNED = "PLANNED", _("เตรียมการ")
    NOTICED = "NOTICED", _("เชิญประชุมแล้ว")
    OPEN = "OPEN", _("กำลังประชุม")
    CLOSED = "CLOSED", _("ปิดประชุมแล้ว")
    CANCELLED = "CANCELLED", _("ยกเลิก")


class Meeting(models.Model):
    """One meeting of a committee: ครั้งที่ number/year."""

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()  # calendar year, Buddhist
    subject = models.TextField(blank=True)  # purpose, for the notice
    starts_at = models.DateTimeField()
    place = models.TextField()
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    notice = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="meetings")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    minutes_by = models.CharField(max_length=200, blank=True)
    seats_in_office = models.PositiveSmallIntegerField(null=True)  # counted when it is opened: what quorum is of
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=models.Q(year__range=(2480, 2650)), name="meeting_year_is_buddhist"),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.number}/{self.year}"


class DecisionKind(models.TextChoices):
    """What a body does with a matter: kept apart, because the sources do (glossary 1.9)."""

    FOR_INFORMATION = "FOR_INFORMATION", _("เพื่อทราบ")
    OPINION = "OPINION", _("ให้ความเห็น")
    SCREEN = "SCREEN", _("กลั่นกรอง")
    CONSIDER = "CONSIDER", _("พิจารณา")
    ENDORSE = "ENDORSE", _("ให้ความเห็นชอบ")
    APPROVE = "APPROVE", _("อนุมัติ")
    PROCLAIM = "PROCLAIM", _("ประกาศใช้")


class AgendaSection(models.IntegerChoices):
    """The five headings of an agenda (domain 5.11)."""

    CHAIR = 1, _("เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    MINUTES = 2, _("เรื่องรับรองรายงานการประชุม")
    FOLLOW_UP = 3, _("เรื่องสืบเนื่อง/เรื่องเพื่อทราบ")
    CONSIDER = 4, _("เรื่องเพื่อพิจารณา")
    OTHER = 5, _("เรื่องอื่น ๆ")


class AgendaItem(models.Model):
    """One matter of a meeting. What it is about is a label; the record itself cites the resolution."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    section = models.PositiveSmallIntegerField(choices=AgendaSection.choices)
    position = models.PositiveSmallIntegerField()
    title = models.TextField()
    detail = models.TextField(blank=True)
    decision_kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    subject_kind = models.CharField(max_length=40, blank=True)  # model name of what it is about
    subject_code = models.CharField(max_length=120, blank=True)
    proposer = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("meeting", "section", "position")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "section", "position"], name="agenda_item_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}.{self.position} {self.title}"


class Presence(models.TextChoices):
    PRESENT = "PRESENT", _("มาประชุม")
    REPRESENTED = "REPRESENTED", _("ส่งผู้แทน")
    ABSENT = "ABSENT", _("ไม่มาประชุม")
    ATTENDING = "ATTENDING", _("ผู้เข้าร่วมประชุม")  # no member


class Attendance(models.Model):
    """Whether a member came; who attended without a seat has none. `group` is that of participation (R07)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=12, choices=Presence.choices)
    name = models.CharField(max_length=200, blank=True)  # the substitute, or who attended without a seat
    position_name = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=models.Q(seat__isnull=False), name="attendance_once"
            ),
        ]


class Outcome(models.TextChoices):
    ADOPTED = "ADOPTED", _("มีมติ")
    REJECTED = "REJECTED", _("ไม่เห็นด้วย")
    DEFERRED = "DEFERRED", _("ให้เลื่อนพิจารณา")


class Resolution(models.Model):
    """What a meeting decided of one matter (R72). Never changed; a later meeting may decide anew."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="resolution")
    number = models.CharField(max_length=80, unique=True)  # body/meeting/year/item
    decision_kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    text = models.TextField()
    by_consensus = models.BooleanField(default=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    resolved_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(present__gte=models.F("quorum")), name="resolution_has_quorum"),
            models.CheckConstraint(
                condition=models.Q(by_consensus=True) | models.Q(votes_for__isnull=False, votes_against__isnull=False),
                name="resolution_vote_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.number
