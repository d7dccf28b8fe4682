"""How a pipeline is drawn on a board: its stages as lanes, those of older versions beside their namesakes."""

from dataclasses import dataclass, field
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Stage
from dawra.deals.rules import LOST, OPEN, WON

EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Named:
    """A bilingual name."""

    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class PipelineCard:
    id: UUID
    name: str
    name_ar: str
    archived: bool
    current: bool


@dataclass(frozen=True, slots=True)
class LaneStage:
    """One lane before anything is counted.

    stage_id: of the current version, None for the lane of stages that no longer exist
    stage_ids: every version's stage of this code
    criteria: what should be true before a deal moves on
    """

    code: str
    name: str
    name_ar: str
    type: str
    probability_bp: int
    stage_id: UUID | None
    stage_ids: tuple[UUID, ...]
    criteria: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """One pipeline as the board draws it: open lanes in order, the two outcomes, and the pipelines to switch to."""

    pipelines: tuple[PipelineCard, ...]
    lanes: tuple[LaneStage, ...]
    won: LaneStage | None
    lost: LaneStage | None

    @property
    def pipeline(self) -> PipelineCard | None:
        return next((card for card in self.pipelines if card.current), None)

    @property
    def open_ids(self) -> list[UUID]:
        return [pk for lane in self.lanes for pk in lane.stage_ids]

    def lane(self, code: str) -> LaneStage:
        """Raises NotFound."""
        found = next((lane for lane in self.lanes if lane.code == code), None)
        if found is None:
            raise NotFound()
        return found

    def lane_of(self, stage_id: UUID) -> LaneStage | None:
        ends = [lane for lane in (self.won, self.lost) if lane]
        return next((lane for lane in [*self.lanes, *ends] if stage_id in lane.stage_ids), None)


@dataclass(slots=True)
class _Drawn:
    """A stage while its rows are gathered."""

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    type: str
    probability_bp: int
    criteria: list[Named] = field(default_factory=list)


def drawing(actor: Actor, pipeline_id: UUID | None = None) -> Drawing:
    """The chosen pipeline, else the default one. 1 query. Raises NotFound for one that is not there."""
    actor.must("deals.read")
    rows = (
        Stage.objects.filter(version__published_at__isnull=False)
        .order_by(
            "version__pipeline__position", "version__pipeline_id", "version__number", "position", "id",
            "criteria__position", "criteria__id",
        )
        .values_list(
            "version__pipeline_id", "version__pipeline__name", "version__pipeline__name_ar", "version__pipeline__is_default",
            "version__pipeline__archived_at", "version__number", "id", "code", "name", "name_ar", "type", "probability_bp",
            "criteria__name", "criteria__name_ar",
        )
    )  # fmt: skip
    pipelines: dict[UUID, tuple[str, str, bool, bool]] = {}
    stages: dict[UUID, dict[UUID, _Drawn]] = {}
    for (
        pipeline,
        its_name,
        its_name_ar,
        is_default,
        archived_at,
        number,
        pk,
        code,
        name,
        name_ar,
        type_,
        share,
        said,
        said_ar,
    ) in rows:
        pipelines[pipeline] = (its_name, its_name_ar, archived_at is not None, is_default)
        stage = stages.setdefault(pipeline, {}).setdefault(pk, _Drawn(pk, number, code, name, name_ar, type_, share))
        if said:
            stage.criteria.append(Named(said, said_ar))
    chosen = _chosen(pipelines, pipeline_id)
    cards = tuple(
        PipelineCard(pk, name, name_ar, gone, pk == chosen) for pk, (name, name_ar, gone, _) in pipelines.items()
    )
    drawn = list(stages[chosen].values()) if chosen else []
    return Drawing(cards, _open_lanes(drawn), _end(drawn, WON), _end(drawn, LOST))


def _chosen(pipelines: dict[UUID, tuple[str, str, bool, bool]], wanted: UUID | None) -> UUID | None:
    if wanted is not None:
        if wanted not in pipelines:
            raise NotFound()
        return wanted
    default = next((pk for pk, (_, _, _, is_default) in pipelines.items() if is_default), None)
    return default or next((pk for pk, (_, _, gone, _) in pipelines.items() if not gone), None)


def _open_lanes(drawn: list[_Drawn]) -> tuple[LaneStage, ...]:
    newest = max((stage.version for stage in drawn), default=0)
    current = [stage for stage in drawn if stage.version == newest and stage.type == OPEN]
    lanes = [_lane(stage, drawn) for stage in current]
    kept = {stage.code for stage in current}
    leftover = tuple(stage.id for stage in drawn if stage.type == OPEN and stage.code not in kept)
    if leftover:
        lanes.append(LaneStage(EARLIER, "", "", OPEN, 0, None, leftover))
    return tuple(lanes)


def _end(drawn: list[_Drawn], type_: str) -> LaneStage | None:
    newest = max((stage.version for stage in drawn), default=0)
    current = next((stage for stage in drawn if stage.version == newest and stage.type == type_), None)
    if current is None:
        return None
    ids = tuple(stage.id for stage in drawn if stage.type == type_)
    return LaneStage(current.code, current.name, current.name_ar, type_, current.probability_bp, current.id, ids)


def _lane(stage: _Drawn, drawn: list[_Drawn]) -> LaneStage:
    ids = tuple(other.id for other in drawn if other.code == stage.code and other.type == OPEN)
    return LaneStage(
        stage.code, stage.name, stage.name_ar, OPEN, stage.probability_bp, stage.id, ids, tuple(stage.criteria)
    )  # fmt: skip
