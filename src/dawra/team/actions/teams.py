"""The team tree: add, rename, move, archive. Whoever manages a team sees everything below it, so the tree matters."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.ids import new_id
from dawra.journal.actions import write
from dawra.journal.catalogue.team import TeamSaved
from dawra.team import rules
from dawra.team.changing import change
from dawra.team.models import Member, Team, Workspace


@dataclass(frozen=True, slots=True)
class TeamPlan:
    name: str
    name_ar: str = ""
    parent_id: UUID | None = None


@transaction.atomic
def add_team(actor: Actor, *, plan: TeamPlan) -> Team:
    """Add a team, below another or at the top.

    Writes:  team.team_saved.1
    Raises:  Refused, Invalid
    """
    actor.must("team.manage")
    _one_at_a_time()
    name, name_ar = _names(plan)
    parent = _parent(plan.parent_id)
    team = Team(id=new_id(), name=name, name_ar=name_ar, parent=parent)
    team.path = _path(parent, team.id)
    team.save(force_insert=True)
    write(actor, TeamSaved(team_id=team.pk, team=team.name, changes={"name": [None, name]}), about=[team])
    return team


@transaction.atomic
def change_team(actor: Actor, *, team_id: UUID, plan: TeamPlan, version: int | None = None) -> Team:
    """Rename a team or move it, with everything below it.

    Writes:  team.team_saved.1 (nothing if nothing differs)
    Raises:  Refused, NotFound, Invalid, Conflict (a team below itself), Stale
    """
    actor.must("team.manage")
    _one_at_a_time()
    team = _team(team_id)
    name, name_ar = _names(plan)
    parent = _parent(plan.parent_id) if plan.parent_id != team.parent_id else team.parent
    if parent is not None and rules.would_circle(team.path, parent.path):
        raise Conflict(_("A team cannot stand below itself."))
    was_below = team.parent
    changes = change(team, {"name": name, "name_ar": name_ar, "parent_id": plan.parent_id}, version)
    if not changes:
        return team
    if "parent_id" in changes:
        del changes["parent_id"]
        changes["parent"] = [was_below.name if was_below else None, parent.name if parent else None]
        _rewrite_paths(team, parent)
    write(actor, TeamSaved(team_id=team.pk, team=team.name, changes=changes), about=[team])
    return team


@transaction.atomic
def archive_team(actor: Actor, *, team_id: UUID) -> None:
    """Put away a team that has no members and no teams below.

    Writes:  team.team_saved.1
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("team.manage")
    _one_at_a_time()
    team = _team(team_id)
    if Member.objects.filter(team=team, is_active=True).exists():
        raise Conflict(_("Somebody is still in this team. Move them to another one first."))
    if Team.objects.filter(parent=team, archived_at__isnull=True).exists():
        raise Conflict(_("There are teams below this one. Move or archive them first."))
    change(team, {"archived_at": actor.now}, None)
    fact = TeamSaved(team_id=team.pk, team=team.name, changes={"archived": [False, True]})
    write(actor, fact, about=[team])


def _one_at_a_time() -> None:
    """Two moves at once could build a circle that neither of them is."""
    Workspace.objects.select_for_update().filter(pk=1).first()


def _team(team_id: UUID) -> Team:
    team = Team.objects.select_related("parent").filter(pk=team_id, archived_at__isnull=True).first()
    if team is None:
        raise NotFound()
    return team


def _parent(parent_id: UUID | None) -> Team | None:
    if parent_id is None:
        return None
    parent = Team.objects.filter(pk=parent_id, archived_at__isnull=True).first()
    if parent is None:
        raise Invalid(_("Choose a team."), field="parent")
    return parent


def _names(plan: TeamPlan) -> tuple[str, str]:
    name, name_ar = plan.name.strip(), plan.name_ar.strip()
    if not name and not name_ar:
        raise Invalid(_("Give the team a name."), field="name")
    if max(len(name), len(name_ar)) > 80:
        raise Invalid(_("A name has 80 characters at most."), field="name")
    return name or name_ar, name_ar


def _path(parent: Team | None, team_id: UUID) -> str:
    path = (parent.path if parent else "/") + team_id.hex + "/"
    if len(path) > rules.DEEPEST_PATH:
        raise Invalid(_("The tree of teams cannot be deeper than this."), field="parent")
    return path


def _rewrite_paths(team: Team, parent: Team | None) -> None:
    """The team and everything below it; one UPDATE statement each, and a company has dozens of teams."""
    old, new = team.path, _path(parent, team.pk)
    below = list(Team.objects.filter(path__startswith=old))
    if max(len(rules.moved_path(row.path, old, new)) for row in below) > rules.DEEPEST_PATH:
        raise Invalid(_("The tree of teams cannot be deeper than this."), field="parent")
    for row in below:
        row.path = rules.moved_path(row.path, old, new)
    Team.objects.bulk_update(below, ["path"], batch_size=500)
    team.path = new
