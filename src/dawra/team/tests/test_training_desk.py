"""Claims about writing training paths: nobody learns from a draft, and nobody's words are written over unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.team import drafts
from dawra.team.actions import drafting, learning, training
from dawra.team.drafts import Head, Scene
from dawra.team.learning import Lesson, Option, PathSaid, Point, Question, mean_of
from dawra.team.models import Member, Team, TrainingPath
from dawra.team.queries import training as reading
from dawra.team.queries import training_desk as queries

ActorOf = Callable[..., Actor]
ClientOf = Callable[[Member], Client]
ASKED = Question("", "Which one?", options=(Option("", "No"), Option("", "Yes", right=True)))


def begun(signer: Actor) -> TrainingPath:
    """A path with two lessons and a question, never published."""
    path = drafting.begin_path(signer, head=Head("Calls", "المكالمات"))
    for part in (Lesson("", "One"), Lesson("", "Two"), ASKED):
        drafting.rewrite_part(signer, path_id=path.pk, part=part)
    return path


def names(signer: Actor, path: TrainingPath) -> list[str]:
    return [one.piece.name for one in queries.desk(signer, path.pk).lessons]


def test_nobody_sees_a_path_before_it_is_published(
    sana: Member, omar: Member, actor: ActorOf, client_of: ClientOf
) -> None:
    path = begun(actor(omar))
    assert reading.paths(actor(sana)) == [] and reading.named_paths() == []
    assert [one.published for one in reading.paths(actor(omar), drafts=True)] == [False]
    assert reading.paths(actor(sana), drafts=True) == []
    assert client_of(sana).get(f"/training/{path.pk}/").status_code == 404
    with pytest.raises(NotFound):
        learning.begin_quiz(actor(sana), path_id=path.pk)
    for address in ("", "head/", "lessons/add/", "questions/add/", "role-play/", "publish/"):
        assert client_of(sana).get(f"/settings/training/{path.pk}/{address}").status_code in (403, 405)
    entry = drafting.publish_path(actor(omar), path_id=path.pk)
    assert entry is not None and entry.kind == "team.training_path_published.1"
    [card] = reading.paths(actor(sana))
    assert (card.said.number, [one.name for one in card.said.content.lessons]) == (1, ["One", "Two"])


def test_what_is_drafted_waits_and_what_was_learned_stays(sana: Member, omar: Member, actor: ActorOf) -> None:
    signer = actor(omar)
    path = begun(signer)
    drafting.publish_path(signer, path_id=path.pk)
    [first, _second] = reading.path(actor(sana), path.pk).said.content.lessons
    learning.read_lesson(actor(sana), path_id=path.pk, lesson=first.key)
    drafting.rewrite_part(signer, path_id=path.pk, part=Lesson(first.key, "One, anew"))
    drafting.rewrite_part(signer, path_id=path.pk, part=Head("Calls II", valid_months=3))
    found = queries.desk(signer, path.pk)
    assert [one.state for one in found.lessons] == ["changed", ""] and found.head_state == "changed"
    assert reading.path(actor(sana), path.pk).name == "Calls"
    with pytest.raises(Conflict):  # a program does not write over what a person is writing
        training.write_path(signer, path_id=path.pk, said=PathSaid("Calls", content=found.said.content))
    with pytest.raises(Conflict):
        drafting.publish_path(signer, path_id=path.pk, version=found.version - 1)
    entry = drafting.publish_path(signer, path_id=path.pk, version=found.version)
    card = reading.path(actor(sana), path.pk)
    assert (card.name, card.said.number, card.said.valid_months, card.done, card.drafted) == (
        "Calls II",
        2,
        3,
        1,
        False,
    )
    assert entry is not None
    undo(signer, key=entry.key)
    assert reading.path(actor(sana), path.pk).said.content.lessons[0].name == "One"
    drafting.rewrite_part(signer, path_id=path.pk, part=Lesson("", "Three"))  # its name and rules stay
    assert drafting.publish_path(signer, path_id=path.pk)
    assert [one.name for one in reading.path(actor(sana), path.pk).said.content.lessons] == ["One", "Two", "Three"]
    drafting.rewrite_part(signer, path_id=path.pk, part=Lesson("", "Four"))
    assert drafting.discard_draft(signer, path_id=path.pk) and drafting.publish_path(signer, path_id=path.pk) is None


def test_two_who_write_two_lessons_do_not_meet_and_two_who_write_one_do(
    omar: Member, admin: Member, actor: ActorOf
) -> None:
    path = begun(actor(omar))
    one, two = (piece.piece for piece in queries.desk(actor(omar), path.pk).lessons)
    seen_one, seen_two = drafts.mark(one), drafts.mark(two)
    drafting.rewrite_part(actor(omar), path_id=path.pk, part=Lesson(one.key, "First"), seen=seen_one)
    drafting.rewrite_part(actor(admin), path_id=path.pk, part=Lesson(two.key, "Second"), seen=seen_two)
    with pytest.raises(Stale) as told:
        drafting.rewrite_part(actor(admin), path_id=path.pk, part=Lesson(one.key, "Mine"), seen=seen_one)
    facts = told.value.facts
    assert (facts["theirs"], facts["yours"]) == ({"name": "First"}, {"name": "Mine"})
    drafting.rewrite_part(actor(admin), path_id=path.pk, part=Lesson(one.key, "Mine"), seen=facts["version"])
    assert names(actor(omar), path) == ["Mine", "Second"]


def test_both_versions_stand_side_by_side_in_the_browser(omar: Member, actor: ActorOf, client_of: ClientOf) -> None:
    path, browser = begun(actor(omar)), client_of(omar)
    [one, _two] = queries.desk(actor(omar), path.pk).lessons
    page = f"/settings/training/{path.pk}/lessons/{one.piece.key}/"
    assert f'name="version" value="{one.mark}"' in browser.get(page).content.decode()
    drafting.rewrite_part(actor(omar), path_id=path.pk, part=Lesson(one.piece.key, "Their title", text="Line\nline"))
    sent = {"version": one.mark, "name": "My title", "name_ar": "", "text": "Line\r\nline", "text_ar": "", "video": ""}
    answer = browser.post(page, sent)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Their title" in shown and "My title" in shown
    assert '<th scope="row">text</th>' not in shown, "a browser ends lines in its own way"
    again = queries.piece(queries.desk(actor(omar), path.pk), "lessons", one.piece.key).mark
    assert f'name="version" value="{again}"' in shown
    assert browser.post(page, sent | {"version": again}).status_code == 302
    assert names(actor(omar), path)[0] == "My title"


def test_pieces_are_moved_taken_out_and_put_back(omar: Member, lina: Member, actor: ActorOf) -> None:
    signer = actor(omar)
    path = begun(signer)
    _one, two = (piece.piece for piece in queries.desk(signer, path.pk).lessons)
    with pytest.raises(Refused):
        drafting.move_piece(actor(lina), path_id=path.pk, key=two.key, up=True)
    drafting.move_piece(signer, path_id=path.pk, key=two.key, up=True)
    assert names(signer, path) == ["Two", "One"]
    assert drafting.move_piece(signer, path_id=path.pk, key=two.key, up=True) is None
    entry = drafting.remove_piece(signer, path_id=path.pk, key=two.key)
    assert entry is not None and names(signer, path) == ["One"]
    undo(signer, key=entry.key)
    assert names(signer, path) == ["Two", "One"]
    with pytest.raises(NotFound):
        drafting.rewrite_part(signer, path_id=path.pk, part=Lesson("no-such", "Three"))


def test_a_form_says_what_is_wrong_where_it_is_wrong(omar: Member, actor: ActorOf, client_of: ClientOf) -> None:
    browser = client_of(omar)
    head = {"name_ar": "المكالمات", "share": "80", "attempts": "0", "mark": "3.5", "valid_months": "12"}
    made = browser.post("/settings/training/add/", head)
    here = made["Location"]
    empty = browser.post(f"{here}publish/")
    assert empty.status_code == 422 and "at least one lesson" in empty.content.decode()
    question = {"name": "Which?", "row_0_name": "A", "row_0_name_ar": "", "row_1_name": "B", "row_1_name_ar": ""}
    for wrong, told in (
        ({}, "Mark the right answer"),
        ({"row_0_right": "yes", "row_1_right": "yes"}, "Several answers are marked"),
        ({"row_1_name": "", "row_0_right": "yes"}, "two answers at least"),
        ({"row_0_right": "yes", "name": ""}, "in one of the languages"),
    ):
        answer = browser.post(f"{here}questions/add/", question | wrong)
        assert answer.status_code == 422 and told in answer.content.decode(), told
    assert browser.post(f"{here}questions/add/", question | {"row_0_right": "yes"}).status_code == 302
    lesson = {"name": "One", "video": "http://v.example"}
    assert "begins with https" in browser.post(f"{here}lessons/add/", lesson).content.decode()
    looked = browser.post(f"{here}lessons/add/", {"name": "", "text": "**Bold** <script>x", "look": "yes"})
    assert looked.status_code == 200 and "<strong>Bold</strong>" in looked.content.decode()
    assert "<script>x" not in looked.content.decode()
    scene = {"scenario": "Play it", "row_0_name": "Listens", "row_0_name_ar": "", "row_0_weight": "99"}
    assert "from 1 to 10" in browser.post(f"{here}role-play/", scene).content.decode()
    assert browser.post(f"{here}role-play/", scene | {"row_0_weight": "٣"}).status_code == 302
    assert browser.post(f"{here}publish/").status_code == 302
    said = reading.paths(actor(omar))[0].said
    assert (said.attempts, said.rubric_pass, said.content.rubric[0].weight) == (0, 35, 3)


def test_a_path_is_meant_for_roles_and_teams_of_this_company(omar: Member, sana: Member, actor: ActorOf) -> None:
    signer = actor(omar)
    path = begun(signer)
    with pytest.raises(Invalid):
        drafting.rewrite_part(signer, path_id=path.pk, part=Head("Calls", teams=(path.pk,)))
    team = Team.objects.filter(pk=sana.team_id).get()
    drafting.rewrite_part(signer, path_id=path.pk, part=Head("Calls", teams=(team.pk,)))
    drafting.publish_path(signer, path_id=path.pk)
    assert reading.paths(actor(sana))[0].is_due
    assert Entry.objects.filter(kind="team.training_path_drafted.1").count() == 4


def test_a_point_that_weighs_more_moves_the_mean() -> None:
    assert mean_of([{"a": 5, "b": 1}, {"a": 5, "b": 1}], {"a": 3, "b": 1}) == 400
    assert mean_of([{"a": 5, "b": 1}]) == 300
    scene = Scene("Play", rubric=(Point("a", "Asks", weight=2),))
    assert drafts.scene_of(drafts.put(PathSaid("x"), scene)) == scene


def test_the_desk_costs_the_same_for_one_lesson_and_for_many(
    omar: Member, actor: ActorOf, django_assert_num_queries: Any
) -> None:
    signer = actor(omar)
    path = begun(signer)
    for n in range(6):
        drafting.rewrite_part(signer, path_id=path.pk, part=Lesson("", f"More {n}"))
    with django_assert_num_queries(3):
        assert len(queries.desk(signer, path.pk).lessons) == 8
