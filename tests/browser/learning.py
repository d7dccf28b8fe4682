"""What training leaves behind, for pages to be looked at: an open quiz, one handed in, a role-play to score, a draft."""

from dawra.access.actor import Actor
from dawra.team import drafts
from dawra.team.actions import drafting, learning, role_playing, training
from dawra.team.actions.role_playing import ScenePlayed
from dawra.team.learning import Content, Lesson, Option, PathSaid, Point, Question
from dawra.team.models import Member, TrainingPath
from dawra.team.queries import training as queries
from dawra.team.queries import training_desk

CONTENT = Content(
    (
        Lesson("", "Too expensive", "السعر مرتفع", "### Ask\n\nCompared **to what**?", "### اسأل\n\n**مقارنةً بماذا**؟"),
        Lesson("", "Trade", "المبادلة", "> If, then", "> الشرط قبل العطاء", "https://v.example/trade"),
    ),
    (
        Question(
            "", "What first?", "ماذا أولًا؟", False, (Option("", "Cut it", "أخفضه"), Option("", "Ask", "أسأل", True)), "Ask."
        ),
    ),
    "**Ten minutes.** A buyer says it is too expensive.", "**عشر دقائق.** يقول المشتري إن السعر مرتفع.",
    (Point("", "Asks first", "يسأل أولًا", 3), Point("", "Stays calm", "يبقى هادئًا")),
)  # fmt: skip


def learn(actor: Actor, manager: Actor, peer: Member, records: dict[str, str], suffix: str) -> None:
    """She fails a quiz, opens it again, and asks two colleagues to score; her manager drafts another lesson."""
    path: TrainingPath = training.add_path(
        manager, said=PathSaid("Price", "السعر", "Say it calmly.", "قله بهدوء.", content=CONTENT)
    )
    lessons = queries.path(actor, path.pk).said.content.lessons
    learning.read_lesson(actor, path_id=path.pk, lesson=lessons[0].key)
    failed = learning.begin_quiz(actor, path_id=path.pk)
    learning.hand_in(actor, attempt_id=failed.pk, answers={})
    attempt = learning.begin_quiz(actor, path_id=path.pk)
    assert manager.member_id is not None
    play = role_playing.ask_role_play(actor, path_id=path.pk, said=ScenePlayed(peer.pk, manager.member_id, "Sunday"))
    drafting.rewrite_part(manager, path_id=path.pk, part=Lesson("", "Later", "لاحقًا", "**Soon**", "**قريبًا**"))
    desk = training_desk.desk(manager, path.pk)
    here = f"/settings/training/{path.pk}/"
    records |= {
        f"path.{suffix}": f"/training/{path.pk}/",
        f"lesson.{suffix}": f"/training/{path.pk}/lessons/{lessons[0].key}/",
        f"quiz.{suffix}": f"/training/quizzes/{attempt.pk}/",
        f"quiz_done.{suffix}": f"/training/quizzes/{failed.pk}/",
        f"score.{suffix}": f"/training/role-plays/{play.pk}/",
        f"desk.{suffix}": here,
        f"desk_lesson.{suffix}": f"{here}{drafts.LESSONS}/{desk.lessons[0].piece.key}/",
        f"desk_question.{suffix}": f"{here}{drafts.QUESTIONS}/{desk.questions[0].piece.key}/",
    }
