"""The acts on people and their roles; the only place that writes them."""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prasan.accounts import access
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.common.text import clean
from prasan.journal import services as journal

SYSTEM = "system"


class UnableToCreateUser(Refused):
    """The person was not added."""


class UnableToGrantRole(Refused):
    """The role was not given or not ended."""


def system_actor() -> User:
    """The operator at the command line: may do every act, and cannot sign in."""
    user = User.objects.filter(username=SYSTEM).first()
    if user:
        return user
    user = User(username=SYSTEM, display_name="ระบบประสานแผน", is_superuser=True, is_staff=False, is_active=True)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return User.objects.get(username=SYSTEM)  # another process was faster
    return user


@transaction.atomic
def create_user(
    *,
    username: str,
    actor: User,
    at: dt.datetime,
    display_name: str = "",
    password: str | None = None,
    email: str = "",
) -> User:
    """Add a person. Without a password nobody can sign in as them until one is set."""
    _only_the_operator(actor, UnableToCreateUser)
    username = User.normalize_username(clean(username))
    if not username:
        raise UnableToCreateUser("no_name", "ต้องมีชื่อผู้ใช้", "A user name is needed.")
    user = User(username=username, display_name=clean(display_name), email=email)
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToCreateUser(
            "name_taken", f"มีผู้ใช้ชื่อ {username} อยู่แล้ว", f"There is a user named {username} already."
        ) from error
    journal.record(at=at, actor=actor, act="accounts.create_user", subject=user, subject_code=username)
    return user


@transaction.atomic
def grant_role(
    *,
    user: User,
    body: Body,
    role: str,
    actor: User,
    at: dt.datetime,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Membership:
    """Give a person a role in a body, for a time (half-open) or for good. Giving it again changes the time only."""
    _only_the_operator(actor, UnableToGrantRole)
    if role not in Role.values:
        known = ", ".join(Role.values)
        raise UnableToGrantRole("unknown_role", f"ไม่รู้จักบทบาท {role} (มี {known})", f"No role {role}; there are {known}.")
    if starts_on and ends_on and starts_on >= ends_on:
        raise UnableToGrantRole("ends_before_it_begins", "วันสิ้นสุดต้องหลังวันเริ่ม", "The role must end after it begins.")
    found = Membership.objects.select_for_update().filter(user=user, body=body, role=role).first()
    if found and (found.starts_on, found.ends_on) == (starts_on, ends_on):
        return found
    membership, _made = Membership.objects.update_or_create(
        user=user, body=body, role=role, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    journal.record(
        at=at,
        actor=actor,
        act="accounts.grant_role",
        subject=membership,
        subject_code=user.username,
        data={
            "body": body.code,
            "role": role,
            "starts_on": starts_on.isoformat() if starts_on else None,
            "ends_on": ends_on.isoformat() if ends_on else None,
        },
    )
    return membership


def _only_the_operator(actor: User, refusal: type[Refused]) -> None:
    if not access.can_manage_people(actor):
        raise refusal(
            "not_the_operator",
            "เฉพาะผู้ดูแลระบบเท่านั้นที่เพิ่มผู้ใช้และให้บทบาทได้",
            "Only the operator may add people and give roles.",
        )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UnableToCreateUser(
            "weak_password", "รหัสผ่านเดาง่ายเกินไป: " + " ".join(error.messages), "The password is too easy to guess."
        ) from error
