"""Two imports at once over the same people: each accounts for its rows, and nobody is doubled."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection

from dawra.customers.importing import running, starting
from dawra.customers.importing.running import Run
from dawra.customers.models import Company, ContactPoint, Import, Person

PEOPLE = 120


def waiting(boss, path: Path, rows):
    lines = [f"P{i},p{i}@a.example,+96650{i:07},Firm {i % 30}" for i in rows]
    path.write_text("name,email,phone,company\n" + "\n".join(lines), encoding="utf-8")
    format_, belong, others = starting.chosen([starting.look(one) for one in starting.sources_in([path])])
    import_ = starting.set_up(boss, format_=format_, belong=belong, others=others, options={})
    starting.start(boss, import_=import_)
    return import_


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writer waits for the other")
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_end_whole_and_double_nobody(tmp_path, monkeypatch, admin, actor):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 40)
    boss, here, broken = actor(admin), range(PEOPLE), []
    # The same people in every batch, in opposite order: each holds what the other is about to ask for.
    crossed = [i for start in range(0, PEOPLE, 40) for i in reversed(here[start : start + 40])]
    both = [waiting(boss, tmp_path / "a.csv", here), waiting(boss, tmp_path / "b.csv", crossed)]
    ready = Barrier(2)

    def go(import_: Import) -> None:
        try:
            run = Run(boss, import_.pk)
            ready.wait(5)
            run.go()
        except BaseException as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=go, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not broken
    files = [one.files.get() for one in both]
    assert [(f.rows_seen, f.rejected, f.is_done) for f in files] == [(PEOPLE, 0, True)] * 2
    assert sum(f.created for f in files) == PEOPLE == Person.objects.visible_to(boss).count()
    assert Company.objects.visible_to(boss).count() == 30
    assert ContactPoint.objects.count() == 2 * PEOPLE


def test_a_batch_that_crossed_another_is_tried_again_and_other_failures_are_not(tmp_path, boss, monkeypatch):
    keep, failures = Run._keep, ["40P01", "40001"]

    def crossing(self, *parts):
        if failures:
            problem = OperationalError("crossed")
            problem.__cause__ = type("Crossed", (Exception,), {"sqlstate": failures.pop()})()
            raise problem
        return keep(self, *parts)

    monkeypatch.setattr(Run, "_keep", crossing)
    monkeypatch.setattr(running, "PAUSE", 0.0)
    import_ = waiting(boss, tmp_path / "a.csv", range(5))
    Run(boss, import_.pk).go()
    assert (import_.files.get().created, Person.objects.visible_to(boss).count()) == (5, 5)
    failures.append("57014")
    with pytest.raises(OperationalError):
        Run(boss, waiting(boss, tmp_path / "b.csv", range(5, 9)).pk).go()


@pytest.fixture
def boss(admin, actor):
    return actor(admin)
