"""Inviting, joining, editing a member, leave, leaving, teams."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.access.queries import RoleCard
from dawra.figures.words import named
from dawra.team import choices
from dawra.team.actions.inviting import Newcomer
from dawra.team.actions.members import MemberPlan
from dawra.team.actions.teams import TeamPlan
from dawra.team.forms.hours import HoursMixin
from dawra.team.queries import MemberCard, TeamCard


def role_choices(roles: list[RoleCard]) -> choices.Choices:
    return [(str(role.id), role.name or translate(role.title)) for role in roles]


def team_choices(teams: list[TeamCard], none: Any) -> choices.Choices:
    return [("", none), *((str(team.id), "\u00a0\u00a0" * team.depth + _read(team)) for team in teams)]


def member_choices(members: list[MemberCard], without: UUID | None, none: Any) -> choices.Choices:
    return [("", none), *((str(one.id), _read(one)) for one in members if one.id != without)]


def _read(one: Any) -> str:
    return named(one.name, one.name_ar, (get_language() or "en").split("-")[0])


def _id(value: str) -> UUID | None:
    return UUID(value) if value else None


class Invite(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"))
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, roles: list[RoleCard], teams: list[TeamCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "role", role_choices(roles))
        let_choose(self, "team", team_choices(teams, _("No team")))

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "email": said["email"],
            "name": said["name"],
            "role_id": UUID(said["role"]),
            "team_id": _id(said["team"]),
        }


class Join(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    name_ar = forms.CharField(label=_("Your name in Arabic"), max_length=120, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; several words are easy to remember."),
    )

    def said(self, language: str) -> Newcomer:
        said = self.cleaned_data
        return Newcomer(said["name"], said["name_ar"], language, said["password"])


class EditMember(HoursMixin):
    role = forms.ChoiceField(label=_("Role"))
    team = forms.ChoiceField(label=_("Team"), required=False)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: list[RoleCard], teams: list[TeamCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "role", role_choices(roles))
        let_choose(self, "team", team_choices(teams, _("No team")))

    def said(self) -> MemberPlan:
        said = self.cleaned_data
        return MemberPlan(UUID(said["role"]), _id(said["team"]), said["title"], self.hours())


class LeaveDays(forms.Form):
    from_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    covered_by = forms.ChoiceField(label=_("Stands in"), required=False)

    def __init__(self, *args: Any, members: list[MemberCard], without: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "covered_by", member_choices(members, without, _("Nobody")))

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"from_on": said["from_on"], "until_on": said["until_on"], "covered_by_id": _id(said["covered_by"])}


class Leaving(forms.Form):
    heir = forms.ChoiceField(label=_("Who takes over the open work"))

    def __init__(self, *args: Any, members: list[MemberCard], without: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "heir", member_choices(members, without, _("Choose…")))


class EditTeam(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=80, required=False)
    parent = forms.ChoiceField(label=_("Below"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, teams: list[TeamCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "parent", team_choices(teams, _("At the top")))

    def said(self) -> TeamPlan:
        said = self.cleaned_data
        return TeamPlan(said["name"], said["name_ar"], _id(said["parent"]))
