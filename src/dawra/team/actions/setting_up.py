"""The first run: a company, its roles, a first team and the first administrator."""

from dataclasses import dataclass, field
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actions.roles import seed_roles
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.access.ids import new_id
from dawra.journal.actions import write
from dawra.journal.catalogue.team import MemberJoined, WorkspaceSetUp
from dawra.team import rules
from dawra.team.actors import actor_for
from dawra.team.models import Member, Team, Workspace
from dawra.team.passwords import check_password
from dawra.team.steps import INHERIT_STEPS, SETUP_STEPS

__all__ = ["INHERIT_STEPS", "SETUP_STEPS", "CompanyPlan", "set_up_workspace"]


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    """What the first page asks.

    weekend_days, week_starts_on: ISO weekdays, Monday = 1. default_country: ISO code or "".
    """

    company: str
    admin_name: str
    admin_email: str
    admin_password: str = field(repr=False)
    base_currency: str = "USD"
    fiscal_year_start_month: int = 1
    weekend_days: tuple[int, ...] = (6, 7)
    week_starts_on: int = 1
    time_zone: str = "UTC"
    language: str = "en"
    default_country: str = ""


@transaction.atomic
def set_up_workspace(actor: Actor, *, plan: CompanyPlan) -> Member:
    """Make the company and its first administrator, once.

    actor:   Actor.system("first run", now): there is nobody else yet
    Writes:  team.workspace_set_up.1, team.member_joined.1
    Raises:  Conflict (it has been set up), Invalid
    """
    actor.must("workspace.manage")
    if Workspace.objects.exists():
        raise Conflict(_("This company has already been set up."))
    _check(plan)
    try:
        with transaction.atomic():
            workspace = Workspace.objects.create(
                id=1,
                name=plan.company.strip(),
                base_currency=plan.base_currency,
                fiscal_year_start_month=plan.fiscal_year_start_month,
                weekend_days=sorted(plan.weekend_days),
                week_starts_on=plan.week_starts_on,
                time_zone=plan.time_zone,
                language=plan.language,
                default_country=plan.default_country,
                created_at=actor.now,
            )
    except IntegrityError:  # the same page was sent twice at once
        raise Conflict(_("This company has already been set up.")) from None
    roles = seed_roles(actor)
    team = Team(id=new_id(), name=workspace.name[:80])
    team.path = f"/{team.id.hex}/"
    team.save(force_insert=True)
    member = Member(
        email=plan.admin_email.strip().lower(),
        name=plan.admin_name.strip(),
        role=roles["administrator"],
        team=team,
        language=plan.language,
        created_at=actor.now,
    )
    check_password(plan.admin_password, member, field="admin_password")
    member.set_password(plan.admin_password)
    member.save(force_insert=True)
    signer = actor_for(member, actor.now, actor.via)
    write(signer, WorkspaceSetUp(company=workspace.name, currency=workspace.base_currency), about=[])
    write(signer, MemberJoined(member_id=member.pk, member=member.name), about=[member])
    for step in SETUP_STEPS:
        step(signer)
    return member


def _check(plan: CompanyPlan) -> None:
    if not plan.company.strip() or len(plan.company) > 120:
        raise Invalid(_("Write the company's name."), field="company")
    if not plan.admin_name.strip() or len(plan.admin_name) > 120:
        raise Invalid(_("Write your name."), field="admin_name")
    try:
        validate_email(plan.admin_email.strip())
    except ValidationError:
        raise Invalid(_("Write an e-mail address, such as name@example.com."), field="admin_email") from None
    if len(plan.admin_email) > 254:
        raise Invalid(_("Write an e-mail address, such as name@example.com."), field="admin_email")
    if not rules.is_currency(plan.base_currency):
        raise Invalid(_("Write the currency's three letters, such as SAR."), field="base_currency")
    check_habits(
        fiscal_year_start_month=plan.fiscal_year_start_month,
        weekend_days=plan.weekend_days,
        week_starts_on=plan.week_starts_on,
        time_zone=plan.time_zone,
        language=plan.language,
        default_country=plan.default_country,
    )


def check_habits(
    *,
    fiscal_year_start_month: int,
    weekend_days: tuple[int, ...],
    week_starts_on: int,
    time_zone: str,
    language: str,
    default_country: str,
) -> None:
    """Raises Invalid naming the field that cannot be."""
    if not 1 <= fiscal_year_start_month <= 12:
        raise Invalid(_("Choose a month."), field="fiscal_year_start_month")
    if not rules.are_weekdays(weekend_days):
        raise Invalid(_("Leave at least one working day."), field="weekend_days")
    if week_starts_on not in rules.WEEKDAYS:
        raise Invalid(_("Choose a day."), field="week_starts_on")
    if time_zone not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."), field="time_zone")
    if language not in rules.LANGUAGES:
        raise Invalid(_("Choose a language."), field="language")
    if not rules.is_country(default_country):
        raise Invalid(_("Choose a country from the list."), field="default_country")
