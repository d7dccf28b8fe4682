"""Letters this room sends. Never inside a transaction: a mail server may be slow or silent."""

from typing import Any

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from dawra.team.mailing import Told, deliver
from dawra.team.models import Invitation


def send_invitation(invitation: Invitation, link: str, company: Any) -> None:
    """In both languages, the company's first: nobody knows yet which one the newcomer reads. Raises OSError."""
    first = company.language if company else "en"
    parts, subjects = [], []
    for language in (first, "en" if first == "ar" else "ar"):
        with override(language):
            facts = {"company": company.name if company else "Dawra", "inviter": invitation.invited_by.name}
            subjects.append(_("%(inviter)s invites you to %(company)s") % facts)
            parts.append(
                "\n\n".join(
                    [
                        _("%(inviter)s invites you to work in %(company)s's sales workspace.") % facts,
                        _("Choose your password here. The link works once, for 7 days:") + "\n" + link,
                        _("If you expected no invitation, leave this letter alone: nothing happens."),
                    ]
                )
            )
    letter = EmailMessage(
        subject=" | ".join(subjects).replace("\n", " ")[:200], body="\n\n———\n\n".join(parts), to=[invitation.email]
    )
    letter.send()


def send_trial(to: str, language: str) -> Told:
    """A letter that says nothing but that letters arrive."""
    with override(language):
        subject, body = _("A trial letter from Dawra"), _("Letters from your workspace arrive.")
    return deliver(EmailMessage(subject=subject, body=body, to=[to]))
