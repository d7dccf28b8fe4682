"""dawra init, dawra user."""

import secrets
import sys
from datetime import datetime
from typing import Any

import typer

from dawra.site.cli.server import administrator, need_tables, open_server
from dawra.site.cli.speaking import JSON_OPTION, PROBLEM, REFUSED, USAGE, say, stop, tell

user = typer.Typer(help="Members: list, invite, deactivate, let set a new password.", no_args_is_help=True)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def init(
    company: str = typer.Option(..., "--company", help="The company's name."),
    admin: str = typer.Option(..., "--admin", help="E-mail address of the first administrator."),
    name: str = typer.Option("", "--admin-name", help="The administrator's name; else the part before the @."),
    currency: str = typer.Option("USD", "--currency", help="Base currency, three letters."),
    language: str = typer.Option("en", "--language", help="en or ar."),
    time_zone: str = typer.Option("UTC", "--time-zone", help="For example Asia/Riyadh."),
    weekend: str = typer.Option("sat,sun", "--weekend", help="For example fri,sat."),
    fiscal_start: int = typer.Option(1, "--fiscal-start", min=1, max=12, help="First month of the fiscal year."),
    country: str = typer.Option("", "--country", help="Two letters: how phone numbers without a prefix are read."),
    password_stdin: bool = typer.Option(False, "--password-stdin", help="Read the password from standard input."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Set up the company and its first administrator without questions; otherwise the first page asks.

    Without --password-stdin a link is printed through which the administrator chooses a password, once.

    [bold]Examples[/]

      dawra init --company "Masar Fleet" --admin amal@masar.example --currency SAR --weekend fri,sat

      echo "$PASSWORD" | dawra init --company Acme --admin a@acme.example --password-stdin
    """
    open_server()
    need_tables()
    from dawra.access.errors import Answer, Conflict
    from dawra.site.operation import rules
    from dawra.team.actions.setting_up import CompanyPlan, set_up_workspace

    days = _weekdays(weekend)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(32)
    plan = CompanyPlan(
        company=company,
        admin_name=name or admin.partition("@")[0],
        admin_email=admin,
        admin_password=password,
        base_currency=currency.upper(),
        fiscal_year_start_month=fiscal_start,
        weekend_days=days,
        week_starts_on=rules.day_after(days),
        time_zone=time_zone,
        language=language,
        default_country=country.upper(),
    )
    try:
        member = set_up_workspace(_house("dawra init"), plan=plan)
    except Conflict as taken:
        stop(REFUSED, str(taken))
    except Answer as wrong:
        stop(USAGE, f"{getattr(wrong, 'field', '')}: {wrong}".removeprefix(": "))
    link = "" if password_stdin else _password_link(member)

    def text() -> None:
        say(f"{company} is set up; {member.email} is its administrator.")
        if link:
            say(f"Choose a password here, once:\n  {link}")

    tell({"company": company, "admin": member.email, "password_link": link or None}, as_json, text)


@user.command("list")
def listing(as_json: bool = JSON_OPTION) -> None:
    """List the members: who may sign in, with which role.

    [bold]Example[/]

      dawra user list --json
    """
    open_server()
    need_tables()
    from dawra.team.models import Member

    rows = [
        {
            "email": member.email,
            "name": member.name,
            "role": member.role.code,
            "team": member.team.name if member.team else None,
            "active": member.is_active,
            "last_login": member.last_login,
        }
        for member in Member.objects.select_related("role", "team").order_by("email")
    ]

    def text() -> None:
        for row in rows:
            say(f"{row['email']:<36} {row['role']:<14} {'' if row['active'] else 'deactivated  '}{row['name']}")

    tell(rows, as_json, text)


@user.command("invite")
def invite(
    email: str = typer.Argument(..., help="Whom to invite."),
    role: str = typer.Option(
        "rep", "--role", help="Code of a role: rep, manager, marketer, success, operations, administrator."
    ),
    name: str = typer.Option("", "--name"),
    team: str = typer.Option("", "--team", help="Name of a team."),
    signer: str = typer.Option("", "--as", help="The administrator who invites; else the first one."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Invite somebody; prints the link, which opens once and for a week.

    [bold]Example[/]

      dawra user invite sana@masar.example --role rep --team North
    """
    open_server()
    need_tables()
    from django.conf import settings
    from django.urls import reverse

    from dawra.access.errors import Answer
    from dawra.access.models import Role
    from dawra.team.actions import inviting
    from dawra.team.models import Team

    found = Role.objects.filter(code=role).first()
    if found is None:
        stop(
            USAGE, f"no role is called {role!r}", do="One of: " + ", ".join(Role.objects.values_list("code", flat=True))
        )
    place = Team.objects.filter(name=team, archived_at__isnull=True).first() if team else None
    if team and place is None:
        stop(USAGE, f"no team is called {team!r}")
    try:
        invited = inviting.invite(
            administrator(signer), email=email, role_id=found.pk, team_id=place.pk if place else None, name=name
        )
    except Answer as wrong:
        stop(REFUSED, str(wrong))
    link = settings.BASE_URL + reverse("team:join_link", args=[invited.key])
    until: datetime = invited.invitation.expires_at
    tell(
        {"email": invited.invitation.email, "link": link, "expires_at": until},
        as_json,
        lambda: say(f"Send this link to {email}; it opens once, until {until:%Y-%m-%d %H:%M} UTC:\n  {link}"),
    )


@user.command("deactivate")
def deactivate(
    email: str = typer.Argument(..., help="Who leaves."),
    heir: str = typer.Option(..., "--heir", help="E-mail of the member who inherits open work."),
    signer: str = typer.Option("", "--as", help="The administrator who does it; else the first one."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Close a member's way in and hand open work to another; the history stays.

    [bold]Example[/]

      dawra user deactivate lina@masar.example --heir omar@masar.example
    """
    open_server()
    need_tables()
    from dawra.access.errors import Answer
    from dawra.team.actions import members

    leaving, heiress = _member(email), _member(heir)
    try:
        counts = members.deactivate(administrator(signer, but=email), member_id=leaving.pk, heir_id=heiress.pk)
    except Answer as wrong:
        stop(REFUSED, str(wrong))
    handed = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing open"
    tell(
        {"email": email, "handed_over": counts},
        as_json,
        lambda: say(f"{email} can no longer sign in; {heir} takes {handed}."),
    )


@user.command("password-link")
def password_link(email: str = typer.Argument(..., help="Whose password."), as_json: bool = JSON_OPTION) -> None:
    """Print a link through which a member chooses a new password, once; for when mail does not work.

    [bold]Example[/]

      dawra user password-link amal@masar.example
    """
    open_server()
    need_tables()
    member = _member(email)
    if not member.is_active:
        stop(REFUSED, f"{email} is deactivated.")
    link = _password_link(member)
    tell({"email": member.email, "link": link}, as_json, lambda: say(link))


def _weekdays(text: str) -> tuple[int, ...]:
    words = [word.strip().lower()[:3] for word in text.split(",") if word.strip()]
    if any(word not in DAYS for word in words):
        stop(USAGE, f"--weekend {text!r} is not understood", do="Write days such as fri,sat.")
    return tuple(sorted(DAYS.index(word) + 1 for word in words))


def _house(why: str) -> Any:
    """The command line signs as itself: whoever may run it has the database in hand."""
    from django.utils import timezone

    from dawra.access.actor import Actor

    return Actor.system(why, timezone.now(), via="cli")


def _member(email: str) -> Any:
    from dawra.team.models import Member

    member = Member.objects.filter(email__iexact=email.strip()).first()
    if member is None:
        stop(PROBLEM, f"no member has the address {email}.", do="`dawra user list` shows who there is.")
    return member


def _password_link(member: Any) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.urls import reverse

    parts = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    return str(settings.BASE_URL) + reverse("account_reset_password_from_key", kwargs=parts)
