"""What lies in the bin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.binned import KEPT_DAYS, in_bin


@require_GET
@opens("customers.read")
def in_the_bin(request: SignedRequest) -> HttpResponse:
    takes = {"binned": in_bin(request.actor), "days": KEPT_DAYS}
    return render(request, "customers/bin.html", takes)
