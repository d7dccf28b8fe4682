"""A form that comes after the session has ended: its text comes back, nothing happens, nobody is led away."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dawra.journal.models import Entry

WORDS = "Wants <b>them</b> before Thursday & in Riyadh"


def test_what_was_written_comes_back_and_nothing_is_kept(cast) -> None:
    answer = Client().post("/people/add/?from=board", {"name": WORDS, "password": "secret words", "code": "TRK-1"})
    assert answer.status_code == 401 and answer.headers["Cache-Control"] == "private, no-store"
    assert "Wants &lt;b&gt;them&lt;/b&gt; before Thursday &amp; in Riyadh" in answer.text and WORDS not in answer.text
    assert 'action="/people/add/?from=board"' in answer.text and 'value="TRK-1"' in answer.text
    assert "secret words" not in answer.text
    assert not Entry.objects.exists()


def test_a_file_has_to_be_chosen_again(cast) -> None:
    file = SimpleUploadedFile("quote.pdf", b"%PDF-1.4")
    answer = Client().post("/people/add/", {"name": "Hind", "file": file})
    assert "quote.pdf" in answer.text


def test_only_a_form_of_ours_is_given_back(cast) -> None:
    """Another site could have us draw its words, and a reader send them on."""
    answer = Client(enforce_csrf_checks=True).post(
        "/people/add/", {"name": "Theirs"}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403 and "Theirs" not in answer.text


def test_the_form_leads_nowhere_else(cast) -> None:
    for path in ("//evil.example/people/add/", "/people/add/?next=//evil.example"):
        assert 'action="//' not in Client().post(path, {"name": "Hind"}).text


def test_a_dialog_and_a_program_are_answered_as_ever(cast) -> None:
    assert Client().post("/people/add/", {"name": "Hind"}, headers={"HX-Request": "true"}).status_code == 302
    assert Client().post("/api/v1/people", {"name": "Hind"}, content_type="application/json").status_code == 401
