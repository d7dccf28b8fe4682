"""Ways to reach somebody: e-mails, phone numbers and web addresses, one or several in a cell."""

import re
from functools import lru_cache

from dawra.customers import rules
from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, bare, of, short
from dawra.customers.rules.points import web
from dawra.figures.words import western_digits

_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
_ADDRESS = re.compile(r"<([^<>]+)>|([^\s,;<>\"()]+@[^\s,;<>\"()]+)")
_BETWEEN_EMAILS = re.compile(r"[;\s|،؛]+|,(?=\s|[^,]*@)")
_BETWEEN_PHONES = re.compile(r"\s*(?:[;|،؛\n]|,(?!\s*ext)|\s/\s|:::|\bor\b|\band\b|\s[أا]و\s)\s*", re.IGNORECASE)
_SLASHED = re.compile(r"(?<=\d{7})\s*/\s*(?=[+\d])")
_SINGLE = re.compile(r"[+\d][\d\s().-]{4,24}", re.ASCII)
_DIGITS = re.compile(r"\+?\d[\d -]{4,20}", re.ASCII)
_KIND = re.compile(
    r"^(?:tel|phone|mobile|mob|cell|fax|work|home|office|main|هاتف|جوال|موبايل|محمول)\.?\s*[:：.]\s*", re.IGNORECASE
)
_KIND_AFTER = re.compile(r"\s*\((?:work|home|mobile|cell|office|main|other|fax)\)\s*$", re.IGNORECASE)
_MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_FLOATED = re.compile(r"(\+?\d{7,15})\.0", re.ASCII)
_EXTENSION = re.compile(r"(?:تحويلة|داخلي|تح)\s*[:.]?\s*(?=\d)")


@of("email")
def email(written: str, cell: Cell) -> list[rules.Point]:
    """One or several addresses, the main one first; a name beside an address in <…> is left out."""
    plain = INVISIBLE.sub("", written).strip() if not written.isascii() else written
    if _EMAIL.fullmatch(plain) and len(plain) <= 254:
        return [_point("email", plain, "", "not_email")]
    parts = _addresses(plain) if "<" in plain or "(" in plain else _BETWEEN_EMAILS.split(plain)
    parts = [part for part in (part.strip().strip("\"'").removeprefix("mailto:") for part in parts) if part]
    for part in parts:
        if not _EMAIL.fullmatch(part) or len(part) > 254:
            mended = part.replace(",", ".")
            if mended != part and _EMAIL.fullmatch(mended):
                raise Wrong("email_comma", value=short(part), fix=mended)
            raise Wrong("not_email", value=short(part))
    if not parts:
        raise Wrong("not_email", value=short(written))
    points = {point.normal: point for point in (_point("email", part, "", "not_email") for part in reversed(parts))}
    if len(points) > 1:
        cell.note("several_emails")
    return list(reversed(points.values()))


def _addresses(plain: str) -> list[str]:
    """Out of `Aziz, Rania <a@b.example>; c@d.example (at work)`: what has no @ is a name."""
    return [match[1] or match[2] for match in _ADDRESS.finditer(plain)] or [plain]


@of("phone")
def phone(written: str, cell: Cell) -> list[rules.Point]:
    """One or several numbers, the main one first; one without a country code is of the row's or the company's country."""
    plain = bare(written) if "\n" not in written else written.strip()
    if _SINGLE.fullmatch(plain) and (found := _phone(plain, cell.country)):
        return [found]
    parts = [part for part in _BETWEEN_PHONES.split(_SLASHED.sub(";", INVISIBLE.sub("", plain))) if part]
    points: dict[str, rules.Point] = {}
    for part in parts or [plain]:
        point = _phone(part, cell.country)
        if point is None:
            raise _no_phone(part, cell.country)
        points.setdefault(point.normal, point)
    if len(points) > 1:
        cell.note("several_phones")
    return list(points.values())


@lru_cache(maxsize=8_192)
def _phone(written: str, country: str) -> rules.Point | None:
    plain = written
    if not _DIGITS.fullmatch(written):
        plain = _KIND_AFTER.sub("", _KIND.sub("", western_digits(written).strip())).removeprefix("'").strip()
        plain = _EXTENSION.sub(" ext. ", plain)
        if _MANGLED.fullmatch(plain):
            raise Wrong("phone_shortened", value=short(written))
    if plain.endswith(".0") and (floated := _FLOATED.fullmatch(plain)):
        plain = floated[1]
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    try:
        return rules.point("phone", plain, country)
    except rules.Wrong:
        return None


def _no_phone(part: str, country: str) -> Wrong:
    digits = sum(char.isdigit() for char in part)
    if not country and digits >= 6 and not part.lstrip("( ").startswith(("+", "00")):
        return Wrong("phone_country", value=short(part))
    return Wrong("not_phone", value=short(part))


@of("link")
def site(written: str, cell: Cell) -> rules.Point:
    return _point("site", bare(written), "", "not_site")


def link(most: int = 500) -> Read:
    """A web address as text; https where no scheme stands."""

    @of("link")
    def read(written: str, cell: Cell) -> str:
        try:
            address = str(web(bare(written)).geturl())
        except rules.Wrong:
            raise Wrong("not_site", value=short(written)) from None
        if len(address) > most:
            raise Wrong("too_long", most=most)
        return address

    return read


def _point(kind: str, written: str, country_code: str, code: str) -> rules.Point:
    try:
        return rules.point(kind, written, country_code)
    except rules.Wrong:
        raise Wrong(code, value=short(written)) from None
