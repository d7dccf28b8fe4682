"""What can be set, by whom: the index of settings and the tabs above one's own."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Setting:
    """permission: "" for every member."""

    name: str
    icon: str
    text: str | Promise
    about: str | Promise
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    setting: Setting
    address: str


OWN = (
    Setting("team:profile", "user-circle", _("My profile"), _("Name, language, calendar, looks, hours, notices")),
    Setting("account_change_password", "lock", _("Password"), _("Choose a new one")),
    Setting("mfa_index", "shield-check", _("Second factor"), _("Authenticator app, passkeys, recovery codes")),
    Setting("usersessions_list", "devices", _("My sessions"), _("Where you are signed in; end the others")),
    Setting("site:calendar", "calendar", _("My calendar"), _("Its address for your phone or computer")),
    Setting("access:tokens", "key", _("API tokens"), _("Keys for programs"), "access.tokens"),
)
COMPANY = (
    Setting(
        "site:workspace",
        "building",
        _("Company"),
        _("Name, fiscal year, weekend, time zone, language"),
        "workspace.manage",
    ),
    Setting("team:mail_server", "send", _("Mail server"), _("Where letters leave through"), "workspace.manage"),
    Setting("team:members", "users-group", _("Members"), _("Invite, change, deactivate"), "team.read"),
    Setting("team:teams", "hierarchy", _("Teams"), _("The tree along which managers see"), "team.manage"),
    Setting("access:roles", "shield", _("Roles"), _("What people may do, and how far they see"), "access.roles"),
    Setting("customers:fields", "forms", _("Custom fields"), _("What else to know of records"), "customers.fields"),
    Setting(
        "customers:talk_outcomes",
        "phone",
        _("Calls and meetings"),
        _("How they end, and whether a next step is asked"),
        "customers.fields",
    ),
    Setting(
        "customers:letter_templates", "mail", _("Letter templates"), _("Letters to begin from"), "customers.fields"
    ),
    Setting(
        "prospecting:lead_rules",
        "user-search",
        _("Leads"),
        _("Who gets them, how soon they are answered, reject reasons"),
        "prospecting.manage",
    ),
    Setting("deals:pipelines", "route", _("Pipelines"), _("Stages, reasons, products, rates"), "deals.pipelines"),
    Setting("customers:bin", "trash", _("Bin"), _("What was deleted in the last 30 days"), "customers.read"),
    Setting(
        "journal:deliveries", "refresh", _("Background work"), _("What is owed, late or parked"), "journal.operate"
    ),
    Setting("site:operation", "server", _("Installation"), _("Backups, health, the sample"), "workspace.operate"),
)


def opened_to(actor: Actor, settings: tuple[Setting, ...]) -> list[Shown]:
    """Those this actor may open and whose pages exist."""
    found = []
    for setting in settings:
        if setting.permission and not actor.may(setting.permission):
            continue
        try:
            found.append(Shown(setting, reverse(setting.name)))
        except NoReverseMatch:
            continue
    return found
