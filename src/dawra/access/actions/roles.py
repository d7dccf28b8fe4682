"""Roles as data: what their holders may do and how far they see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.ids import new_id
from dawra.access.models import Role
from dawra.access.permissions import PERMISSIONS, ROLES
from dawra.access.rules import opens_the_house

LONGEST_NAME = 80
REACHES = ("own", "team", "all")


@dataclass(frozen=True, slots=True)
class RolePlan:
    """sees: own, team or all."""

    name: str
    permissions: frozenset[str]
    sees: str


@transaction.atomic
def seed_roles(actor: Actor) -> dict[str, Role]:
    """Make the six built-in roles where they are missing; roles that were edited stay as they are.

    Part of setting up, which writes the entry.
    """
    actor.must("access.roles")
    for seed in ROLES:
        Role.objects.get_or_create(
            code=seed.code,
            defaults={"permissions": sorted(seed.permissions), "sees": seed.sees, "built_in": True},
        )
    return {role.code: role for role in Role.objects.all()}


@transaction.atomic
def save_role(actor: Actor, *, role_id: UUID | None, plan: RolePlan) -> Role:
    """Make a role, or change what its holders may do and see; it counts from their next click.

    Writes:  access.role_saved.1
    Raises:  Refused, NotFound, Invalid, Conflict (nobody would be left who can change roles)
    """
    actor.must("access.roles")
    _check(plan)
    if role_id is None:
        key = new_id()
        role = Role(id=key, code=f"own_{key.hex[-12:]}")
    else:
        role = _locked(role_id)
    before = {"name": role.name, "permissions": sorted(role.permissions), "sees": role.sees}
    role.name = "" if role.built_in and not plan.name.strip() else plan.name.strip()
    role.permissions, role.sees = sorted(plan.permissions), plan.sees
    if not role.name and not role.built_in:
        raise Invalid(_("Give the role a name."), field="name")
    role.save(force_insert=role_id is None)
    _somebody_keeps_the_keys()
    after = {"name": role.name, "permissions": role.permissions, "sees": role.sees}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        _written(actor, role, changes)
    return role


@transaction.atomic
def remove_role(actor: Actor, *, role_id: UUID) -> None:
    """Take away a role of the company's own that nobody holds.

    Writes:  access.role_saved.1
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("access.roles")
    role = _locked(role_id)
    if role.built_in:
        raise Conflict(_("The six built-in roles stay; you can change what they allow."))
    before = {"permissions": [sorted(role.permissions), []]}
    try:
        role.delete()
    except ProtectedError:
        raise Conflict(_("Somebody holds this role or is invited to it. Give them another one first.")) from None
    role.id = role_id
    _written(actor, role, before)


def _locked(role_id: UUID) -> Role:
    role = Role.objects.select_for_update().filter(pk=role_id).first()
    if role is None:
        raise NotFound()
    return role


def _check(plan: RolePlan) -> None:
    if len(plan.name) > LONGEST_NAME:
        raise Invalid(_("A name has 80 characters at most."), field="name")
    if plan.sees not in REACHES:
        raise Invalid(_("Choose which records the role sees."), field="sees")
    if not plan.permissions <= PERMISSIONS.keys():
        raise Invalid(_("There is no such permission."), field="permissions")


def _somebody_keeps_the_keys() -> None:
    """Read after the write, so that the rule looks at what would be; a refusal rolls it back."""
    held = doors.directory().holders()
    if not any(held.get(role.pk) for role in Role.objects.all() if opens_the_house(role.permissions)):
        raise Conflict(_("Nobody would be left who can manage members and roles. Give somebody else that role first."))


def _written(actor: Actor, role: Role, changes: dict[str, Any]) -> None:
    doors.write(actor, "access.role_saved.1", role_id=role.pk, role=role.name or role.code, changes=changes)
