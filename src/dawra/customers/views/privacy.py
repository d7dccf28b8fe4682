"""What is known of a person: handed out whole, or erased."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import rules
from dawra.customers.forms.panels import EraseForm, WelcomeForm
from dawra.customers.models import Person
from dawra.customers.privacy.erasing import erase_person
from dawra.customers.privacy.returning import welcome_written
from dawra.customers.privacy.whole_file import hand_out
from dawra.journal.telling import tell


@opens("customers.privacy", record="person")
@require_http_methods(["GET", "POST"])
def privacy(request: SignedRequest, record_id: UUID) -> HttpResponse:
    """What can be done, and the form that erases."""
    person = Person.fetch(request.actor, record_id)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        try:
            erase_person(request.actor, person_id=person.pk, **form.cleaned_data)
        except Invalid as wrong:
            form.add_error(str(wrong.facts.get("field", "")) or None, str(wrong))
        else:
            return tell(request, redirect("customers:people"), _("The person was erased."))
    takes: dict[str, Any] = {"person": person, "form": form}
    return render(request, "customers/privacy.html", takes, status=422 if form.errors else 200)


@opens("customers.privacy")
@require_http_methods(["GET", "POST"])
def erased(request: SignedRequest) -> HttpResponse:
    """What is kept of erased people, and allowing an address again."""
    form = WelcomeForm(request.POST or None)
    if form.is_valid():
        written, reason = form.cleaned_data["address"], form.cleaned_data["reason"]
        try:
            point = rules.point("email" if "@" in written else "phone", written, request.workspace.default_country)
            welcome_written(request.actor, points=[point], reason=reason)
        except rules.Wrong as wrong:
            form.add_error("address", _(wrong.sentence) % wrong.facts)
        except Invalid as wrong:
            form.add_error(str(wrong.facts.get("field", "")) or None, str(wrong))
        else:
            return tell(request, redirect("customers:erased"), _("The address may be added again."))
    takes: dict[str, Any] = {"form": form, "back": reverse("customers:people")}
    return render(request, "customers/erased.html", takes, status=422 if form.errors else 200)


@opens("customers.privacy", record="person")
@require_POST
def whole_file(request: SignedRequest, record_id: UUID) -> FileResponse:
    """Everything on a person as one archive; that it left is written down."""
    return as_archive(request, record_id)


def as_archive(request: SignedRequest, person_id: UUID) -> FileResponse:
    whole = hand_out(request.actor, person_id=person_id)
    response = FileResponse(
        whole.file, as_attachment=True, filename=f"{whole.name}.zip", content_type="application/zip"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
