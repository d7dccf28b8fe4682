"""The people of every test: sana (rep), omar (her manager), lina (rep of another team), zayn (a stranger), amal (admin)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dawra.access.actions.roles import seed_roles
from dawra.access.actor import Actor
from dawra.team.models import Member, Team, Workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough passphrase"


@dataclass(frozen=True, slots=True)
class Cast:
    workspace: Workspace
    north: Team
    south: Team
    sana: Member
    omar: Member
    lina: Member
    zayn: Member
    amal: Member


def make_team(name: str, name_ar: str = "", parent: Team | None = None) -> Team:
    team = Team(name=name, name_ar=name_ar, parent=parent)
    team.path = (parent.path if parent else "/") + team.id.hex + "/"
    team.save(force_insert=True)
    return team


def make_cast() -> Cast:
    """A company in Riyadh: riyals, Friday and Saturday off."""
    workspace = Workspace.objects.create(
        name="Masar Fleet",
        base_currency="SAR",
        weekend_days=[5, 6],
        week_starts_on=7,
        time_zone="Asia/Riyadh",
        default_country="SA",
        created_at=NOW,
    )
    roles = seed_roles(Actor.system("tests", NOW))
    house = make_team("Sales", "المبيعات")
    north, south = make_team("North", "الشمال", house), make_team("South", "الجنوب", house)
    east = make_team("East", "الشرق")

    def member(name: str, name_ar: str, role: str, team: Team | None) -> Member:
        person = Member(
            email=f"{name.split(maxsplit=1)[0].lower()}@masar.example",
            name=name,
            name_ar=name_ar,
            role=roles[role],
            team=team,
            created_at=NOW,
        )
        person.set_password(PASSWORD)
        person.save()
        return person

    return Cast(
        workspace=workspace,
        north=north,
        south=south,
        omar=member("Omar Haddad", "عمر حداد", "manager", north),
        sana=member("Sana Khoury", "سناء خوري", "rep", north),
        lina=member("Lina Mansour", "لينا منصور", "rep", south),
        zayn=member("Zayn Murad", "زين مراد", "rep", east),
        amal=member("Amal Najjar", "أمل نجار", "administrator", None),
    )
