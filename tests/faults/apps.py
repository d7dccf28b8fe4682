"""What only the fault tests declare: a listener whose every hearing is counted, a slow job, an import of batches."""

import os
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from django.db import connection, transaction

        from dawra.access.actor import Actor
        from dawra.customers.actions.people import NewPerson, add_person
        from dawra.journal.jobs import enqueue, job
        from dawra.journal.listeners import on

        @on("deals.deal_added.1", "deals.deal_moved.1", because="the tests count how often each entry is heard")
        def hear(actor: Any, entry: Any) -> None:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO faults_heard (entry_id) VALUES (%s)", [entry.pk])

        @job("faults.slow")
        def slow(now: datetime, *, file: str) -> None:
            with Path(file).open("a") as out:
                out.write(f"start {os.getpid()}\n")
            time.sleep(1)
            with Path(file).open("a") as out:
                out.write("end\n")

        @job("faults.batches")
        def batches(now: datetime, *, run: str, first: int, last: int) -> None:
            """A chain: each batch commits its progress and enqueues the next in the same transaction."""
            system = Actor.system("fault tests", now, via="import")
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT done FROM faults_run WHERE run = %s", [run])
                    done = cursor.fetchone()[0]
                    if done != first:  # this batch was committed before its worker died
                        return
                    upto = min(first + 5, last)
                    cursor.execute("UPDATE faults_run SET done = %s WHERE run = %s", [upto, run])
                for number in range(first, upto):
                    add_person(system, plan=NewPerson(name=f"{run} row {number}", unowned=True))
                if upto < last:
                    enqueue("faults.batches", run=run, first=upto, last=last)
