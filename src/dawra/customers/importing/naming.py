"""Whom rows of our own files mean: no foreign ids there, but mails, and names that only one visible record has."""

from collections.abc import Callable, Mapping
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.kinds import kinds
from dawra.customers.importing.meaning import people_by_mail
from dawra.customers.importing.pending import References
from dawra.customers.importing.plan import GUESSED
from dawra.customers.importing.targets import Work


def assume(work: Work, known: References, wanted: Mapping[str, set[str]]) -> None:
    """Let the references that no row of the system explains mean records that are here. 5 queries at most."""
    if work.system != GUESSED:
        return
    for kind, find in (("person", _people), ("company", _firms), ("deal", _deals)):
        missing = {key for key in wanted.get(kind, ()) if known.row(kind, key) is None}
        for key, record_id in find(work.actor, missing).items():
            known.assume(kind, key, record_id)


def _people(actor: Actor, keys: set[str]) -> dict[str, UUID]:
    mails = {key[6:] for key in keys if key.startswith("email:")}
    found = {f"email:{mail}": pk for mail, pk in people_by_mail(actor, mails).items()}
    return found | _named(actor, "person", keys, lambda name: f"name:{name}")


def _firms(actor: Actor, keys: set[str]) -> dict[str, UUID]:
    return _named(actor, "company", keys, lambda name: name)


def _deals(actor: Actor, keys: set[str]) -> dict[str, UUID]:
    return _named(actor, "deal", keys, lambda name: f"name:{name}")


def _named(actor: Actor, kind: str, keys: set[str], key_of: Callable[[str], str]) -> dict[str, UUID]:
    """The only visible record of each name."""
    before = key_of("")
    names = {key.removeprefix(before) for key in keys if key.startswith(before)} - {""}
    if not names or kind not in kinds():
        return {}
    found: dict[str, UUID | None] = {}
    rows = kinds()[kind].objects.visible_to(actor).filter(folded__in=names).values_list("folded", "pk")
    for folded, pk in rows:
        found[folded] = None if folded in found else pk
    return {key_of(name): pk for name, pk in found.items() if pk is not None}
