"""dawra map: who listens to what, what starts by the clock."""

import typer
from rich.markup import escape

from dawra.site.cli.server import open_server
from dawra.site.cli.speaking import JSON_OPTION, out, say, tell


def listening(
    kind: str = typer.Option("", "--kind", help="Only kinds that begin so, for example deals."),
    as_json: bool = JSON_OPTION,
) -> None:
    """Show what can happen (journal entries), who listens to it and why, and which jobs there are.

    [bold]Examples[/]

      dawra map

      dawra map --kind deals

      dawra map --json
    """
    open_server()
    from dawra.journal.catalogue import KINDS
    from dawra.journal.jobs import JOBS
    from dawra.journal.listeners import LISTENERS
    from dawra.journal.undo import REVERSES

    kinds = [
        {
            "kind": code,
            "sentence": str(one.sentence),
            "undone": code in REVERSES,
            "listeners": [
                {"name": listener.name, "because": listener.because}
                for listener in LISTENERS.values()
                if code in listener.kinds
            ],
        }
        for code, one in sorted(KINDS.items())
        if code.startswith(kind)
    ]
    jobs = [
        {"job": job.name, "every_minutes": job.every_minutes} for job in sorted(JOBS.values(), key=lambda job: job.name)
    ]

    def text() -> None:
        for one in kinds:
            out.print(
                f"[bold]{one['kind']}[/]  {escape(str(one['sentence']))}{'  (can be undone)' if one['undone'] else ''}"
            )
            for listener in one["listeners"]:  # type: ignore[attr-defined]
                say(f"    → {listener['name']}, because {listener['because']}")
        if not kind:
            out.print("\n[bold]Jobs[/]")
            for job in jobs:
                say(
                    f"    {job['job']}"
                    + (f", every {job['every_minutes']} min" if job["every_minutes"] else ", when asked for")
                )

    tell({"kinds": kinds, "jobs": jobs}, as_json, text)
