"""Forms of letters: writing one, and sending it; none of them saves."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.letters.models import LetterForm, Secrecy, Urgency
from prasan.letters.services import Content
from prasan.web.forms.fields import DayField, LongText, YearField, choosing, picking
from prasan.web.forms.records import REQUIRED, BodyChoice

GROUPS = (
    ("", _("ระบุชื่อด้านล่างเท่านั้น")),
    ("DISTRICTS", _("ทุกอำเภอในจังหวัด")),
    ("LAOS", _("ทุก อปท. ในจังหวัด")),
    ("VILLAGES", _("ทุกหมู่บ้าน (กม.) ในจังหวัด")),
    ("AGENCIES", _("ทุกส่วนราชการที่ขึ้นทะเบียน")),
    ("MINISTRIES", _("ทุกกระทรวงที่ขึ้นทะเบียน")),
)


class WriteLetterForm(forms.Form):
    """From whom, to whom, about what, in which words."""

    sender = BodyChoice(queryset=Body.objects.none(), label=_("จาก"), empty_label=None, error_messages=REQUIRED)
    catalogue = forms.ChoiceField(label=_("หนังสือตามปฏิทิน"), required=False)
    paper = forms.ChoiceField(choices=LetterForm.choices, label=_("ชนิดหนังสือ"), initial=LetterForm.EXTERNAL)
    urgency = forms.ChoiceField(choices=Urgency.choices, label=_("ชั้นความเร็ว"), initial=Urgency.NONE)
    secrecy = forms.ChoiceField(choices=Secrecy.choices, label=_("ชั้นความลับ"), initial=Secrecy.NONE)
    fiscal_year = YearField(label=_("ปีงบประมาณ (พ.ศ.)"))
    subject = forms.CharField(label=_("เรื่อง"), max_length=500, error_messages={"required": _("เขียนเรื่อง")})
    group = forms.ChoiceField(choices=GROUPS, label=_("ส่งถึง"), required=False)
    names = forms.CharField(
        widget=forms.Textarea, label=_("ผู้รับอื่น"), required=False, help_text=_("บรรทัดละหนึ่งราย เช่น ปลัดกระทรวงมหาดไทย")
    )
    copies = forms.CharField(widget=forms.Textarea, label=_("สำเนาส่ง"), required=False, help_text=_("บรรทัดละหนึ่งราย"))
    references = forms.CharField(widget=forms.Textarea, label=_("อ้างถึง"), required=False, help_text=_("บรรทัดละหนึ่งฉบับ"))
    attachments = forms.CharField(
        widget=forms.Textarea, label=_("สิ่งที่ส่งมาด้วย"), required=False, help_text=_("บรรทัดละหนึ่งรายการ")
    )
    text = forms.CharField(
        widget=LongText, label=_("ข้อความ"), help_text=_("เว้นหนึ่งบรรทัดระหว่างย่อหน้า"),
        error_messages={"required": _("เขียนข้อความของหนังสือ")},
    )  # fmt: skip
    signer_name = forms.CharField(label=_("ผู้ลงนาม"), max_length=200, required=False)
    signer_position = forms.CharField(
        widget=forms.Textarea, label=_("ตำแหน่งผู้ลงนาม"), max_length=200, required=False,
        help_text=_("ขึ้นบรรทัดใหม่หลังคำว่า ปฏิบัติราชการแทน"),
    )  # fmt: skip

    sender_address = forms.CharField(label=_("ที่อยู่ของหน่วยงาน"), max_length=300, required=False)
    contact = forms.CharField(label=_("โทร. โทรสาร อีเมล"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, senders: QuerySet[Body], catalogue: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "sender").queryset = senders
        choosing(self, "catalogue").choices = [("", _("ไม่ใช่หนังสือตามปฏิทิน")), *catalogue]

    def content(self) -> Content:
        """What the letter says."""
        said = self.cleaned_data
        return Content(
            subject=said["subject"],
            body=said["text"].replace("\r\n", "\n"),
            fiscal_year=said["fiscal_year"],
            catalogue=said["catalogue"],
            form=said["paper"],
            urgency=said["urgency"],
            secrecy=said["secrecy"],
            sender_address=said["sender_address"],
            references=said["references"],
            attachments=said["attachments"],
            signer_name=said["signer_name"],
            signer_position=said["signer_position"],
            contact=said["contact"],
        )


class ReceiveForm(forms.Form):
    """For which body a letter is taken in, with its number in that body's register."""

    body = BodyChoice(queryset=Body.objects.none(), label=_("ลงรับในนาม"), empty_label=None, error_messages=REQUIRED)
    number = forms.CharField(
        label=_("เลขรับ"), max_length=40, required=False, help_text=_("เลขในทะเบียนหนังสือรับของหน่วยงาน ถ้ามี")
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "body").queryset = bodies


class DispatchForm(forms.Form):
    """The office's letters and code, the day, and a reason where something is missing."""

    office = forms.CharField(
        label=_("อักษรและรหัสหน่วยงาน"), help_text=_("เช่น กส 0017.2"), max_length=40,
        error_messages={"required": _("เขียนอักษรและรหัสหน่วยงาน เช่น กส 0017.2")},
    )  # fmt: skip
    circular = forms.ChoiceField(
        choices=(("", _("หนังสือธรรมดา")), ("1", _("หนังสือเวียน (ว)"))), label=_("เลขที่"), required=False
    )
    dated_on = DayField(label=_("ลงวันที่"))
    number = forms.CharField(
        label=_("เลขที่กำหนดเอง"), max_length=20, required=False, help_text=_("เว้นว่างเพื่อให้ระบบออกเลขถัดไปของปี")
    )
    addressees_reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลที่ไม่ส่งถึงผู้รับที่ขาด"), required=False,
        help_text=_("เขียนเฉพาะเมื่อกฎให้ส่งถึงผู้รับที่ไม่มีในหนังสือนี้ เหตุผลจะบันทึกไว้กับหนังสือ"),
    )  # fmt: skip
    collection_reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลที่ส่งก่อนได้ข้อมูลครบ"), required=False,
        help_text=_("เขียนเฉพาะเมื่อหน่วยงานยังส่งข้อมูลไม่ครบ เหตุผลจะบันทึกไว้กับหนังสือ"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
