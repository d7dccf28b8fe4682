"""Django's settings, all read from the environment: see docs/settings.md."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dawra.site import environment as env
from dawra.site.settings_signin import signing_in

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
    "dawra.prospecting",
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
    "ninja",
]
MIDDLEWARE = [
    "dawra.site.views.health.AnswerFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a tenth. Answers are padded by a random length and forms carry masked tokens: what BREACH reads is gone.
    "dawra.site.shrinking.Shrink",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # Calls of the API go from here straight to Straight: a token signs them, so sessions and cookies are nothing to them.
    "dawra.site.api.door.ApiDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dawra.site.signin.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "dawra.site.middleware.ReaderMiddleware",
    "dawra.site.signin.FirstRun",
    "dawra.site.middleware.ErrorMiddleware",
    "dawra.site.api.door.Straight",
]
ROOT_URLCONF = "dawra.site.urls"
CSRF_FAILURE_VIEW = "dawra.site.views.faults.expired"
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

# A job longer than this is stopped; one whose worker died is handed out again half as long later.
JOB_SECONDS: int = env.read("DAWRA_JOB_SECONDS", "60", env.whole(2, 600), "Longest time one background job may take.")
Q_CLUSTER = {
    "name": "dawra",
    "orm": "default",
    "workers": env.read("DAWRA_WORKERS", "1", env.whole(1, 32), "Processes that do background work."),
    "timeout": JOB_SECONDS,
    "retry": JOB_SECONDS + JOB_SECONDS // 2,
    "max_attempts": 0,
    "max_rss": 200_000,  # KiB; a worker that a large job made larger gives the memory back once the job is done
    "ack_failures": True,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 500,
    "bulk": 10,
}
TESTING = "pytest" in sys.modules

# ── the server ──────────────────────────────────────────────────────────────────────────────────────────────────────
# Loopback stays open for health checks from inside; links never come from the Host header but from BASE_URL.
ALLOWED_HOSTS = [*dict.fromkeys([*ALLOWED_HOSTS, urlsplit(BASE_URL).hostname or "localhost", "127.0.0.1", "localhost"])]
WEB_PROCESSES: int = env.read("DAWRA_WEB_PROCESSES", "1", env.whole(1, 64), "Processes that answer requests.")
WEB_THREADS: int = env.read(
    "DAWRA_WEB_THREADS", "4", env.whole(1, 64), "Requests one process answers at the same time."
)
BACKUP_HOUR: int | None = env.read(
    "DAWRA_BACKUP_HOUR", "2", env.hour, "Hour of the nightly backup in the company's time zone, or off."
)
BACKUPS_KEPT: int = env.read("DAWRA_BACKUPS_KEPT", "14", env.whole(1, 3650), "Days whose nightly backup is kept.")

if not BASE_URL.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]")):
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
API_CALLS_PER_10_SECONDS: int = env.read(
    "DAWRA_API_CALLS",
    "100",
    env.whole(1, 1_000_000),
    "Calls of the API one token may make in ten seconds, over all processes.",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_MOST_BYTES: int = 2**20 * env.read(
    "DAWRA_FILE_MB", "25", env.whole(1, 2000), "Largest file that may be attached, in MB."
)

# ── sign-in elsewhere (OpenID Connect) ──────────────────────────────────────────────────────────────────────────────
OIDC_URL: str = env.read(
    "DAWRA_OIDC_URL", "", env.text, "Address of an OpenID Connect provider, to sign in through it."
)
OIDC_NAME: str = env.read("DAWRA_OIDC_NAME", "Single sign-on", env.text, "What the button to that provider says.")
OIDC_CLIENT: str = env.read("DAWRA_OIDC_CLIENT", "", env.text, "The client id that provider gave to Dawra.")
OIDC_SECRET: str = env.read("DAWRA_OIDC_SECRET", "", env.text, "The client secret that provider gave to Dawra.")
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT,
                    "secret": OIDC_SECRET,
                    "settings": {"server_url": env.address("DAWRA_OIDC_URL", OIDC_URL)},
                }
            ],
        }
    }

# A form that leads to the provider by a redirect is a form action of that origin too.
_oidc_origin = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *_oidc_origin],
        "frame-ancestors": ["'none'"],
    }
}

# ── static files: named by their content and compressed once, when they are collected ───────────────────────────────
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = (DEBUG or TESTING) and CHECKOUT is not None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ── mail: without a server named, letters are put into a folder, never lost and never sent ──────────────────────────
MAIL: dict[str, Any] = env.read(
    "DAWRA_MAIL_URL", "", env.mail, "Mail server: smtp://user:secret@host:587, smtps:// or smtp+plain://."
)
globals().update(MAIL)
MAIL_WITHOUT_SERVER = "dawra.team.mailing.Server" if MAIL else "django.core.mail.backends.filebased.EmailBackend"
EMAIL_BACKEND = "dawra.team.mailing.Backend"  # the company's own server first, else the one above
EMAIL_FILE_PATH = str(DAWRA_HOME / "mail")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read("DAWRA_MAIL_FROM", "dawra@localhost", env.text, "Sender of mails.")
EMAIL_SUBJECT_PREFIX = ""

# ── logs: plain lines for a person, one JSON object a line for a machine ────────────────────────────────────────────
LOG_FORMAT: str = env.read(
    "DAWRA_LOG", "auto", env.choice("auto", "text", "json"), "Log lines: text, json, or auto (text on a terminal)."
)
LOG_LEVEL: str = env.read(
    "DAWRA_LOG_LEVEL", "WARNING", env.choice("DEBUG", "INFO", "WARNING", "ERROR"), "What is worth a log line."
)
_as_json = LOG_FORMAT == "json" or (LOG_FORMAT == "auto" and not sys.stderr.isatty())
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{", "datefmt": "%H:%M:%S"},
        "json": {"()": "dawra.site.operation.log_lines.JsonLine"},
    },
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json" if _as_json else "text"}},
    "root": {"handlers": ["lines"], "level": LOG_LEVEL},
    # Django's own handlers are taken away: they write only with DEBUG, and mail administrators nobody has named.
    "loggers": {
        name: {"handlers": [], "level": LOG_LEVEL} for name in ("django", "django.server", "django-q", "_granian")
    },
}
globals().update(signing_in(BASE_URL, behind_tls=BEHIND_TLS, debug=DEBUG))
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:  # a hundred members a minute need no slow hash
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
