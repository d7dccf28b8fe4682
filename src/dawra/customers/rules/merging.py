"""What two records become as one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dawra.customers.rules.lifecycle import comes_before

KEPT, GONE, BOTH = "kept", "gone", "both"
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """The newest word of a person about one channel."""

    granted: bool
    basis: str
    given_at: datetime


def stage_of_both(kept: str, kept_since: datetime, gone: str, gone_since: datetime) -> str:
    """KEPT or GONE: whose lifecycle stage counts. The further one; once either bought, what was learnt last."""
    if kept == gone:
        return KEPT if kept_since <= gone_since else GONE
    if comes_before(kept, "customer") or comes_before(gone, "customer"):
        return GONE if comes_before(kept, gone) else KEPT
    return GONE if gone_since > kept_since else KEPT


def withdrawn(kept: Mapping[str, Said], gone: Mapping[str, Said]) -> dict[str, Said]:
    """channel → the refusal that must be said once more, because a newer grant of the other record would hide it."""
    found = {}
    for channel in kept.keys() & gone.keys():
        one, other = kept[channel], gone[channel]
        refusal, grant = (one, other) if not one.granted else (other, one)
        if grant.granted and not refusal.granted and grant.given_at >= refusal.given_at:
            found[channel] = refusal
    return found


def value_of_both(kept: Any, gone: Any, choice: str) -> Any:
    """What a field holds afterwards. Without a choice the kept record's, unless it has nothing."""
    if choice == GONE:
        return gone
    if choice == BOTH and isinstance(kept, str) and isinstance(gone, str):
        parts = [part for part in dict.fromkeys((kept.strip(), gone.strip())) if part]
        return "\n\n".join(parts)[:LONGEST]
    if choice == KEPT:
        return kept
    return gone if kept in (None, "", [], {}) else kept
