"""Decisions about access on plain values. Pure."""

from collections.abc import Iterable

KEYS = frozenset({"access.roles", "team.manage"})


def opens_the_house(permissions: Iterable[str]) -> bool:
    """Whether a role lets its holder bring everybody else back in: somebody active always holds such a role."""
    return KEYS.issubset(permissions)


def reading(record_kind: str) -> str:
    """The permission that opens records of a kind."""
    return {"deal": "deals.read", "lead": "prospecting.read"}.get(record_kind, "customers.read")
