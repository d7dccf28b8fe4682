"""What other systems' stages are called here: the workspace's own names, and a proposal for the stages they begin with.

The proposals are only readings of the vendors' default stages; every one is said in the report, and a person may map
each stage otherwise. A stage that is neither is asked.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import ARABIC, when
from dawra.customers.importing.recognising import Column
from dawra.customers.importing.values.labels import label
from dawra.deals import rules
from dawra.deals.models import OutcomeReason, Stage
from dawra.figures.words import fold, named

PROPOSED: dict[str, str] = {
    # Salesforce
    "Prospecting": "prospecting", "Qualification": "first_contact", "Needs Analysis": "first_contact",
    "Value Proposition": "demo", "Id. Decision Makers": "demo", "Perception Analysis": "objections",
    "Proposal/Price Quote": "objections", "Negotiation/Review": "closing", "Closed Won": "won", "Closed Lost": "lost",
    # HubSpot
    "Appointment Scheduled": "first_contact", "Qualified To Buy": "first_contact", "Presentation Scheduled": "demo",
    "Decision Maker Bought-In": "objections", "Contract Sent": "closing", "appointmentscheduled": "first_contact",
    "qualifiedtobuy": "first_contact", "presentationscheduled": "demo", "decisionmakerboughtin": "objections",
    "contractsent": "closing", "closedwon": "won", "closedlost": "lost",
    # Pipedrive
    "Qualified": "first_contact", "Contact Made": "first_contact", "Demo Scheduled": "demo", "Proposal Made": "objections",
    "Negotiations Started": "closing", "Lead In": "prospecting",
    # Zoho
    "Identify Decision Makers": "demo", "Closed-Lost to Competition": "lost", "Closed Lost to Competition": "lost",
    # Odoo
    "New": "prospecting", "Proposition": "objections", "Won": "won", "Lost": "lost",
    # Arabic
    "تأهيل": "first_contact", "التأهيل": "first_contact", "جديد": "prospecting", "عرض سعر": "objections",
    "تفاوض": "closing", "التفاوض": "closing", "مغلقة - فوز": "won", "مغلقة - خسارة": "lost", "رابحة": "won",
    "خاسرة": "lost", "فوز": "won", "خسارة": "lost", "تم الفوز": "won", "مغلق رابح": "won", "مغلق خاسر": "lost",
}  # fmt: skip
STATES = {"open": _("Open"), "won": _("Won"), "lost": _("Lost")}
STATE_WORDS = {
    "مفتوحة": "open", "مفتوح": "open", "رابحة": "won", "خاسرة": "lost", "deleted": "lost", "archived": "lost",
}  # fmt: skip


@dataclass(slots=True)
class Map:
    """The stages of one workspace as imports name them. 1 query."""

    stages: dict[str, Stage] = field(default_factory=dict)
    finals: dict[str, Stage] = field(default_factory=dict)
    pipelines: dict[str, list[Stage]] = field(default_factory=dict)

    @classmethod
    def drawn(cls) -> "Map":
        """Keys: the stage's code in the default pipeline, "<pipeline>/<code>" in others."""
        found = cls()
        rows = Stage.objects.filter(
            version__published_at__isnull=False, version__pipeline__archived_at__isnull=True
        ).select_related("version__pipeline")
        newest: dict[UUID, Any] = {}
        for stage in rows.order_by("-version__pipeline__is_default", "version__pipeline__position", "position", "id"):
            version = stage.version
            there = newest.get(version.pipeline_id)
            if there is None or version.number > there.number:
                newest[version.pipeline_id] = version
        default = next(iter(newest), None)
        for stage in rows.order_by("-version__pipeline__is_default", "version__pipeline__position", "position", "id"):
            pipeline = stage.version.pipeline
            if newest[pipeline.pk].pk != stage.version_id:
                continue
            key = stage.code if pipeline.pk == default else f"{pipeline.pk.hex[:8]}/{stage.code}"
            found.stages[key] = stage
            for name in {fold(pipeline.name), fold(pipeline.name_ar)} - {""}:
                found.pipelines.setdefault(name, []).append(stage)
            if pipeline.pk == default and stage.type != rules.OPEN:
                found.finals.setdefault(stage.type, stage)
        return found

    def stage(self, key: str, pipeline: str = "") -> Stage | None:
        """In the pipeline named beside it if there is one of that name here."""
        stage = self.stages.get(key)
        for other in self.pipelines.get(fold(pipeline), ()):
            if stage is not None and (other.code == stage.code or fold(other.name) == fold(stage.name)):
                return other
        return stage

    @property
    def entrance(self) -> Stage | None:
        """Where deals of the default pipeline begin."""
        return next((one for key, one in self.stages.items() if "/" not in key and one.type == rules.OPEN), None)

    def final_of(self, stage: Stage | None, state: str) -> Stage | None:
        """Won or lost, in the pipeline of the stage beside it."""
        if stage is None or stage.type == state:
            return stage or self.finals.get(state)
        same = [one for one in self.stages.values() if one.version_id == stage.version_id and one.type == state]
        return same[0] if same else self.finals.get(state)

    def first_of(self, stage: Stage) -> Stage:
        """Where deals of its pipeline begin."""
        return next(
            (one for one in self.stages.values() if one.version_id == stage.version_id and one.type == rules.OPEN),
            stage,
        )

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Key → the names it is shown by; stages of other pipelines with the pipeline's name before."""
        found: dict[str, tuple[str, ...]] = {}
        for key, stage in self.stages.items():
            names = [name for name in (stage.name, stage.name_ar) if name]
            if "/" in key:
                names = [f"{stage.version.pipeline.name}: {name}" for name in names]
            found[key] = tuple(names) or (key,)
        return found


def stage_column(*names: str) -> Column:
    """A column of stages, read by the names of this workspace and the proposals above."""
    return _column("stage", names)


def _column(name: str, names: tuple[str, ...]) -> Column:
    drawn = Map.drawn()
    known = {label(shown) for several in drawn.labels.values() for shown in several}
    proposed = {word: code for word, code in PROPOSED.items() if code in drawn.stages and label(word) not in known}
    read_known = values.one_of(drawn.labels, proposed, code="not_stage")
    said = {label(word): drawn.stages[code].name for word, code in proposed.items()}

    def read(written: str, cell: values.Cell) -> Any:
        # Pipedrive writes "Stage (Pipeline)" in one cell.
        plain = written.strip()
        head = plain.rpartition("(")[0].strip() if plain.endswith(")") else ""
        text = (
            head if head and label(plain) not in known and label(plain) not in cell.options.get("labels", {}) else plain
        )
        found = read_known(text, cell)
        if label(text) in said and label(text) not in cell.options.get("labels", {}):
            cell.note("read_as", value=text[:60], read=said[label(text)])
        return found

    read.__dict__.update(family="labels", labels=getattr(read_known, "labels", {}))
    shown = {key: _shown(key, stage) for key, stage in drawn.stages.items()}
    return Column(name, read, (*names, *ARABIC.get(name, ())), _("Stage"), asks="labels", labels=shown)


def _shown(key: str, stage: Stage) -> str:
    """A stage's name in the language of who chooses one; of another pipeline, with its name before."""
    language = (get_language() or "en")[:2]
    name = named(stage.name, stage.name_ar, language) or key
    pipeline = stage.version.pipeline
    return f"{named(pipeline.name, pipeline.name_ar, language)}: {name}" if "/" in key else name


def entered_columns(*templates: str) -> tuple[Column, ...]:
    """A column for each stage that says when it was entered. templates: header with {} for the stage's name.

    Several stages of the other system may be one of ours: each has a column, and the earliest counts.
    """
    drawn = Map.drawn()
    columns = []
    for key, several in drawn.labels.items():
        words = [*several, *(word for word, code in PROPOSED.items() if code == key)]
        for place, word in enumerate(dict.fromkeys(words)):
            names = tuple(template.format(word) for template in templates)
            columns.append(Column(f"entered.{key}.{place}", when, names, drawn.stages[key].name, asks="date"))
    return tuple(columns)


class Reasons:
    """Why deals are won or lost, by name in either script. 1 query."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], OutcomeReason] = {}
        for row in OutcomeReason.objects.all():
            for name in {fold(row.name), fold(row.name_ar), row.code} - {""}:
                self._by.setdefault((row.outcome, name), row)

    def of(self, outcome: str, written: str, unknown: str) -> OutcomeReason | None:
        """The reason of that name; else the one that says that none was recorded."""
        return self._by.get((outcome, fold(written))) or self._by.get((outcome, unknown))
