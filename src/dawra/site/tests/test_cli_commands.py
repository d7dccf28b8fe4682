"""The command line: exit codes that scripts can trust, and JSON on every command that reports."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dawra.site.cli import server
from dawra.site.cli.app import app
from dawra.team.models import Member, Workspace

runner = CliRunner()
REPORTS = ("backup", "restore", "verify", "doctor", "map", "init", "import", "sample add", "sample remove")
MEMBERS = ("user list", "user invite", "user deactivate", "user password-link")


def run(*words: str, stdin: str = "") -> Any:
    return runner.invoke(app, list(words), input=stdin)


@pytest.mark.parametrize("command", ["", "serve", "work", "sample", "user", *REPORTS, *MEMBERS])
def test_every_command_explains_itself_and_most_by_example(command: str) -> None:
    said = run(*command.split(), "--help")
    assert said.exit_code == 0
    if command not in ("", "sample", "user"):
        assert "Example" in said.output
        assert "dawra " + command.split(maxsplit=1)[0] in said.output


@pytest.mark.parametrize("command", [*REPORTS, *MEMBERS])
def test_every_command_that_reports_speaks_json(command: str) -> None:
    assert "--json" in run(*command.split(), "--help").output


def test_a_word_nobody_knows_is_wrong_usage() -> None:
    assert run("frobnicate").exit_code == 2
    assert run("serve", "--port", "70000").exit_code == 2
    assert run("restore", "/no/such/file.tar").exit_code == 2


def test_without_the_server_part_a_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "find_spec", lambda name: None if name == "django" else object())
    said = run("doctor")
    assert said.exit_code == 3
    assert "dawra[server]" in said.output


def test_init_sets_up_a_company_once(db: Any) -> None:
    words = ("init", "--company", "Masar", "--admin", "amal@masar.example", "--currency", "sar", "--weekend", "fri,sat")
    first = run(*words, "--password-stdin", "--json", stdin="a long enough passphrase\n")
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout) == {"company": "Masar", "admin": "amal@masar.example", "password_link": None}
    workspace = Workspace.objects.get()
    assert (workspace.base_currency, workspace.weekend_days, workspace.week_starts_on) == ("SAR", [5, 6], 7)
    assert Member.objects.get().check_password("a long enough passphrase")
    assert run(*words).exit_code == 3


def test_init_without_a_password_prints_a_link_to_choose_one(db: Any, client: Any) -> None:
    said = run("init", "--company", "Masar", "--admin", "amal@masar.example", "--json")
    link = json.loads(said.stdout)["password_link"]
    assert link.startswith("http://127.0.0.1:8000/accounts/password/reset/key/")
    assert client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--currency", "riyal"),
        ("--time-zone", "Mars/Olympus"),
        ("--weekend", "caturday"),
        ("--language", "xx"),
        ("--admin", "amal"),
    ],
)
def test_init_refuses_what_cannot_be(db: Any, option: str, value: str) -> None:
    words = ["init", "--company", "Masar", "--admin", "amal@masar.example", option, value]
    assert run(*words).exit_code == 2
    assert not Workspace.objects.exists()


def test_members_are_listed_and_a_link_lets_one_choose_a_new_password(cast: Any) -> None:
    rows = json.loads(run("user", "list", "--json").stdout)
    assert {row["email"]: row["role"] for row in rows}["sana@masar.example"] == "rep"
    assert "sana@masar.example" in run("user", "list").output
    assert "/accounts/" in json.loads(run("user", "password-link", "sana@masar.example", "--json").stdout)["link"]
    assert run("user", "password-link", "nobody@masar.example").exit_code == 1


def test_a_member_leaves_and_open_work_goes_to_the_heir(cast: Any) -> None:
    said = run("user", "deactivate", "lina@masar.example", "--heir", "sana@masar.example", "--json")
    assert said.exit_code == 0, said.output
    assert not Member.objects.get(email="lina@masar.example").is_active
    assert run("user", "password-link", "lina@masar.example").exit_code == 3


def test_the_last_administrator_stays(cast: Any) -> None:
    assert run("user", "deactivate", "amal@masar.example", "--heir", "sana@masar.example").exit_code == 3
    assert Member.objects.get(email="amal@masar.example").is_active


def test_verify_finds_nothing_in_order_and_exits_1_when_something_is_not(
    cast: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert run("verify").exit_code == 0
    (tmp_path / "stray").write_text("x")
    said = run("verify", "--json")
    assert said.exit_code == 1
    assert [one["id"] for one in json.loads(said.stdout) if one["count"]] == ["files.rows"]


def test_doctor_exits_0_1_or_3_by_the_worst_it_finds(db: Any, settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    from dawra.site.operation import checks

    settings.DAWRA_HOME, settings.BACKUPS = tmp_path, tmp_path / "backups"
    tmp_path.chmod(0o700)
    monkeypatch.setattr(checks, "sqlite_version", lambda _where: iter(()))
    monkeypatch.setattr(checks, "SAFETY", (checks.secret_key, checks.debug))
    monkeypatch.setattr(checks, "HEALTH", (checks.mail,))
    assert run("doctor").exit_code == 0
    settings.SECRET_KEY = "weak"
    said = run("doctor", "--json")
    assert said.exit_code == 1
    assert json.loads(said.stdout)[0]["check"] == "secret key"
    settings.BASE_URL = "https://crm.example.com"
    assert run("doctor").exit_code == 3


def test_the_map_names_every_kind_with_who_listens_and_why(db: Any) -> None:
    said = json.loads(run("map", "--json").stdout)
    kinds = {one["kind"]: one for one in said["kinds"]}
    assert kinds["deals.deal_won.1"]["sentence"]
    assert all(listener["because"] for one in said["kinds"] for listener in one["listeners"])
    assert {"job": "journal.deliver_due", "every_minutes": 1} in said["jobs"]
    assert "site.backup_nightly" in run("map").output


def test_no_backup_is_an_empty_list(settings: Any, tmp_path: Path) -> None:
    settings.BACKUPS = tmp_path
    said = run("backup", "--list", "--json")
    assert (said.exit_code, json.loads(said.stdout)) == (0, [])


def test_an_invitation_is_printed_once_and_opens(cast: Any, client: Any) -> None:
    said = run("user", "invite", "noura@masar.example", "--role", "rep", "--team", "North", "--json")
    assert said.exit_code == 0, said.output
    link = json.loads(said.stdout)["link"].removeprefix("http://127.0.0.1:8000")
    assert client.get(link, follow=True).status_code == 200
    assert run("user", "invite", "noura@masar.example", "--role", "emperor").exit_code == 2
    assert run("user", "invite", "sana@masar.example").exit_code == 3


def test_a_file_is_imported_and_rejected_rows_make_exit_code_1(cast: Any, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,email\nRania Saleh,rania@zaytun.example\nNobody,not an address\n", encoding="utf-8")
    said = run("import", str(file), "--what", "people", "--json")
    assert said.exit_code in (0, 1), said.output
    report = json.loads(said.stdout)
    assert report["accepted"] + report["rejected"] == report["rows"] == 2
    assert said.exit_code == (1 if report["rejected"] else 0)
    assert run("import", str(file), "--rate", "USD").exit_code == 2
