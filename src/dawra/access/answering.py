"""An answer of the house, shown where it was provoked: beside the field, or above the form."""

from django import forms

from dawra.access.errors import Answer, Invalid


def put_into(form: forms.BaseForm, answer: Answer) -> int:
    """Adds the answer to the form's errors and gives the status to render the form with."""
    field = answer.field if isinstance(answer, Invalid) and answer.field in form.fields else None
    form.add_error(field, str(answer))
    return answer.status
