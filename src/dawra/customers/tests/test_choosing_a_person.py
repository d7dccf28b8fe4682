"""A custom field that asks for a person is answered by choosing one, with scripts or without."""

import re
from uuid import uuid4

import pytest

from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.models import Person
from dawra.customers.tests.acts import a_person


@pytest.fixture
def field(actor, admin):
    return define_field(actor(admin), record_kind="person", type="person", plan=FieldPlan("Referred by", "أحاله"))


@pytest.fixture
def rows(system, sana, lina):
    return {
        "huda": a_person(system, sana, "Huda Amin"),
        "ali": a_person(system, sana, "Ali Saleh"),
        "alia": a_person(system, sana, "Alia Saleh"),
        "hidden": a_person(system, lina, "Karim Fadel"),
    }


@pytest.fixture
def edit(client_of, sana, rows, field):
    """edit(**inputs) → the answer, and what is stored afterwards; inputs named by their ending."""
    address = f"/people/{rows['huda'].pk}/edit/?field={field.input_name}"

    def send(**inputs):
        sent = {f"{field.input_name}{end.removeprefix('value')}": value for end, value in inputs.items()}
        answer = client_of(sana).post(address, {"seen": "{}", "version": "", **sent})
        return answer, Person._base_manager.get(pk=rows["huda"].pk).custom.get(field.key)

    send.address = address
    return send


def test_the_form_has_a_combobox_and_a_plain_input_for_whoever_has_no_scripts(client_of, sana, edit, field):
    html = client_of(sana).get(edit.address).content.decode()
    assert 'data-picker="/search/pick/?kind=person"' in html and f'name="{field.input_name}_words"' in html
    assert 'role="combobox"' in html and f'aria-controls="{field.input_name}-list"' in html


def test_a_choice_of_the_script_is_kept_and_shown_by_name(client_of, sana, rows, edit):
    answer, stored = edit(value=f"person:{rows['ali'].pk}", _words="Ali Saleh", _was="")
    assert (answer.status_code, stored) == (302, str(rows["ali"].pk))
    html = client_of(sana).get(edit.address).content.decode()
    assert 'value="Ali Saleh"' in html and f'value="person:{rows["ali"].pk}"' in html


def test_words_decide_without_scripts_and_several_are_listed(rows, edit, field):
    answer, stored = edit(value="", _words="alia", _was="")
    assert (answer.status_code, stored) == (302, str(rows["alia"].pk))
    answer, stored = edit(value="", _words="saleh", _was="")
    html = answer.content.decode()
    assert (answer.status_code, stored) == (422, str(rows["alia"].pk))
    assert len(re.findall(rf'name="{field.input_name}_choice"', html)) == 2 and "Several match" in html
    answer, stored = edit(value="", _words="saleh", _choice=f"person:{rows['ali'].pk}", _was="")
    assert (answer.status_code, stored) == (302, str(rows["ali"].pk))


def test_a_whole_name_wins_over_longer_ones_that_begin_so(rows, edit):
    assert edit(value="", _words="Ali Saleh", _was="")[1] == str(rows["ali"].pk)


def test_words_typed_over_a_choice_count_and_emptying_them_empties_the_field(rows, edit):
    edit(value=f"person:{rows['ali'].pk}", _words="Ali Saleh", _was="")
    was = f"{rows['ali'].pk} Ali Saleh"
    kept = {"value": f"person:{rows['ali'].pk}", "_was": was}
    assert edit(**kept, _words="Ali Saleh")[1] == str(rows["ali"].pk)
    assert edit(**kept, _words="Alia Saleh")[1] == str(rows["alia"].pk)
    assert edit(**kept, _words="")[1] is None


def test_who_is_anothers_is_neither_found_nor_taken(rows, edit):
    for inputs in (
        {"value": "", "_words": "Karim Fadel"},
        {"value": f"person:{rows['hidden'].pk}", "_words": "Karim Fadel"},
        {"value": f"person:{uuid4()}", "_words": "x"},
        {"value": "company:x", "_words": "zzz"},
        {"value": "", "_words": "", "_choice": f"person:{rows['hidden'].pk}"},
    ):
        answer, stored = edit(**inputs, _was="")
        assert (answer.status_code, stored) == (422, None), inputs


def test_a_person_one_may_not_see_stays_where_another_put_it(client_of, sana, rows, edit, field):
    Person._base_manager.filter(pk=rows["huda"].pk).update(custom={field.key: str(rows["hidden"].pk)})
    html = client_of(sana).get(edit.address).content.decode()
    assert "Karim" not in html
    answer, stored = edit(value=f"person:{rows['hidden'].pk}", _words="", _was=f"{rows['hidden'].pk} ")
    assert (answer.status_code, stored) == (302, str(rows["hidden"].pk))


def test_many_records_get_a_person_at_once(client_of, omar, rows, field):
    client, sent = client_of(omar), {"id": [rows["ali"].pk], "field": f"custom.{field.key}", "apply": "1", "value": ""}
    assert client.post("/people/bulk/", {**sent, "value_words": "saleh"}).status_code == 422
    assert client.post("/people/bulk/", {**sent, "value_words": "huda"}).status_code == 302
    assert Person._base_manager.get(pk=rows["ali"].pk).custom == {field.key: str(rows["huda"].pk)}
