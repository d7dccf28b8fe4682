"""The mail server letters leave through: named, changed and taken away by whoever runs the company's settings."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.access.sealing import seal
from dawra.journal.actions import write
from dawra.journal.catalogue.team import MailServerChanged, MailServerRemoved
from dawra.journal.models import Entry
from dawra.team.changing import change
from dawra.team.models import MailServer

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.(?!-)[A-Za-z0-9-]{1,63})*\.?")
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class ServerSaid:
    """security: starttls, tls or plain. password: None keeps the one that is there, "" takes it away."""

    host: str
    port: int
    security: str
    from_address: str
    username: str = ""
    password: str | None = field(default=None, repr=False)


@transaction.atomic
def set_mail_server(actor: Actor, *, said: ServerSaid, version: int | None = None) -> Entry | None:
    """Name the mail server that letters leave through, or change it.

    Writes:  team.mail_server_changed.1 (nothing if nothing differs)
    Raises:  Refused, Invalid, Stale
    """
    actor.must("workspace.manage")
    values: dict[str, Any] = {
        "host": _host(said.host),
        "port": said.port,
        "security": said.security,
        "username": said.username.strip()[:200],
        "from_address": said.from_address.strip(),
    }
    if not 1 <= said.port <= 65_535:
        raise Invalid(_("A port is a number from 1 to 65535."), field="port")
    if said.security not in (MailServer.STARTTLS, MailServer.TLS, MailServer.PLAIN):
        raise Invalid(_("Choose how the connection is protected."), field="security")
    try:
        validate_email(values["from_address"])
    except ValidationError:
        raise Invalid(_("This is no e-mail address."), field="from_address") from None
    row = MailServer.objects.filter(pk=1).first()
    sealed = row.password_sealed if row else ""
    if said.password is not None:
        sealed = seal(said.password) if said.password else ""
    elif row and (row.host, row.port) != (values["host"], said.port) and sealed:
        # Kept passwords go to nobody but the server they were given for.
        raise Invalid(_("Write the password again: the server is another one."), field="password")
    if said.security == MailServer.PLAIN and sealed and values["host"] not in ("localhost", "127.0.0.1", "::1"):
        raise Invalid(
            _("A password is only sent over a protected connection: choose STARTTLS or TLS."), field="security"
        )
    values["password_sealed"] = sealed
    if row is None:
        MailServer.objects.create(**values)
        changes = {name: ["", value] for name, value in values.items() if value}
    else:
        changes = change(row, values, version)
    if not changes:
        return None
    if "password_sealed" in changes:
        changes.pop("password_sealed")
        changes["password"] = ["", HIDDEN]
    return write(actor, MailServerChanged(changes=changes), about=[])


@transaction.atomic
def remove_mail_server(actor: Actor) -> Entry:
    """Forget the server and its password; letters go again as the installation says.

    Writes:  team.mail_server_removed.1
    Raises:  Refused, NotFound
    """
    actor.must("workspace.manage")
    row = MailServer.objects.filter(pk=1).first()
    if row is None:
        raise NotFound()
    host = row.host
    row.delete()
    return write(actor, MailServerRemoved(host), about=[])


def _host(text: str) -> str:
    """A name or a number of a host; none that only ever leads into this machine's own plumbing."""
    host = text.strip().lower().strip("[]")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if len(host) > 253 or not _HOST.fullmatch(host):
            raise Invalid(_("Write the server's name only, such as smtp.example.com."), field="host") from None
        return host
    if number.is_link_local or number.is_multicast or number.is_unspecified:
        raise Invalid(_("No mail server stands at this address."), field="host")
    return host
