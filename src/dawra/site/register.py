"""The register of addresses: every URL of the house and every operation of the API, with whom it opens to.

Views say it themselves (@opens); those of packages we did not write are named here, one by one. The access matrix
(tests/test_access_matrix.py) tries each; an address without an entry fails the build.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from dawra.access.register import Address

API = "api/v1/"

_NOBODY_YET = Address(anyone=True, why="whoever signs in is nobody yet")
_ONESELF = Address()

# allauth guards these itself: by a session, by a fresh password where it matters.
THIRD_PARTY: dict[str, Address] = {
    "account_login": _NOBODY_YET,
    "account_logout": _NOBODY_YET,
    "account_inactive": _NOBODY_YET,
    "account_signup": Address(anyone=True, why="says that one is invited and does nothing"),
    "account_reset_password": _NOBODY_YET,
    "account_reset_password_done": _NOBODY_YET,
    "account_reset_password_from_key": _NOBODY_YET,
    "account_reset_password_from_key_done": _NOBODY_YET,
    "mfa_authenticate": _NOBODY_YET,
    "mfa_login_webauthn": _NOBODY_YET,
    "socialaccount_login_cancelled": _NOBODY_YET,
    "socialaccount_login_error": _NOBODY_YET,
    "account_reauthenticate": _ONESELF,
    "account_change_password": _ONESELF,
    "account_set_password": _ONESELF,
    "mfa_index": _ONESELF,
    "mfa_reauthenticate": _ONESELF,
    "mfa_activate_totp": _ONESELF,
    "mfa_deactivate_totp": _ONESELF,
    "mfa_view_recovery_codes": _ONESELF,
    "mfa_generate_recovery_codes": _ONESELF,
    "mfa_download_recovery_codes": _ONESELF,
    "mfa_list_webauthn": _ONESELF,
    "mfa_add_webauthn": _ONESELF,
    "mfa_reauthenticate_webauthn": _ONESELF,
    "mfa_remove_webauthn": _ONESELF,
    "mfa_edit_webauthn": _ONESELF,
    "usersessions_list": _ONESELF,
    "api:api-root": Address(anyone=True, why="a name without a page: it only begins the other addresses"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One address. route: with <params>. methods: of an API operation; () for a page. entry: None if nobody wrote one.

    numbers: the parameters that are whole numbers, not ids
    """

    name: str
    route: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]
    entry: Address | None
    is_third_party: bool = False
    numbers: tuple[str, ...] = ()

    @property
    def is_api(self) -> bool:
        return self.route.startswith(API)

    def path(self, values: dict[str, Any]) -> str:
        """The address with its parameters filled in."""
        return "/" + re.sub(r"<(\w+)>", lambda found: str(values[found.group(1)]), self.route)


def places() -> list[Place]:
    """Every address there is."""
    return [*_pages(), *_operations()]


def _pages() -> Iterator[Place]:
    for prefix, pattern in _walk(get_resolver().url_patterns, "", ""):
        namespace, route = prefix
        if route.startswith(API) and getattr(pattern.callback, "address", None) is None and pattern.name != "api-root":
            continue  # operations come from the API itself, which knows their methods
        name = f"{namespace}{pattern.name or ''}"
        own = getattr(pattern.callback, "address", None)
        entry = own or THIRD_PARTY.get(name)
        plain, parameters = _plain(route)
        yield Place(name, plain, parameters, (), entry, own is None, _numbers(route))


def _operations() -> Iterator[Place]:
    from dawra.site.api.root import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                plain, parameters = _plain(API + (prefix + path).lstrip("/"))
                entry = getattr(operation.view_func, "address", None)
                name = f"api:{operation.operation_id or operation.view_func.__name__}"
                yield Place(name, plain, parameters, tuple(operation.methods), entry, numbers=_numbers(path))


def _walk(patterns: Any, namespace: str, route: str) -> Iterator[tuple[tuple[str, str], URLPattern]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        else:
            yield (namespace, here), pattern


def _plain(route: str) -> tuple[str, tuple[str, ...]]:
    """<uuid:x>, {uuid:x}, {x} and (?P<x>…) all become <x>."""
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)", r"<\1>", route.replace("^", "").replace("$", ""))
    route = re.sub(r"[<{](?:\w+:)?(\w+)[>}]", r"<\1>", route)
    return route, tuple(re.findall(r"<(\w+)>", route))


def _numbers(route: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[<{]int:(\w+)[>}]", route))
