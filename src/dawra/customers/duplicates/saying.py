"""Why two records may be one, in the reader's words: "same phone; name 93 % alike"."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dawra.customers.duplicates.weighing import Parts

SAME = {
    "email": gettext_lazy("same e-mail"),
    "phone": gettext_lazy("same phone"),
    "site": gettext_lazy("same website"),
    "name": gettext_lazy("same name"),
    "company": gettext_lazy("same company"),
    "city": gettext_lazy("same city"),
}
ALIKE = {
    "email": gettext_lazy("e-mail %(share)s %% alike"),
    "phone": gettext_lazy("phone %(share)s %% alike"),
    "site": gettext_lazy("website %(share)s %% alike"),
    "name": gettext_lazy("name %(share)s %% alike"),
    "company": gettext_lazy("company %(share)s %% alike"),
    "city": gettext_lazy("city %(share)s %% alike"),
}


def reasons(parts: Parts) -> list[str]:
    """Surest first; names that are written differently and sound the same say so."""
    found = []
    for name, same in SAME.items():
        level, share = parts.get(name, ("", 0))
        if level == "same":
            found.append(str(same))
        elif level == "sound" and name == "name":
            found.append(_("name sounds the same"))
        elif level:
            found.append(str(ALIKE[name]) % {"share": share})
    return found


def sentence(parts: Parts) -> str:
    mark = "؛ " if (get_language() or "").startswith("ar") else "; "
    return mark.join(reasons(parts))


def certainty(bp: int) -> Any:
    """A word, since nobody knows what 9731 means."""
    if bp >= 9_900:
        return _("almost certain")
    return _("likely") if bp >= 9_000 else _("possible")
