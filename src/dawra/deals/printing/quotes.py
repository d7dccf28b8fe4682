"""A quote as a PDF, in its own language. typst sets the page; what the quote says reaches it as data, never as markup.

Numbers are Western digits with the currency's code, as invoices have them in both languages; sums and codes are
isolated left to right, else a minus would wander to the wrong end of an Arabic line.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from dawra.deals.models import Quote
from dawra.deals.models.quote import ACCEPTED
from dawra.deals.queries.quotes import PartCard, Sheet, sheet_of
from dawra.deals.words import RECURS
from dawra.figures.money import Money, decimals_of
from dawra.figures.words import named, western_digits

HERE = Path(__file__).resolve().parent
PAGE, FONTS = HERE / "quote.typ", HERE / "fonts"
MINUS = "\u2212"
LTR = "\u2066{}\u2069"


def pdf_of(quote: Quote, company: str) -> bytes:
    """company: who offers. Cost: about 0.1 s of CPU for a page of lines, no query beyond what the quote holds."""
    import typst

    with override(quote.language):
        said = json.dumps(page_of(quote, company), ensure_ascii=False)
    made = typst.compile(PAGE, sys_inputs={"quote": said}, font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def page_of(quote: Quote, company: str) -> dict[str, Any]:
    """What quote.typ takes, in the language that is active."""
    sheet = sheet_of(quote)
    return {
        "language": quote.language,
        "code": quote.code,
        "company": company,
        "title": quote.title,
        "opening": quote.opening,
        "terms": quote.terms,
        "facts": _facts(quote),
        "words": {
            "quote": _("Quote"),
            "columns": [_("Item"), _("Quantity"), _("Price"), _("Discount"), _("Amount")],
            "first_year": _("First year"),
            "terms": _("Terms"),
            "accept_here": _("To accept, sign here or use the link you were sent."),
            "signing": [_("Name"), _("Position"), _("Date and signature")],
        },
        "lines": [
            {
                "name": line.name,
                "recurs": str(RECURS[line.recurs]) if line.recurs else "",
                "quantity": _number(line.quantity),
                "price": _plain(line.price),
                "discount": f"{MINUS}{_percent(line.discount_bp)}" if line.discount_bp else "",
                "total": _plain(line.total),
            }
            for line in sheet.lines
        ],
        "parts": [_part(quote, sheet, part) for part in sheet.parts],
        "first_year": _money(sheet.first_year) if sheet.recurs else None,
        "accepted": _accepted(quote) if quote.state == ACCEPTED else None,
    }


def _facts(quote: Quote) -> list[tuple[str, str, bool]]:
    """(name, value, whether it runs left to right in any language)"""
    company = quote.deal.company
    facts = [(_("For"), named(company.name, company.name_ar, quote.language), False)] if company else []
    if quote.person:
        facts.append((_("Attention"), named(quote.person.name, quote.person.name_ar, quote.language), False))
    day = quote.sent_at or quote.made_at
    facts.append((_("Date"), _day(day.date(), quote.language), False))
    facts.append((_("Valid until"), _day(quote.valid_until_on, quote.language), False))
    return [*facts, (_("Currency"), quote.currency, True)]


def _part(quote: Quote, sheet: Sheet, part: PartCard) -> dict[str, Any]:
    """rows: (name, sum, whether it is the total)"""
    rows = [(_("Sum"), _plain(part.lines), False)]
    if quote.discount_bp:
        rows.append((f"{_('Discount')} {LTR.format(_percent(quote.discount_bp))}", _plain(part.discount), False))
    if quote.tax_bp:
        name = quote.tax_name or _("Tax")
        rows.append((f"{name} {LTR.format(_percent(quote.tax_bp))}", _plain(part.tax), False))
    rows.append((_("Total"), _money(part.total), True))
    alone = len(sheet.parts) == 1 and not part.recurs
    return {"title": "" if alone else str(RECURS[part.recurs]).capitalize(), "rows": rows}


def _accepted(quote: Quote) -> dict[str, Any]:
    assert quote.answered_at
    facts = [(_("Name"), quote.answer_name, False)]
    if quote.answer_title:
        facts.append((_("Position"), quote.answer_title, False))
    facts.append((_("Date"), quote.answered_at.strftime("%Y-%m-%d %H:%M UTC"), True))
    facts.append((_("Fingerprint of what was accepted"), quote.digest[:32], True))
    return {"words": _("Accepted"), "facts": facts}


def _plain(money: Money) -> str:
    text = f"{abs(money.amount):,.{decimals_of(money.currency)}f}"
    return f"{MINUS}{text}" if money.minor < 0 else text


def _money(money: Money) -> str:
    return f"{money.currency} {_plain(money)}"


def _number(quantity: Decimal) -> str:
    text = f"{quantity:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(basis_points: int) -> str:
    return format((Decimal(basis_points) / 100).normalize(), "f") + "%"


def _day(day: date, language: str) -> str:
    return western_digits(format_date(day, "d MMMM y", locale="ar" if language == "ar" else "en_GB"))
