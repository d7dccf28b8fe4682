"""Research briefs: the page of one, writing into a slot, reading a pasted page, printing, and when a brief suffices."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.figures.words import western_digits
from dawra.journal.telling import tell
from dawra.prospecting.actions import briefs as act
from dawra.prospecting.brief_words import ASKS, SLOTS
from dawra.prospecting.queries import briefs
from dawra.prospecting.rules import research
from dawra.prospecting.rules.briefs import slots_of

LARGEST_FILE = 2_000_000
MOST_PROPOSED = 40


@require_safe
@opens("prospecting.read", record="record")
def brief(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    shown = briefs.brief(request.actor, kind, record_id)
    return render(request, "prospecting/brief.html", _takes(request, shown))


@require_safe
@opens("prospecting.read", record="record")
def print_brief(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """On one page, without the frame."""
    shown = briefs.brief(request.actor, kind, record_id)
    return render(request, "prospecting/brief_print.html", _takes(request, shown))


@require_POST
@opens("prospecting.work", record="record")
def write(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """slot, text, source: one slot, where it stands."""
    post = request.POST
    said = act.Said(post.get("text", ""), post.get("source", ""))
    entry = act.write_brief(request.actor, kind=kind, record_id=record_id, slots={post.get("slot", ""): said})
    return tell(request, redirect(_page(kind, record_id)), _("Saved"), undo=entry)


@require_POST
@opens("prospecting.work", record="record")
def read_page(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """A pasted page or a dropped file is read here and now; what is found is proposed, nothing is kept."""
    shown = briefs.brief(request.actor, kind, record_id)
    text = research.plain_text(request.POST.get("page", ""))
    dropped = request.FILES.get("file")
    if dropped is not None:
        if (dropped.size or 0) > LARGEST_FILE:
            raise Invalid(_("This file is larger than 2 MB. Paste the part that matters."), field="file")
        text = f"{text}\n{research.readable(dropped.read())}"
    found = research.proposals(text, slots_of(kind))
    rows = [
        {"k": k, "slot": one.slot, "name": SLOTS[one.slot], "text": one.text}
        for k, one in enumerate(found[:MOST_PROPOSED])
    ]
    more = {"proposed": rows, "source": request.POST.get("source", "")[:500], "was_read": True}
    return render(request, "prospecting/brief.html", _takes(request, shown) | more)


@require_POST
@opens("prospecting.work", record="record")
def confirm(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Those proposals a person ticked; several for one slot stand below each other, under what was there."""
    shown = briefs.brief(request.actor, kind, record_id)
    standing = {one.slot: one.text for one in shown.slots}
    post = request.POST
    chosen: dict[str, list[tuple[str, str]]] = {}
    for k in post.getlist("take"):
        slot, text = post.get(f"slot{k}", ""), post.get(f"text{k}", "").strip()
        if text:
            chosen.setdefault(slot, []).append((text, post.get(f"evidence{k}", "")))
    slots = {
        slot: act.Said(
            "\n".join(filter(None, [standing.get(slot, ""), *(text for text, _why in several)])),
            post.get("source", ""),
            "\n".join(why for _text, why in several),
        )
        for slot, several in chosen.items()
    }
    entry = act.write_brief(request.actor, kind=kind, record_id=record_id, slots=slots)
    return tell(
        request, redirect(_page(kind, record_id)), _("Saved") if entry else _("Nothing was chosen."), undo=entry
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.manage")
def rules(request: SignedRequest) -> HttpResponse:
    """When a brief suffices before a stage is left."""
    now, error, status = briefs.suffices_when(), "", 200
    if request.method == "POST":
        try:
            numbers = [int(western_digits(request.POST.get(name, "")).strip() or "x") for name in ("needed", "days")]
            entry = act.set_brief_rules(request.actor, needed_percent=numbers[0], fresh_days=numbers[1])
        except ValueError:
            error, status = _("Write whole numbers."), 422
        except Invalid as answer:
            error, status = str(answer), answer.status
        else:
            return tell(request, redirect("prospecting:brief_rules"), _("Saved"), undo=entry)
    takes = {
        "needed": request.POST.get("needed", now.needed_bp // 100),
        "days": request.POST.get("days", now.fresh_days),
        "error": error,
    }
    return render(request, "prospecting/brief_rules.html", takes, status=status)


def _page(kind: str, record_id: UUID) -> str:
    return reverse("prospecting:brief", args=[kind, record_id])


def _takes(request: Any, shown: briefs.Brief) -> dict[str, Any]:
    actor, kind, record_id = request.actor, shown.kind, shown.record_id
    return {
        "brief": shown,
        "slots": [{"card": one, "name": SLOTS[one.slot], "ask": ASKS[one.slot]} for one in shown.slots],
        "known_by": briefs.related(actor, kind, record_id),
        "history": [(SLOTS[one.slot], one) for one in briefs.history(actor, kind, record_id)],
        "record_url": reverse(f"customers:{kind}", args=[record_id]),
        "list_url": reverse("customers:people" if kind == "person" else "customers:companies"),
        "may_manage": actor.may("prospecting.manage"),
    }
