"""What was wrong with a text, in the reader's language: where it is, what it is, how it is written instead."""

from collections.abc import Iterable

from django.utils.translation import gettext

from dawra.customers.merging.faults import SORTS, Fault


def sentence(fault: Fault) -> str:
    facts = dict(fault.facts)
    if facts.get("sort") in SORTS:
        facts["sort"] = gettext(SORTS[facts["sort"]])
    said = gettext(fault.sentence) % facts
    if not fault.line:
        return said
    where = {"line": fault.line, "column": fault.column}
    return gettext("Line %(line)s, character %(column)s:") % where + " " + said


def sentences(faults: Iterable[Fault]) -> list[str]:
    return [sentence(one) for one in faults]
