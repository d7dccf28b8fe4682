"""Where the command line enters: `dawra import PATH…`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from dawra.access.actor import Actor
from dawra.access.errors import Answer
from dawra.customers.importing import starting, uploads
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

    paths:    CSV or XLSX files, also packed as .gz or .zip; a folder stands for the files in it
    rates:    {"USD": Decimal("3.75")}: what one unit is worth in the company's currency, where no rate is kept yet
    what:     code of the format, if it should not be recognised by the headers ("people", "companies", "maven_crm")
    progress: called after each batch
    Raises:   Refused, Invalid (not recognised, too large, a rate is missing), Conflict (another run is on it)
    """
    actor.must("records.import")
    actor = replace(actor, via="import")
    options = {"rates": {code.upper(): format(rate, "f") for code, rate in (rates or {}).items()}}
    sources = starting.sources_in(paths)
    unpacked = [source.key for source in sources if source.key]
    try:
        looked = [starting.look(source, what=what) for source in sources]
        format_, belong, others = starting.chosen(looked)
    except Answer:
        uploads.discard(unpacked)
        raise
    import_ = starting.unfinished(actor, format_, belong)
    resumed = import_ is not None
    # What was unpacked before a crash lies there still; what belongs to nothing goes.
    needed = set() if resumed else {one.source.key for one in belong}
    uploads.discard([key for key in unpacked if key not in needed])
    if import_ is None:
        import_ = starting.set_up(actor, format_=format_, belong=belong, others=others, options=options)
    starting.start(actor, import_=import_)
    Run(actor, import_.pk, watch=progress).go()
    return report_of(import_.pk, resumed=resumed)
