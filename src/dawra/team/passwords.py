"""A password somebody chose: checked against the rules of the house, told as an answer of ours."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dawra.access.errors import Invalid


def check_password(password: str, member: Any, *, field: str = "password") -> None:
    """Length, common passwords, likeness to the member's name and address. Raises Invalid."""
    try:
        validate_password(password, member)
    except ValidationError as refusal:
        raise Invalid(" ".join(refusal.messages).replace("%", "%%"), field=field) from None
