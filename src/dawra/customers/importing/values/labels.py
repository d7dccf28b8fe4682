"""Options under the names they are shown by, yes and no, countries, currencies. An unknown label is asked about, never cast."""

import re
from collections.abc import Mapping
from typing import Any

from dawra.customers import rules
from dawra.customers.importing.countries import country_of, name_of
from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, bare, of, short
from dawra.customers.importing.values.currencies import currency_of
from dawra.figures.words import fold

_YES = "1|1.0|true|t|yes|y|on|x|✓|✔|☑|checked|active|enabled|oui|ja|si|evet|da|نعم|أجل|صحيح|صح|موافق|تم"
_NO = "0|0.0|false|f|no|n|off|✗|✘|☐|unchecked|inactive|disabled|non|nein|hayir|لا|كلا|خطأ|غير موافق"
YES = frozenset(map(fold, _YES.split("|")))
NO = frozenset(map(fold, _NO.split("|")))
SEVERAL = re.compile(r"[;|\n،؛,]")
MOST_SHOWN = 300


def label(written: str) -> str:
    """A label as it is compared and as the answers about it are kept: folded, words apart by single blanks."""
    return fold(INVISIBLE.sub("", written)).replace("_", " ").replace("-", " ").strip()


def choices_of(options: Mapping[str, Any], more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Label as compared → option key. options: key → shown name or names; more: other words for a key."""
    known = {label(word): key for word, key in (more or {}).items()}
    for key, shown in options.items():
        for name in shown if isinstance(shown, (tuple, list)) else (shown,):
            known[label(str(name))] = key
    return known | {label(key): key for key in options}


def one_of(options: Mapping[str, Any], more: Mapping[str, str] | None = None, *, code: str = "unknown_label") -> Read:
    """The key of one option; None where the answer for this label was to leave it empty. Raises Wrong("unknown_label")."""
    known = choices_of(options, more)

    @of("labels", labels=known)
    def read(written: str, cell: Cell) -> str | None:
        return _key(written, known, cell, options, code)

    return read


def several_of(options: Mapping[str, Any], more: Mapping[str, str] | None = None) -> Read:
    """The keys of the options in a cell, each once, in their order."""
    known = choices_of(options, more)

    @of("labels", labels=known, several=True)
    def read(written: str, cell: Cell) -> list[str]:
        parts = [written] if _answered(written, known, cell) is not None else SEVERAL.split(written)
        keys = (_key(part, known, cell, options, "unknown_label") for part in parts if part.strip())
        return list(dict.fromkeys(key for key in keys if key))

    return read


def answer(written: str, cell: Cell) -> str | None:
    """What was answered for this label, "" for leaving it empty; None if nobody was asked."""
    answers = cell.options.get("labels")
    if not answers:
        return None
    found = answers.get(label(written))
    return found if found is not None else answers.get(fold(written))


def _answered(written: str, known: Mapping[str, str], cell: Cell) -> str | None:
    found = answer(written, cell)
    return known.get(label(written)) if found is None else str(found)


def _key(written: str, known: Mapping[str, str], cell: Cell, options: Mapping[str, Any], code: str) -> str | None:
    key = _answered(written, known, cell)
    if key is None:
        shown = ", ".join(str(s[0] if isinstance(s, (tuple, list)) else s) for s in options.values())
        raise Wrong(code, value=short(written), known=shown[:MOST_SHOWN])
    return key or None


def lifecycle(names: Mapping[str, str], shown: Mapping[str, str] | None = None) -> Read:
    """names: folded name in any language → code, the workspace's own names included. shown: code → name for people."""
    options = {code: code.replace("_", " ").capitalize() for code in rules.LIFECYCLE} | dict(shown or {})
    known = {label(name): code for name, code in names.items()}

    @of("labels", labels=known)
    def read(written: str, cell: Cell) -> str | None:
        return _key(written, known, cell, options, "unknown_label")

    return read


@of("yes_no")
def yes_no(written: str, cell: Cell) -> bool | None:
    folded = fold(bare(written))
    if folded in YES:
        return True
    if folded in NO:
        return False
    answered = answer(written, cell)
    if answered is not None:
        return {"yes": True, "no": False}.get(answered)
    raise Wrong("not_yes_no", value=short(written))


@of("country")
def country(written: str, cell: Cell) -> str | None:
    answered = answer(written, cell)
    if answered is not None:
        return answered or None
    code, differently = country_of(bare(written))
    if not code:
        raise Wrong("not_country", value=short(written))
    if differently:
        cell.note("read_as", value=short(written), read=name_of(code))
    return code


@of("currency")
def currency(written: str, cell: Cell) -> str:
    code = currency_of(bare(written), cell.currency)
    if not code:
        raise Wrong("not_currency", value=short(written))
    return code
