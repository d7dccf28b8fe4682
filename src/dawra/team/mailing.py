"""The one way out for letters: through the company's mail server, else as the environment says.

Never inside a transaction: a mail server may be slow or silent. What it answered is kept apart in four:
sent; later (it, or the way to it, is at fault for now); refused (for good); unknown (the line broke after the
letter had been handed over, so it may have arrived and is never sent again by itself).
"""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from dawra.access.sealing import Unreadable, unseal
from dawra.team.models import MailServer

TIMEOUT = 15  # seconds, for each answer of the server
HANDED_OVER = 354  # from this answer on the letter is on its way
LONGEST_ANSWER = 300
SENT, LATER, REFUSED, UNKNOWN = "sent", "later", "refused", "unknown"


class NotKnown(smtplib.SMTPException):
    """The line broke after the letter had been handed over."""


@dataclass(frozen=True, slots=True)
class Told:
    """state: of the four above. words: the server's own, or what kept us from reaching it."""

    state: str
    words: str


class _Listening:
    """Remembers whether a letter was handed over, and what was said when it was taken."""

    handed_over = False
    taken = ""

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()  # type: ignore[misc]
        self.handed_over = code == HANDED_OVER
        return code, words

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, words = super().data(msg)  # type: ignore[misc]
        self.taken = _words(code, words)
        return code, words


class _Wire(_Listening, smtplib.SMTP):
    pass


class _SealedWire(_Listening, smtplib.SMTP_SSL):
    pass


class Server(EmailBackend):
    """Django's, which can tell a letter that did not leave from one of which that is not known."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SealedWire if self.use_ssl else _Wire

    def _close_connection(self, connection: Any) -> None:
        """A letter that was taken stays so, however the farewell goes."""
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()

    def _send(self, email_message: Any) -> bool:
        try:
            sent = bool(super()._send(email_message))  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise
        except (OSError, smtplib.SMTPException) as failure:
            if getattr(self.connection, "handed_over", False):
                raise NotKnown(_plain(failure)) from failure
            raise
        email_message.answer = getattr(self.connection, "taken", "")
        return sent


class Backend(BaseEmailBackend):
    """What settings name: chooses anew for each letter, so a changed server counts at once."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        kept = MailServer.objects.filter(pk=1).first()
        way = through(kept) if kept else get_connection(settings.MAIL_WITHOUT_SERVER)
        if kept:
            for message in email_messages:
                name, address = parseaddr(message.from_email)
                if address == parseaddr(settings.DEFAULT_FROM_EMAIL)[1]:
                    message.from_email = formataddr((name, kept.from_address))
        return int(way.send_messages(email_messages) or 0)


def through(kept: MailServer) -> Server:
    """Raises SMTPException where the secret key was changed since the password was kept."""
    try:
        password = unseal(kept.password_sealed) if kept.password_sealed else ""
    except Unreadable as failure:
        raise smtplib.SMTPException(str(failure)) from failure
    return Server(
        host=kept.host,
        port=kept.port,
        username=kept.username,
        password=password,
        use_tls=kept.security == MailServer.STARTTLS,
        use_ssl=kept.security == MailServer.TLS,
        timeout=TIMEOUT,
    )


def signed(name: str) -> str:
    """The sender's name before the company's address; Backend puts the address of its server."""
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def deliver(message: EmailMessage) -> Told:
    """Try once to send a letter, and tell how it went. Raises nothing that a server or a letter can cause."""
    try:
        message.send()
    except NotKnown as failure:
        return Told(UNKNOWN, str(failure))
    except smtplib.SMTPRecipientsRefused as failure:
        code, words = next(iter(failure.recipients.values()))
        return Told(_by_code(code), _words(code, words))
    except smtplib.SMTPAuthenticationError as failure:
        return Told(LATER, _words(failure.smtp_code, failure.smtp_error))  # the settings are wrong, not the letter
    except smtplib.SMTPResponseException as failure:
        return Told(_by_code(failure.smtp_code), _words(failure.smtp_code, failure.smtp_error))
    except (OSError, smtplib.SMTPException) as failure:
        return Told(LATER, _plain(failure))
    except ValueError as failure:  # an address or a header that cannot be written
        return Told(REFUSED, _plain(failure))
    return Told(SENT, str(getattr(message, "answer", "")))


def _by_code(code: int) -> str:
    return REFUSED if code >= 500 else LATER


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())[:LONGEST_ANSWER]


def _plain(failure: Exception) -> str:
    return " ".join(f"{type(failure).__name__}: {failure}".split())[:LONGEST_ANSWER]
