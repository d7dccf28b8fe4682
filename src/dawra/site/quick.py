"""Adding anything from anywhere: the forms of the quick dialog, and the room's action behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.record import Record
from dawra.customers.actions import activities, notes
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.actions.talking import log_talk
from dawra.customers.forms.activities import DayField, Digits, NoteForm, PlanForm
from dawra.customers.forms.talking import LogForm
from dawra.customers.picking import Picker
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.figures.money import Money, NotMoney
from dawra.journal.models import Entry, Mention
from dawra.prospecting.actions.adding import add_lead
from dawra.prospecting.forms.leads import LeadForm

ANY = ("person", "company", "deal")
BUYERS = ("person", "company")


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    name_ar = forms.CharField(label=_("Name in the other script"), max_length=200, required=False)
    email = forms.CharField(
        label=_("E-mail"), max_length=320, required=False, widget=forms.TextInput(attrs={"type": "email", "dir": "ltr"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=Digits(attrs={"type": "tel", "dir": "ltr"})
    )
    title = forms.CharField(label=_("Job title"), max_length=160, required=False)


class CompanyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    name_ar = forms.CharField(label=_("Name in the other script"), max_length=200, required=False)
    site = forms.CharField(
        label=_("Website"), max_length=320, required=False, widget=forms.TextInput(attrs={"type": "url", "dir": "ltr"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=Digits(attrs={"type": "tel", "dir": "ltr"})
    )
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)


class DealForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    amount = forms.CharField(
        label=_("Amount"), max_length=24, required=False, widget=Digits(attrs={"inputmode": "decimal", "dir": "ltr"})
    )
    expected_close_on = DayField(label=_("Close date"), required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = DayField(label=_("Day of the next step"), required=False)

    def __init__(self, *args: Any, currency: str = "USD", **options: Any) -> None:
        super().__init__(*args, **options)
        self.currency = currency
        self.fields["amount"].help_text = currency

    def clean_amount(self) -> int:
        text = self.cleaned_data["amount"].strip()
        try:
            return Money.parse(text, self.currency).minor if text else 0
        except NotMoney:
            raise forms.ValidationError(_("Write the amount in digits, such as 48200 or 48200.50.")) from None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it: words for the toast, where to open it, and the entry that can be undone."""

    text: str | Promise
    address: str
    undo: Entry | None


@dataclass(frozen=True, slots=True)
class Sort:
    """about: the picker's label and the kinds it offers; () = no picker. must: a record has to be chosen."""

    heading: str | Promise
    permission: str
    form: Callable[..., forms.Form]
    about: tuple[str, ...]
    about_label: str | Promise
    must: bool
    add: Callable[[Actor, Any, Picker], Added]


def _points(given: dict[str, Any], *names: str) -> tuple[NewPoint, ...]:
    return tuple(NewPoint(name, given[name], is_primary=True) for name in names if given.get(name))


def _add_person(actor: Actor, form: Any, picker: Picker) -> Added:
    given = form.cleaned_data
    plan = NewPerson(
        name=given["name"],
        name_ar=given["name_ar"],
        title=given["title"],
        points=_points(given, "email", "phone"),
        company_id=picker.record_id,
    )
    done = add_person(actor, plan=plan)
    return Added(_("Person added."), kinds.address("person", done.record.pk), done.entry)


def _add_company(actor: Actor, form: Any, picker: Picker) -> Added:
    given = form.cleaned_data
    plan = NewCompany(
        name=given["name"],
        name_ar=given["name_ar"],
        industry=given["industry"],
        points=_points(given, "site", "phone"),
    )
    done = add_company(actor, plan=plan)
    return Added(_("Company added."), kinds.address("company", done.record.pk), done.entry)


def _add_deal(actor: Actor, form: Any, picker: Picker) -> Added:
    given = form.cleaned_data
    deal = add_deal(
        actor,
        new=NewDeal(
            name=given["name"],
            company_id=picker.record_id,
            amount_minor=given["amount"],
            expected_close_on=given["expected_close_on"],
            next_step=given["next_step"],
            next_step_on=given["next_step_on"],
        ),
    )
    return Added(_("Deal added."), kinds.address("deal", deal.pk), _entry_of(deal.pk, "deals.deal_added.1"))


def _records(actor: Actor, picker: Picker) -> list[Record]:
    return [kinds.open_record(actor, picker.kind, picker.record_id)] if picker.record_id else []


def _log_call(actor: Actor, form: Any, picker: Picker) -> Added:
    kept = log_talk(actor, records=_records(actor, picker), talk=form.said(actor.now))
    return _of_activity(_("Call logged."), kept, picker)


def _write_note(actor: Actor, form: Any, picker: Picker) -> Added:
    kept = notes.write_note(actor, records=_records(actor, picker), body=form.cleaned_data["body"])
    return _of_activity(_("Note added."), kept, picker)


def _plan_task(actor: Actor, form: Any, picker: Picker) -> Added:
    kept = activities.plan_activity(actor, records=_records(actor, picker), plan=form.planned())
    return _of_activity(_("Task planned."), kept, picker)


def _of_activity(text: str | Promise, kept: activities.Kept, picker: Picker) -> Added:
    chosen: UUID | None = picker.record_id
    return Added(text, kinds.address(picker.kind, chosen) if chosen else "/", kept.entry)


def _entry_of(record_id: UUID, kind: str) -> Entry | None:
    mention = Mention.objects.filter(record_id=record_id, kind=kind).select_related("entry").first()
    return mention.entry if mention else None


def _call_form(*args: Any, **options: Any) -> forms.Form:
    return LogForm(*args, what="call", asks=None, **options)


def _add_lead(actor: Actor, form: Any, picker: Picker) -> Added:
    person_id = picker.record_id if picker.kind == "person" else None
    company_id = picker.record_id if picker.kind == "company" else None
    added = add_lead(actor, new=form.said(person_id, company_id))
    return Added(_("Lead added."), kinds.address("lead", added.lead.pk), added.entry)


COMPANY = ("company",)
SORTS: dict[str, Sort] = {
    "lead": Sort(
        _("Add a lead"),
        "prospecting.work",
        LeadForm,
        BUYERS,
        _("Who asked, if they are here already"),
        False,
        _add_lead,
    ),
    "person": Sort(_("Add a person"), "customers.work", PersonForm, COMPANY, _("Company"), False, _add_person),
    "company": Sort(_("Add a company"), "customers.work", CompanyForm, (), "", False, _add_company),
    "deal": Sort(_("Add a deal"), "deals.work", DealForm, COMPANY, _("Company"), False, _add_deal),
    "call": Sort(_("Log a call"), "customers.work", _call_form, ANY, _("With or about"), True, _log_call),
    "note": Sort(_("Write a note"), "customers.work", NoteForm, ANY, _("About"), True, _write_note),
    "task": Sort(_("Plan a task"), "customers.work", PlanForm, ANY, _("About"), False, _plan_task),
}
