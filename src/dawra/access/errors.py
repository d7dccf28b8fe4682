"""What can be answered instead of a result: a code, plain facts and a sentence translated late.

One place (site/middleware.py) turns each into a page, a partial or JSON.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(Exception):
    """A rule of the house spoke; nothing was written."""

    code = "invalid"
    status = 422
    sentence: str | Promise = _("This cannot be done.")

    def __init__(self, sentence: str | Promise = "", **facts: Any) -> None:
        """sentence may name facts as %(fact)s."""
        self.text = sentence or self.sentence
        self.facts = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        return str(self.text) % self.facts if self.facts else str(self.text)


class Refused(Answer):
    """The actor lacks the permission."""

    code, status = "refused", 403
    sentence = _("Your role does not allow this. An administrator can change it.")


class SignedOut(Answer):
    """A form came from whoever was signed in when it was opened, and no longer is."""

    code, status = "signed_out", 401
    sentence = _("You were signed out before this was sent.")


class NotFound(Answer):
    """There is no such record for this actor; whether it exists at all is not said."""

    code, status = "not_found", 404
    sentence = _("There is nothing here, or it is not shared with you.")


class Invalid(Answer):
    """A value cannot be used. field names the input it came from, if one did."""

    def __init__(self, sentence: str | Promise, *, field: str = "", **facts: Any) -> None:
        super().__init__(sentence, **facts)
        self.field = field


class Stale(Answer):
    """Somebody changed the record after the actor last saw it.

    facts: record (kind), id, version (the current one), theirs {field: current value}, yours {field: wanted value}
    """

    code, status = "stale", 409
    sentence = _("Someone changed this record while you were editing it.")


class Conflict(Answer):
    """The change collides with what is already there."""

    code, status = "conflict", 409
    sentence = _("This collides with something that already exists.")
