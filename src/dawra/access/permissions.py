"""Permissions are code: each is a word and a sentence. Roles (data) hold some of them."""

from dataclasses import dataclass
from typing import Literal

Sees = Literal["own", "team", "all"]


def gettext_noop(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


_ = gettext_noop

PERMISSIONS: dict[str, str] = {
    "customers.read": _("See people and companies"),
    "customers.work": _("Add and edit people and companies, log activities"),
    "customers.delete": _("Delete people and companies"),
    "customers.fields": _("Define custom fields and lifecycle stages"),
    "prospecting.read": _("See leads, research and the ideal customer profile"),
    "prospecting.work": _("Add, answer, accept and reject leads, write research"),
    "prospecting.manage": _("Design who gets which lead, response targets and the ideal customer profile"),
    "deals.read": _("See deals and the pipeline"),
    "deals.work": _("Add, edit, move and close deals"),
    "deals.delete": _("Delete deals"),
    "deals.approve": _("Approve quotes above the discount limit"),
    "deals.pipelines": _("Design pipelines, products, reasons and currency rates"),
    "customers.privacy": _("Hand out everything known of a person, and erase it"),
    "records.assign": _("Give a record to another owner"),
    "records.share": _("Share a record with a person or a team"),
    "records.import": _("Import files"),
    "records.export": _("Export lists"),
    "records.bulk": _("Edit many records at once"),
    "team.read": _("See members and teams"),
    "team.manage": _("Invite, edit and deactivate members, design teams"),
    "team.train": _("Write training paths, give another attempt, revoke certificates"),
    "access.roles": _("Change roles and what they allow"),
    "access.tokens": _("Make personal API tokens"),
    "access.service_tokens": _("Make service tokens"),
    "journal.operate": _("See and retry background deliveries"),
    "workspace.manage": _("Change the company's settings"),
    "workspace.operate": _("See backups and the state of the installation, load or remove the sample"),
}

_READS = {"customers.read", "prospecting.read", "deals.read", "team.read", "access.tokens"}
_WORKS = _READS | {"customers.work", "prospecting.work", "deals.work", "records.share", "records.export"}


@dataclass(frozen=True, slots=True)
class RoleSeed:
    code: str
    name: str
    permissions: frozenset[str]
    sees: Sees


ROLES: tuple[RoleSeed, ...] = (
    RoleSeed("rep", _("Sales rep"), frozenset(_WORKS), "own"),
    RoleSeed(
        "manager",
        _("Sales manager"),
        frozenset(
            _WORKS
            | {"customers.delete", "deals.delete", "deals.approve", "records.assign", "records.bulk", "records.import"}
            | {"team.train"}
        ),
        "team",
    ),
    RoleSeed(
        "marketer",
        _("Marketer"),
        frozenset(_READS | {"customers.work", "prospecting.work", "records.export", "records.import", "records.bulk"}),
        "all",
    ),
    RoleSeed("success", _("Success manager"), frozenset(_WORKS), "all"),
    RoleSeed(
        "operations",
        _("Sales operations"),
        frozenset(
            set(PERMISSIONS)
            - {"access.roles", "access.service_tokens", "workspace.manage", "workspace.operate", "team.manage"}
        ),
        "all",
    ),
    RoleSeed("administrator", _("Administrator"), frozenset(PERMISSIONS), "all"),
)
