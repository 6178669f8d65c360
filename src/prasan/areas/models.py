"""Places of Thailand, valid in time, in several trees (administrative, cluster, LAO territory)."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaLevel(models.TextChoices):
    COUNTRY = "COUNTRY", _("ประเทศ")
    CLUSTER = "CLUSTER", _("กลุ่มจังหวัด")
    PROVINCE = "PROVINCE", _("จังหวัด")
    DISTRICT = "DISTRICT", _("อำเภอ")
    LAO_TERRITORY = "LAO_TERRITORY", _("เขต อปท.")
    SUBDISTRICT = "SUBDISTRICT", _("ตำบล")
    VILLAGE = "VILLAGE", _("หมู่บ้าน")
    COMMUNITY = "COMMUNITY", _("ชุมชน")


class Tree(models.TextChoices):
    ADMINISTRATIVE = "ADMINISTRATIVE", _("การปกครอง")
    CLUSTER = "CLUSTER", _("กลุ่มจังหวัด")
    LAO_TERRITORY = "LAO_TERRITORY", _("เขต อปท.")


class Area(models.Model):
    """A place. `code` is the DOPA code (2, 4, 6, 8 digits), or our own for clusters and LAO territories."""

    code = models.CharField(max_length=20, unique=True)
    level = models.CharField(max_length=16, choices=AreaLevel.choices)
    name_th = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    sort_key = models.CharField(max_length=300, blank=True)  # common.text.sort_key(name_th)
    moo = models.PositiveSmallIntegerField(null=True)  # villages and communities only
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    boundary = models.JSONField(null=True)  # GeoJSON geometry, when one was loaded
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # half-open: the first day it is no longer valid

    class Meta:
        indexes = [models.Index(fields=["level", "code"])]

    def __str__(self) -> str:
        return self.name_th


class AreaLink(models.Model):
    """A place directly within another in one tree, for a time; `whole` is False where only a part is covered.

    A place that moves keeps its old link with a `valid_to`, so that old plans still add up.
    """

    tree = models.CharField(max_length=16, choices=Tree.choices)
    parent = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="child_links")
    child = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="parent_links")
    whole = models.BooleanField(default=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # half-open

    class Meta:
        constraints = [
            # Two partial constraints, because NULLs are distinct in a unique index.
            models.UniqueConstraint(
                fields=["tree", "parent", "child"],
                condition=models.Q(valid_from__isnull=True),
                name="area_link_once",
            ),
            models.UniqueConstraint(
                fields=["tree", "parent", "child", "valid_from"],
                condition=models.Q(valid_from__isnull=False),
                name="area_link_once_from",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("child")), name="area_link_not_to_itself"),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="area_link_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tree}: {self.parent_id} > {self.child_id}"


class AreaClosure(models.Model):
    """Every (ancestor, descendant) pair of a tree, itself at depth 0 included; kept by the services.

    A pair holds from `valid_from` until before `valid_to`; `ALWAYS` and `FOREVER` stand for no limit, so that
    a date is found with two plain comparisons and today's pairs with `valid_to=FOREVER`.
    """

    ALWAYS = dt.date.min
    FOREVER = dt.date.max

    tree = models.CharField(max_length=16, choices=Tree.choices)
    ancestor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False)
    descendant = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField(default=dt.date.min)
    valid_to = models.DateField(default=dt.date.max)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant", "tree", "valid_from"], name="area_closure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tree}: {self.ancestor_id} > {self.descendant_id} ({self.depth})"
