"""The mail server, as far as it may be shown."""

from dataclasses import dataclass

from dawra.access.actor import Actor
from dawra.team.models import MailServer


@dataclass(frozen=True, slots=True)
class ServerCard:
    host: str
    port: int
    security: str
    username: str
    from_address: str
    has_password: bool
    version: int


def mail_server(actor: Actor) -> ServerCard | None:
    """None where the company has named none. Raises Refused. 1 query."""
    actor.must("workspace.manage")
    row = MailServer.objects.filter(pk=1).first()
    if row is None:
        return None
    has_password = bool(row.password_sealed)
    return ServerCard(row.host, row.port, row.security, row.username, row.from_address, has_password, row.version)
