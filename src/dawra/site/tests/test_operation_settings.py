"""Settings come from the environment through parsers that fail loudly, and each is documented."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dawra.site import environment as env

ROOT = Path(__file__).resolve().parents[4]


def test_every_setting_is_documented() -> None:
    said = subprocess.run(
        [sys.executable, "tools/document_settings.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (env.flag, "maybe"),
        (env.whole(1, 9), "10"),
        (env.whole(1, 9), "٣"),
        (env.hour, "24"),
        (env.choice("a", "b"), "c"),
        (env.address, "crm.example.com"),
        (env.address, "ftp://crm.example.com"),
        (env.mail, "mail.example.com"),
        (env.database, "mysql://x/y"),
        (env.database, "postgresql://host"),
        (env.database, "postgresql://host/x?pooler=session"),
        (env.folder, __file__),
    ],
)
def test_a_value_that_cannot_be_used_stops_at_once_with_its_name(parse: Any, value: str) -> None:
    with pytest.raises(env.BadSetting, match="DAWRA_THIS"):
        env.read("DAWRA_THIS", "", parse, "x", environ={"DAWRA_THIS": value})
    env.DOCUMENTED.pop("DAWRA_THIS")


@pytest.mark.parametrize("parse", [env.mail, env.database])
def test_a_mistake_in_a_url_never_prints_its_password(parse: Any) -> None:
    with pytest.raises(env.BadSetting) as said:
        parse("DAWRA_THIS", "myql://me:hunter2@host/x")
    assert "hunter2" not in str(said.value)


def test_nothing_is_left_on_a_connection_that_a_pooler_hands_on() -> None:
    own = env.database("X", "postgresql://host/x?sslmode=require")
    assert own["OPTIONS"] == {"options": env.PLANS, "sslmode": "require", **env.PREPARED}
    shared = env.database("X", "postgresql://host/x?pooler=transaction&sslmode=require")
    assert shared["OPTIONS"] == {"sslmode": "require"} and shared["DISABLE_SERVER_SIDE_CURSORS"]
    assert env.database("X", "postgresql://host/x?options=-c+jit%3Don")["OPTIONS"]["options"] == "-c jit=on"


def test_mail_urls_choose_encryption() -> None:
    start = env.mail("X", "smtp://a%40b:s%2F@mail.example.com")
    assert (start["EMAIL_PORT"], start["EMAIL_USE_TLS"], start["EMAIL_HOST_USER"], start["EMAIL_HOST_PASSWORD"]) == (
        587,
        True,
        "a@b",
        "s/",
    )
    assert env.mail("X", "smtps://mail.example.com")["EMAIL_USE_SSL"]
    assert env.mail("X", "") == {}


def test_the_command_line_names_the_bad_setting_and_exits_2(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "dawra.site.cli", "doctor"],
        env={"DAWRA_HOME": str(tmp_path), "DAWRA_WORKERS": "many", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 2
    assert "DAWRA_WORKERS='many'" in said.stderr and "Traceback" not in said.stderr


def test_the_key_is_made_once_and_is_nobody_elses_business(tmp_path: Path) -> None:
    from dawra.site import settings

    first = settings._secret(tmp_path / "new")
    assert len(first) >= 50
    assert settings._secret(tmp_path / "new") == first
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600
