"""The kinds of records that can be opened, shared and asked about: every model that is a Record."""

from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.record import Record


@lru_cache(maxsize=1)
def records() -> dict[str, type[Record]]:
    """kind → model. The rooms need not announce theirs: being a Record is enough."""
    return {model.kind: model for model in apps.get_models() if issubclass(model, Record)}


kinds = records

# What reading each kind of owned record takes; activities and the like are seen through the records they concern.
READS = {"person": "customers.read", "company": "customers.read", "deal": "deals.read"}


def readable(actor: Actor) -> tuple[str, ...]:
    """The kinds of owned records this actor's role may read."""
    return tuple(kind for kind, permission in READS.items() if actor.may(permission))


def fetch(actor: Actor, kind: str, record_id: UUID) -> Record:
    """One record of any kind, if the actor may see it. Raises NotFound; 1 query."""
    model = records().get(kind)
    if model is None:
        raise NotFound()
    return model.fetch(actor, record_id)


def open_record(actor: Actor, kind: str, record_id: UUID) -> Record:
    """One record that has a page, by the kind and id an address names. 1 query.

    Raises: NotFound (no such kind, or not visible), Refused
    """
    if kind not in READS:
        raise NotFound()
    actor.must(READS[kind])
    return fetch(actor, kind, record_id)


def address(kind: str, record_id: UUID) -> str:
    """Where a record's page is: each room that keeps a kind names its page after it (deals:deal)."""
    room = records()[kind]._meta.app_label
    try:
        return reverse(f"{room}:{kind}", args=[record_id])
    except NoReverseMatch:
        return reverse("customers:timeline", args=[kind, record_id])
