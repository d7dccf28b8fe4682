"""Roles as data."""

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.models import Role
from dawra.access.permissions import ROLES


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
