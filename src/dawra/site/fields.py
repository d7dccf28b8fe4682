"""One form field as the design draws it: label above, input, hint, and an error that says how to fix it."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dawra.site.icons import icon

_LEFT_TO_RIGHT = (
    forms.EmailInput,
    forms.URLInput,
    forms.NumberInput,
    forms.PasswordInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
)
_LEFT_TO_RIGHT_TYPES = {"email", "url", "tel", "number", "password", "date", "time", "datetime-local"}
_DJANGOS_ROWS = "10"
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field(bound: BoundField, *, label: Any = None, hint: Any = None, cls: str = "", **attributes: Any) -> SafeString:
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    text = bound.label if label is None else label
    said = bound.help_text if hint is None else hint
    if isinstance(bound.field.widget, _GROUPS):
        return _group(bound, text, said, cls)
    extra = {name.replace("_", "-"): value for name, value in attributes.items()}
    if isinstance(bound.field.widget, forms.CheckboxInput):
        box = bound.as_widget(attrs=extra | _spoken(bound, said))
        return format_html(
            '<div class="field {}"><label class="check" for="{}">{}<span>{}</span></label>{}</div>',
            cls, bound.id_for_label, box, text, _below(bound, said),
        )  # fmt: skip
    entry = bound.as_widget(attrs=_attributes(bound, said) | extra)
    return format_html(
        '<div class="field {}"><label for="{}">{}{}</label>{}{}</div>',
        cls, bound.id_for_label, text, _optional(bound), entry, _below(bound, said),
    )  # fmt: skip


def _group(bound: BoundField, text: Any, said: Any, cls: str) -> SafeString:
    options = format_html_join(
        "", '<label class="check">{}<span>{}</span></label>', ((one.tag(), one.choice_label) for one in bound)
    )
    spoken = _spoken(bound, said).get("aria-describedby", "")
    described = format_html(' aria-describedby="{}"', spoken) if spoken else ""
    return format_html(
        '<fieldset class="field {}"{}><legend>{}</legend>{}{}</fieldset>',
        cls,
        described,
        text,
        options,
        _below(bound, said),
    )


def _attributes(bound: BoundField, said: Any) -> dict[str, Any]:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    kind = getattr(widget, "input_type", "") or ""
    attributes: dict[str, Any] = {"class": f"input {own}".strip()} | _spoken(bound, said)
    if "dir" not in widget.attrs:
        if (
            isinstance(widget, _LEFT_TO_RIGHT)
            or kind in _LEFT_TO_RIGHT_TYPES
            or widget.attrs.get("type") in _LEFT_TO_RIGHT_TYPES
        ):
            attributes["dir"] = "ltr"
        elif isinstance(widget, forms.TextInput | forms.Textarea):
            attributes["dir"] = "auto"
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == _DJANGOS_ROWS:
        attributes["rows"] = 4
    return attributes


def _spoken(bound: BoundField, said: Any) -> dict[str, str]:
    ids = [f"{bound.auto_id}_hint"] if said else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_err")
    # The empty entry keeps Django from pointing at its own help text, which is not drawn here.
    attributes = {"aria-describedby": " ".join(ids)} if ids else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def _below(bound: BoundField, said: Any) -> SafeString:
    hint = format_html('<span class="hint" id="{}_hint">{}</span>', bound.auto_id, said) if said else SafeString("")
    if not bound.errors:
        return hint
    error = format_html(
        '<span class="err" id="{}_err">{}<span>{}</span></span>',
        bound.auto_id, icon("alert-triangle", "s"), format_html_join(" ", "{}", ((text,) for text in bound.errors)),
    )  # fmt: skip
    return format_html("{}{}", hint, error)


def _optional(bound: BoundField) -> SafeString | str:
    if bound.field.required or not getattr(bound.form, "marks_optional", False):
        return ""
    return format_html(' <span class="muted">{}</span>', _("(optional)"))
