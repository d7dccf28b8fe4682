"""A new password by letter. The page does the same for everybody, so it tells a stranger nothing, not even by how long it
takes: it puts the address, sealed, into the queue. Whether it is a member's is looked up by the worker who sends the letter."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import translation

from dawra.access.sealing import seal, unseal
from dawra.journal import jobs
from dawra.team.queries.people import signing_in


class AskForReset(ResetPasswordForm):
    def clean_email(self) -> str:
        """allauth would look the member up here."""
        return str(get_adapter().clean_email(self.cleaned_data["email"].strip().lower()))

    def save(self, request: Any, **_more: Any) -> str:
        email = str(self.cleaned_data["email"])
        jobs.enqueue("site.send_reset", sealed=seal(email), language=request.reader.language)
        return email


@jobs.job("site.send_reset")
def send_reset(now: datetime, *, sealed: str, language: str) -> None:
    """The link to a member, to the address we hold; a word to whoever is none. Done twice, it is one letter more."""
    email = unseal(sealed)
    member = signing_in(email=email, is_active=True)
    adapter = get_adapter()
    with translation.override(language):
        if member is None:
            adapter.send_mail("account/email/unknown_account", email, {})
            return
        key = f"{user_pk_to_url_str(member)}-{default_token_generator.make_token(member)}"
        takes = {"user": member, "password_reset_url": adapter.get_reset_password_from_key_url(key)}
        adapter.send_mail("account/email/password_reset_key", member.email, takes)
