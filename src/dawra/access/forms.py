"""Roles, tokens, shares."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from dawra.access.actions.roles import RolePlan
from dawra.access.actions.sharing import With
from dawra.access.actor import Actor
from dawra.access.answering import let_choose
from dawra.access.doors import Named
from dawra.access.permissions import PERMISSIONS
from dawra.figures.words import named

SEES = [
    ("own", _("Their own records")),
    ("team", _("The records of their team and the teams below")),
    ("all", _("Every record")),
]
LASTS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), ("", _("Until revoked"))]


class EditRole(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    sees = forms.ChoiceField(label=_("Sees"), choices=SEES, widget=forms.RadioSelect)
    permissions = forms.MultipleChoiceField(label=_("May"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "permissions", [(code, translate(sentence)) for code, sentence in PERMISSIONS.items()])

    def said(self) -> RolePlan:
        said = self.cleaned_data
        return RolePlan(said["name"], frozenset(said["permissions"]), said["sees"])


class NewToken(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("May"), widget=forms.CheckboxSelectMultiple)
    lasts = forms.ChoiceField(label=_("Ends after"), choices=LASTS, initial="90", required=False)
    service = forms.BooleanField(
        label=_("Service token"),
        required=False,
        help_text=_("For a program of the company: whoever may make service tokens sees and revokes it too."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [(code, translate(sentence)) for code, sentence in PERMISSIONS.items() if actor.may(code)]
        let_choose(self, "scopes", mine)
        if not actor.may("access.service_tokens"):
            del self.fields["service"]

    def said(self, now: datetime) -> dict[str, Any]:
        said = self.cleaned_data
        last_day = (now + timedelta(days=int(said["lasts"]))).date() if said["lasts"] else None
        return {
            "name": said["name"],
            "scopes": said["scopes"],
            "expires_at": datetime.combine(last_day, time(23, 59, 59), UTC) if last_day else None,
            "service": bool(said.get("service")),
        }


class NewShare(forms.Form):
    with_whom = forms.ChoiceField(label=_("With"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, whom: list[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "en").split("-")[0]

        def shown(one: Named) -> str:
            return named(one.name, one.name_ar, language)

        teams = [(f"team:{one.id}", shown(one)) for one in whom if one.kind == "team"]
        members = [(f"member:{one.id}", shown(one)) for one in whom if one.kind == "member"]
        let_choose(self, "with_whom", [("", _("Choose…")), (_("Teams"), teams), (_("Members"), members)])

    def whom(self) -> With:
        kind, _colon, with_id = self.cleaned_data["with_whom"].partition(":")
        return With(kind, UUID(with_id))
