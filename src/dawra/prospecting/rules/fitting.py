"""What is compared of a company for the ideal customer profile, on plain values. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from dawra.figures.icp import SIZE_CUTS, band_of
from dawra.figures.words import fold

INDUSTRY, SIZE, COUNTRY, SOURCE, TITLE = "industry", "size", "country", "source", "title"
BUILT_IN = (INDUSTRY, SIZE, COUNTRY, SOURCE, TITLE)
CUSTOM = "custom."
# Types of custom fields that can be compared; numbers in bands of equal count.
COMPARED = frozenset({"choice", "choices", "yes_no", "number"})
MOST_POINTS = 100
LONGEST = 80
MOST = 1e18  # beyond any count; also turns away nan and infinity

# The level a title speaks of, the highest first; the first that is found counts. Folded.
LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("owner", ("owner", "founder", "proprietor", "مالك", "موسس", "صاحب شركه", "شريك")),
    ("director", ("vice president", "vp", "svp", "evp", "head of", "head", "نايب رييس", "رييس قسم", "رييس اداره")),
    ("chief", ("chief", "ceo", "cfo", "coo", "cto", "cio", "cmo", "president", "chairman", "managing director",
               "general manager", "رييس", "الرييس", "المدير العام", "مدير عام", "العضو المنتدب")),
    ("director", ("director", "مدير اداره", "مدير تنفيذي")),
    ("manager", ("manager", "supervisor", "lead", "مدير", "مديره", "مشرف", "مشرفه")),
)  # fmt: skip
RANK = ("owner", "chief", "director", "manager", "other")


class Compared(Protocol):
    """What is read of a company; see customers.queries.features.Features."""

    @property
    def industry(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def employees(self) -> int | None: ...
    @property
    def custom(self) -> Mapping[str, Any]: ...
    @property
    def titles(self) -> Sequence[str]: ...


def level_of(title: str) -> str:
    """owner, chief, director, manager or other; "" of no title."""
    words = f" {fold(title).replace('-', ' ').replace(',', ' ').replace('/', ' ')} "
    if not words.strip():
        return ""
    return next((level for level, marks in LEVELS if any(f" {mark} " in words for mark in marks)), "other")


def highest_level(titles: Iterable[str]) -> str:
    """The highest level among those who work there; "" where no title is known."""
    levels = [level for title in titles if (level := level_of(title))]
    return min(levels, key=RANK.index, default="")


def values_of(
    company: Compared,
    dimensions: Iterable[str],
    cuts: Mapping[str, Sequence[float]],
    *,
    source: str = "",
    title: str = "",
) -> dict[str, tuple[str, ...]]:
    """dimension → values of a company; () where nobody knows. source, title: of the deal at hand, else the company's."""
    found: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions:
        if dimension == SIZE:
            found[dimension] = band_of(company.employees, SIZE_CUTS)
        elif dimension == TITLE:
            found[dimension] = _one(level_of(title) or highest_level(company.titles))
        elif dimension == SOURCE:
            found[dimension] = _one(fold(source or company.source))
        elif dimension == INDUSTRY:
            found[dimension] = _one(fold(company.industry))
        elif dimension == COUNTRY:
            found[dimension] = _one(company.country)
        elif dimension.startswith(CUSTOM):
            found[dimension] = _custom(company.custom.get(dimension.removeprefix(CUSTOM)), cuts.get(dimension, ()))
    return found


def _one(value: str) -> tuple[str, ...]:
    return (value[:LONGEST],) if value else ()


def _custom(value: Any, cuts: Sequence[float]) -> tuple[str, ...]:
    if value is None or value in ("", []):
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, list):
        return tuple(str(one)[:LONGEST] for one in value)
    number = number_of(value)
    return band_of(number, cuts) if number is not None and cuts else (str(value)[:LONGEST],)


def number_of(value: Any) -> float | None:
    """A custom number as kept (exact numbers are kept as text); None of anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < MOST else None
