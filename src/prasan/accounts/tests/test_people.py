"""People, the roles they hold, and who may give them."""

import datetime as dt
from functools import partial

import pytest

from prasan.accounts import access, queries, services
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
TODAY = AT.date()
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return services.system_actor()


@pytest.fixture
def mae_sai() -> Body:
    province = Body.objects.create(code="PROV-56", kind="PROVINCE", name_th="จังหวัดพะเยา")
    return Body.objects.create(code="SAO-560114", kind="SAO", name_th="อบต.แม่ใส", superior=province)


def person(operator: User, name: str = "somchai") -> User:
    return services.create_user(username=name, actor=operator, at=AT)


def test_the_system_acts_for_the_operator_and_nobody_signs_in_as_it(operator: User):
    assert services.system_actor() == operator
    assert (operator.is_superuser, operator.has_usable_password()) == (True, False)


def test_a_person_without_a_password_cannot_sign_in(operator: User):
    user = services.create_user(username=" somchai ", display_name="สมชาย  ใจดี", actor=operator, at=AT)
    assert (user.username, str(user), user.has_usable_password()) == ("somchai", "สมชาย ใจดี", False)
    assert Entry.objects.get(act="accounts.create_user").subject_code == "somchai"


def test_a_password_is_kept_as_a_hash_and_not_in_the_journal(operator: User):
    user = services.create_user(username="malee", password="Kwan-Phayao-2569", actor=operator, at=AT)
    assert user.check_password("Kwan-Phayao-2569")
    assert "Kwan" not in user.password
    assert "Kwan" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": ""}, "no_name"),
        ({"username": "somchai"}, "name_taken"),
        ({"username": "malee", "password": "12345"}, "weak_password"),
        ({"username": "malee", "password": "password123"}, "weak_password"),
    ],
)
def test_a_person_is_refused_with_a_reason(operator: User, fields: dict[str, str], code: str):
    person(operator)
    before = (User.objects.count(), Entry.objects.count())
    with pytest.raises(services.UnableToCreateUser) as refusal:
        services.create_user(actor=operator, at=AT, **fields)
    assert refusal.value.code == code
    assert (User.objects.count(), Entry.objects.count()) == before


def test_a_role_is_given_once_and_giving_it_again_changes_its_time(operator: User, mae_sai: Body):
    user = person(operator)
    for ends_on in (None, None, TODAY):
        services.grant_role(user=user, body=mae_sai, role=Role.PLAN_ANALYST, ends_on=ends_on, actor=operator, at=AT)
    assert Membership.objects.get().ends_on == TODAY
    assert Entry.objects.filter(act="accounts.grant_role").count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": "KING"}, "unknown_role"),
        ({"role": "CHAIR", "starts_on": TODAY, "ends_on": TODAY}, "ends_before_it_begins"),
    ],
)
def test_a_role_is_refused_with_a_reason(operator: User, mae_sai: Body, fields: dict[str, str], code: str):
    user = person(operator)
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToGrantRole) as refusal:
        services.grant_role(user=user, body=mae_sai, actor=operator, at=AT, **fields)
    assert refusal.value.code == code
    assert (Membership.objects.count(), Entry.objects.count()) == (0, entries)


@pytest.mark.parametrize("act", ["create", "grant"])
def test_only_the_operator_manages_people(operator: User, mae_sai: Body, act: str):
    chair = person(operator, "chair")
    services.grant_role(user=chair, body=mae_sai, role=Role.CHAIR, actor=operator, at=AT)
    retired = User.objects.create(username="retired", is_superuser=True, is_active=False)
    before = (User.objects.count(), Membership.objects.count(), Entry.objects.count())
    for actor in (chair, retired):
        given = {"user": actor, "body": mae_sai, "role": Role.SECRETARY, "actor": actor, "at": AT}
        acts = {
            "create": partial(services.create_user, username="new", actor=actor, at=AT),
            "grant": partial(services.grant_role, **given),
        }
        with pytest.raises((services.UnableToCreateUser, services.UnableToGrantRole), match="not_the_operator"):
            acts[act]()
    assert (User.objects.count(), Membership.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("stranger", False),
        ("same body, another role", False),
        ("right role", True),
        ("right role, begins tomorrow", False),
        ("right role, began today", True),
        ("right role, ended today", False),
        ("right role, ends tomorrow", True),
        ("right role, inactive person", False),
        ("same role one level up", False),
        ("operator", True),
    ],
)
def test_who_holds_a_role_in_a_body(operator: User, mae_sai: Body, who: str, expected: bool):
    user = operator if who == "operator" else person(operator)
    province = mae_sai.superior
    given = {
        "same body, another role": (mae_sai, Role.SECRETARY, None, None),
        "right role": (mae_sai, Role.PLAN_ANALYST, None, None),
        "right role, begins tomorrow": (mae_sai, Role.PLAN_ANALYST, TODAY + DAY, None),
        "right role, began today": (mae_sai, Role.PLAN_ANALYST, TODAY, None),
        "right role, ended today": (mae_sai, Role.PLAN_ANALYST, None, TODAY),
        "right role, ends tomorrow": (mae_sai, Role.PLAN_ANALYST, None, TODAY + DAY),
        "right role, inactive person": (mae_sai, Role.PLAN_ANALYST, None, None),
        "same role one level up": (province, Role.PLAN_ANALYST, None, None),
    }.get(who)
    if given:
        body, role, starts_on, ends_on = given
        services.grant_role(
            user=user, body=body, role=role, starts_on=starts_on, ends_on=ends_on, actor=operator, at=AT
        )
    user.is_active = who != "right role, inactive person"
    roles = [Role.PLAN_ANALYST, Role.CHAIR]
    assert access.holds(user, body=mae_sai, roles=roles, on=TODAY) is expected


def test_the_memberships_of_a_person_come_with_their_bodies_in_one_query(
    operator: User, mae_sai: Body, django_assert_num_queries
):
    user = person(operator)
    services.grant_role(user=user, body=mae_sai, role=Role.PLAN_ANALYST, actor=operator, at=AT)
    services.grant_role(user=user, body=mae_sai.superior, role=Role.SECRETARY, ends_on=TODAY, actor=operator, at=AT)
    with django_assert_num_queries(1):
        held = [(row.body.code, row.role) for row in queries.memberships_of(user)]
    assert held == [("PROV-56", "SECRETARY"), ("SAO-560114", "PLAN_ANALYST")]
    assert [row.role for row in queries.memberships_of(user, on=TODAY)] == ["PLAN_ANALYST"]
    assert [row.user for row in queries.members_of(mae_sai, on=TODAY)] == [user]
