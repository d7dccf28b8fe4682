"""What buyers object: logged in one click, answered, settled, taken back; the answers that win; what was said before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.holdings import FORGETS
from dawra.deals.actions import answers as library
from dawra.deals.actions.answers import AnswerSaid, write_answer
from dawra.deals.actions.closing import Close, win_deal
from dawra.deals.actions.moving import DealClosed
from dawra.deals.actions.objecting import (
    ObjectionSaid,
    ReplySaid,
    answer_objection,
    delete_objection,
    edit_objection,
    judge_reply,
    log_objection,
    reopen_objection,
)
from dawra.deals.actions.people import set_person
from dawra.deals.answer_seeds import STARTERS
from dawra.deals.models import Answer, AnswerVersion, Deal, Objection, ObjectionTerm, Reply
from dawra.deals.queries import answers, objections
from dawra.deals.queries.similar_objections import similar_to
from dawra.deals.similarity import find_missing, find_objection
from dawra.journal.listeners import deliver_due
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

LATER = NOW + timedelta(minutes=1)


def open_ones(made):
    return Deal._base_manager.get(pk=made.pk).open_objections


def logged(actor, made, category="price", words="Too expensive", **more):
    return log_objection(actor, deal_id=made.pk, said=ObjectionSaid(category, words, **more)).objection


def test_it_is_open_until_an_answer_is_accepted_and_everything_can_be_taken_back(deal, sana, actor):
    made, signed = deal(sana), actor(sana, LATER)
    kept = log_objection(signed, deal_id=made.pk, said=ObjectionSaid("price", "Too expensive"))
    assert open_ones(made) == 1
    answer = Answer.objects.filter(category="price").first()
    one = kept.objection.pk
    answered = answer_objection(signed, objection_id=one, said=ReplySaid(answer.pk))
    assert open_ones(made) == 1, "nobody knows yet how the buyer took it"
    judged = judge_reply(signed, objection_id=one, accepted=True)
    assert open_ones(made) == 0
    with pytest.raises(Conflict):
        answer_objection(signed, objection_id=one, said=ReplySaid(words="Again"))
    reopened = reopen_objection(signed, objection_id=one)
    for entry, left in ((reopened, 0), (judged, 1), (answered, 1), (kept, 0)):
        undo(actor(sana, LATER), key=entry.entry.key)
        assert open_ones(made) == left
    assert not Reply.objects.exists()
    gone = Entry.objects.filter(kind="deals.objection_deleted.1").latest("id")
    undo(actor(sana, LATER), key=gone.key)
    assert open_ones(made) == 1


def test_an_own_kind_needs_a_name_and_a_closed_deal_takes_none(deal, sana, actor):
    made = deal(sana)
    with pytest.raises(Invalid):
        logged(actor(sana), made, "own")
    assert (
        objections.objection(actor(sana), logged(actor(sana), made, "own", label="Parking").pk).category_name
        == "Parking"
    )
    win_deal(actor(sana), deal_id=made.pk, close=Close("fit", override="They signed"))
    with pytest.raises(DealClosed):
        logged(actor(sana), made)


def test_a_stranger_finds_neither_the_objection_nor_what_was_said(deal, sana, zayn, omar, actor):
    made = deal(sana)
    one = logged(actor(sana), made, words="Your data centre lies abroad")
    find_missing(NOW)
    for act in (
        lambda: logged(actor(zayn), made),
        lambda: edit_objection(actor(zayn), objection_id=one.pk, values={"words": "x"}),
        lambda: answer_objection(actor(zayn), objection_id=one.pk, said=ReplySaid(words="x")),
        lambda: judge_reply(actor(zayn), objection_id=one.pk, accepted=True),
        lambda: reopen_objection(actor(zayn), objection_id=one.pk),
        lambda: delete_objection(actor(zayn), objection_id=one.pk),
        lambda: objections.plain(actor(zayn), one.pk),
    ):
        with pytest.raises(NotFound):
            act()
    assert similar_to(actor(zayn), "data centre abroad") == []
    assert [card.objection.id for card in similar_to(actor(omar), "data centre abroad")] == [one.pk]


def test_what_was_said_before_is_found_in_both_languages_and_with_other_endings(deal, sana, actor):
    made = deal(sana)
    texts = (
        "Your price is above RouteIQ",
        "سعركم أعلى من المنافس بكثير",
        "We cannot decide before March",
        "أين تُحفظ بيانات سائقينا؟",
    )
    for words in texts:
        logged(actor(sana), made, words=words)
    find_missing(NOW)
    for asked, meant in (
        ("pricing above the others", 0),
        ("السعر اعلى", 1),
        ("no decision before march", 2),
        ("بيانات السائقين", 3),
    ):
        assert similar_to(actor(sana), asked)[0].objection.words == texts[meant], asked
    first = Objection._base_manager.get(words=texts[0])
    edit_objection(actor(sana), objection_id=first.pk, values={"words": "Parking is far away"})
    find_objection(NOW, objection_id=str(first.pk), before=texts[0])
    assert all(card.objection.id != first.pk for card in similar_to(actor(sana), "routeiq price"))
    assert similar_to(actor(sana), "far parking")[0].objection.id == first.pk


def test_answers_are_ranked_by_what_buyers_accepted_and_deals_became(deal, sana, omar, actor):
    lucky = write_answer(actor(sana), said=AnswerSaid("price", "Lucky", "Once it worked."))
    proven = write_answer(actor(omar), said=AnswerSaid("price", "Proven", "It works."))
    for n in range(5):
        made = deal(sana, name=f"Deal {n}")
        one = logged(actor(sana), made)
        answer_objection(actor(sana), objection_id=one.pk, said=ReplySaid(proven.pk, accepted=n != 4))
        if n < 2:
            win_deal(actor(sana), deal_id=made.pk, close=Close("fit", override="They signed"))
    made = deal(sana, name="One more")
    said = ObjectionSaid("price", "Too much")
    log_objection(actor(sana), deal_id=made.pk, said=said, reply=ReplySaid(lucky.pk, accepted=True))
    while deliver_due(LATER):
        pass
    proven.refresh_from_db()
    assert (proven.tried, proven.accepted, proven.closed, proven.won) == (5, 4, 2, 2)
    first = (
        objections.on_deal(actor(sana), Deal._base_manager.get(pk=made.pk)),
        answers.best_answers(["price"])["price"],
    )
    assert [card.name for card in first[1][:2]] == ["Proven", "Lucky"]
    assert (first[1][0].accepted.low_bp, first[1][0].accepted.high_bp) == (3755, 9638)  # Wilson, 4 of 5


def test_the_library_keeps_versions_and_belongs_to_its_owners(deal, sana, omar, admin, lina, actor):
    made = write_answer(actor(sana), said=AnswerSaid("trust", "Call a customer", "Ask them.", words_ar="اسألوهم."))
    one = logged(actor(sana), deal(sana), "trust")
    answer_objection(actor(sana), objection_id=one.pk, said=ReplySaid(made.pk))
    with pytest.raises(Refused):
        write_answer(actor(lina), said=AnswerSaid("trust", "Mine now", "x"), answer_id=made.pk)
    write_answer(actor(admin), said=AnswerSaid("trust", "Call three customers", "Ask them."), answer_id=made.pk)
    assert objections.objection(actor(sana), one.pk).replies[0].name == "Call a customer"
    assert answers.answer(actor(sana), made.pk).number == 2
    undo(actor(admin, LATER), key=Entry.objects.filter(kind="deals.answer_written.1").latest("id").key)
    assert answers.answer(actor(sana), made.pk).name == "Call a customer"
    with pytest.raises(NotFound):
        answers.answer(actor(sana), one.pk)


def test_the_starters_speak_both_languages_and_go_in_one_click(pipeline, deal, sana, admin, actor):
    kinds = [seed.category for seed in STARTERS]
    assert all(
        kinds.count(kind) >= 3 for kind in ("price", "product", "competition", "timing", "authority", "trust", "need")
    )
    assert not [seed for seed in STARTERS if not all((seed.name, seed.name_ar, seed.words, seed.words_ar))]
    assert Answer.objects.filter(is_starter=True).count() == len(STARTERS)
    used = Answer.objects.filter(category="need").first()
    answer_objection(actor(sana), objection_id=logged(actor(sana), deal(sana), "need").pk, said=ReplySaid(used.pk))
    with pytest.raises(Refused):
        library.remove_starters(actor(sana))
    assert library.remove_starters(actor(admin)) == len(STARTERS)
    assert list(Answer.objects.values_list("pk", flat=True)) == [used.pk]
    assert library.load_starters(actor(admin)) == len(STARTERS) - 1
    assert AnswerVersion.objects.filter(answer__is_starter=True).count() == len(STARTERS)


def test_erasing_who_said_it_takes_the_words_and_leaves_the_figure(deal, sana, person, actor):
    made, huda = deal(sana), person(sana)
    set_person(actor(sana), deal_id=made.pk, person_id=huda.pk, role="user")
    one = logged(actor(sana), made, words="Zwqx is dearer", person_id=huda.pk)
    find_missing(NOW)
    for model in (Reply, Objection):
        FORGETS[model](huda.pk, NOW)
    one = Objection._base_manager.get(pk=one.pk)
    assert (one.words, one.person_id, one.category) == ("", None, "price")
    assert not any(bytes(row.found) for row in ObjectionTerm.objects.all())


def test_the_page_shows_the_proof_and_does_it_all_without_scripts(
    client_of, deal, sana, zayn, django_assert_max_num_queries
):
    made, client = deal(sana), client_of(sana)
    page = reverse("deals:deal", args=[made.pk])
    client.post(reverse("deals:log_objection", args=[made.pk]), {"category": "price"})
    one = Objection._base_manager.get()
    shown = client.get(page).content.decode()
    assert "An answer to try" in shown and "An objection is open" in shown
    for n in range(6):
        client.post(reverse("deals:log_objection", args=[made.pk]), {"category": "trust", "words": f"Doubt {n}"})
    with django_assert_max_num_queries(20):
        client.get(page)
    at = f"{page}objections/{one.pk}/"
    client.post(f"{at}answer/", {"reply": "We looked at it together"})
    client.post(f"{at}judge/", {"accepted": "yes"})
    assert client.get(at).status_code == 200
    client.post(at, {"category": "product", "words": "It is slow", "person": "", "label": ""})
    one.refresh_from_db()
    assert (one.words, one.category, one.settled_at is not None) == ("It is slow", "product", True)
    client.post(f"{at}reopen/")
    client.post(f"{at}delete/")
    assert client.get(at).status_code == 404
    for part in ("", "answer/", "judge/", "reopen/", "delete/"):
        assert client_of(zayn).post(at + part, {"category": "price"}).status_code == 404
    found = client.get(reverse("deals:answers"), {"words": "doubt", "by": "won", "category": "trust"})
    assert found.status_code == 200 and "Call somebody like you" in found.content.decode()
    new = reverse("deals:add_answer")
    assert client.post(new, {"category": "price", "name": "x"}).status_code == 422
    assert client.post(new, {"category": "price", "name": "Later", "words": "Pay next year"}).status_code == 302
    own = Answer.objects.get(owner=sana)
    assert client.get(reverse("deals:answer", args=[own.pk])).status_code == 200
    client.post(reverse("deals:retire_answer", args=[own.pk]))
    assert "Later" in client.get(reverse("deals:answers"), {"show": "retired"}).content.decode()
