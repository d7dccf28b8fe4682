"""What a quote says beside its lines, how quotes begin, and a buyer's answer."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.deals.actions.quote_answering import LONGEST_NAME, LONGEST_WORDS
from dawra.deals.actions.quote_rules import LONGEST_VALID_DAYS, RulesSaid
from dawra.deals.actions.quoting import LONGEST_TEXT, LineSaid, QuoteSaid
from dawra.deals.forms import reading
from dawra.deals.forms.parts import LinesForm
from dawra.deals.models import DealLine, Quote, QuoteRules

_DAY = {"type": "date"}
_SHARE = {"dir": "ltr", "inputmode": "decimal"}


def percent(basis_points: int) -> str:
    return format((Decimal(basis_points) / 100).normalize(), "f") if basis_points else ""


class QuoteForm(forms.Form):
    title = forms.CharField(
        max_length=200, label=pgettext_lazy("of a quote", "Title"), widget=forms.TextInput(attrs={"dir": "auto"})
    )
    person = forms.ChoiceField(required=False, label=_("For whom"))
    language = forms.ChoiceField(label=_("Written in"), choices=[("en", "English"), ("ar", "العربية")])
    valid_until_on = forms.DateField(label=_("Valid until"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    discount = forms.CharField(
        required=False, label=_("Discount on the whole, %"), widget=forms.TextInput(attrs=_SHARE)
    )
    tax_name = forms.CharField(
        required=False, max_length=60, label=_("Tax"), widget=forms.TextInput(attrs={"dir": "auto"})
    )
    tax = forms.CharField(required=False, label=_("Tax, %"), widget=forms.TextInput(attrs=_SHARE))
    opening = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Opening words"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    terms = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Terms"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip

    def said(self, lines: Sequence[LineSaid]) -> QuoteSaid:
        """Raises Invalid."""
        cleaned = dict(self.cleaned_data)
        return QuoteSaid(
            lines=lines,
            person_id=reading.id_of("person", cleaned.pop("person")),
            discount_bp=reading.share_of("discount", cleaned.pop("discount")) or 0,
            tax_bp=reading.share_of("tax", cleaned.pop("tax")) or 0,
            **cleaned,
        )


def stands(quote: Quote) -> dict[str, Any]:
    """A quote as its form shows it."""
    plain = ("title", "language", "valid_until_on", "tax_name", "opening", "terms")
    return {name: getattr(quote, name) for name in plain} | {
        "person": str(quote.person_id or ""),
        "discount": percent(quote.discount_bp),
        "tax": percent(quote.tax_bp),
    }


class QuoteLinesForm(LinesForm):
    """The same rows as a deal's products; they begin with what the quote says."""

    def __init__(self, data: Any, *, quote: Quote, products: Sequence[Any]) -> None:
        names = ("product_id", "name", "quantity", "price_minor", "discount_bp", "recurs")
        rows = [DealLine(**{name: line[name] for name in names}) for line in quote.lines]
        super().__init__(data, currency=quote.currency, products=products, standing=rows)
        self._names = {str(product.id): product.name for product in products}

    def lines(self) -> list[LineSaid]:
        """Raises Invalid."""
        return [
            LineSaid(
                line.name or self._names.get(str(line.product_id), ""),
                line.quantity, line.price_minor, line.discount_bp, line.recurs, line.product_id,
            )
            for line in self.said()
        ]  # fmt: skip


class RulesForm(forms.Form):
    free_discount = forms.CharField(
        label=_("Discount that needs no approval, %"), widget=forms.TextInput(attrs=_SHARE),
        help_text=_("Measured over the whole quote, against list prices."),
    )  # fmt: skip
    valid_days = forms.IntegerField(label=_("A quote stands for, days"), min_value=1, max_value=LONGEST_VALID_DAYS)
    tax = forms.CharField(required=False, label=_("Tax, %"), widget=forms.TextInput(attrs=_SHARE))
    tax_name = forms.CharField(required=False, max_length=60, label=_("Name of the tax in English"))
    tax_name_ar = forms.CharField(
        required=False,
        max_length=60,
        label=_("Name of the tax in Arabic"),
        widget=forms.TextInput(attrs={"dir": "rtl"}),
    )
    terms = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Terms in English"), widget=forms.Textarea(attrs={"rows": 4})
    )
    terms_ar = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Terms in Arabic"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "rtl"}),
    )  # fmt: skip

    def said(self) -> RulesSaid:
        """Raises Invalid."""
        cleaned = dict(self.cleaned_data)
        free = reading.share_of("free_discount", cleaned.pop("free_discount")) or 0
        return RulesSaid(free_discount_bp=free, tax_bp=reading.share_of("tax", cleaned.pop("tax")) or 0, **cleaned)

    @staticmethod
    def stands(rules: QuoteRules) -> dict[str, Any]:
        plain = ("valid_days", "tax_name", "tax_name_ar", "terms", "terms_ar")
        shares = {"free_discount": percent(rules.free_discount_bp) or "0", "tax": percent(rules.tax_bp)}
        return {name: getattr(rules, name) for name in plain} | shares


class AcceptForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, label=_("Your name"), widget=forms.TextInput(attrs={"dir": "auto"}))
    title = forms.CharField(
        required=False, max_length=LONGEST_NAME, label=_("Your position"), widget=forms.TextInput(attrs={"dir": "auto"})
    )
    agreed = forms.BooleanField(label=_("I accept this quote for my company."))


class DeclineForm(forms.Form):
    words = forms.CharField(
        required=False, max_length=LONGEST_WORDS, label=_("What would have to change?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
