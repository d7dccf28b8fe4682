"""The ICP Studio: what won companies have in common, versions of it, points by hand, and what another version would change."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.figures.icp import LEAST_EACH, MIDDLE, TOP
from dawra.figures.words import western_digits
from dawra.journal.queries import just_written
from dawra.journal.telling import tell
from dawra.prospecting.actions import fitting as act
from dawra.prospecting.fit_words import STATES, Words
from dawra.prospecting.queries import icp
from dawra.prospecting.rules import fitting

MOST_ROWS = 12  # of a dimension, before the rest is unfolded
NEW_ROWS = 3
USUAL = (fitting.INDUSTRY, fitting.SIZE, fitting.COUNTRY, fitting.SOURCE, fitting.TITLE)


@require_safe
@opens("prospecting.read")
def studio(request: SignedRequest) -> HttpResponse:
    """?version=…: that one's table; else the one in force, else the newest."""
    versions = icp.versions(request.actor)
    asked = request.GET.get("version", "")
    now = next((one for one in versions if one.is_active), None)
    shown = next((one for one in versions if str(one.id) == asked), now or (versions[0] if versions else None))
    words = Words(request.reader.language)
    takes = {
        "versions": versions,
        "shown": shown,
        "now": now,
        "state": STATES.get(shown.state) if shown else "",
        "groups": _groups(request, shown, words) if shown else [],
        "bands": [_band(one) for one in shown.bands] if shown else [],
        "choices": _choices(shown, words),
        "least": LEAST_EACH,
        "may_manage": request.actor.may("prospecting.manage"),
    }
    return render(request, "prospecting/icp.html", takes)


@require_POST
@opens("prospecting.manage")
def fit(request: SignedRequest) -> HttpResponse:
    """Learning takes seconds and happens before anything is written."""
    learnt = icp.learn(request.actor, _chosen(request))
    kept = act.keep_fitted(request.actor, learnt=learnt)
    undo = just_written(request.actor, "prospecting.icp_fitted.1")
    response = redirect(f"{_studio()}?version={kept.pk}")
    return tell(
        request, response, _("Version %(number)s is here to be looked at.") % {"number": kept.number}, undo=undo
    )


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.manage")
def by_hand(request: SignedRequest) -> HttpResponse:
    """Points for the values of a version (?from=…), and new values of any dimension. Saved as a version of its own."""
    start = request.POST.get("from") or request.GET.get("from", "")
    words = Words(request.reader.language)
    version, rows = icp.version(request.actor, _id(start)) if start else (None, [])
    error, status = "", 200
    if request.method == "POST":
        try:
            kept = act.set_by_hand(request.actor, said=_said(request, rows, version))
        except (Invalid, Conflict) as answer:
            error, status = str(answer), answer.status
        else:
            undo = just_written(request.actor, "prospecting.icp_set_by_hand.1")
            return tell(
                request, redirect(f"{_studio()}?version={kept.pk}"), _("Saved as a version of its own."), undo=undo
            )
    post = request.POST
    takes = {
        "version": version,
        "base": post.get("base", version.base if version else MIDDLE),
        "rows": [
            {
                "name": f"p{place}",
                "dimension": words.dimension(one.dimension),
                "value": words.value(one.dimension, one.shown),
                "n": one.n,
                "share_bp": one.share_bp,
                "points": post.get(f"p{place}", one.points),
            }
            for place, one in enumerate(rows)
        ],
        "dimensions": [(one.code, words.dimension(one.code)) for one in icp.dimensions()],
        "new": [
            {part: post.get(f"{part}{k}", "") for part in ("dimension", "value", "points")} | {"k": k}
            for k in range(NEW_ROWS)
        ],
        "error": error,
        "most": TOP,
    }
    return render(request, "prospecting/icp_by_hand.html", takes, status=status)


@require_safe
@opens("prospecting.read")
def compare(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    """What putting this version in force would change."""
    after = icp.profile(request.actor, profile_id)
    versions = icp.versions(request.actor)
    now = next((one for one in versions if one.is_active), None)
    before = icp.profile(request.actor, now.id) if now else None
    takes = {
        "version": next((one for one in versions if one.id == profile_id), None),
        "now": now,
        "compared": icp.compare(request.actor, before, after),
        "may_manage": request.actor.may("prospecting.manage") and after.state == "fitted" and not after.is_active,
        "middle": MIDDLE,
    }
    return render(request, "prospecting/icp_compare.html", takes)


@require_POST
@opens("prospecting.manage")
def put_in_force(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    entry = act.put_in_force(request.actor, profile_id=profile_id)
    return tell(request, redirect(_studio()), _("In force. Companies are being scored in the background."), undo=entry)


@require_POST
@opens("prospecting.manage")
def remove(request: SignedRequest, profile_id: UUID) -> HttpResponse:
    act.remove_version(request.actor, profile_id=profile_id)
    return tell(request, redirect(_studio()), _("Version removed."))


def _studio() -> str:
    return reverse("prospecting:icp")


def _chosen(request: Any) -> list[str]:
    known = {one.code for one in icp.dimensions()}
    return [code for code in dict.fromkeys(request.POST.getlist("dimension")) if code in known]


def _choices(shown: icp.Version | None, words: Words) -> list[dict[str, Any]]:
    chosen = shown.dimensions if shown else USUAL
    return [{"code": one.code, "name": words.dimension(one.code), "on": one.code in chosen} for one in icp.dimensions()]


def _groups(request: Any, shown: icp.Version, words: Words) -> list[dict[str, Any]]:
    """The lift table by dimension: the frequent values, and the rest folded away."""
    _version, rows = icp.version(request.actor, shown.id)
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in shown.dimensions}
    for one in rows:
        found.setdefault(one.dimension, []).append(
            {"row": one, "name": words.value(one.dimension, one.shown), "bar": _bar(one, shown.share_bp)}
        )
    return [
        {"code": code, "name": words.dimension(code), "first": lines[:MOST_ROWS], "rest": lines[MOST_ROWS:]}
        for code, lines in found.items()
        if lines
    ]


def _bar(one: icp.LiftRow, base_bp: int | None) -> dict[str, int] | None:
    """Places of the interval's bar on a line of 1000."""
    if one.low_bp is None or one.high_bp is None or one.share_bp is None:
        return None
    wide = max(8, (one.high_bp - one.low_bp) // 10)
    return {"x": one.low_bp // 10, "w": wide, "m": one.share_bp // 10, "b": (base_bp or 0) // 10}


def _band(one: Any) -> dict[str, Any]:
    return {
        "low": one["low"],
        "high": min(one["high"] - 1, TOP),
        "n": one["n"],
        "won": one["won"],
        "share_bp": round(one["won"] * 10_000 / one["n"]) if one["n"] else None,
        "percent": round(one["won"] * 100 / one["n"]) if one["n"] else 0,
    }


def _said(request: Any, rows: list[icp.LiftRow], version: icp.Version | None) -> act.ByHand:
    """Raises Invalid."""
    post = request.POST
    points = {(one.dimension, one.value): _whole(post.get(f"p{k}", "0"), "points") for k, one in enumerate(rows)}
    for k in range(NEW_ROWS):
        value = post.get(f"value{k}", "").strip()
        if value:
            points[post.get(f"dimension{k}", ""), value] = _whole(post.get(f"points{k}", "0"), "points")
    base = _whole(post.get("base", ""), "base")
    return act.ByHand(base=base, points=points, stands_on=version.id if version else None)


def _whole(text: str, field: str) -> int:
    plain = western_digits(text).strip().replace("\u2212", "-") or "0"
    try:
        number = int(plain)
    except ValueError:
        raise Invalid(_("Points are whole numbers from -100 to 100."), field=field) from None
    return number


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None
