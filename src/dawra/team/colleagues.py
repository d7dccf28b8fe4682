"""Members as other rooms speak of them: to assign work, and to be named in a note."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from dawra.figures.words import fold, named
from dawra.team.models import Member


@dataclass(frozen=True, slots=True)
class Colleague:
    id: UUID
    name: str
    name_ar: str
    email: str

    def read(self) -> str:
        """The name as whoever reads this page writes it."""
        return named(self.name, self.name_ar, (get_language() or "en").split("-")[0])


def colleagues(ids: Collection[UUID] | None = None) -> list[Colleague]:
    """Active members by name, all or those of the given ids. 1 query."""
    rows = Member.objects.filter(is_active=True)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return [Colleague(*row) for row in rows.order_by("name", "id").values_list("id", "name", "name_ar", "email")]


def member_ids() -> list[UUID]:
    """Everybody, also who has left or cannot sign in yet. 1 query."""
    return list(Member.objects.values_list("id", flat=True))


def colleagues_named(text: str, limit: int = 8) -> list[Colleague]:
    """Whose name, in either script, or whose e-mail has a word that begins with text. 1 query."""
    wanted = fold(text)
    if not wanted:
        return colleagues()[:limit]
    found = [c for c in colleagues() if any(_begins(word, wanted) for word in (c.name, c.name_ar, c.email))]
    return found[:limit]


def mentioned_in(text: str) -> list[UUID]:
    """Who is named with @ in a text: by full name in either script, by a first name nobody shares, or by e-mail.

    1 query, none for a text without @.
    """
    if "@" not in text:
        return []
    everybody = colleagues()
    names: dict[str, list[UUID]] = {}
    for one in everybody:
        spoken = {fold(one.name), fold(one.name_ar), fold(one.email), fold(one.email).partition("@")[0]}
        spoken |= {fold(name).partition(" ")[0] for name in (one.name, one.name_ar)}
        for name in spoken - {""}:
            names.setdefault(name, []).append(one.id)
    found: dict[UUID, None] = {}
    for part in _after_at(text):
        # The longest name wins, so that "@Sana Khoury" is not somebody else called Sana.
        fitting = [name for name in names if part == name or (part.startswith(name) and not part[len(name)].isalnum())]
        if fitting and len(ids := names[max(fitting, key=len)]) == 1:
            found[ids[0]] = None
    return list(found)


def _after_at(text: str) -> list[str]:
    """The folded text behind each @ that begins a word."""
    parts = []
    for place, char in enumerate(text[:50_000]):
        if char == "@" and (place == 0 or not text[place - 1].isalnum()):
            parts.append(fold(text[place + 1 : place + 161]))
    return [part for part in parts if part]


def _begins(name: str, wanted: str) -> bool:
    folded = fold(name)
    return folded.startswith(wanted) or f" {wanted}" in folded
