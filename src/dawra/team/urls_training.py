"""Addresses of training: taken under /training/, written under /settings/training/."""

from django.urls import path

from dawra.team.views import role_plays, training, training_writing

urlpatterns = [
    path("training/", training.paths, name="training"),
    path("training/<uuid:path_id>/", training.path, name="training_path"),
    path("training/<uuid:path_id>/lessons/<str:lesson>/", training.lesson, name="lesson"),
    path("training/<uuid:path_id>/lessons/<str:lesson>/read/", training.read, name="read_lesson"),
    path("training/<uuid:path_id>/quiz/", training.begin, name="begin_quiz"),
    path("training/quizzes/<uuid:attempt_id>/", training.quiz, name="quiz"),
    path("training/<uuid:path_id>/again/<uuid:member_id>/", training.again, name="quiz_again"),
    path("training/certificates/<uuid:certificate_id>/revoke/", training.revoke, name="revoke_certificate"),
    path("training/<uuid:path_id>/role-play/", role_plays.ask, name="ask_role_play"),
    path("training/role-plays/<uuid:role_play_id>/", role_plays.score, name="score_role_play"),
    path("training/role-plays/<uuid:role_play_id>/withdraw/", role_plays.withdraw, name="withdraw_role_play"),
    path("settings/training/add/", training_writing.add, name="add_training"),
    path("settings/training/<uuid:path_id>/", training_writing.desk, name="write_training"),
    path("settings/training/<uuid:path_id>/head/", training_writing.head, name="write_training_head"),
    path("settings/training/<uuid:path_id>/lessons/add/", training_writing.lesson, name="add_lesson"),
    path("settings/training/<uuid:path_id>/lessons/<str:lesson>/", training_writing.lesson, name="write_lesson"),
    path("settings/training/<uuid:path_id>/questions/add/", training_writing.question, name="add_question"),
    path(
        "settings/training/<uuid:path_id>/questions/<str:question>/", training_writing.question, name="write_question"
    ),
    path("settings/training/<uuid:path_id>/role-play/", training_writing.role_play, name="write_role_play"),
    path("settings/training/<uuid:path_id>/pieces/<str:key>/move/", training_writing.move, name="move_training_piece"),
    path(
        "settings/training/<uuid:path_id>/pieces/<str:key>/remove/",
        training_writing.remove,
        name="remove_training_piece",
    ),
    path("settings/training/<uuid:path_id>/publish/", training_writing.publish, name="publish_training"),
    path("settings/training/<uuid:path_id>/discard/", training_writing.discard, name="discard_training_draft"),
    path("settings/training/starter/", training.starters, name="starter_training"),
    path("settings/training/<uuid:path_id>/archive/", training.archive, name="archive_training"),
    path("settings/training/<uuid:path_id>/restore/", training.restore, name="restore_training"),
]
