"""A stage can ask that whoever owns the deal holds the certificate of a training path."""

from datetime import timedelta

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Invalid
from dawra.deals.actions import pipelines
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.models import Criterion, Deal
from dawra.team.actions import learning, training
from dawra.team.actions.training import PathSaid
from dawra.team.learning import Content, Lesson
from dawra.team.models import Certificate, TrainingPath
from dawra.team.queries import training as queries
from tests.cast import NOW

DAY = timedelta(days=1)


@pytest.fixture
def path(admin, actor):
    content = Content((Lesson("", "One", "الأول", "Read this"),))
    return training.add_path(actor(admin), said=PathSaid(name="Discovery", name_ar="الاكتشاف", content=content))


@pytest.fixture
def asked(pipeline, path):
    Criterion.objects.filter(stage=pipeline["prospecting"]).delete()
    return Criterion.objects.create(
        stage=pipeline["prospecting"], sort="certificate", detail=str(path.pk), name="Trained in discovery"
    )


def earn(signer, path):
    for one in queries.path(signer, path.pk).said.content.lessons:
        learning.read_lesson(signer, path_id=path.pk, lesson=one.key)


def test_the_owner_must_hold_it_and_it_must_not_have_ended(pipeline, asked, path, deal, sana, omar, actor, client_of):
    hers, onward = deal(sana), Move(pipeline["research"].pk)
    earn(actor(omar), path)
    with pytest.raises(CriteriaUnmet):
        move_deal(actor(omar), deal_id=hers.pk, move=onward)
    page = client_of(sana).get(f"/deals/{hers.pk}/").content.decode()
    assert "Trained in discovery" in page and f'href="/training/{path.pk}/"' in page
    earn(actor(sana), path)
    assert f'href="/training/{path.pk}/"' not in client_of(sana).get(f"/deals/{hers.pk}/").content.decode()
    held = Certificate.objects.get(member=sana)
    Certificate.objects.filter(pk=held.pk).update(expires_on=held.issued_on)
    with pytest.raises(CriteriaUnmet):
        move_deal(actor(sana, NOW + 2 * DAY), deal_id=hers.pk, move=onward)
    Certificate.objects.filter(pk=held.pk).update(expires_on=None)
    move_deal(actor(sana, NOW + 2 * DAY), deal_id=hers.pk, move=onward)
    nobodys = deal(sana)
    Deal._base_manager.filter(pk=nobodys.pk).update(owner=None)
    with pytest.raises(CriteriaUnmet):
        move_deal(actor(omar), deal_id=nobodys.pk, move=onward)


def test_a_path_that_was_put_away_is_asked_of_nobody_any_more(pipeline, asked, path, deal, sana, actor):
    TrainingPath.objects.filter(pk=path.pk).update(archived_at=NOW)
    assert move_deal(actor(sana), deal_id=deal(sana).pk, move=Move(pipeline["research"].pk))


def test_it_is_chosen_by_name_and_goes_along_into_the_next_version(pipeline, asked, path, admin, actor, client_of):
    draft = pipelines.draft_version(actor(admin), pipeline_id=pipeline["prospecting"].version.pipeline_id)
    kept = Criterion.objects.get(stage__version=draft, sort="certificate")
    assert (kept.detail, kept.name) == (str(path.pk), "Trained in discovery")
    TrainingPath.objects.filter(pk=path.pk).update(archived_at=NOW)
    here = f"/settings/pipelines/versions/{draft.pk}/stages/{kept.stage_id}/"
    page = client_of(admin).get(here).content.decode()
    assert f'value="certificate:{path.pk}" selected' in page and "Certificate: Discovery" in page
    admin.language = "ar"
    admin.save()
    assert "شهادة: الاكتشاف" in client_of(admin).get(here).content.decode()
    for wrong in ("", "x", str(kept.pk)):
        new = pipelines.NewStage("Pilot", criteria=(pipelines.NewCriterion("certificate", "Trained", detail=wrong),))
        with pytest.raises(Invalid) as refused:
            pipelines.save_stage(actor(admin), version_id=draft.pk, new=new)
        assert refused.value.field == "criteria"


def test_programs_ask_for_it_too(pipeline, path, admin, actor):
    secret = make_token(actor(admin), name="t", scopes=["deals.pipelines"], expires_at=None).secret
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    draft = pipelines.draft_version(actor(admin), pipeline_id=pipeline["prospecting"].version.pipeline_id)
    asks = {"sort": "certificate", "name": "Trained", "detail": str(path.pk)}
    address = f"/api/v1/pipeline-versions/{draft.pk}/stages"
    sent = program.post(address, {"name": "Pilot", "criteria": [asks]}, content_type="application/json")
    assert sent.status_code in (200, 201), sent.content
    assert Criterion.objects.get(stage__version=draft, sort="certificate").detail == str(path.pk)
    wrong = {"name": "Other", "criteria": [asks | {"detail": "x"}]}
    assert program.post(address, wrong, content_type="application/json").status_code == 422
