"""Bodies: committees, local governments, offices and ministries; their level, superior and area."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.areas.models import Area


class BodyKind(models.TextChoices):
    VILLAGE_COMMITTEE = "VILLAGE_COMMITTEE", _("คณะกรรมการหมู่บ้าน (กม.)")
    SAO = "SAO", _("องค์การบริหารส่วนตำบล")
    MUNICIPALITY = "MUNICIPALITY", _("เทศบาล")
    PAO = "PAO", _("องค์การบริหารส่วนจังหวัด")
    SPECIAL_LAO = "SPECIAL_LAO", _("องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ")
    DISTRICT = "DISTRICT", _("อำเภอ")
    DISTRICT_COMMITTEE = "DISTRICT_COMMITTEE", _("คณะกรรมการบริหารงานอำเภอ (กบอ.)")
    DISTRICT_LOCAL_PLAN_COMMITTEE = (
        "DISTRICT_LOCAL_PLAN_COMMITTEE",
        _("คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ"),
    )
    PROVINCIAL_LOCAL_PLAN_COMMITTEE = (
        "PROVINCIAL_LOCAL_PLAN_COMMITTEE",
        _("คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับจังหวัด"),
    )
    PROVINCE = "PROVINCE", _("จังหวัด")
    PROVINCIAL_COMMITTEE = "PROVINCIAL_COMMITTEE", _("คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ (ก.บ.จ.)")
    CLUSTER_COMMITTEE = "CLUSTER_COMMITTEE", _("คณะกรรมการบริหารงานกลุ่มจังหวัดแบบบูรณาการ (ก.บ.ก.)")
    TAMBON_COMMITTEE = "TAMBON_COMMITTEE", _("คณะกรรมการบริหารงานตำบลแบบบูรณาการ (ก.บ.ต.)")
    TAMBON_COMMUNITY_CENTRE = "TAMBON_COMMUNITY_CENTRE", _("ศูนย์ประสานงานองค์การชุมชนระดับตำบล (ศอช.ต.)")
    PROVINCIAL_BOARD = "PROVINCIAL_BOARD", _("คณะกรมการจังหวัด")
    GOOD_GOVERNANCE_COMMITTEE = "GOOD_GOVERNANCE_COMMITTEE", _("คณะกรรมการธรรมาภิบาลจังหวัด (ก.ธ.จ.)")
    NATIONAL_COMMITTEE = "NATIONAL_COMMITTEE", _("คณะกรรมการระดับชาติ")
    NATIONAL_SUBCOMMITTEE = "NATIONAL_SUBCOMMITTEE", _("คณะอนุกรรมการหรือคณะทำงานระดับชาติ")
    CABINET = "CABINET", _("คณะรัฐมนตรี")
    PARLIAMENT = "PARLIAMENT", _("รัฐสภา")
    PROVINCIAL_OFFICE = "PROVINCIAL_OFFICE", _("ส่วนราชการในจังหวัด")
    DEPARTMENT = "DEPARTMENT", _("กรมหรือหน่วยรับงบประมาณ")
    MINISTRY = "MINISTRY", _("กระทรวง")
    OTHER = "OTHER", _("หน่วยงานอื่น")


LAO_KINDS = (BodyKind.SAO, BodyKind.MUNICIPALITY, BodyKind.PAO, BodyKind.SPECIAL_LAO)


class Body(models.Model):
    """An office or committee that owns plans, decides, or answers."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=32, choices=BodyKind.choices)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    abbreviation = models.CharField(max_length=60, blank=True)  # with its dots, as printed
    name_key = models.CharField(max_length=300, blank=True, db_index=True)  # common.text.search_key(name_th)
    sort_key = models.CharField(max_length=600, blank=True)
    superior = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="subordinates")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="bodies")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "bodies"
        indexes = [models.Index(fields=["kind", "area"])]

    def __str__(self) -> str:
        return self.name_th
