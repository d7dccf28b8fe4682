"""Settings that deals draw on: products, reasons, currency rates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals import money
from dawra.deals.actions.products import save_product
from dawra.deals.actions.rates import remove_rate, set_rate
from dawra.deals.actions.reasons import ReasonSaid, save_reason
from dawra.deals.forms import reading
from dawra.deals.forms.settings import ProductForm, RateForm, ReasonForm
from dawra.deals.queries import pipelines, settings
from dawra.journal.queries import just_written
from dawra.journal.telling import tell


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def products(request: SignedRequest) -> HttpResponse:
    return _product(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def product(request: SignedRequest, product_id: UUID) -> HttpResponse:
    return _product(request, product_id)


def _product(request: SignedRequest, product_id: UUID | None) -> HttpResponse:
    start: dict[str, Any] = {"currency": money.books().base_currency}
    if product_id:
        shown = settings.product(request.actor, product_id)
        start = {name: getattr(shown, name) for name in ("code", "name", "name_ar", "family", "unit", "recurs")}
        price = format(shown.price.amount, "f")
        start |= {"price": price, "currency": shown.price.currency, "archived": shown.is_archived}
    form, status = ProductForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save_product(request.actor, said=form.said(), product_id=product_id)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "deals.product_saved.1")
                return tell(request, redirect("deals:products"), _("Product saved."), undo=undo)
    takes = {
        "products": settings.products(request.actor, with_archived=True),
        "form": form,
        "editing": product_id,
        "action": request.path,
    }
    return render(request, "deals/product_settings.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def reasons(request: SignedRequest, reason_id: UUID | None = None) -> HttpResponse:
    shown = pipelines.reasons(with_archived=True)
    editing = next((one for one in shown if one.id == reason_id), None)
    if reason_id and editing is None:
        raise NotFound()
    start = (
        {"outcome": editing.outcome, "name": editing.name, "name_ar": editing.name_ar, "archived": editing.is_archived}
        if editing
        else {"outcome": "lost"}
    )
    form, status = ReasonForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = ReasonSaid(**form.cleaned_data | ({"outcome": editing.outcome} if editing else {}))
            save_reason(request.actor, said=said, reason_id=reason_id)
            undo = just_written(request.actor, "deals.reason_saved.1")
            return tell(request, redirect("deals:reasons"), _("Reason saved."), undo=undo)
    takes = {"reasons": shown, "form": form, "editing": reason_id, "action": request.path}
    return render(request, "deals/pipeline_settings_reasons.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def rates(request: SignedRequest) -> HttpResponse:
    kept = money.books()
    today = kept.day_of(request.now)
    form, status = RateForm(request.POST or None, initial={"valid_from_on": today.isoformat()}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                day = reading.day_of("valid_from_on", said["valid_from_on"])
                if day is None:
                    raise Invalid(_("Write the day as year-month-day: 2026-11-23."), field="valid_from_on")
                set_rate(request.actor, currency=said["currency"], valid_from_on=day, rate=said["rate"])
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "deals.rate_set.1")
                response = redirect("deals:rates")
                return tell(request, response, _("Rate saved. Open deals are being valued anew."), undo=undo)
    takes = {"rates": settings.rates(request.actor, today), "form": form, "base_currency": kept.base_currency}
    return render(request, "deals/rate_settings.html", takes, status=status)


@require_POST
@opens("deals.pipelines")
def drop_rate(request: SignedRequest, rate_id: int) -> HttpResponse:
    remove_rate(request.actor, rate_id=rate_id)
    undo = just_written(request.actor, "deals.rate_set.1")
    return tell(request, redirect("deals:rates"), _("Rate removed."), undo=undo)
