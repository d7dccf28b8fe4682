"""Programs go the wizard's whole way: upload, plan, dry run, start, put a row right, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.customers.importing import jobs
from dawra.customers.models import Import, Person
from tests.cast import NOW

TEXT = (
    "Name,Mail,Stage,Joined\nRania,rania@a.example,Warm,03/04/2026\n"
    'Dina,"dina@a,com",Warm,05/06/2026\nMaya,maya@a.example,Cold,07/08/2026\n'
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME = tmp_path


def test_a_program_goes_the_whole_way(admin, caller, system):
    api = caller(admin).client
    made = api.post("/api/v1/imports", {"files": [SimpleUploadedFile("p.csv", TEXT.encode())]}).json()
    at = f"/api/v1/imports/{made['id']}"
    file = api.get(f"{at}/plan").json()["files"][0]
    assert file["fields"]["email"]
    guess = {"files": [{"id": file["id"], "columns": [{"header": "Stage", "field": "lifecycle"}]}]}
    asked = api.put(f"{at}/plan", guess, content_type="application/json").json()["files"][0]["plan"]["columns"][2]
    assert [(q["code"], q["is_open"], len(q["labels"])) for q in asked["questions"]] == [("labels", True, 2)]
    body = {"files": [{"id": file["id"], "columns": [
        {"header": "Stage", "field": "lifecycle", "options": {"labels": {"warm": "lead", "cold": ""}}},
        {"header": "Mail", "field": "email"}, {"header": "Joined", "field": ""},
    ]}], "save_as": "Mine"}  # fmt: skip
    planned = api.put(f"{at}/plan", body, content_type="application/json").json()
    assert not any(q["is_open"] for c in planned["files"][0]["plan"]["columns"] for q in c["questions"])
    assert api.post(f"{at}/dry-run", {}, content_type="application/json").status_code == 202
    row = Import.objects.get()
    jobs.judge_import(NOW, import_id=str(row.pk), token=row.dry_run["token"])
    run = api.get(f"{at}/dry-run").json()
    assert (run["state"], run["files"][0]["created"], run["files"][0]["rejected"]) == ("done", 2, 1)
    assert not Person._base_manager.exists()
    api.post(f"{at}/start", {}, content_type="application/json")
    jobs.import_files(NOW, import_id=made["id"])
    bad = api.get(f"{at}/rejected").json()["items"][0]
    fixed = api.post(f"{at}/rejected/{bad['id']}", {"cells": {"1": "dina@a.com"}}, content_type="application/json")
    assert fixed.json() == {"came_in": 1, "left": []}
    told = api.get(at).json()
    assert (told["created"], told["rejected"], told["rows"]) == (3, 0, 3)
    assert api.post(f"{at}/undo", {}, content_type="application/json").status_code == 202
    jobs.undo_import(NOW, import_id=made["id"])
    undone = api.get(at).json()
    assert undone["state"] == "undone" and undone["undo"]["undone"] == 3 and undone["undo"]["left"] == 0
    assert not Person.objects.visible_to(system).exists()
    mapping = api.get("/api/v1/import-mappings").json()["items"][0]
    assert mapping["name"] == "Mine"
    assert api.delete(f"/api/v1/import-mappings/{mapping['id']}").status_code == 204


def test_what_cannot_be_meant_is_said(admin, caller):
    api = caller(admin).client
    made = api.post("/api/v1/imports", {"files": [SimpleUploadedFile("p.csv", TEXT.encode())]}).json()
    at = f"/api/v1/imports/{made['id']}/plan"
    file = api.get(at).json()["files"][0]["id"]
    for column, said in (
        ({"header": "Nope", "field": "name"}, "no column"),
        ({"index": 0, "field": "nope"}, "no field"),
    ):
        answer = api.put(at, {"files": [{"id": file, "columns": [column]}]}, content_type="application/json")
        assert answer.status_code == 422 and said in answer.content.decode()


def test_a_stranger_plans_and_corrects_nothing(admin, omar, caller):
    made = caller(admin).client.post("/api/v1/imports", {"files": [SimpleUploadedFile("p.csv", TEXT.encode())]}).json()
    other, at = caller(omar).client, f"/api/v1/imports/{made['id']}"
    assert other.get(f"{at}/plan").status_code == 404
    assert other.post(f"{at}/dry-run", {}, content_type="application/json").status_code == 404
    assert other.post(f"{at}/rejected/1", {"cells": {"0": "x"}}, content_type="application/json").status_code == 404
    assert other.post(f"{at}/undo", {}, content_type="application/json").status_code == 404
