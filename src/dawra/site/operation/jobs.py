"""Jobs of operation that start by the clock."""

import logging
import subprocess
from datetime import datetime

from dawra.journal.jobs import job
from dawra.site.operation import backup
from dawra.site.operation.backup.taking import command
from dawra.site.operation.tidying import freshen_plans, tidy

log = logging.getLogger(__name__)


@job("site.backup_nightly", every_minutes=10)
def backup_nightly(now: datetime) -> None:
    """Start the night's backup in a process of its own once its hour has passed.

    A backup may take longer than a job may, so the queue only decides; the slot is handed to one worker, a lock on the
    backups' folder lets one backup run at a time, and an interrupted one is due again ten minutes later.
    """
    if backup.nightly_is_due(now):
        log.info("the nightly backup starts")
        subprocess.Popen(command("backup", "--reason", "nightly"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@job("site.tidy_nightly", every_minutes=24 * 60)
def tidy_nightly(now: datetime) -> None:
    """What only had to be remembered for a while goes; what plans are chosen by is counted anew."""
    tidy(now)
    freshen_plans()
