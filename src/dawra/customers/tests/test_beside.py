"""What other rooms announce stands beside the form of a call or meeting, and nowhere else."""

import pytest

from dawra.customers import beside
from dawra.customers.actions.activities import Plan, plan_activity
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.beside import Line, Piece
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def huda(actor, sana):
    return add_person(actor(sana), plan=NewPerson(name="Huda")).record


@pytest.fixture(autouse=True)
def pieces(monkeypatch):
    def two(actor, kind, record_id):
        return [
            Piece("Later", "later", (Line("Who <signs>?", "Economic buyer"),), order=90),
            Piece("Script", "script", (Line("Say hello"),), order=10),
            Piece("Nothing", "nothing", ()),
        ]

    monkeypatch.setattr(beside, "BESIDE", [two])


def test_pieces_stand_beside_calls_and_meetings_in_order_and_empty_ones_do_not(client_of, sana, huda, actor):
    browser = client_of(sana)
    addresses = [f"/records/person/{huda.pk}/add/{what}/" for what in ("call", "meeting")]
    planned = plan_activity(actor(sana), records=[huda], plan=Plan("Call Huda", NOW, what="call")).activity
    for address in (*addresses, f"/quick/call/?about=person:{huda.pk}", f"/activities/{planned.pk}/"):
        page = browser.get(address, headers={"HX-Request": "true"}).content.decode()
        assert page.index("Say hello") < page.index("Who &lt;signs&gt;?"), address
        assert "Economic buyer" in page and "Nothing" not in page
    for address in (f"/records/person/{huda.pk}/add/note/", f"/records/person/{huda.pk}/add/email/", "/quick/call/"):
        assert "Say hello" not in browser.get(address).content.decode(), address
