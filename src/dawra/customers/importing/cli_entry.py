"""Where the command line enters: `dawra import PATH…`."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from dawra.access.actor import Actor
from dawra.customers.importing.reporting import ImportReport, Progress


def run(
    actor: Actor,
    paths: Sequence[Path],
    *,
    progress: Callable[[Progress], None] | None = None,
    rates: Mapping[str, Decimal] | None = None,
    what: str = "",
) -> ImportReport:
    """Bring in files, or folders of files, and say what became of every row.

    Run again after a crash, it goes on at the last committed batch; run again after the end, it changes nothing.

    paths:    CSV or CSV.gz files; a folder stands for the files in it
    rates:    {"USD": Decimal("3.75")}: what one unit is worth in the company's currency, where no rate is kept yet
    what:     code of the format, if it should not be recognised by the headers ("people", "companies", "maven_crm")
    progress: called after each batch
    Raises:   Refused, Invalid (not recognised, too large, a rate is missing), Conflict (another run is on it)
    """
    raise NotImplementedError
