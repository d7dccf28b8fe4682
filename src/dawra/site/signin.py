"""Signing in: who may, from where links lead, how second factors are kept, and how long a session lasts."""

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from dawra.access.actor import Actor
from dawra.access.sealing import seal, unseal
from dawra.team.actions.inviting import Newcomer, accept_by_address
from dawra.team.queries.people import signing_in

log = logging.getLogger("dawra.site")

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
BEGAN, SEEN = "dawra_began", "dawra_seen"
NEVER_REDIRECTED = ("/setup/", "/static/", "/healthz", "/readyz", "/settings/language/", "/api/")


class MemberBackend(AuthenticationBackend):
    """Members by e-mail and password; with role and team at hand, which every request asks for."""

    def get_user(self, user_id: Any) -> Any:
        member = signing_in(pk=user_id)
        return member if member is not None and self.user_can_authenticate(member) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, proof = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": proof})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = SimpleNamespace(name="Dawra", domain=urlsplit(settings.BASE_URL).netloc)
        takes = context | {"email": email, "current_site": site, "signup_url": settings.BASE_URL}
        try:
            self.render_mail(template_prefix, email, takes).send()
        except (OSError, SMTPException) as failure:
            # Only the kind of failure: its text may hold the address.
            log.error("mail could not be sent: %s", type(failure).__name__)  # noqa: TRY400


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted at rest; passkeys belong to the configured host."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A browser ties passkeys to a host's name, never to a number: on one's own machine that is localhost."""
        host = urlsplit(settings.BASE_URL).hostname or "localhost"
        return {"id": "localhost" if host in ("127.0.0.1", "::1") else host, "name": "Dawra"}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who comes from the configured provider is an active member, or invited; anybody else is turned away."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(self, request: Any, provider: Any, error: Any = None, exception: Any = None,
                                extra_context: Any = None) -> None:  # fmt: skip
        """Whoever signs in cannot help it; whoever runs the house can. An answer may hold secrets: only its kind."""
        kind = type(exception).__name__ if exception is not None else error
        said = f": {exception}" if str(exception).startswith(("id token", "userinfo")) else ""
        log.warning("sign-in through %s failed: %s%s", provider.name, kind, said)

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        member = _member_of(request, sociallogin)
        if member is None:
            raise ImmediateHttpResponse(redirect(reverse("socialaccount_login_error")))
        sociallogin.connect(request, member)


def _member_of(request: Any, sociallogin: Any) -> Any:
    """By an address the provider has verified; an unverified one proves nothing."""
    verified = [address.email.strip().lower() for address in sociallogin.email_addresses if address.verified]
    for email in verified:
        member = signing_in(email=email, is_active=True)
        if member is not None:
            return member
    told = sociallogin.account.extra_data or {}
    names = told.get("userinfo") or told.get("id_token") or {}
    signer = Actor.system("invitation", request.now)
    for email in verified:
        name = str(names.get("name") or email.partition("@")[0])[:120]
        joined = accept_by_address(signer, email=email, newcomer=Newcomer(name=name))
        if joined is not None:
            return joined
    return None


Next = Callable[[HttpRequest], HttpResponseBase]


class SessionLimits:
    """A session ends after 8 idle hours, and 7 days after signing in. Stands below ReaderMiddleware's clock."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not request.path.startswith(("/api/", "/static/")) and request.user.is_authenticated:
            now = _clock().timestamp()
            began = request.session.get(BEGAN, now)
            seen = request.session.get(SEEN, now)
            if now - began > LONGEST.total_seconds() or now - seen > IDLE.total_seconds():
                logout(request)
            elif BEGAN not in request.session or now - seen > SEEN_EVERY.total_seconds():
                request.session[BEGAN], request.session[SEEN] = began, now
        return self.get_response(request)


class FirstRun:
    """Until there is a company every page leads to the one that makes it. Needs ReaderMiddleware before it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.workspace is None and not request.path.startswith(NEVER_REDIRECTED):
            return HttpResponseRedirect(reverse("site:setup"))
        return self.get_response(request)


def _clock() -> Any:
    from django.utils import timezone

    return timezone.now()
