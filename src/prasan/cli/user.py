"""`prasan user add|list`: people and the roles they hold in bodies."""

import json
import sys

import click
from django.utils import timezone

from prasan.accounts import queries, services
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body
from prasan.common.errors import Refused

_JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")


@click.group(name="user", help="ผู้ใช้และบทบาท / people and roles")
def command() -> None:
    """People are added by the operator; nobody signs up by themselves."""


@command.command("add", help="เพิ่มผู้ใช้ หรือให้บทบาทเพิ่ม / add a person, or give one another role")
@click.argument("name")
@click.option("--role", type=click.Choice(Role.values), help="บทบาท / role")
@click.option("--body", "body_code", metavar="CODE", help="รหัสหน่วยงาน / code of the body")
@click.option("--display-name", default="", help="ชื่อที่แสดง / name shown")
@click.option("--password-stdin", is_flag=True, help="อ่านรหัสผ่านจาก stdin / read the password from standard input")
@_JSON
def add(
    name: str, role: str | None, body_code: str | None, display_name: str, password_stdin: bool, as_json: bool
) -> None:
    """Without --password-stdin a new person cannot sign in yet, and the answer says so."""
    if bool(role) != bool(body_code):
        raise click.UsageError("ต้องระบุ --role และ --body คู่กัน / give --role and --body together")
    body = Body.objects.filter(code=body_code).first() if body_code else None
    if body_code and body is None:
        raise click.UsageError(f"ไม่พบหน่วยงานรหัส {body_code} / there is no body {body_code}")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    actor, at = services.system_actor(), timezone.now()
    try:
        user = User.objects.filter(username=name).first()
        if user is None:
            user = services.create_user(username=name, display_name=display_name, password=password, actor=actor, at=at)
        elif password is not None:
            raise click.UsageError(f"มีผู้ใช้ {name} แล้ว / there is a user {name} already")
        if body and role:
            services.grant_role(user=user, body=body, role=role, actor=actor, at=at)
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th} / {refusal.message_en}") from None
    _tell([user], as_json)


@command.command("list", help="รายชื่อผู้ใช้และบทบาท / people and their roles")
@_JSON
def list_(as_json: bool) -> None:
    """Everyone but the system itself."""
    _tell([user for user in queries.people() if user.username != services.SYSTEM], as_json)


def _tell(users: list[User], as_json: bool) -> None:
    records = [_record(user) for user in users]
    if as_json:
        click.echo(json.dumps({"users": records}, ensure_ascii=False))
        return
    for record in records:
        click.echo(f"{record['username']}  {record['display_name']}".rstrip())
        if not record["can_sign_in"]:
            click.echo("  ยังไม่มีรหัสผ่าน จึงเข้าสู่ระบบไม่ได้ / no password yet, so no sign-in")
        for role in queries.memberships_of(User.objects.get(username=record["username"])):
            click.echo(f"  {role.get_role_display()} ({role.role}) · {role.body.name_th} ({role.body.code})")


def _record(user: User) -> dict[str, object]:
    roles = [
        {"role": membership.role, "body": membership.body.code, "body_name": membership.body.name_th}
        for membership in queries.memberships_of(user)
    ]
    return {
        "username": user.username,
        "display_name": user.display_name,
        "can_sign_in": user.is_active and user.has_usable_password(),
        "roles": roles,
    }
