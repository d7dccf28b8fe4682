"""The forms of letters and of their templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.customers.actions.letter_templates import TemplateSaid

LANGUAGES = [("en", "English"), ("ar", "العربية")]
LEFT, RIGHT = {"dir": "ltr", "lang": "en"}, {"dir": "rtl", "lang": "ar"}


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    name_ar = forms.CharField(
        label=_("Name in Arabic"), max_length=80, required=False, widget=forms.TextInput(attrs=RIGHT)
    )
    subject = forms.CharField(
        label=_("Subject in English"), max_length=300, required=False, widget=forms.TextInput(attrs=LEFT)
    )
    body = forms.CharField(
        label=_("Text in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={**LEFT, "rows": 10}),
    )
    subject_ar = forms.CharField(
        label=_("Subject in Arabic"), max_length=300, required=False, widget=forms.TextInput(attrs=RIGHT)
    )
    body_ar = forms.CharField(
        label=_("Text in Arabic"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={**RIGHT, "rows": 10}),
    )

    def said(self) -> TemplateSaid:
        return TemplateSaid(**self.cleaned_data)


class LetterForm(forms.Form):
    to = forms.ChoiceField(label=_("To"))
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(label=_("Letter"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, addresses: list[str], language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(one, one) for one in addresses]
        to.widget.attrs["dir"] = "ltr"
        for name in ("subject", "body"):
            self.fields[name].widget.attrs |= RIGHT if language == "ar" else LEFT
