"""`dawra import`: tried before, told what the columns mean, and taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dawra.customers.models import Import, Person
from dawra.site.cli.app import app

TEXT = "Full name,Mail,Stage,Joined\nRania Saad,rania@a.example,Warm,03/04/2026\nDina Rizk,dina@a.example,lead,x\n"
runner = CliRunner()


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> str:
    settings.DAWRA_HOME = tmp_path
    (tmp_path / "people.csv").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "people.csv")


def run(*words: str) -> Any:
    return runner.invoke(app, ["import", *words])


def test_a_dry_run_writes_nothing_and_leaves_nothing(cast: Any, file: str) -> None:
    said = run(file, "--dry-run", "--json")
    told = json.loads(said.output)
    assert said.exit_code == 0 and told["files"][0]["created"] == 2
    assert not Person._base_manager.exists() and not Import.objects.exists()


def test_a_saved_plan_is_corrected_used_and_the_import_taken_back(cast: Any, file: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert run(file, "--save-plan", str(plan)).exit_code == 0 and not Import.objects.exists()
    written = json.loads(plan.read_text(encoding="utf-8"))
    stage = next(one for one in written["people.csv"]["columns"] if one["header"] == "Stage")
    stage["field"], stage["options"] = "lifecycle", {"labels": {"warm": "customer"}}
    plan.write_text(json.dumps(written), encoding="utf-8")
    said = run(file, "--plan", str(plan), "--map", "Joined=", "--on-match", "fill", "--json")
    told = json.loads(said.output)
    assert said.exit_code == 0 and told["accepted"] == 2
    assert Person._base_manager.get(name="Rania Saad").lifecycle == "customer"
    assert run("--undo", told["import_id"]).exit_code == 0
    assert not Person._base_manager.filter(deleted_at__isnull=True).exists()
    assert run("--undo", told["import_id"]).exit_code == 3


def test_what_is_not_understood_is_wrong_usage(cast: Any, file: str) -> None:
    assert run().exit_code == 2
    assert run(file, "--map", "Mail").exit_code == 2
    assert run(file, "--map", "Nope=email").exit_code == 2
    assert run(file, "--map", "Mail=nope").exit_code == 2
    assert not Import.objects.exists()
