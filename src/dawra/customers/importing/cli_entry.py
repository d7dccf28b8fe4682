"""Where the command line enters: `dawra import PATH…`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from dawra.access.actor import Actor
from dawra.customers.importing import starting
from dawra.customers.importing.reporting import ImportReport, Progress, report_of
from dawra.customers.importing.running import Run


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
    actor.must("records.import")
    actor = replace(actor, via="import")
    options = {"rates": {code.upper(): format(rate, "f") for code, rate in (rates or {}).items()}}
    looked = [starting.look(source, what=what) for source in starting.sources_in(paths)]
    format_, belong, others = starting.chosen(looked)
    import_ = starting.unfinished(actor, format_, belong)
    resumed = import_ is not None
    if import_ is None:
        import_ = starting.set_up(actor, format_=format_, belong=belong, others=others, options=options)
    starting.start(actor, import_=import_)
    Run(actor, import_.pk, watch=progress).go()
    return report_of(import_.pk, resumed=resumed)
