"""Duplicates: the queue, two records side by side, merging, taking apart."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dawra.access.errors import Invalid
from dawra.access.listing import Page
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.duplicates import comparing, deciding, merging, searching, showing
from dawra.customers.duplicates.comparing import Shown
from dawra.customers.models import Company, Person
from dawra.customers.queries import fields as custom
from dawra.customers.views.showing import MODELS, facts
from dawra.figures.words import named
from dawra.journal.telling import tell

Record = Person | Company


@require_GET
@opens("customers.work")
def duplicates(request: SignedRequest) -> HttpResponse:
    actor, kind = request.actor, _kind(request.GET.get("kind"))
    certain = request.GET.get("certain", "all")
    pairs, following = showing.queue(actor, kind, certain=certain, after=request.GET.get("after", ""))
    takes = {
        "kind": kind, "certain": certain, "pairs": pairs, "page": Page(pairs, following),
        "kinds": (("person", _("People")), ("company", _("Companies"))),
        "certainties": (("all", _("All")), ("likely", _("Likely")), ("certain", _("Almost certain"))),
        "exact": showing.exact_count(actor, kind) if actor.may("records.bulk") else 0,
        "may_seek": actor.may("records.bulk"), "underway": searching.underway(), "last": searching.last(),
        "merges": showing.recent(actor, kind),
    }  # fmt: skip
    return render(request, "customers/duplicates.html", takes)


@require_GET
@opens("customers.work", record="pair")
def pair(request: SignedRequest, pair_id: UUID) -> HttpResponse:
    card = showing.card_of(request.actor, pair_id)
    one, other = _both(request, card)
    takes = {
        "card": card, "columns": (comparing.column(one), comparing.column(other)),
        "lines": comparing.lines(_shown(request, one), _shown(request, other)), "back": _back(card.kind),
    }  # fmt: skip
    return render(request, "customers/duplicate.html", takes)


@require_POST
@opens("customers.work", record="pair")
def merge(request: SignedRequest, pair_id: UUID) -> HttpResponse:
    card = showing.card_of(request.actor, pair_id)
    keep = request.POST.get("keep", "")
    if keep not in ("one", "other"):
        raise Invalid(_("Choose which record to keep."), field="keep")
    one, other = _both(request, card)
    kept, gone = (one, other) if keep == "one" else (other, one)
    names = [line.name for line in comparing.lines(_shown(request, one), _shown(request, other))]
    done = merging.merge(
        request.actor, kind=card.kind, kept_id=kept.pk, gone_id=gone.pk,
        choices=comparing.choices(request.POST, names, keep), versions=_versions(request, keep),
    )  # fmt: skip
    text = _("%(gone)s is part of %(kept)s now") % {"gone": done.record.names[1], "kept": done.record.names[0]}
    return tell(request, HttpResponseRedirect(_back(card.kind)), text, undo=done.entry)


@require_POST
@opens("customers.work", record="pair")
def different(request: SignedRequest, pair_id: UUID) -> HttpResponse:
    kind = showing.pair_of(request.actor, pair_id).record_kind
    entry = deciding.tell_apart(request.actor, pair_id=pair_id)
    return tell(request, HttpResponseRedirect(_back(kind)), _("They stay two; this is remembered."), undo=entry)


@require_POST
@opens("records.bulk")
def exact(request: SignedRequest) -> HttpResponse:
    kind = _kind(request.POST.get("kind"))
    entry = deciding.merge_exact(request.actor, kind=kind)
    count = entry.facts["count"]
    text = ngettext("%(n)s exact pair merged", "%(n)s exact pairs are being merged", count) % {"n": count}
    return tell(request, HttpResponseRedirect(_back(kind)), text, undo=entry)


@require_POST
@opens("records.bulk")
def seek(request: SignedRequest) -> HttpResponse:
    searching.seek(request.actor)
    text = _("The search has begun. What it finds appears here by itself.")
    return tell(request, HttpResponseRedirect(_back(_kind(request.POST.get("kind")))), text)


@require_POST
@opens("customers.work", record="merge")
def unmerge(request: SignedRequest, merge_id: UUID) -> HttpResponse:
    done, left = merging.unmerge(request.actor, merge_id=merge_id)
    count = sum(left.rows.values())
    text = _("They are two again")
    if count:
        text += ". " + ngettext(
            "%(n)s thing was changed since and stays as it is.", "%(n)s things were changed since and stay as they are.", count
        ) % {"n": count}  # fmt: skip
    return tell(
        request, HttpResponseRedirect(reverse(f"customers:{done.record.record_kind}", args=[done.record.gone_id])), text
    )


def _kind(word: str | None) -> str:
    return "company" if word == "company" else "person"


def _back(kind: str) -> str:
    return reverse("customers:duplicates") + ("?kind=company" if kind == "company" else "")


def _both(request: Any, card: showing.PairCard) -> tuple[Record, Record]:
    model, related = MODELS[card.kind], ("owner", *(["parent"] if card.kind == "company" else []))
    return model.fetch(request.actor, card.one.id, *related), model.fetch(request.actor, card.other.id, *related)


def _shown(request: Any, record: Record) -> list[Shown]:
    """Names and owner, then what the page of the record shows."""
    language = request.reader.language
    owner = named(record.owner.name, record.owner.name_ar, language) if record.owner else ""
    own = [
        Shown("name", _("Name"), record.name, "text"),
        Shown("name_ar", _("Name in Arabic"), record.name_ar, "text"),
        Shown("owner_id", _("Owner"), owner, "text"),
    ]  # fmt: skip
    found = facts(record, custom.fields_of(record.kind), language, request.actor)
    return own + [Shown(fact.name, fact.label, fact.value, fact.looks) for fact in found]


def _versions(request: Any, keep: str) -> tuple[int, int] | None:
    try:
        one, other = int(request.POST["version_one"]), int(request.POST["version_other"])
    except (KeyError, ValueError):
        return None
    return (one, other) if keep == "one" else (other, one)
