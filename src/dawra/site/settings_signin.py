"""Settings of signing in: django-allauth, passwords, second factors, throttling. settings.py takes them over."""

from typing import Any
from urllib.parse import urlsplit

COMMON = "django.contrib.auth.password_validation"


def signing_in(base_url: str, *, behind_tls: bool, debug: bool) -> dict[str, Any]:
    """Everything is closed but the login page and invitations; nobody signs up by themselves."""
    host = urlsplit(base_url)
    return {
        "AUTHENTICATION_BACKENDS": ["dawra.site.signin.MemberBackend"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "/",
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{COMMON}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": f"{COMMON}.CommonPasswordValidator"},
            {
                "NAME": f"{COMMON}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email", "name", "name_ar")},
            },
        ],
        "PASSWORD_RESET_TIMEOUT": 3600,
        # Attempts are counted in the database: every process, on every machine, counts together.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "team_throttle",
                "OPTIONS": {"MAX_ENTRIES": 20_000},
            }
        },
        "ACCOUNT_ADAPTER": "dawra.site.signin.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_DISPLAY": str,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # members come by invitation: whoever has the link has the address
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_FORMS": {"reset_password": "dawra.site.resetting.AskForReset"},  # says and does the same for all
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": False,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": host.scheme or "http",
        "ACCOUNT_RATE_LIMITS": {
            "login": "60/m/ip",
            "login_failed": "100/15m/ip,10/15m/key",
            "reset_password": "20/15m/ip,5/15m/key",
            "reset_password_from_key": "20/15m/ip",
            "change_password": "10/15m/user",
            "reauthenticate": "10/15m/user",
        },
        "MFA_ADAPTER": "dawra.site.signin.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TOTP_ISSUER": "Dawra",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_RATE_LIMITS": {"authenticate": "100/15m/ip,10/15m/key"},
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": debug or host.hostname in ("127.0.0.1", "localhost", "::1"),
        "SOCIALACCOUNT_ADAPTER": "dawra.site.signin.ProviderAdapter",
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,  # our adapter matches, more strictly
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if behind_tls else 0,
    }
