"""What happens to records that may be one."""

from dataclasses import dataclass
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@dataclass(frozen=True, slots=True)
class _Joined:
    """record_id: the one that is kept. other_id: the one that went into it."""

    record_kind: str
    record_id: UUID
    other_id: UUID
    merge_id: UUID
    name: str = personal()
    other: str = personal()


@kind("customers.merged.1", _("{actor} merged {other} into {name}"), icon="arrows-join")
@dataclass(frozen=True, slots=True)
class Merged(_Joined):
    pass


@kind("customers.unmerged.1", _("{actor} took {other} and {name} apart again"), icon="arrows-split")
@dataclass(frozen=True, slots=True)
class Unmerged(_Joined):
    """left: rows that somebody had changed since, and that stayed."""

    left: int = 0


@dataclass(frozen=True, slots=True)
class _Judged:
    record_kind: str
    pair_id: UUID
    name: str = personal()
    other: str = personal()


@kind("customers.told_apart.1", _("{actor} noted that {name} and {other} are not the same"), icon="unlink")
@dataclass(frozen=True, slots=True)
class ToldApart(_Judged):
    pass


@kind("customers.thought_alike.1", _("{actor} noted that {name} and {other} may be the same after all"), icon="copy")
@dataclass(frozen=True, slots=True)
class ThoughtAlike(_Judged):
    pass


@kind("customers.exact_merged.1", _("{actor} merged all exact duplicates: {count}"), icon="arrows-join")
@dataclass(frozen=True, slots=True)
class ExactMerged:
    """count: pairs there were when it began."""

    record_kind: str
    count: int


@kind("customers.duplicates_sought.1", _("{actor} had everything searched for duplicates"), icon="search")
@dataclass(frozen=True, slots=True)
class DuplicatesSought:
    search_id: int
