"""What is one's own through the API: profile, notifications, saved views; who may see a record; files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dawra.customers.models import File
from dawra.journal.listeners import deliver_due

PDF = b"%PDF-1.7 offer"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def huda(caller: Any, sana: Any) -> str:
    return str(caller(sana)("post", "/people", {"name": "Huda Amin"}).json()["id"])


def test_the_company_and_one_s_own_habits(caller, sana):
    call = caller(sana)
    assert call("get", "/workspace").json()["base_currency"] == "SAR"
    stands = call("get", "/profile")
    changed = call("patch", "/profile", {"language": "ar", "digits": "arab"}, **{"If-Match": stands.headers["ETag"]})
    assert (changed.json()["language"], changed.json()["name"]) == ("ar", "Sana Khoury")
    stale = call("patch", "/profile", {"theme": "dark"}, **{"If-Match": stands.headers["ETag"]})
    assert stale.status_code == 412
    assert call("patch", "/profile", {"role_id": "x"}).status_code == 422


def test_a_record_is_shared_told_of_and_closed_again(caller, omar, lina, zayn, huda):
    call, hers = caller(omar), caller(lina)
    address = f"/records/person/{huda}/shares"
    assert hers("get", f"/people/{huda}").status_code == 404
    said = {"with_kind": "member", "with_id": str(lina.pk), "reason": "Knows her"}
    assert call("post", address, said).status_code == 201
    assert call("post", address, said).status_code == 409
    assert hers("get", f"/people/{huda}").status_code == 200
    assert [one["reason"] for one in call("get", address).json()["shares"]] == ["Knows her"]
    deliver_due(timezone.now())
    [told] = hers("get", "/notifications?unread=true").json()["items"]
    assert (told["reason"], told["record_name"]) == ("shared", "Huda Amin")
    assert caller(zayn)("post", f"/notifications/{told['id']}/read").status_code == 404
    assert hers("post", f"/notifications/{told['id']}/read").json() == {"read": 1}
    assert hers("get", "/notifications?unread=true").json()["items"] == []
    assert hers("post", "/notifications/read").json() == {"read": 0}
    assert hers("delete", f"/notifications/{told['id']}").status_code == 204
    assert caller(zayn)("post", address, said).status_code == 404
    assert call("delete", f"{address}/{lina.pk}").status_code == 204
    assert caller(lina, ["customers.read"])("get", f"/people/{huda}").status_code == 404


def test_a_list_is_kept_under_a_name_and_only_its_holder_changes_it(caller, sana, omar, zayn):
    call = caller(sana)
    said = {"record_kind": "deal", "name": "Large ones", "query": {"sort": "-amount"}, "is_shared": True}
    made = call("post", "/views", said).json()
    [seen] = caller(omar)("get", "/views?record_kind=deal").json()["items"]
    assert (seen["name"], seen["is_mine"]) == ("Large ones", False)
    assert caller(zayn)("put", f"/views/{made['id']}", said).status_code == 404
    assert call("put", f"/views/{made['id']}", said | {"name": "Largest"}).json()["name"] == "Largest"
    assert call("delete", f"/views/{made['id']}").status_code == 204
    assert call("get", "/views?record_kind=deal").json()["items"] == []


def test_a_file_is_attached_handed_out_and_removed(caller, sana, zayn, huda):
    call, stranger = caller(sana), caller(zayn)
    address = f"/records/person/{huda}/files"
    made = call.send(address, {"file": SimpleUploadedFile("offer.pdf", PDF)})
    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "offer.pdf", len(PDF))
    one = f"/files/{made.json()['id']}"
    assert b"".join(call("get", one).streaming_content) == PDF
    assert [file["name"] for file in call("get", address).json()["items"]] == ["offer.pdf"]
    assert call.send(address, {"file": SimpleUploadedFile("run.exe", b"MZ")}).status_code == 422
    assert stranger.send(address, {"file": SimpleUploadedFile("offer.pdf", PDF)}).status_code == 404
    assert stranger("get", one).status_code == stranger("delete", one).status_code == 404
    assert stranger("get", address).status_code == 404
    assert call("delete", one).status_code == 204 and call("get", one).status_code == 404
    assert File.objects.count() == 1


def test_roles_are_read_by_who_may_read_the_team(caller, admin):
    roles = {role["code"]: role for role in caller(admin)("get", "/roles").json()["items"]}
    assert roles["rep"]["sees"] == "own" and "deals.work" in roles["rep"]["permissions"]
    assert [one["name"] for one in roles["administrator"]["holders"]] == ["Amal Najjar"]
