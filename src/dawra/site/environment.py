"""Reads settings from the environment; each parser fails loudly, naming the variable."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(ValueError):
    """A variable holds something Dawra cannot use."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} is not usable: {wanted}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    default: str
    meaning: str


DOCUMENTED: dict[str, Variable] = {}


def read(
    name: str,
    default: str,
    parse: Callable[[str, str], Any],
    meaning: str,
    *,
    environ: Mapping[str, str] | None = None,
) -> Any:
    """The value of one variable; an empty one counts as unset."""
    DOCUMENTED[name] = Variable(name, default, meaning)
    value = (os.environ if environ is None else environ).get(name, "").strip() or default
    return parse(name, value)


def text(_name: str, value: str) -> str:
    return value


def flag(name: str, value: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if value.lower() not in words:
        raise BadSetting(name, value, "write yes or no")
    return words[value.lower()]


def whole(low: int, high: int) -> Callable[[str, str], int]:
    def parse(name: str, value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise BadSetting(name, value, f"write a whole number from {low} to {high}")
        return int(value)

    return parse


def listing(_name: str, value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def choice(*words: str) -> Callable[[str, str], str]:
    def parse(name: str, value: str) -> str:
        if value not in words:
            raise BadSetting(name, value, "write one of " + ", ".join(words))
        return value

    return parse


def hour(name: str, value: str) -> int | None:
    """An hour of the day, or None for "off"."""
    if value.lower() == "off":
        return None
    if not value.isascii() or not value.isdigit() or int(value) > 23:
        raise BadSetting(name, value, "write an hour from 0 to 23, or off")
    return int(value)


def address(name: str, value: str) -> str:
    """The beginning of a web address, without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(name, value, "write an address such as https://crm.example.com")
    return value.rstrip("/")


def mail(name: str, value: str) -> dict[str, Any]:
    """A URL such as smtp://user:secret@mail.example.com:587 (STARTTLS), smtps://… (TLS from the start), smtp+plain://…

    Gives: Django's EMAIL_* settings; {} for an empty value
    """
    if not value:
        return {}
    parts = urlsplit(value)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in ports or not parts.hostname:
        raise BadSetting(name, "…", "start it with smtp://, smtps:// or smtp+plain:// and name a host")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def folder(name: str, value: str) -> Path:
    path = Path(value).expanduser()
    if path.exists() and not path.is_dir():
        raise BadSetting(name, value, "it names a file; name a folder")
    return path.resolve()


# How PostgreSQL plans for many short questions on solid disks: one process a question, read from the index where one holds
# the answer, nothing compiled. Its defaults sum up 100,000 deals in three processes over the whole table, at 2.5 times the cost.
PLANS = "-c max_parallel_workers_per_gather=0 -c random_page_cost=1.1 -c jit=off"
# A connection's statements are parsed and planned once and asked again with other values: half of what the short ones cost.
PREPARED = {"server_side_binding": True, "prepare_threshold": 2}


def database(name: str, value: str) -> dict[str, Any]:
    """A URL such as sqlite:///path/file.db or postgresql://user:secret@host:5432/name?sslmode=require.

    ?pooler=transaction: something between hands a connection to somebody else after each transaction, as PgBouncer does;
    nothing is left on it then, neither PREPARED nor PLANS. ?options=… takes the place of PLANS.
    """
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path) or ":memory:"}
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting(name, "…", "start it with sqlite:/// or postgresql://")
    if not parts.path.strip("/"):
        raise BadSetting(name, value, "it names no database; end it with /name")
    asked = dict(parse_qsl(parts.query))
    pooler = asked.pop("pooler", "")
    if pooler not in ("", "transaction"):
        raise BadSetting(name, "…", "write ?pooler=transaction, or leave it out")
    usual: dict[str, Any] = {} if pooler else {"options": PLANS, **PREPARED}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": usual | asked,
        "DISABLE_SERVER_SIDE_CURSORS": bool(pooler),
    }
