"""From a template and a person to a letter somebody can read over: merged, in the contact's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dawra.access.actor import Actor
from dawra.customers.letter_fields import audience_of
from dawra.customers.merging.fields import FIELDS, About, Offered, read
from dawra.customers.merging.filters import shower
from dawra.customers.merging.language import fill, one_line
from dawra.customers.models import LetterTemplate, Person
from dawra.team import queries as team

LANGUAGES = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Draft:
    """missing: paths of fields without a value; each left a mark in the text that must be replaced before it is sent."""

    language: str
    subject: str
    body: str
    missing: tuple[str, ...]


def language_of(person: Person) -> str:
    """The contact's language, else the company's. 1 query where the contact has none of ours."""
    if person.language in LANGUAGES:
        return str(person.language)
    house = team.workspace()
    return house.language if house and house.language in LANGUAGES else "en"


def written_in(template: LetterTemplate, language: str) -> str:
    """The language asked for if the template has it, else the one it has."""
    texts = {"en": template.body, "ar": template.body_ar}
    other = "en" if language == "ar" else "ar"
    return language if texts[language] or not texts[other] else other


def draft(actor: Actor, template: LetterTemplate, about: About) -> Draft:
    """Fill a template in. Raises NotFound, Faulty (a field it uses was archived since)."""
    is_arabic = about.language == "ar"
    subject = template.subject_ar if is_arabic else template.subject
    body = template.body_ar if is_arabic else template.body
    return merged(actor, about, subject, body, FIELDS.known())


def merged(actor: Actor, about: About, subject: str, body: str, known: Mapping[str, Offered]) -> Draft:
    """Raises NotFound, Faulty. As many queries as the groups the text uses need."""
    line, text = read(subject, known, is_line=True), read(body, known)
    used = {placed.path.partition(".")[0] for placed in (*line.fields, *text.fields)}
    values: dict[str, Any] = {}
    for code, group in FIELDS.groups.items():
        if code in used and group.kind in ("", about.kind):
            values |= group.values(actor, about)
    show = shower(audience_of(Person.fetch(actor, about.person_id), about.language))
    first, second = fill(line, values, show), fill(text, values, show)
    missing = tuple(dict.fromkeys((*first.missing, *second.missing)))
    return Draft(about.language, one_line(first.text)[:300], second.text, missing)


def groups_of(*texts: str, known: Mapping[str, Offered]) -> list[str]:
    """Whose fields these texts use. Raises Faulty."""
    return sorted({placed.path.partition(".")[0] for text in texts for placed in read(text, known).fields})
