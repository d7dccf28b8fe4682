"""The register of addresses: whom each view opens to. An address without an entry fails the build."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login

from dawra.access.errors import Refused, SignedOut

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Address:
    """permission: what the actor must hold ("" = any signed-in member). record: kind of record the address names.

    anyone: needs no sign-in; why says the reason.
    """

    permission: str = ""
    record: str = ""
    anyone: bool = False
    why: str = ""


def opens(permission: str = "", *, record: str = "", anyone: bool = False, why: str = "") -> Callable[[View], View]:
    """Declare and enforce whom a view opens to.

    The view still reads through visible_to(actor); `record` tells the access matrix what to try.
    """
    if anyone and not why:
        raise ValueError("an address open to anyone says why")
    address = Address(permission, record, anyone, why)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not anyone:
                if request.actor is None:
                    if request.path.startswith("/api/"):
                        raise Refused()
                    if request.method == "POST" and not request.htmx:
                        raise SignedOut()  # a redirect would lose what was written
                    return redirect_to_login(request.get_full_path())
                if permission:
                    request.actor.must(permission)
            return view(request, *args, **kwargs)

        guarded.address = address  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate
