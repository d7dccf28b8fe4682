"""API tokens: shown once, kept hashed, never more than their maker."""

from datetime import timedelta

import pytest

from dawra.access import queries
from dawra.access.actions.tokens import make_token, revoke_token
from dawra.access.errors import Invalid, NotFound, Refused
from dawra.access.models import Role, Token
from dawra.journal.models import Entry
from dawra.team.actors import bearer_of
from dawra.team.models import Member
from tests.cast import NOW


def make(actor, member, **asked):
    return make_token(actor(member), **({"name": "script", "scopes": ["customers.read"], "expires_at": None} | asked))


def test_the_secret_is_shown_once_and_kept_only_as_a_fingerprint(sana, actor) -> None:
    made = make(actor, sana)
    assert made.secret.startswith("dw_") and len(made.secret) > 40
    kept = str(Token.objects.values_list()) + str(Entry.objects.values_list("facts", flat=True))
    assert made.secret not in kept
    assert made.secret not in repr(made)


def test_a_token_signs_for_its_member_with_its_scopes_only(sana, actor) -> None:
    bearer = bearer_of(make(actor, sana).secret, NOW)
    assert bearer is not None
    assert bearer.actor.member_id == sana.pk
    assert bearer.actor.permissions == {"customers.read"}
    assert bearer.actor.via == "api"
    assert bearer.actor.sees == {sana.pk}


def test_a_token_shrinks_with_the_role_of_its_member(sana, actor) -> None:
    secret = make(actor, sana, scopes=["customers.read", "customers.work"]).secret
    Role.objects.filter(pk=sana.role_id).update(permissions=["customers.read"])
    assert bearer_of(secret, NOW).actor.permissions == {"customers.read"}


@pytest.mark.parametrize("wrong", ["", "dw_", "dw_" + "a" * 43, "x" * 5000, "ملف"])
def test_what_is_no_token_opens_nothing(cast, wrong: str) -> None:
    assert bearer_of(wrong, NOW) is None


def test_an_expired_revoked_or_orphaned_token_opens_nothing(sana, actor) -> None:
    short = make(actor, sana, expires_at=NOW + timedelta(hours=1)).secret
    assert bearer_of(short, NOW) is not None
    assert bearer_of(short, NOW + timedelta(hours=1)) is None
    made = make(actor, sana)
    revoke_token(actor(sana), token_id=made.token.pk)
    assert bearer_of(made.secret, NOW) is None
    third = make(actor, sana).secret
    Member.objects.filter(pk=sana.pk).update(is_active=False)
    assert bearer_of(third, NOW) is None


def test_nobody_gives_a_token_more_than_they_have(sana, actor) -> None:
    with pytest.raises(Invalid):
        make(actor, sana, scopes=["access.roles"])
    with pytest.raises(Invalid):
        make(actor, sana, scopes=["no.such"])
    with pytest.raises(Refused):
        make(actor, sana, service=True)


def test_a_stranger_neither_sees_nor_revokes_anothers_token(sana, zayn, admin, actor) -> None:
    made = make(actor, sana)
    assert queries.tokens(actor(zayn)) == []
    for other in (zayn, admin):
        with pytest.raises(NotFound):
            revoke_token(actor(other), token_id=made.token.pk)


def test_looking_a_token_up_costs_one_query_and_notes_its_use_once_a_minute(
    sana, actor, django_assert_num_queries
) -> None:
    secret = make(actor, sana).secret
    with django_assert_num_queries(2):
        bearer_of(secret, NOW)
    with django_assert_num_queries(1):
        bearer_of(secret, NOW + timedelta(seconds=59))
    with django_assert_num_queries(2):
        bearer_of(secret, NOW + timedelta(seconds=61))


def test_the_page_shows_the_secret_on_making_and_never_again(sana, client_of) -> None:
    client = client_of(sana)
    made = client.post("/settings/tokens/", {"name": "script", "scopes": ["customers.read"], "lasts": "30"})
    assert made.status_code == 201 and "dw_" in made.text and "no-store" in made.headers["Cache-Control"]
    secret = made.context["made"].secret
    assert secret in made.text
    assert secret not in client.get("/settings/tokens/").text
