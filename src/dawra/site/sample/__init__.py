"""The sample company: two believable years of selling, the same for the same seed and day, and gone in one click.

add(actor, progress, seed=…)      for the command line; the page runs the same steps as a chain of jobs
remove(actor, progress)
"""

from dawra.site.sample.running import SampleReport, Step, add, foreseen, remove, state_of

__all__ = ["SampleReport", "Step", "add", "foreseen", "remove", "state_of"]
