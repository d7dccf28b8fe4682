"""Addresses of letters and their templates."""

from django.urls import path

from dawra.customers.views import letter_templates as templates
from dawra.customers.views import letters

urlpatterns = [
    path("records/<slug:kind>/<uuid:record_id>/letter/", letters.compose, name="write_letter"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/take-back/", letters.take_back, name="take_letter_back"),
    path("settings/letters/", templates.templates, name="letter_templates"),
    path("settings/letters/add/", templates.add, name="add_letter_template"),
    path("settings/letters/<uuid:letter_template_id>/", templates.template, name="letter_template"),
    path("settings/letters/<uuid:letter_template_id>/archive/", templates.archive, name="archive_letter_template"),
    path(
        "settings/letters/<uuid:letter_template_id>/bring-back/",
        templates.bring_back,
        name="bring_letter_template_back",
    ),
]
