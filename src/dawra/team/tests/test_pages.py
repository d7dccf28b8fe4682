"""Every page of the company's people opens for whom it should, in both languages."""

import pytest

from dawra.team.models import Member

PAGES = [
    "/team/",
    "/team/teams/",
    "/team/invite/",
    "/settings/",
    "/settings/company/",
    "/settings/profile/",
    "/settings/roles/",
    "/settings/roles/add/",
    "/settings/tokens/",
    "/notifications/",
    "/journal/deliveries/",
    "/setup/next/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_administrator(admin, client_of, page: str, language: str) -> None:
    Member.objects.filter(pk=admin.pk).update(language=language)
    response = client_of(admin).get(page, follow=True)
    assert response.status_code == 200
    assert f'lang="{language}"' in response.text


def test_the_page_of_members_asks_as_often_for_three_as_for_thirty(
    admin, sana, client_of, django_assert_max_num_queries
) -> None:
    client = client_of(admin)
    client.get("/team/")
    for number in range(30):
        Member.objects.create(
            email=f"m{number}@masar.example",
            name=f"Member {number}",
            role=sana.role,
            team=sana.team,
            created_at=sana.created_at,
        )
    with django_assert_max_num_queries(12):
        assert client.get("/team/").status_code == 200


def test_a_rep_is_not_offered_what_only_administrators_may(sana, client_of) -> None:
    page = client_of(sana).get("/team/").text
    assert "/team/invite/" not in page
    assert client_of(sana).get("/team/invite/").status_code == 403
    assert client_of(sana).get("/settings/roles/").status_code == 403
    assert client_of(sana).get("/journal/deliveries/").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_sign_in(cast, client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")
