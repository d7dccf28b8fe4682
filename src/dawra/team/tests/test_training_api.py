"""Claims about training for programs: who writes reads what is right, who learns does not; and nobody meets a stranger's."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dawra.access.actor import Actor
from dawra.access.models import Token
from dawra.access.permissions import PERMISSIONS
from dawra.team.actions import drafting, learning
from dawra.team.actors import hash_of
from dawra.team.drafts import Head
from dawra.team.models import Certificate, Member
from tests.cast import NOW

ActorOf = Callable[..., Actor]
ClientOf = Callable[[Member], Client]
PATH: dict[str, Any] = {
    "name": "Calls",
    "name_ar": "المكالمات",
    "content": {
        "lessons": [{"name": "One", "text": "**Bold**"}],
        "questions": [
            {"name": "Which?", "why": "Canary reason", "options": [{"name": "No"}, {"name": "Yes", "right": True}]}
        ],
    },
}


def call(client: Client, method: str, address: str, body: Any = None, **headers: str) -> Any:
    answer = client.generic(
        method, f"/api/v1/training/{address}", "" if body is None else json.dumps(body), "application/json",
        headers=headers,
    )  # fmt: skip
    return answer.status_code, answer.json() if answer.content else None, answer.headers.get("ETag", "")


@pytest.fixture
def program_of() -> ClientOf:
    def of(member: Member) -> Client:
        secret = f"dw_training_{member.pk}"
        kept = {"name": "t", "member": member, "scopes": sorted(PERMISSIONS), "created_at": NOW}
        Token.objects.get_or_create(prefix=secret[:8], secret_hash=hash_of(secret), defaults=kept)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return of


def test_a_path_is_written_read_and_written_anew(
    omar: Member, sana: Member, program_of: ClientOf, actor: ActorOf
) -> None:
    his, hers = program_of(omar), program_of(sana)
    assert call(hers, "POST", "paths", PATH)[0] == 403
    status, made, tag = call(his, "POST", "paths", PATH)
    assert (status, tag, made["edition"], made["content"]["questions"][0]["options"][1]["right"]) == (
        201,
        '"1"',
        1,
        True,
    )
    here = f"paths/{made['id']}"
    status, read, _tag = call(hers, "GET", here)
    assert (status, read["questions"], read["content"]["questions"]) == (200, 1, [])
    assert "Canary" not in str(read) and "drafted" not in read
    anew = PATH | {"content": made["content"] | {"lessons": [*made["content"]["lessons"], {"name": "Two"}]}}
    assert call(his, "PUT", here, anew, **{"If-Match": '"7"'})[0] == 412
    status, said, tag = call(his, "PUT", here, anew, **{"If-Match": tag})
    assert (status, said["edition"], tag) == (200, 2, '"2"')
    drafting.rewrite_part(actor(omar), path_id=made["id"], part=Head("Calls, anew"))
    assert call(his, "PUT", here, anew)[0] == 409
    assert call(his, "GET", here)[1]["drafted"] is True
    assert call(his, "POST", f"{here}/publish")[1]["name"] == "Calls, anew"
    assert call(his, "DELETE", f"{here}/draft")[0] == 204
    assert call(his, "POST", f"{here}/archive", {"archived": True})[1]["archived"] is True
    assert call(hers, "GET", here)[0] == 404


def test_one_reads_how_far_oneself_is_and_a_manager_how_far_the_people_are(
    omar: Member, sana: Member, lina: Member, program_of: ClientOf, actor: ActorOf
) -> None:
    _status, made, _tag = call(program_of(omar), "POST", "paths", PATH)
    here, hers = f"paths/{made['id']}", program_of(sana)
    key = made["content"]["lessons"][0]["key"]
    assert call(hers, "POST", f"{here}/lessons/{key}", {})[1]["missing"] == ["quiz"]
    [mine] = call(hers, "GET", "mine")[1]["items"]
    assert (mine["state"], mine["lessons_read"], mine["attempts_left"]) == ("begun", [key], 3)
    [seen] = call(program_of(omar), "GET", f"{here}/assignments")[1]["items"]
    assert (seen["member"], seen["state"]) == (sana.name, "begun")
    assert call(program_of(lina), "GET", f"{here}/assignments")[1]["items"] == []
    attempt = learning.begin_quiz(actor(sana), path_id=made["id"])
    question = made["content"]["questions"][0]
    right = {question["key"]: [one["key"] for one in question["options"] if one["right"]]}
    learning.hand_in(actor(sana), attempt_id=attempt.pk, answers=right)
    [held] = call(hers, "GET", f"certificates?path={made['id']}")[1]["items"]
    assert (held["member"], held["state"], held["edition"]) == (sana.name, "certified", 1)
    assert [one["id"] for one in call(program_of(omar), "GET", "certificates")[1]["items"]] == [held["id"]]
    assert call(program_of(lina), "GET", "certificates")[1]["items"] == []
    revoke = f"certificates/{held['id']}/revoke"
    assert call(hers, "POST", revoke, {"why": "x"})[0] == 403
    assert call(program_of(omar), "POST", revoke, {"why": "Shared the answers"})[0] == 204
    assert Certificate.objects.get().revoked_why == "Shared the answers"
