"""Forms: an answer of the house, shown where it was provoked, beside the field or above the form; what may be chosen."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dawra.access.errors import Answer, Invalid


def let_choose(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """What may be chosen in a field of the form, known only when it is drawn."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def put_into(form: forms.BaseForm, answer: Answer) -> int:
    """Adds the answer to the form's errors and gives the status to render the form with."""
    field = answer.field if isinstance(answer, Invalid) and answer.field in form.fields else None
    form.add_error(field, str(answer))
    return answer.status
