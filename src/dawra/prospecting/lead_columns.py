"""The list of leads as filters, chips and a file know it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.access.actor import Actor
from dawra.customers.listing_page import Badge, Column, Link, Offer
from dawra.customers.places import countries
from dawra.figures.words import named
from dawra.prospecting import words
from dawra.prospecting.forms.leads import members
from dawra.prospecting.queries import lead_list
from dawra.prospecting.queries.leads import LeadCard, Named, reasons

ME, NOBODY = lead_list.ME, lead_list.NOBODY


def offer(actor: Actor, language: str) -> Offer:
    """No query; choices ask when a dialog or a chip needs them. Rows are LeadCards."""
    return Offer(
        kind="lead",
        listing=lead_list.listing(actor),
        columns=_columns(language),
        choices={
            "status": lambda: list(words.STATUS.items()),
            "owner": lambda: [(ME, _("Me")), (NOBODY, _("Nobody")), *members()],
            "country": lambda: list(countries(language)),
            "reason": lambda: [
                (one.code, named(one.name, one.name_ar, language)) for one in reasons(with_archived=True)
            ],
        },
        picks={"person": "person", "company": "company"},
    )


def _columns(language: str) -> tuple[Column, ...]:
    def at(read: Callable[[LeadCard], Any]) -> Callable[[LeadCard], str]:
        return partial(_name, read, language)

    def lead(card: LeadCard) -> Link:
        return Link(
            reverse("prospecting:lead", args=[card.id]), named(card.subject.name, card.subject.name_ar, language)
        )

    return (
        Column("lead", _("Lead"), lead, "record"),
        Column("person", _("Person"), at(lambda card: card.person)),
        Column("company", _("Company"), at(lambda card: card.company)),
        Column("status", _("Status"), lambda card: Badge(words.STATUS[card.status], words.TONES[card.status]), "badge"),
        Column("source", _("Source"), lambda card: card.source),
        Column("campaign", _("Campaign"), lambda card: card.campaign),
        Column("words", _("What was asked"), lambda card: card.words),
        Column("owner", _("Owner"), at(lambda card: card.owner)),
        Column("asked", _("Came in"), lambda card: card.asked_at, "moment", sort="asked"),
        Column("due", _("Answer due"), lambda card: card.clock.due_at, "moment", sort="due"),
        Column("answered", _("Answered"), lambda card: card.clock.answered_at, "moment"),
        Column("minutes", _("Working minutes until the answer"), lambda card: card.clock.minutes, "number"),
        Column("target", _("Target in working minutes"), lambda card: card.clock.target_minutes, "number"),
        Column("fit", _("Fit"), lambda card: card.fit.score if card.fit else None, "number"),
        Column("reason", _("Reject reason"), at(lambda card: card.reason)),
        Column("reject_words", pgettext_lazy("lead", "Rejected, in words"), lambda card: card.reject_words),
        Column("deal", _("Deal"), lambda card: card.deal.name if card.deal else ""),
    )


def _name(read: Callable[[LeadCard], Named | None], language: str, card: LeadCard) -> str:
    one = read(card)
    return named(one.name, one.name_ar, language) if one else ""
