"""Names of what companies are compared by, and of its values, as people read them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.customers import places
from dawra.customers.queries import fields as custom
from dawra.figures.words import named
from dawra.prospecting.rules import fitting

DIMENSIONS = {
    fitting.INDUSTRY: _("Industry"),
    fitting.SIZE: _("Employees"),
    fitting.COUNTRY: _("Country"),
    fitting.SOURCE: _("Source"),
    fitting.TITLE: _("Level of the contact"),
}
LEVELS = {
    "owner": _("Owner or partner"),
    "chief": _("Chief or general manager"),
    "director": _("Director or head"),
    "manager": _("Manager or supervisor"),
    "other": pgettext_lazy("level of a job title", "Another role"),
}
YES_NO = {"yes": _("Yes"), "no": _("No")}
STATES = {
    "fitted": _("Learnt"),
    "too_little_history": _("Too little history"),
    "nothing_tells": _("Nothing tells won from lost"),
}
FIT = {"strong": _("Strong fit"), "fair": _("Fair fit"), "weak": _("Weak fit")}


class Words:
    """The names for one reader; custom fields are read once. 1 query."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._fields = {f"{fitting.CUSTOM}{one.key}": one for one in custom.fields_of("company", archived=True)}
        self._options: dict[str, Mapping[str, Any]] = {}

    def dimension(self, code: str) -> Any:
        if code in DIMENSIONS:
            return DIMENSIONS[code]
        field = self._fields.get(code)
        return named(field.name, field.name_ar, self._language) if field else code.removeprefix(fitting.CUSTOM)

    def value(self, dimension: str, shown: str) -> Any:
        if dimension == fitting.COUNTRY:
            return places.country_name(shown, self._language)
        if dimension == fitting.TITLE:
            return LEVELS.get(shown, shown)
        field = self._fields.get(dimension)
        if field is None:
            return shown
        if field.type == "yes_no":
            return YES_NO.get(shown, shown)
        if dimension not in self._options:
            self._options[dimension] = {one.code: named(one.name, one.name_ar, self._language) for one in field.options}
        return self._options[dimension].get(shown, shown)
