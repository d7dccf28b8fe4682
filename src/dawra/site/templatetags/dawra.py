"""Template tags of the design system, built into every template: no {% load %} is needed.

Filters that end in _text give plain text, for attributes such as aria-label; the others give markup that keeps its direction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage as files
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dawra.figures.money import Money
from dawra.figures.words import named as choose_name
from dawra.site import fields, formats, icons, prose, sentences
from dawra.site.advice import Advice, advice_on
from dawra.site.names import name_of_code, name_of_field
from dawra.site.reader import reading
from dawra.site.settings_links import OWN, opened_to

register = template.Library()

# safe: both are our own drawing
NOTHING = mark_safe('<span class="muted" aria-hidden="true">—</span>')
_ARCS = mark_safe(  # safe: see above
    '<path class="a1" d="M20.1 4.2A14 14 0 0 1 29.6 10.2"/><path class="a2" d="M31.6 14.4A14 14 0 0 1 28.9 26.7"/>'
    '<path class="a3" d="M25.6 29.7A14 14 0 0 1 11.7 30.5"/><path class="a4" d="M8 27.8A14 14 0 0 1 4.2 15.9"/>'
    '<path class="a5" d="M5.9 11A14 14 0 0 1 15.9 4.2"/>'
)


@register.simple_tag
@lru_cache(maxsize=256)
def static(path: str) -> str:
    """{% static "site/dawra.css" %}: the address of a file of ours; it does not change while a process lives."""
    return str(files.url(path))


# Drawings


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """{% icon "phone" %}, {% icon "phone" "s" %}, {% icon "phone" "s" label=_("Call") %}"""
    return icons.icon(str(name), str(size), str(label))


@register.simple_tag
def icons_once(*names: str) -> SafeString:
    """{% icons_once "dots" "hourglass" %}: drawings kept once, for a page that repeats them by the hundred with icon_again."""
    return format_html(
        '<svg class="vh" aria-hidden="true">{}</svg>',
        format_html_join("", "{}", ((icons.symbol(name),) for name in names)),
    )


@register.simple_tag
def icon_again(name: str, size: str = "") -> SafeString:
    """{% icon_again "dots" "s" %}: a drawing kept by icons_once."""
    return icons.use(name, size)


@register.simple_tag
def ring(lit: str = "all", size: str = "") -> SafeString:
    """The five-arc mark. lit: all, on1 Attract, on2 Win, on3 Grow, on4 Team, on5 Insights."""
    return format_html('<svg class="cyc {} {}" viewBox="0 0 36 36" aria-hidden="true">{}</svg>', lit, size, _ARCS)


@register.simple_tag
def avatar(name: Any, tone: str = "", size: str = "") -> SafeString:
    """{% avatar person.name "t1" "s" %}: initials. Decoration: the name itself stands beside it."""
    text = named(name) if hasattr(name, "name") else str(name or "")
    return format_html('<span class="avatar {} {}" aria-hidden="true">{}</span>', tone, size, formats.initials(text))


@register.simple_tag
def badge(tone: str, text: Any, icon: str = "") -> SafeString:
    """{% badge "good" _("Won") "check" %}. tone: "", good, warn, bad, info, plum, brand."""
    return format_html('<span class="badge {}">{}{}</span>', tone, icons.icon(icon) if icon else "", text)


@register.simple_tag
def progress(value: Any, max: Any = 100, label: Any = "", tone: str = "") -> SafeString:
    """{% progress 40 100 _("Stage probability") "good" %}. tone may also hold "thick"."""
    return format_html(
        '<progress class="{}" value="{}" max="{}" aria-label="{}"></progress>', tone, value or 0, max or 1, label
    )


# Numbers and money


def _num(text: str, right_to_left: bool = False) -> SafeString:
    text = text.replace("\u2066", "").replace("\u2069", "") if not right_to_left else text
    return SafeString(f'<bdi class="num" dir="{"rtl" if right_to_left else "ltr"}">{escape(text)}</bdi>')


def _time(when: date | datetime, markup: str, more: str = "") -> SafeString:
    """markup, more: escaped by the caller. Written directly: a table holds a hundred, and format_html costs four times this."""
    return SafeString(f'<time datetime="{when.isoformat()}"{more}>{markup}</time>')


@register.filter
def money(value: Money | None, style: str = "") -> SafeString:
    """{{ deal.amount|money }} → $48,200.00; :"tidy" drops zero cents, :"whole" rounds to whole units."""
    if value is None:
        return NOTHING
    return _num(formats.money(value, reading(), style), formats.is_right_to_left(value.currency, reading()))


@register.filter
def money_short(value: Money | None) -> SafeString:
    """$1.18M, $44.4K"""
    if value is None:
        return NOTHING
    return _num(formats.money_short(value, reading()), formats.is_right_to_left(value.currency, reading()))


@register.filter
def money_text(value: Money | None, style: str = "") -> str:
    """As money, without markup. style "short" too."""
    if value is None:
        return ""
    return formats.money_short(value, reading()) if style == "short" else formats.money(value, reading(), style)


@register.filter
def number(value: int | Decimal | None, decimals: int | None = None) -> SafeString:
    """{{ 1234|number }} → 1,234"""
    return NOTHING if value is None or value == "" else _num(formats.number(value, reading(), decimals))


@register.filter
def number_text(value: int | Decimal | None, decimals: int | None = None) -> str:
    return "" if value is None or value == "" else formats.number(value, reading(), decimals)


@register.filter
def share(value: int | Decimal | None, decimals: int | None = None) -> SafeString:
    """Basis points (int: 4550 → 45.5%) or a share of 1 (Decimal: 0.45 → 45%)."""
    return NOTHING if value is None else _num(formats.share(value, reading(), decimals))


@register.filter
def share_text(value: int | Decimal | None, decimals: int | None = None) -> str:
    return "" if value is None else formats.share(value, reading(), decimals)


@register.filter
def percent(basis_points: int | None) -> int:
    """Basis points as a whole percentage without sign, for <progress value>."""
    return 0 if basis_points is None else round(basis_points / 100)


@register.filter
def fold_digits(text: Any) -> str:
    """Digits inside any text, in the reader's script."""
    return formats.digits(str(text), reading())


# Days and moments


@register.filter
def day(when: date | datetime | None, style: str = "") -> SafeString:
    """{{ deal.close_on|day }} → 23 Nov 2026. style: short (no year), weekday, month. Hijri below if the reader chose it."""
    if when is None:
        return NOTHING
    reader = reading()
    text = escape(formats.day(when, reader, style))
    if reader.calendar == "hijri" and style not in ("short", "month"):
        hijri = formats.hijri_day(when, reader)
        if hijri:
            text = f'{text} <span class="hijri">{escape(hijri)}</span>'
    return _time(formats.day_of(when, reader), text)


@register.filter
def day_text(when: date | datetime | None, style: str = "") -> str:
    return "" if when is None else formats.day(when, reading(), style)


@register.filter
def moment(when: datetime | None) -> SafeString:
    """23 Nov 2026, 14:05 on the reader's clock."""
    if when is None:
        return NOTHING
    return _time(when, escape(formats.moment(when, reading())))


@register.filter
def moment_text(when: datetime | None) -> str:
    return "" if when is None else formats.moment(when, reading())


@register.filter
def time(when: datetime | None) -> SafeString:
    """14:05"""
    if when is None:
        return NOTHING
    return _time(when, escape(formats.clock(when, reading())), ' dir="ltr"')


@register.filter
def ago(when: date | datetime | None, now: datetime) -> SafeString:
    """{{ entry.happened_at|ago:request.now }} → 5 minutes ago; the full moment on hover."""
    if when is None:
        return NOTHING
    reader = reading()
    full = formats.moment(when, reader) if isinstance(when, datetime) else formats.day(when, reader)
    return _time(when, escape(formats.ago(when, now, reader)), f' title="{escape(full)}"')


@register.filter
def days(count: int | None) -> str:
    """{{ 3|days }} → 3 days"""
    return "" if count is None else formats.days(int(count), reading())


# Names and words


@register.filter
def named(thing: Any) -> str:
    """{{ stage|named }}: its name in the reader's language, else in the other one. "" for nothing."""
    if thing is None or thing == "":
        return ""
    if hasattr(thing, "name"):
        return choose_name(thing.name, getattr(thing, "name_ar", ""), reading().language)
    if isinstance(thing, Mapping):
        return choose_name(str(thing.get("name", "")), str(thing.get("name_ar", "")), reading().language)
    return str(thing)


@register.filter
def initials(name: Any) -> str:
    return formats.initials(named(name))


@register.filter
def code_name(code: str, field: str) -> str:
    """{{ person.lifecycle|code_name:"lifecycle" }} → At risk"""
    return name_of_code(field, code)


@register.filter
def field_name(field: str) -> str:
    return name_of_field(field)


@register.filter
def markdown(text: str | None) -> SafeString:
    """What a person wrote in Markdown, as safe markup."""
    return prose.markdown(text or "")


@register.simple_tag
def line_sentence(line: Any) -> SafeString:
    """{% line_sentence line %}: a journal line in words."""
    return sentences.sentence(line, reading())


register.simple_tag(line_sentence, name="t_sentence")


@register.simple_tag
def line_changes(line: Any) -> SafeString:
    """{% line_changes line %}: the edited fields, before and after, as a list; nothing if none."""
    return sentences.changes(line, reading())


@register.filter
def spoken(value: Any, field: str) -> str:
    """{{ value|spoken:"close_on" }}: a stored value of a field in words."""
    return sentences.spoken(field, value, reading())


# Forms and addresses


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """{% field form.email %}: label, input, hint and error. label= hint= change those; cls= adds to the frame;
    any other option becomes an attribute of the input ({% field form.q placeholder=_("Name") hx_get="/x/" %})."""
    return fields.field(bound, **options)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """{% query_with sort="-amount" after=None %}: this page's query with some parameters set or (None) removed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(item) for item in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def undo_key(tags: str | None) -> str:
    """The journal key in a message's tags "undo:<key>"; "" if it cannot be undone."""
    return next((part.removeprefix("undo:") for part in (tags or "").split() if part.startswith("undo:")), "")


@register.filter
def advice(status: int, code: str = "") -> Advice:
    """What an error page says of this status, or of this very code."""
    return advice_on(status, code)


@register.filter
def frame_for(shell: Any, status: int) -> str:
    """The template an error page extends: the bare one for visitors, and where the database may be what failed."""
    return "site/page.html" if status < 500 and shell.member and shell.drawers else "site/public.html"


@register.filter
def dialog_frame(request: Any) -> str:
    """{% extends request|dialog_frame %}: a fragment for the sheet, or a page of its own where no script asks."""
    return "site/dialog.html" if getattr(request, "htmx", False) else "site/dialog_page.html"


@register.filter
def versions(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a conflict (access.errors.Stale): their value beside yours."""
    theirs, yours = facts.get("theirs") or {}, facts.get("yours") or {}
    return [
        {
            "field": name_of_field(name),
            "theirs": sentences.spoken(name, theirs.get(name), reading()),
            "yours": sentences.spoken(name, wanted, reading()),
        }
        for name, wanted in yours.items()
    ]


@register.simple_tag(takes_context=True)
def own_settings(context: template.Context) -> list[Any]:
    """{% own_settings as tabs %}: the pages of one's own settings, for the tabs above them."""
    actor = getattr(context["request"], "actor", None)
    return opened_to(actor, OWN) if actor else []
