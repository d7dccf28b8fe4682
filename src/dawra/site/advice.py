"""What an error page says beside what happened: a title, what is safe, what to do. By HTTP status."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Advice:
    title: str | Promise
    safe: str | Promise
    do: str | Promise
    icon: str = "alert-triangle"
    retry: bool = False


ADVICE: dict[int, Advice] = {
    400: Advice(
        _("This request could not be read"),
        _("Nothing was changed."),
        _("Go back and try once more. If you followed a link, it may be incomplete."),
    ),
    403: Advice(
        _("Your role does not open this"),
        _("Nothing was changed."),
        _("An administrator can change what your role allows: Settings, Roles."),
        icon="lock",
    ),
    404: Advice(
        _("Nothing here"),
        _("Records are never lost without a trace: deleted ones wait in the bin."),
        _("Check the address, search for the name, or ask the owner to share the record with you."),
        icon="search",
    ),
    405: Advice(
        _("This address does not work that way"),
        _("Nothing was changed."),
        _("Go back and use the buttons of the page."),
    ),
    409: Advice(
        _("Someone was faster"),
        _("Neither version is lost. Yours is kept below and has not been saved yet."),
        _("Compare the two and choose."),
        icon="git-merge",
    ),
    413: Advice(
        _("This file is too large"),
        _("Nothing was uploaded."),
        _("Use a smaller file, or split it into parts."),
        icon="file-off",
    ),
    422: Advice(
        _("This cannot be used as it is"),
        _("Nothing was changed."),
        _("Go back, change what is named above, and send it again."),
    ),
    429: Advice(
        _("Too many tries"),
        _("Nothing was changed."),
        _("Wait a minute, then try again."),
        icon="hourglass",
        retry=True,
    ),
    500: Advice(
        _("Something broke on our side"),
        _("What was saved before is safe; this last change was not saved."),
        _("Try again. If it happens twice, give your administrator the number below."),
        icon="plug-off",
        retry=True,
    ),
    503: Advice(
        _("Busy for a moment"),
        _("What was saved before is safe; this last change was not saved."),
        _("Wait a few seconds and try again."),
        icon="hourglass",
        retry=True,
    ),
    507: Advice(
        _("The disk is full"),
        _("What was saved before is safe; this last change was not saved, not even in part."),
        _("An administrator has to free space on the server; then try again."),
        icon="database-off",
        retry=True,
    ),
}


BY_CODE = {
    "signed_out": Advice(
        _("You are signed out"),
        _("Nothing was saved yet. What you wrote is on this page, and nowhere else: keep it open."),
        _("Sign in beside it, come back, and send it again."),
        icon="login",
    ),
    "form_expired": Advice(
        _("This page has grown old"),
        _("Nothing was changed. What you typed is not lost."),
        _("Send it again, or go back to what you typed, copy it, and open the page anew."),
        icon="hourglass",
    ),
}


def advice_on(status: int, code: str = "") -> Advice:
    return BY_CODE.get(code) or ADVICE.get(status) or ADVICE[500 if status >= 500 else 400]
