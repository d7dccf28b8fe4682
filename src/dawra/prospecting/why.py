"""Why a lead went where it went, in words of both languages: kept as they were true then."""

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from dawra.figures.words import isolated, named
from dawra.prospecting.rules import Choice
from dawra.prospecting.rules.choosing import Passed

Both = tuple[str, str]
LANGUAGES = ("en", "ar")
LONGEST = 400
MOST_PASSED = 3

PASSED = {
    "leave": gettext_noop("on leave"),
    "hours": gettext_noop("not at work"),
    "full": gettext_noop("has as many as they take"),
    "country": gettext_noop("another country"),
    "language": gettext_noop("another language"),
    "skill": gettext_noop("another skill"),
}


def _both(say: Callable[[str], str]) -> Both:
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(say(language)[:LONGEST])
    return said[0], said[1]


def by_rules(choice: Choice) -> Both:
    """By which rule, how it chose, and who was passed over."""
    return _both(lambda language: _of_choice(choice, language))


def _of_choice(choice: Choice, language: str) -> str:
    if choice.rule is None:
        return _("No rule fits this lead.")
    rule = isolated(named(choice.rule.name, choice.rule.name_ar, language))
    if choice.who is None:
        said = _("Rule “%(rule)s” fits, but found nobody.") % {"rule": rule}
    elif choice.rule.strategy == "owner":
        said = _("Rule “%(rule)s”: looks after this customer already.") % {"rule": rule}
    elif choice.rule.strategy == "least_load":
        said = ngettext(
            "Rule “%(rule)s”: the only one with room for it.",
            "Rule “%(rule)s”: fewest open leads of the %(of)d who can take it.",
            choice.of,
        ) % {"rule": rule, "of": choice.of}
    else:
        said = ngettext(
            "Rule “%(rule)s”: the only one who can take it.",
            "Rule “%(rule)s”: next in turn of the %(of)d who can take it.",
            choice.of,
        ) % {"rule": rule, "of": choice.of}
    return f"{said} {_passed(choice.passed, language)}".strip()


def _passed(passed: tuple[Passed, ...], language: str) -> str:
    if not passed:
        return ""
    names = [f"{isolated(named(p.who.name, p.who.name_ar, language))} ({_(PASSED[p.because])})" for p in passed]
    more = len(names) - MOST_PASSED
    comma = "، " if language == "ar" else ", "
    said = _("Passed over: %(names)s") % {"names": comma.join(names[:MOST_PASSED])}
    if more > 0:
        said += " " + ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
    return f"{said}."


def by_hand(name: str, name_ar: str, words: str) -> Both:
    """name: who gave it."""

    def say(language: str) -> str:
        said = _("Given by %(name)s.") % {"name": isolated(named(name, name_ar, language))}
        return f"{said} {words}".strip()

    return _both(say)


def taken() -> Both:
    return _both(lambda _language: _("Taken by themselves."))


def put_back() -> Both:
    return _both(lambda _language: _("Put back for somebody else to take."))


def taken_back() -> Both:
    return _both(lambda _language: _("The assignment was taken back."))


def on_leave(name: str, name_ar: str, until: date, then: Both | None) -> Both:
    """name: who had it and is away. then: how the next one was found; None for the stand-in."""
    english, arabic = then or ("", "")

    def say(language: str) -> str:
        who = isolated(named(name, name_ar, language))
        said = _("%(name)s is on leave until %(day)s.") % {"name": who, "day": isolated(date_format(until, "j F Y"))}
        after = _("Stands in.") if then is None else (arabic if language == "ar" else english)
        return f"{said} {after}"

    return _both(say)


def has_left(name: str, name_ar: str) -> Both:
    def say(language: str) -> str:
        return _("%(name)s has left; takes over.") % {"name": isolated(named(name, name_ar, language))}

    return _both(say)


def imported() -> Both:
    return _both(lambda _language: _("As the imported file says."))
