"""What only the fault tests declare: a listener whose every hearing is counted, a slow job, an import of small batches."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from django.db import connection

        from dawra.customers.importing import jobs as importing
        from dawra.customers.importing import judging, running, taking_back
        from dawra.journal.jobs import job
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

        # Batches and slices small enough that most kills fall into one; a job here has two seconds (settings.py).
        running.ROWS_IN_BATCH = judging.ROWS_IN_BATCH = taking_back.ROWS_IN_BATCH = 40
        judging.SAVE_EVERY = 0.0
        importing.SLICE_SECONDS = 0.7
        importing.SILENT = timedelta(seconds=4)
