"""The sample company: two believable years of selling, the same for the same seed, and gone in one click.

    add(actor, progress, seed=…)      for the command line; the page runs the same steps as a chain of jobs
    remove(actor, progress)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from dawra.access.actor import Actor

Step = Callable[[str, int, int], None]
"""progress(what is being made, done, total)"""


@dataclass(frozen=True, slots=True)
class SampleReport:
    """counts: kind of record → how many were made or removed. kept: records of the sample that the user's own need."""

    counts: dict[str, int]
    seconds: float
    kept: dict[str, int] = field(default_factory=dict)


def add(actor: Actor, progress: Step | None = None, seed: int = 20) -> SampleReport:
    """Fill the workspace with the sample company. After a crash it goes on where it stopped.

    Raises: Refused (workspace.operate), Conflict (the sample is already there)
    """
    raise NotImplementedError


def remove(actor: Actor, progress: Step | None = None) -> SampleReport:
    """Take the sample company away; the user's own records stay, and what they point at stays as the user's own.

    Raises: Refused (workspace.operate), Conflict (there is no sample)
    """
    raise NotImplementedError
