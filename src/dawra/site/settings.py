"""Django's settings, all read from the environment: see docs/settings.md."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from dawra.site import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent if (PACKAGE.parent.parent / "pyproject.toml").exists() else None


def _home_default() -> str:
    if CHECKOUT:
        return str(CHECKOUT / "var")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return str(Path(base) / "dawra")


def _secret(home: Path) -> str:
    """The installation's key, made once and readable by its owner only."""
    path = home / "secret.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


DAWRA_HOME: Path = env.read(
    "DAWRA_HOME", _home_default(), env.folder, "Folder that holds all data: database, files, backups, key."
)
SECRET_KEY: str = env.read(
    "DAWRA_SECRET_KEY", "", env.text, "Signing key; left empty, one is made in DAWRA_HOME."
) or _secret(DAWRA_HOME)
DEBUG: bool = env.read("DAWRA_DEBUG", "no", env.flag, "Show technical error pages. Never on a server others can reach.")
BASE_URL: str = env.read(
    "DAWRA_BASE_URL", "http://127.0.0.1:8000", env.text, "Address that links in mails start with."
).rstrip("/")
ALLOWED_HOSTS: list[str] = env.read(
    "DAWRA_HOSTS", "127.0.0.1,localhost,[::1]", env.listing, "Host names the server answers to, separated by commas."
)
BEHIND_TLS: bool = env.read(
    "DAWRA_BEHIND_TLS", "no", env.flag, "A proxy in front speaks https: cookies become secure, http is refused."
)

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.read(
        "DATABASE_URL",
        f"sqlite:///{DAWRA_HOME}/dawra.db",
        env.database,
        "Where records live: SQLite (the default) or PostgreSQL.",
    )
}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 60
_database["CONN_HEALTH_CHECKS"] = True
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads before it writes would otherwise fail with "database is locked".
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
            "PRAGMA journal_size_limit=67108864;PRAGMA temp_store=MEMORY"
        ),
    }

INSTALLED_APPS = [
    "dawra.access",
    "dawra.journal",
    "dawra.team",
    "dawra.customers",
    "dawra.deals",
    "dawra.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "dawra.site.middleware.ReaderMiddleware",
    "dawra.site.middleware.ErrorMiddleware",
]
ROOT_URLCONF = "dawra.site.urls"
WSGI_APPLICATION = "dawra.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dawra.site.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "dawra.site.templatetags.dawra"],
        },
    }
]

AUTH_USER_MODEL = "team.Member"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
STATIC_URL = "static/"
STATIC_ROOT = Path(
    env.read("DAWRA_STATIC_ROOT", str(PACKAGE / "site" / "staticfiles"), env.text, "Folder of collected static files.")
)
MEDIA_ROOT = DAWRA_HOME / "files"
BACKUPS = DAWRA_HOME / "backups"

Q_CLUSTER = {
    "name": "dawra",
    "orm": "default",
    "workers": env.read("DAWRA_WORKERS", "1", env.whole(1, 32), "Processes that do background work."),
    "timeout": 60,
    "retry": 90,
    "max_attempts": 0,
    "ack_failures": True,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 500,
    "bulk": 10,
}
TESTING = "pytest" in sys.modules
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:  # a hundred members a minute need no slow hash
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
