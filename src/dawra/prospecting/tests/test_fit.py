"""Who fits: learnt from closed deals, put in force, shown with its reasons."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Refused
from dawra.customers.actions.companies import edit_company
from dawra.customers.models import Company
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, Stage
from dawra.figures.words import fold
from dawra.journal import jobs, listeners
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.prospecting.actions import fitting as act
from dawra.prospecting.fit_scoring import score_companies
from dawra.prospecting.models import FitScore, IcpProfile
from dawra.prospecting.queries import fit, icp
from tests.cast import NOW


@pytest.fixture
def history(cast: Any, system: Any) -> dict[str, Company]:
    """Dairies are won 30 of 40 times, shops 10 of 40."""
    start_with_defaults(system)
    stages = {stage.code: stage for stage in Stage.objects.all()}
    companies = {}
    for industry in ("Dairy", "Retail"):
        made = Company.signed_by(
            system, name=industry, folded=fold(industry), industry=industry, country="SA", owner=cast.sana,
            lifecycle_since=NOW, employees=80,
        )  # fmt: skip
        made.save(force_insert=True)
        companies[industry] = made
    deals = []
    for k in range(80):
        company = companies["Dairy" if k % 2 else "Retail"]
        won = k // 2 < (30 if k % 2 else 10)
        stage = stages["won" if won else "lost"]
        deal = Deal.signed_by(
            system, name=f"Deal {k}", folded=f"deal {k}", company=company, stage=stage, stage_since=NOW, state=stage.type,
            closed_at=NOW - timedelta(days=(k * 37) % 80), currency="SAR", owner=cast.lina if k % 3 else cast.sana,
        )  # fmt: skip
        deals.append(deal)
    Deal._base_manager.bulk_create(deals)
    return companies


def learnt(actor: Any, *dimensions: str) -> IcpProfile:
    return act.keep_fitted(actor, learnt=icp.learn(actor, dimensions or ("industry", "country", "size")))


def run_scoring(profile: IcpProfile) -> None:
    ids = sorted(Company._base_manager.values_list("pk", flat=True))
    score_companies(NOW, profile_id=str(profile.pk), after="")
    score_companies(NOW, profile_id=str(profile.pk), after=str(ids[-1]))


def test_a_profile_is_learnt_from_everybodys_deals_and_scores_once_in_force(history, admin, sana, actor) -> None:
    profile = learnt(actor(admin))
    assert (profile.state, profile.n, profile.won, profile.number) == ("fitted", 80, 40, 1)
    assert fit.fit_now(actor(sana), history["Dairy"].pk) is None, "nothing is in force yet"
    act.put_in_force(actor(admin), profile_id=profile.pk)
    early = fit.fit_now(actor(sana), history["Dairy"].pk)
    run_scoring(profile)
    dairy, shop = (fit.fit_of([history[name].pk])[history[name].pk] for name in ("Dairy", "Retail"))
    assert early == dairy, "what is reckoned on the spot is what the job keeps"
    assert dairy.score > dairy.base > shop.score
    assert dairy.score == dairy.base + sum(one.points for one in dairy.reasons)
    assert dairy.reasons[0].dimension == "industry" and dairy.reasons[0].shown == "Dairy"


def test_a_company_that_changed_is_scored_anew(history, admin, sana, actor) -> None:
    profile = learnt(actor(admin))
    act.put_in_force(actor(admin), profile_id=profile.pk)
    run_scoring(profile)
    before = FitScore.objects.get(company=history["Retail"]).score
    done = edit_company(actor(sana), company_id=history["Retail"].pk, changes={"industry": "Dairy"})
    assert done.entry is not None
    listeners.deliver_entry(done.entry.pk, NOW)
    assert FitScore.objects.get(company=history["Retail"]).score > before


def test_too_little_history_says_so_and_points_can_be_set_by_hand(cast, admin, actor) -> None:
    profile = learnt(actor(admin))
    assert profile.state == "too_little_history"
    with pytest.raises(Conflict):
        act.put_in_force(actor(admin), profile_id=profile.pk)
    said = act.ByHand(base=40, points={("industry", "Dairy"): 25, ("country", "SA"): 10})
    by_hand = act.set_by_hand(actor(admin), said=said)
    assert by_hand.number == 2 and by_hand.dimensions == ["industry", "country"]
    act.put_in_force(actor(admin), profile_id=by_hand.pk)
    made = Company.signed_by(actor(admin), name="A", folded="a", industry="DAIRY", country="SA", lifecycle_since=NOW)
    made.save(force_insert=True)
    jobs.run_now("prospecting.score_new", NOW)
    assert fit.fit_of([made.pk])[made.pk].score == 75


def test_activating_can_be_taken_back_and_a_version_in_force_stays(history, admin, actor) -> None:
    first, second = learnt(actor(admin)), learnt(actor(admin), "industry")
    act.put_in_force(actor(admin), profile_id=first.pk)
    entry = act.put_in_force(actor(admin), profile_id=second.pk)
    assert entry is not None and icp.compare(actor(admin), first, second).counted == 2
    with pytest.raises(Conflict):
        act.remove_version(actor(admin), profile_id=second.pk)
    undo(actor(admin), key=entry.key)
    assert fit.in_force() == first
    undo(actor(admin), key=Entry.objects.filter(kind="prospecting.icp_fitted.1").latest("id").key)
    assert list(IcpProfile.objects.values_list("number", flat=True)) == [1]


def test_only_who_manages_prospecting_changes_the_profile(history, admin, sana, actor, client_of) -> None:
    for attempt in (
        lambda: icp.learn(actor(sana), ("industry",)),
        lambda: act.set_by_hand(actor(sana), said=act.ByHand(50, {("industry", "x"): 1})),
        lambda: act.put_in_force(actor(sana), profile_id=UUID(int=1)),
    ):
        with pytest.raises(Refused):
            attempt()
    assert client_of(sana).post("/icp/fit/", {"dimension": "industry"}).status_code == 403
    assert client_of(sana).get("/icp/").status_code == 200


def test_the_studio_shows_lifts_and_what_a_version_would_change(history, admin, client_of, actor) -> None:
    client = client_of(admin)
    assert "Nothing learnt yet" in client.get("/icp/").content.decode()
    answer = client.post("/icp/fit/", {"dimension": ["industry", "country", "bogus"]}, follow=True)
    page = answer.content.decode()
    assert "Dairy" in page and "75%" in page and "1.50" in page
    profile = IcpProfile.objects.get()
    assert client.get(f"/icp/{profile.pk}/compare/").status_code == 200
    assert client.get(f"/icp/by-hand/?from={profile.pk}").status_code == 200
    wrong = client.post("/icp/by-hand/", {"base": "50", "dimension0": "industry", "value0": "Ice", "points0": "lots"})
    assert wrong.status_code == 422
    saved = client.post("/icp/by-hand/", {"base": "50", "dimension0": "industry", "value0": "Ice", "points0": "١٢"})
    assert saved.status_code == 302
    client.post(f"/icp/{profile.pk}/activate/")
    run_scoring(profile)
    assert "Base" in client.get(f"/companies/{history['Dairy'].pk}/").content.decode()
    shown = client.get("/companies/?columns=name,icp_fit&sort=-icp_fit&icp_fit__gte=50").content.decode()
    assert "Dairy" in shown and ">Retail<" not in shown
    both = client.get("/companies/?columns=name,icp_fit&sort=icp_fit").content.decode()
    assert both.index(">Retail<") < both.index(">Dairy<")


def caller(actor: Any, member: Any) -> Client:
    scopes = ["prospecting.read", "customers.read"]
    made = make_token(actor(member), name="script", scopes=scopes, expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_a_stranger_learns_no_fit_over_the_api(history, admin, zayn, sana, actor) -> None:
    profile = learnt(actor(admin))
    act.put_in_force(actor(admin), profile_id=profile.pk)
    address = f"/api/v1/companies/{history['Dairy'].pk}/fit"
    assert caller(actor, zayn).get(address).status_code == 404
    mine = caller(actor, sana)
    told = mine.get(address).json()
    assert told["score"] == told["base"] + sum(one["points"] for one in told["reasons"])
    lifts = mine.get(f"/api/v1/icp-profiles/{profile.pk}").json()["lifts"]
    assert {"dimension", "lift", "low_bp", "n"} <= set(lifts[0])
    assert mine.get("/api/v1/companies?icp_fit__empty=yes&sort=-icp_fit").status_code == 200
