"""The mail server's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.team.actions.mail_server import ServerSaid
from dawra.team.queries.mail import ServerCard

SECURITY = [
    ("starttls", _("STARTTLS (usual, port 587)")),
    ("tls", _("TLS from the start (port 465)")),
    ("plain", _("Unprotected (only to a server on this machine or in your own network)")),
]


class MailServerForm(forms.Form):
    host = forms.CharField(
        label=_("Server"), max_length=253, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65_535, initial=587)
    security = forms.ChoiceField(label=_("Protection"), choices=SECURITY, initial="starttls")
    username = forms.CharField(
        label=_("User name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )
    without_password = forms.BooleanField(label=_("The server asks for no password"), required=False)
    from_address = forms.EmailField(
        label=_("Letters come from"),
        max_length=254,
        help_text=_("An address the server lets you send as. Answers go to whoever wrote the letter."),
    )

    def __init__(self, *args: Any, kept: ServerCard | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if kept is not None and kept.has_password:
            self.fields["password"].help_text = _("A password is kept. Leave this empty to go on with it.")

    def said(self) -> ServerSaid:
        said = self.cleaned_data
        password = "" if said["without_password"] else said["password"] or None
        return ServerSaid(
            host=said["host"],
            port=said["port"],
            security=said["security"],
            from_address=said["from_address"],
            username=said["username"],
            password=password,
        )


def stands(kept: ServerCard | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {name: getattr(kept, name) for name in ("host", "port", "security", "username", "from_address")}
