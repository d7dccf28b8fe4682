"""What every member decides about themselves: names, language, calendar, looks, hours, notices."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.journal.actions import write
from dawra.journal.catalogue.team import MemberChanged
from dawra.team import rules
from dawra.team.changing import change
from dawra.team.models import Member

CHOICES: dict[str, tuple[str, ...]] = {
    "language": rules.LANGUAGES,
    "digits": ("latn", "arab"),
    "calendar": ("gregorian", "hijri"),
    "month_names": ("nile", "levant"),
    "theme": ("", "light", "dark"),
    "density": ("", "compact"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """time_zone: "" for the company's. notify: {"mention": ["app"]} by reason. working_hours: see rules."""

    name: str
    name_ar: str = ""
    language: str = "en"
    time_zone: str = ""
    digits: str = "latn"
    calendar: str = "gregorian"
    month_names: str = "nile"
    theme: str = ""
    density: str = ""
    shortcuts: bool = True
    working_hours: dict[str, list[str]] = field(default_factory=dict)
    notify: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def change_profile(actor: Actor, *, profile: Profile, version: int | None = None) -> None:
    """Change one's own habits; nobody needs a permission for that.

    Writes:  team.member_changed.1 (nothing if nothing differs)
    Raises:  NotFound (no member signs), Invalid, Stale
    """
    member = _myself(actor)
    name, name_ar = profile.name.strip(), profile.name_ar.strip()
    if not name or max(len(name), len(name_ar)) > 120:
        raise Invalid(_("Write your name."), field="name")
    if profile.time_zone and profile.time_zone not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."), field="time_zone")
    hours = rules.working_hours(profile.working_hours)
    if hours is None:
        raise Invalid(
            _("Write each day's hours as 09:00 and 17:00, the end after the beginning."), field="working_hours"
        )
    values: dict[str, Any] = {choice: getattr(profile, choice) for choice in CHOICES}
    _check(values)
    values |= {"name": name, "name_ar": name_ar, "time_zone": profile.time_zone, "shortcuts": profile.shortcuts}
    values |= {"working_hours": hours, "notify": _notices(profile.notify)}
    _keep(actor, member, values, version)


@transaction.atomic
def change_looks(actor: Actor, **looks: str) -> None:
    """One click on the page frame: language, theme, density or digits.

    Writes:  team.member_changed.1 (nothing if nothing differs)
    Raises:  NotFound, Invalid
    """
    member = _myself(actor)
    if not looks.keys() <= CHOICES.keys():
        raise Invalid(_("There is no such choice."))
    _check(looks)
    _keep(actor, member, dict(looks), None)


def _myself(actor: Actor) -> Member:
    member: Member | None = Member.objects.filter(pk=actor.member_id, is_active=True).first()
    if member is None:
        raise NotFound()
    return member


def _check(values: dict[str, Any]) -> None:
    for choice, value in values.items():
        if value not in CHOICES[choice]:
            raise Invalid(_("There is no such choice."), field=choice)


def _notices(notify: dict[str, list[str]]) -> dict[str, list[str]]:
    return {reason: [way for way in notify.get(reason, []) if way == "app"] for reason in rules.REASONS}


def _keep(actor: Actor, member: Member, values: dict[str, Any], version: int | None) -> None:
    changes = change(member, values, version)
    if changes:
        write(actor, MemberChanged(member_id=member.pk, changes=changes, member=member.name), about=[member])
