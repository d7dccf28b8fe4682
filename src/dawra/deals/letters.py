"""Letters this room sends. Never inside a transaction: a mail server may be slow or silent."""

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from dawra.deals.models import Quote
from dawra.figures.words import named


def send_quote(quote: Quote, link: str, *, company: str, sender: str, pdf: bytes) -> None:
    """In the quote's language, with the PDF. Raises OSError, SMTPException."""
    with override(quote.language):
        who = named(quote.person.name, quote.person.name_ar, quote.language) if quote.person else ""
        parts = [
            _("Hello %(name)s,") % {"name": who} if who else _("Hello,"),
            _("here is our quote %(quote)s: %(title)s.") % {"quote": quote.code, "title": quote.title},
            _("Read, accept or decline it here, until %(day)s:") % {"day": quote.valid_until_on.isoformat()}
            + f"\n{link}",
            f"{sender}\n{company}",
        ]
        subject = _("Quote %(quote)s from %(company)s") % {"quote": quote.code, "company": company}
    letter = EmailMessage(subject=subject.replace("\n", " ")[:200], body="\n\n".join(parts), to=[quote.sent_to])
    letter.attach(f"{quote.code}.pdf", pdf, "application/pdf")
    letter.send()
