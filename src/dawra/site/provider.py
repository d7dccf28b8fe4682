"""Signing in through an OpenID Connect provider: allauth's way, with the whole check of the id token (OpenID Connect
Core 1.0, 3.1.3.7): signature, issuer, audience, time, nonce; and what is said about the member must be of one subject."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac
from requests import RequestException

from dawra.access.register import opens

SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCKS_DIFFER = timedelta(seconds=60)
WHY = "whoever signs in is nobody yet"


def nonce_of(state: str) -> str:
    """Bound to the state, which this browser's session holds and which is used up once."""
    return salted_hmac("dawra.site.provider.nonce", state, algorithm="sha256").hexdigest()


class _Client(OAuth2Client):
    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: Mapping[str, str]) -> str:
        nonce = {"nonce": nonce_of(self.state or "")}
        return str(super().get_redirect_url(authorization_url, scope, {**extra_params, **nonce}))


class _Adapter(OpenIDConnectOAuth2Adapter):
    client_class = _Client

    def get_provider(self) -> Any:
        provider = super().get_provider()
        provider.oauth2_adapter_class = type(self)
        return provider

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        claims = self._claims(request, app, str(kwargs["response"].get("id_token") or ""))
        told = {"id_token": claims}
        if app.settings.get("fetch_userinfo", True) and "userinfo_endpoint" in self.openid_config:
            about = self._fetch_user_info(token.token)
            if about.get("sub") != claims["sub"]:  # 5.3.2: it would be about somebody else
                raise OAuth2Error("userinfo speaks of another subject than the id token")
            if "email" in about:
                told["userinfo"] = about
        for words in told.values():  # some providers write the word; "false" would be true
            words["email_verified"] = words.get("email_verified") in (True, "true")
        return self.get_provider().sociallogin_from_response(request, told)

    def _claims(self, request: HttpRequest, app: Any, id_token: str) -> dict[str, Any]:
        """What the provider vouches for. Its key is fetched, even where the token came to us directly."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(jwt.get_unverified_header(id_token).get("kid")),
                algorithms=SIGNED_WITH,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_DIFFER,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError) as failure:
            raise OAuth2Error(f"id token: {failure}") from failure
        if not constant_time_compare(str(claims["nonce"]), nonce_of(request.GET.get("state", ""))):
            raise OAuth2Error("id token: it answers another request (nonce)")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("id token: it was made for somebody else (azp)")
        return claims

    def _key(self, name: str | None) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in keys if key.key_id == name] if name else keys
        if len(fitting) != 1:
            raise OAuth2Error("id token: it names no key of the provider")
        return fitting[0].key


def _through(view_class: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """A provider that is away, or that answers nonsense, ends on the page that says so."""
    adapter = _Adapter(request, provider_id)
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    try:
        answer: HttpResponseBase = view_class.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException, KeyError, ValueError) as failure:
        answer = render_authentication_error(request, provider, exception=failure)
    return answer


@opens(anyone=True, why=WHY)
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _through(OAuth2LoginView, request, provider_id)


@opens(anyone=True, why=WHY)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _through(OAuth2CallbackView, request, provider_id)
