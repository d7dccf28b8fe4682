"""After 30 days in the bin a deal is gone with its files; what people did stays in the journal."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from dawra.access.errors import Answer
from dawra.customers.actions import files
from dawra.customers.actions.bin import delete_record
from dawra.customers.models import Company, File
from dawra.deals.actions.bin import delete_deal
from dawra.deals.models import Deal, StageVisit
from dawra.journal import jobs
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.site.operation import verify
from tests.cast import NOW

LONG_AGO = NOW - timedelta(days=31)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def attach(signed, record):
    return files.attach_file(signed, record=record, stored=files.store("offer.pdf", [b"%PDF-1.7 offer"])).file


def on_disk(home: Path) -> int:
    return sum(path.is_file() for path in home.rglob("*"))


def test_a_deal_goes_with_its_files_and_its_company_the_same_night(actor, omar, deal, company, home, now):
    signed = actor(omar, LONG_AGO)
    nile = company(omar)
    gone, kept = deal(omar, "Gone", company_id=nile.pk), deal(omar, "Kept")
    attach(signed, gone)
    stays = attach(signed, kept)
    entry = delete_deal(signed, deal_id=gone.pk)
    delete_record(signed, kind="company", record_id=nile.pk)
    assert verify.files().holds
    jobs.run_now("customers.empty_bin", now)
    assert list(Deal._base_manager.values_list("pk", flat=True)) == [kept.pk]
    assert not Company._base_manager.filter(pk=nile.pk).exists()
    assert set(StageVisit.objects.values_list("deal", flat=True)) == {kept.pk}
    assert list(File.objects.values_list("pk", flat=True)) == [stays.pk] and on_disk(home) == 1
    assert Entry.objects.filter(kind="deals.deal_added.1").count() == 2
    assert sorted(Entry.objects.filter(kind="customers.purged.1").values_list("facts__record_kind", flat=True)) == [
        "company", "deal", "file",
    ]  # fmt: skip
    assert all(one.holds or one.id == "journal.company" for one in verify.verify())
    with pytest.raises(Answer):
        undo(actor(omar), key=entry.key)


def test_what_was_deleted_yesterday_waits(actor, omar, deal, home, now):
    signed = actor(omar, now - timedelta(days=29))
    made = deal(omar)
    file = attach(signed, made)
    files.remove_file(signed, file_id=file.pk)
    delete_deal(signed, deal_id=made.pk)
    jobs.run_now("customers.empty_bin", now)
    assert Deal._base_manager.count() == 1 and on_disk(home) == 1


def test_a_removed_file_leaves_the_disk_though_its_deal_stays(actor, omar, deal, home, now):
    signed = actor(omar, now - timedelta(days=32))
    made = deal(omar)
    files.remove_file(signed, file_id=attach(signed, made).pk)
    jobs.run_now("customers.empty_bin", now)
    assert not File.objects.exists() and on_disk(home) == 0 and Deal._base_manager.count() == 1


def test_a_crash_between_disk_and_row_is_finished_the_next_night(actor, omar, deal, home, now):
    signed = actor(omar, now - timedelta(days=32))
    file = attach(signed, deal(omar))
    files.remove_file(signed, file_id=file.pk)
    files.path_of(file.key).unlink()
    assert verify.files().holds
    jobs.run_now("customers.empty_bin", now)
    assert not File.objects.exists()


def test_an_upload_cut_short_is_swept_after_a_day(cast, home, now):
    old, fresh = files.store("a.pdf", [b"%PDF-old"]), files.store("b.pdf", [b"%PDF-new"])
    for stored, age in ((old, 2), (fresh, 0)):
        moment = (now - timedelta(days=age)).timestamp()
        os.utime(files.path_of(stored.key), (moment, moment))
    jobs.run_now("customers.empty_bin", now)
    assert not files.path_of(old.key).exists() and files.path_of(fresh.key).exists()


def test_a_file_in_its_folder_is_compared_with_its_row(actor, omar, deal):
    file = attach(actor(omar), deal(omar))
    assert verify.files().holds
    files.path_of(file.key).write_bytes(b"short")
    assert verify.files().examples == (f"{file.key}: 5 bytes instead of 14",)
