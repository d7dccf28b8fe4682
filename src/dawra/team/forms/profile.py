"""One's own habits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.team import choices
from dawra.team.actions.profile import Profile
from dawra.team.forms.hours import HoursMixin
from dawra.team.models import Member
from dawra.team.rules import REASONS


def zones() -> choices.Choices:
    return [("", _("The company's")), *choices.zones()]


class Habits(HoursMixin):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=choices.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, required=False)
    digits = forms.ChoiceField(label=_("Digits"), choices=[("latn", "0123456789"), ("arab", "٠١٢٣٤٥٦٧٨٩")])
    calendar = forms.ChoiceField(
        label=_("Calendar"),
        choices=[("gregorian", _("Gregorian")), ("hijri", _("Gregorian, with the Hijri day below"))],
    )
    month_names = forms.ChoiceField(
        label=_("Arabic month names"),
        choices=[("nile", "يناير، فبراير، مارس…"), ("levant", "كانون الثاني، شباط، آذار…")],
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        required=False,
    )
    density = forms.ChoiceField(
        label=_("Rows"), choices=[("", _("Comfortable")), ("compact", _("Compact"))], required=False
    )
    shortcuts = forms.BooleanField(label=_("Keyboard shortcuts"), required=False)
    notify = forms.MultipleChoiceField(
        label=_("Tell me in the app when"),
        choices=[
            ("mention", _("a note mentions me")),
            ("assigned", _("a record becomes mine")),
            ("shared", _("a record is shared with me")),
            ("asked", _("somebody asks for my approval")),
            ("answered", _("what I sent or asked is answered")),
            ("training", _("a role-play waits for my marks, or a certificate of mine ends")),
            ("letter", _("a letter of mine did not arrive")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def said(self) -> Profile:
        said = self.cleaned_data
        plain = ("name", "name_ar", "language", "time_zone", "digits", "calendar", "month_names", "theme", "density")
        return Profile(
            **{name: said[name] for name in plain},
            shortcuts=said["shortcuts"],
            working_hours=self.hours(),
            notify={reason: ["app"] for reason in said["notify"]},
        )


def habits_of(member: Member) -> dict[str, object]:
    """What the form starts from."""
    plain = ("name", "name_ar", "language", "time_zone", "digits", "calendar", "month_names", "theme", "density")
    told = [reason for reason in REASONS if "app" in member.notify.get(reason, ["app"])]
    values: dict[str, object] = {name: getattr(member, name) for name in (*plain, "shortcuts", "version")}
    return values | {"notify": told}
