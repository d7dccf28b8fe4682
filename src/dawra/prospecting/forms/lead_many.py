"""What is done with many leads together."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.figures.words import named
from dawra.prospecting.actions.bulk import ASSIGN, REJECT, ROUTE, Together
from dawra.prospecting.forms.leads import language, members
from dawra.prospecting.queries.leads import reasons


class ManyForm(forms.Form):
    way = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("Who answers"), required=False)
    reason = forms.ChoiceField(label=_("Reason, if they are rejected"), required=False)
    words = forms.CharField(
        label=_("In your own words"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, may_assign: bool, **options: Any) -> None:
        """2 queries."""
        super().__init__(*args, **options)
        ways = [(ASSIGN, _("Give them to somebody")), (ROUTE, _("Give them out by the rules"))] if may_assign else []
        known = [(one.code, named(one.name, one.name_ar, language())) for one in reasons()]
        for name, choices in (
            ("way", [*ways, (REJECT, _("Reject them"))]),
            ("owner", [("", _("Nobody: back into the queue")), *members()]),
            ("reason", [("", _("Choose the reason")), *known]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not may_assign:
            del self.fields["owner"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("way") == REJECT and not said.get("reason"):
            self.add_error("reason", _("Choose the reason: their source learns from it."))
        return said

    def said(self) -> Together:
        said = self.cleaned_data
        owner = said.get("owner", "")
        return Together(said["way"], UUID(owner) if owner else None, said["reason"], said["words"])
