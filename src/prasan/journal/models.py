"""Who did what when: append-only, hash-chained; ids and labels, no foreign keys."""

from django.db import models


class Entry(models.Model):
    """One act. `hash` covers the entry and the hash before it, so a changed past shows."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    act = models.CharField(max_length=60, db_index=True)  # room.verb_noun, e.g. "needs.record_need"
    subject_kind = models.CharField(max_length=40)  # model name, e.g. "Need"
    subject_id = models.BigIntegerField(null=True)
    subject_code = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.act} {self.subject_code}"
