"""A database that is away or busy is said to be so wherever a request meets it first: session, company, token, page."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client


class Failing:
    """Stands before every statement of the database, as a broken or locked one would."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise OperationalError(self.words)


def calm(client: Client) -> Client:
    client.raise_request_exception = False
    return client


AWAY, BUSY, FULL = "unable to open database file", "database is locked", "database or disk is full"


@pytest.mark.parametrize(("words", "status", "retry"), [(AWAY, 503, "10"), (BUSY, 503, "3"), (FULL, 507, None)])
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/deals/", "/people/"])
def test_a_page_says_that_the_database_is_away(client_of, sana, words, status, retry, path):
    client = calm(client_of(sana))
    with connection.execute_wrapper(Failing(words)):
        response = client.get(path)
    assert response.status_code == status
    assert response.headers.get("Retry-After") == retry
    page = response.content.decode()
    assert "Nothing was saved" in page and "Traceback" not in page and "OperationalError" not in page
    assert client.get(path).status_code in (200, 302)


def test_it_is_said_in_arabic_too(client_of, sana):
    client = calm(client_of(sana))
    with connection.execute_wrapper(Failing(AWAY)):
        page = client.get("/", headers={"Accept-Language": "ar"}).content.decode()
    assert "قاعدة البيانات" in page and 'dir="rtl"' in page


@pytest.mark.parametrize(("words", "status", "code"), [(AWAY, 503, "database_away"), (FULL, 507, "disk_full")])
def test_the_api_says_it_as_a_problem(cast, words, status, code):
    client = calm(Client())
    with connection.execute_wrapper(Failing(words)):
        response = client.get("/api/v1/people", headers={"Authorization": "Bearer dw_x"})
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["code"] == code


def test_a_mistake_of_the_program_stays_a_mistake(client_of, sana):
    client = calm(client_of(sana))
    with connection.execute_wrapper(Failing("no such column: x")):
        response = client.get("/")
    assert response.status_code == 500 and "no such column" not in response.content.decode()
