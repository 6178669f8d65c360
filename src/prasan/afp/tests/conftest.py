"""The cast with what two villages asked and what agencies have in their lists."""

import pytest
from tests.cast import Cast, cast

from prasan.needs.testing import make_need
from prasan.projects.testing import make_project


def set_stage() -> Cast:
    """Write it into the database."""
    people = cast()
    first, second, far = people.village_committee, people.other_committee, people.far_committee
    asked = {"response_kind": "NEEDS_SUPPORT", "target_group": "ประชาชนหมู่บ้าน 120 คน"}
    road = {"problem": "ถนนชำรุด สัญจรไม่สะดวก", "amount_satang": 90_000_000, **asked}
    make_need(body=first, title="ก่อสร้างถนน คสล. สายกลางบ้าน", **road)
    make_need(body=second, title="ก่อสร้างถนน คสล. สายท้ายบ้าน", **road)
    make_need(body=first, title="ขุดลอกลำห้วยแม่ใส", problem="ลำน้ำตื้นเขิน", amount_satang=20_000_000, **asked)
    make_need(body=second, title="จัดเวรยามหมู่บ้าน", problem="ลักขโมย", response_kind="SELF_HELP")
    make_need(body=far, title="ติดตั้งโคมไฟส่องสว่าง", problem="ทางมืด", **asked)
    make_project(owner=people.sao, name="ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ที่ 1", baht=900_000, area=people.village)
    make_project(owner=people.highways, name="ก่อสร้างถนน คสล. สายกลางบ้าน", baht=850_000, area=people.village)
    make_project(owner=people.pao, name="ก่อสร้างหอประชุมจังหวัด", baht=5_000_000, area=people.province)
    make_project(owner=people.sao, name="จัดซื้อรถบรรทุกน้ำ", baht=2_000_000, area=people.other_village)
    return people


@pytest.fixture
def stage(db: None) -> Cast:
    return set_stage()
