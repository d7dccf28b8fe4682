"""Rejected rows put right on the page: they come in once, the sum holds, and nobody else can do it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.access.errors import Conflict, NotFound, Refused
from dawra.customers.importing import correcting, jobs, running, starting, uploads
from dawra.customers.models import Import, ImportFile, ImportRow, Person
from tests.cast import NOW

HEAD = "name,email,country\n"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME = tmp_path


@pytest.fixture
def brought(admin, actor):
    def bring(text, slices=1):
        signer = actor(admin)
        row = uploads.take_in(signer, [SimpleUploadedFile("p.csv", (HEAD + text).encode())])
        starting.begin(signer, import_=row, rates={})
        jobs.import_files(NOW, import_id=str(row.pk))
        return signer, row

    return bring


def sums(row):
    file = ImportFile.objects.get(within=row)
    return file.created, file.rejected, file.rows_seen


def test_one_press_puts_all_alike_right(brought):
    signer, row = brought("A,ok@a.example,SA\n" + "".join(f'P{n},"p{n}@a,com",SA\n' for n in range(5)))
    assert sums(row) == (1, 5, 6)
    (group,) = correcting.alike(row)
    assert group.count == 5
    came, left = correcting.correct_alike(
        signer, import_=row, file_id=group.file_id, code=group.code, column=group.column
    )
    assert (came, left) == (5, []) and sums(row) == (6, 0, 6)
    assert Person._base_manager.filter(name="P3").count() == 1


def test_the_same_cell_is_put_right_wherever_it_is_wrong(brought):
    signer, row = brought("A,a@a.example,Sodi\nB,b@a.example,Sodi\nC,c@a.example,Nowhereland\n")
    rows, _more = correcting.attention(row)
    assert correcting.same_value(row, rows[0]) == 1
    came, left = correcting.correct(signer, import_=row, row_id=rows[0].id, cells={2: "SA"}, also_same=True)
    assert came == 2 and not left and sums(row) == (2, 1, 3)


def test_a_row_that_is_still_wrong_keeps_what_was_typed(brought):
    signer, row = brought("A,nothing,SA\n")
    (shown,), _more = correcting.attention(row)
    came, (left,) = correcting.correct(signer, import_=row, row_id=shown.id, cells={1: "still nothing"})
    assert came == 0 and left.cells[1] == "still nothing" and sums(row) == (0, 1, 1)


def test_an_address_that_somebody_has_meanwhile_is_said_or_joined_never_doubled(brought):
    signer, row = brought("A,a@a.example,SA\nB,nothing,SA\n")
    (shown,), _more = correcting.attention(row)
    correcting.correct(signer, import_=row, row_id=shown.id, cells={1: "a@a.example"})
    created, rejected, seen = sums(row)
    assert seen == 2 and Person._base_manager.count() == 1 and created == 1 and rejected in (0, 1)


def test_a_skipped_row_waits_no_longer_and_stays_rejected(brought):
    signer, row = brought("A,nothing,SA\n")
    (shown,), _more = correcting.attention(row)
    correcting.skip(signer, import_=row, row_id=shown.id)
    assert correcting.attention(row) == ([], False) and sums(row) == (0, 1, 1)
    with pytest.raises(NotFound):
        correcting.correct(signer, import_=row, row_id=shown.id, cells={1: "a@a.example"})


def test_a_row_is_put_right_while_the_import_goes_on_and_the_sum_holds(admin, actor, monkeypatch):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 2)
    signer = actor(admin)
    text = HEAD + 'A,"a@a,com",SA\n' + "".join(f"P{n},p{n}@a.example,SA\n" for n in range(5))
    row = uploads.take_in(signer, [SimpleUploadedFile("p.csv", text.encode())])
    starting.start(signer, import_=row)

    def watch(progress):
        waiting = correcting.waiting_rows(row).first()
        if waiting:
            fix = correcting.fix_of(waiting)
            correcting.correct(signer, import_=row, row_id=waiting.pk, cells={fix.index: fix.instead})

    running.Run(signer, row.pk, watch=watch).go()
    assert sums(row) == (6, 0, 6) and Person._base_manager.count() == 6


def test_a_stranger_corrects_nothing_and_nobody_after_the_taking_back(brought, zayn, actor):
    signer, row = brought("A,nothing,SA\n")
    (shown,), _more = correcting.attention(row)
    with pytest.raises(Refused):
        correcting.correct(actor(zayn), import_=row, row_id=shown.id, cells={1: "a@a.example"})
    Import.objects.filter(pk=row.pk).update(state="undone")
    with pytest.raises(Conflict):
        correcting.correct(signer, import_=row, row_id=shown.id, cells={1: "a@a.example"})
    assert ImportRow.objects.get().outcome == "rejected"
