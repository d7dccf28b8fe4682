"""Ways to reach somebody: what counts as the same address, and which nobody else may have. Pure."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from dawra.customers.rules.wrong import Wrong
from dawra.figures.words import western_digits

MAY_BE_UNIQUE = frozenset({("email", "person"), ("site", "company")})
_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@(?=.{1,255}$)[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]*(?:[ .-]?[0-9]+)*")
_NO_DIGITS = dict.fromkeys(map(ord, "+ .-"))
_HOST = re.compile(r"(?=.{1,253}$)([^\s./?#@:]+\.)+[^\s./?#@:]{2,}")


def _(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Point:
    """value: as shown. normal: as compared, see models/contact.py."""

    kind: str
    value: str
    normal: str


def point(kind: str, written: str, country: str = "") -> Point:
    """Read an e-mail, phone, site or social address. country: where a phone without + is at home. Raises Wrong."""
    text = " ".join(written.split())
    if not text or len(text) > 320:
        raise Wrong(_("Write an address of at most %(most)s characters."), most=320)
    return _READ_POINT[kind](text, country)


def unique_key(kind: str, holder: str, normal: str) -> str | None:
    """What nobody else may have: a person's e-mail, a company's site. None for what people share."""
    return f"{kind}:{holder}:{normal}" if (kind, holder) in MAY_BE_UNIQUE else None


def _email(text: str, country: str) -> Point:
    text = text.removeprefix("mailto:")
    if not _EMAIL.fullmatch(text):
        raise Wrong(
            _("“%(value)s” is not an e-mail address. It looks like name@company.com."),
            value=text[:80],
        )
    return Point("email", text, text.lower())


def _phone(text: str, country: str) -> Point:
    text = western_digits(text.removeprefix("tel:"))
    plain = _plainly_international(text)
    if plain and _is_possible(plain[0], len(plain[1])):
        code, national = plain
        return Point("phone", f"+{code} {_grouped(code, national)}", f"+{code}{national}")
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Wrong(
            _("“%(value)s” is not a phone number. Write it with its country: +966 55 123 4567."),
            value=text[:40],
        )
    formats = phonenumbers.PhoneNumberFormat
    return Point(
        "phone",
        phonenumbers.format_number(number, formats.INTERNATIONAL),
        phonenumbers.format_number(number, formats.E164),
    )


def _plainly_international(text: str) -> tuple[int, str] | None:
    """(country code, national digits) of a number that begins with + and has nothing else to interpret.

    What the library would read, write and think possible, at a tenth of its cost. None wherever a national prefix, a
    leading zero or an extension may be meant: that is for the library to say.
    """
    if not _INTERNATIONAL.fullmatch(text):
        return None
    digits = text.translate(_NO_DIGITS)
    code = next((int(digits[:n]) for n in (1, 2, 3) if int(digits[:n]) in COUNTRY_CODE_TO_REGION_CODE), 0)
    national = digits[len(str(code)) :]
    if not code or not 5 <= len(national) <= 14 or national[0] == "0":
        return None
    rule = _national_prefix(code)
    if rule is None or rule.match(national):
        return None
    return code, national


@cache
def _is_possible(code: int, length: int) -> bool:
    """Whether national numbers of this country may have so many digits; which digits does not matter."""
    return bool(phonenumbers.is_possible_number(phonenumbers.PhoneNumber(code, int("1" * length))))


def _grouped(code: int, national: str) -> str:
    """The digits in groups, as the country writes them for others."""
    for leading, whole, groups in _formats(code):
        if (leading is None or leading.match(national)) and (found := whole.fullmatch(national)):
            return groups.format("", *found.groups(""))
    return national


@cache
def _formats(code: int) -> list[tuple[re.Pattern[str] | None, re.Pattern[str], str]]:
    """(what the digits begin with, what they are, how they are grouped): the first that fits is taken."""
    region = COUNTRY_CODE_TO_REGION_CODE[code][0]
    metadata: Any = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    return [
        (
            re.compile(one.leading_digits_pattern[-1]) if one.leading_digits_pattern else None,
            re.compile(one.pattern),
            re.sub(r"\\(\d)", r"{\1}", one.format),
        )
        for one in metadata.intl_number_format or metadata.number_format
    ]


@cache
def _national_prefix(code: int) -> re.Pattern[str] | None:
    """What may stand before national numbers of this country; None where more than a prefix is to be read."""
    region = COUNTRY_CODE_TO_REGION_CODE[code][0]
    found = None if region == "001" else phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if found is None or found.national_prefix_transform_rule:
        return None
    return re.compile(found.national_prefix_for_parsing or r"(?!)")


def _site(text: str, country: str) -> Point:
    parts = web(text)
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    return Point("site", parts.geturl(), host)


def _social(text: str, country: str) -> Point:
    if text.startswith("@") and " " not in text:
        return Point("social", text, text.lower())
    parts = web(text)
    host = (parts.hostname or "").removeprefix("www.")
    return Point("social", parts.geturl(), f"{host}{parts.path.rstrip('/')}".lower())


def web(text: str) -> Any:
    """The parts of an http or https address; a missing scheme is https. Raises Wrong."""
    wrong = Wrong(
        _("“%(value)s” is not a web address. It looks like https://company.com."),
        value=text[:80],
    )
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        fits = parts.scheme in ("http", "https") and _HOST.fullmatch((parts.hostname or "").lower())
    except ValueError:
        raise wrong from None
    if not fits:
        raise wrong
    return parts


_READ_POINT = {"email": _email, "phone": _phone, "site": _site, "social": _social}
