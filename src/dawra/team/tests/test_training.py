"""Claims about training: who learns, what is shown before an answer is given, and when somebody is certified."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.team.actions import learning, role_playing, training
from dawra.team.actions.role_playing import ScenePlayed
from dawra.team.learning import Content, Lesson, Option, PathSaid, Point, Question, last_day
from dawra.team.models import Certificate, Member, QuizAttempt, TrainingPath
from dawra.team.queries import progress, role_plays
from dawra.team.queries import training as queries
from tests.cast import NOW

ActorOf = Callable[..., Actor]
WRONG, RIGHT = Option("", "Secret wrong"), Option("", "Secret right", right=True)
ASKED = Question("", "Which one?", "أيهما؟", False, (WRONG, RIGHT), "Because of this")


def make_path(signer: Actor, **more: Any) -> TrainingPath:
    content = Content(
        (Lesson("", "One", "الأول", "**Bold** <script>x</script>", video="https://v.example/1"),), (ASKED,)
    )
    return training.add_path(signer, said=PathSaid(**{"name": "Calls", "content": content, **more}))


def answers(signer: Actor, path: TrainingPath, *, right: bool) -> dict[str, list[str]]:
    questions = queries.path(signer, path.pk).said.content.questions
    return {one.key: [option.key for option in one.options if option.right is right] for one in questions}


def passed_quiz(signer: Actor, path: TrainingPath) -> QuizAttempt:
    attempt = learning.begin_quiz(signer, path_id=path.pk)
    return learning.hand_in(signer, attempt_id=attempt.pk, answers=answers(signer, path, right=True))


def read_all(signer: Actor, path: TrainingPath) -> None:
    for one in queries.path(signer, path.pk).said.content.lessons:
        learning.read_lesson(signer, path_id=path.pk, lesson=one.key)


def test_what_is_right_is_not_sent_before_it_is_answered(
    sana: Member, omar: Member, actor: ActorOf, client_of: Callable[[Member], Client]
) -> None:
    path, browser = make_path(actor(omar)), client_of(sana)
    key = queries.path(actor(sana), path.pk).said.content.lessons[0].key
    page = browser.get(f"/training/{path.pk}/lessons/{key}/").content.decode()
    assert "<strong>Bold</strong>" in page and "<script>x" not in page and 'href="https://v.example/1"' in page
    assert browser.post(f"/training/{path.pk}/lessons/{key}/read/").status_code == 302
    quiz = browser.post(f"/training/{path.pk}/quiz/")["Location"]
    sheet = browser.get(quiz).content.decode()
    assert "Which one?" in sheet and "Because of this" not in sheet and "right answer" not in sheet
    assert browser.post(quiz).status_code == 422  # an empty sheet is asked about first
    [(question, given)] = answers(actor(sana), path, right=True).items()
    assert browser.post(quiz, {f"q_{question}": given}).status_code == 302
    told = browser.get(quiz).content.decode()
    assert "Because of this" in told and "100%" in told
    assert (
        queries.holds(sana.pk, path.pk, NOW.date() + timedelta(days=1))
        or Certificate.objects.filter(member=sana).exists()
    )
    assert "hold the certificate until" in browser.get(f"/training/{path.pk}/").content.decode()


def test_attempts_run_out_and_only_who_leads_gives_another(
    sana: Member, omar: Member, lina: Member, actor: ActorOf
) -> None:
    path = make_path(actor(omar), attempts=1)
    attempt = learning.begin_quiz(actor(sana), path_id=path.pk)
    with pytest.raises(NotFound):
        learning.hand_in(actor(lina), attempt_id=attempt.pk, answers={})
    with pytest.raises(Invalid):
        learning.hand_in(actor(sana), attempt_id=attempt.pk, answers={"no": ["such"]})
    done = learning.hand_in(actor(sana), attempt_id=attempt.pk, answers=answers(actor(sana), path, right=False))
    assert (done.score_bp, done.is_passed) == (0, False)
    with pytest.raises(Conflict):
        learning.hand_in(actor(sana), attempt_id=attempt.pk, answers=answers(actor(sana), path, right=True))
    with pytest.raises(Conflict):
        learning.begin_quiz(actor(sana), path_id=path.pk)
    with pytest.raises(Refused):
        learning.allow_another_attempt(actor(lina), path_id=path.pk, member_id=sana.pk)
    assert [one.id for one in queries.learners(actor(omar), path.pk)] == [sana.pk]
    assert queries.learners(actor(lina), path.pk) == []
    learning.allow_another_attempt(actor(omar), path_id=path.pk, member_id=sana.pk)
    assert passed_quiz(actor(sana), path).is_passed


def test_a_certificate_ends_and_is_renewed_by_showing_it_again(sana: Member, omar: Member, actor: ActorOf) -> None:
    path = make_path(actor(omar), valid_months=1)
    read_all(actor(sana), path)
    passed_quiz(actor(sana), path)
    on = NOW.date()
    assert queries.holds(sana.pk, path.pk, on) and not queries.holds(omar.pk, path.pk, on)
    assert queries.holds(sana.pk, path.pk, on + timedelta(days=30)) and not queries.holds(
        sana.pk, path.pk, on + timedelta(days=31)
    )
    assert (
        learning.tell_of_ending(NOW + timedelta(days=2)) == 1 and learning.tell_of_ending(NOW + timedelta(days=3)) == 0
    )
    assert Entry.objects.filter(kind="team.certificate_ending.1").count() == 1
    later = actor(sana, NOW + timedelta(days=40))
    mine = queries.path(later, path.pk).mine
    assert mine and mine.state == progress.EXPIRED and mine.missing == ("quiz",)
    passed_quiz(later, path)
    assert queries.holds(sana.pk, path.pk, on + timedelta(days=60))


def test_two_score_a_role_play_and_neither_reads_the_others_marks_first(
    sana: Member, omar: Member, lina: Member, zayn: Member, actor: ActorOf, client_of: Callable[[Member], Client]
) -> None:
    content = Content(scenario="Play it", rubric=(Point("", "Listens"), Point("", "Asks")))
    path = make_path(actor(omar), content=content, rubric_pass=35)
    learner = actor(sana)
    with pytest.raises(Invalid):
        role_playing.ask_role_play(learner, path_id=path.pk, said=ScenePlayed(zayn.pk, lina.pk))  # nobody leads
    play = role_playing.ask_role_play(learner, path_id=path.pk, said=ScenePlayed(lina.pk, omar.pk))
    keys = [one.key for one in queries.path(learner, path.pk).said.content.rubric]
    marks = {"low": dict.fromkeys(keys, 3), "high": dict.fromkeys(keys, 4)}
    with pytest.raises(NotFound):
        role_playing.score_role_play(actor(zayn), role_play_id=play.pk, marks=marks["high"], words="Good")
    with pytest.raises(Invalid):
        role_playing.score_role_play(actor(lina), role_play_id=play.pk, marks={keys[0]: 6, keys[1]: 1}, words="Good")
    assert [one.side for one in role_plays.to_score(actor(lina))] == ["peer"]
    form = {f"m_{key}": "3" for key in keys} | {"words": "Canary words of the peer"}
    assert client_of(lina).post(f"/training/role-plays/{play.pk}/", form).status_code == 302
    assert "Canary words" not in client_of(sana).get(f"/training/{path.pk}/").content.decode()
    assert "Canary words" not in client_of(omar).get(f"/training/role-plays/{play.pk}/").content.decode()
    role_playing.score_role_play(actor(omar), role_play_id=play.pk, marks=marks["high"], words="Well asked")
    mine = queries.path(learner, path.pk).mine
    assert mine and mine.holds
    [shown] = mine.every_role_play
    assert (shown.mean, shown.gap, shown.is_passed) == (350, 100, True)
    assert "+1.00" in client_of(sana).get(f"/training/{path.pk}/").content.decode()


def test_what_is_written_anew_keeps_what_was_learned_and_can_be_taken_back(
    sana: Member, omar: Member, actor: ActorOf
) -> None:
    path = make_path(actor(omar))
    read_all(actor(sana), path)
    row = path.editions.get()
    said = training.said_by(path, row)
    with pytest.raises(Refused):
        training.write_path(actor(sana), path_id=path.pk, said=said)
    assert training.write_path(actor(omar), path_id=path.pk, said=said) is None
    [lesson] = said.content.lessons
    for bad in ("http://v.example", "javascript:alert(1)", "https://"):
        with pytest.raises(Invalid):
            make_path(actor(omar), content=Content((Lesson("", "One", video=bad),)))
    worded = Content((Lesson(lesson.key, "One, anew"), Lesson("", "Two")), said.content.questions)
    entry = training.write_path(actor(omar), path_id=path.pk, said=PathSaid("Calls", content=worded))
    assert entry is not None
    far = queries.path(actor(sana), path.pk)
    assert [one.name for one in far.said.content.lessons] == ["One, anew", "Two"] and far.done == 1
    undo(actor(omar), key=entry.key)
    assert [one.name for one in queries.path(actor(sana), path.pk).said.content.lessons] == ["One"]
    away = training.archive_path(actor(omar), path_id=path.pk)
    assert away is not None
    undo(actor(omar), key=away.key)
    assert not queries.path(actor(sana), path.pk).archived


def test_a_revoked_certificate_holds_no_more_until_that_is_taken_back(
    sana: Member, omar: Member, lina: Member, actor: ActorOf
) -> None:
    path = make_path(actor(omar))
    read_all(actor(sana), path)
    passed_quiz(actor(sana), path)
    row = Certificate.objects.get()
    with pytest.raises(Refused):
        learning.revoke_certificate(actor(lina), certificate_id=row.pk, why="Not mine to take")
    entry = learning.revoke_certificate(actor(omar), certificate_id=row.pk, why="Shared the answers")
    assert entry is not None and not queries.holds(sana.pk, path.pk, NOW.date())
    undo(actor(omar), key=entry.key)
    assert queries.holds(sana.pk, path.pk, NOW.date())
    assert Entry.objects.filter(kind="team.certificate_restored.1").exists()


def test_the_starter_path_can_be_passed_and_stands_once(omar: Member, sana: Member, actor: ActorOf) -> None:
    assert training.load_starter_training(actor(omar)) == 1 and training.load_starter_training(actor(omar)) == 0
    path = TrainingPath.objects.get()
    said = training.said_by(path, path.editions.get())
    assert training.write_path(actor(omar), path_id=path.pk, said=said) is None  # what it says is sound
    assert (len(said.content.lessons), len(said.content.questions), len(said.content.rubric)) == (3, 5, 5)
    assert all(one.name_ar and one.text_ar for one in said.content.lessons)
    assert passed_quiz(actor(sana), path).score_bp == 10_000


def test_the_list_costs_the_same_for_one_path_and_for_many(
    sana: Member, omar: Member, actor: ActorOf, django_assert_num_queries: Any
) -> None:
    signer = actor(sana)
    read_all(signer, make_path(actor(omar)))
    with django_assert_num_queries(9):
        queries.paths(signer)
    for n in range(5):
        read_all(signer, make_path(actor(omar), name=f"Path {n}"))
    with django_assert_num_queries(9):
        assert len(queries.paths(signer)) == 6


def test_a_month_ends_when_the_months_day_comes_round() -> None:
    from datetime import date

    assert last_day(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert last_day(date(2026, 11, 24), 12) == date(2027, 11, 24)
    assert last_day(date(2026, 12, 1), 0) is None
