"""How the playbook was written, and which of its steps were done in a deal."""

from dataclasses import dataclass
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind


@kind("deals.play_written.1", _("{actor} wrote what the playbook says of {stage}"), icon="notebook")
@dataclass(frozen=True, slots=True)
class PlayWritten:
    """before_id: what was in force until then, None for nothing. number: how often this stage has been written"""

    pipeline_id: UUID
    version_id: UUID
    stage: str
    stage_code: str
    play_id: UUID
    before_id: UUID | None
    number: int


@kind("deals.starter_plays_loaded.1", _("{actor} loaded the starter playbook of {pipeline}: {count}"), icon="notebook")
@dataclass(frozen=True, slots=True)
class StarterPlaysLoaded:
    """count: stages nothing had been written for"""

    pipeline_id: UUID
    pipeline: str
    count: int


@kind("deals.starter_plays_removed.1", _("{actor} removed the starter playbook of {pipeline}: {count}"), icon="trash")
@dataclass(frozen=True, slots=True)
class StarterPlaysRemoved:
    """count: pages nobody had written anew. version_id: the drawing. play_ids: what had been in force"""

    pipeline_id: UUID
    pipeline: str
    version_id: UUID
    count: int
    play_ids: tuple[str, ...]


@kind("deals.step_done.1", _("{actor} did “{step}” for {deal}"), icon="list-check", tone="good", theme="task")
@dataclass(frozen=True, slots=True)
class StepTicked:
    """step_key: of the step within the stage, whatever it is called later"""

    deal_id: UUID
    deal: str
    stage_code: str
    step_key: str
    step: str


@kind("deals.step_not_done.1", _("{actor} took the tick of “{step}” for {deal} away"), icon="list-check", theme="task")
@dataclass(frozen=True, slots=True)
class StepUnticked:
    """done_at: when it had been done (ISO). by: what had met it by itself, "" = a tick"""

    deal_id: UUID
    deal: str
    stage_code: str
    step_key: str
    step: str
    done_at: str
    by: str
