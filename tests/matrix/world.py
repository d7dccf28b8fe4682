"""What the access matrix is played with: sana's things, and people who may and may not touch them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.actor import Actor
from dawra.access.models import Role, Share
from dawra.access.permissions import PERMISSIONS
from dawra.customers.actions.files import path_of
from dawra.figures.words import fold
from dawra.journal.models import Entry
from dawra.journal.undo import REVERSES
from dawra.team.actions.inviting import invite
from dawra.team.actors import actor_for
from dawra.team.models import Leave, Member, Notification
from tests.cast import NOW, Cast

READING = sorted(code for code in PERMISSIONS if code.endswith(".read"))


@dataclass(slots=True)
class World:
    """things: parameter of an address → id of what is sana's. browsers, tokens: by actor's name."""

    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)
    records: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    callers: dict[str, Client] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)


def make_world(cast: Cast) -> World:
    """nobody: no permission. stranger: every permission, sees only their own. reader: reads everything, works nowhere."""
    world = World(cast)
    _people(world)
    system = Actor.system("matrix", NOW)
    _records(world, system)
    _company(world)
    for name, member in world.members.items():
        fresh = Member.objects.select_related("role", "team").get(pk=member.pk)
        browser = Client(raise_request_exception=False)
        browser.force_login(fresh)
        browser.get("/settings/")  # the session's own bookkeeping is over before anything is compared
        world.browsers[name] = browser
        world.callers[name] = _caller(fresh)
    world.browsers["anonymous"] = Client(raise_request_exception=False)
    world.callers["anonymous"] = Client(raise_request_exception=False)
    return world


def _people(world: World) -> None:
    cast = world.cast
    roles = {
        "nobody": Role.objects.create(code="nobody", name="Nobody", permissions=[], sees="own"),
        "stranger": Role.objects.create(code="all_own", name="All, own", permissions=sorted(PERMISSIONS), sees="own"),
        "reader": Role.objects.create(code="reader", name="Reader", permissions=READING, sees="all"),
    }
    cast.zayn.role = roles["stranger"]
    cast.zayn.save()
    world.members = {"sana": cast.sana, "lina": cast.lina, "zayn": cast.zayn, "amal": cast.amal}
    for name in ("nobody", "reader"):
        member = Member(email=f"{name}@masar.example", name=name, role=roles[name], team=cast.zayn.team, created_at=NOW)
        member.set_password("unused in here")
        member.save()
        world.members[name] = member


def _caller(member: Member) -> Client:
    from django.utils import timezone

    scopes = sorted(member.role.permissions)
    if not scopes:
        return Client(raise_request_exception=False)
    signer = actor_for(member, timezone.now())
    made = make_token(
        Actor(member.pk, member.name, signer.now, everything=True), name="m", scopes=scopes, expires_at=None
    )
    made.token.__class__.objects.filter(pk=made.token.pk).update(last_used_at=timezone.now() + timedelta(hours=1))
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {made.secret}"})


def _records(world: World, system: Actor) -> None:
    sana = world.cast.sana
    for model in ("Person", "Company"):
        record = apps.get_model("customers", model).signed_by(
            system, name=f"Canary {model}", folded=fold(f"Canary {model}"), owner=sana, lifecycle_since=NOW
        )
        record.save(force_insert=True)
        world.records[record.kind] = record.pk
    world.records["deal"] = _deal(sana)
    activity = apps.get_model("customers", "Activity").signed_by(
        system, what="task", title="Canary task", due_at=NOW, owner=sana
    )
    activity.save(force_insert=True)
    world.records["activity"] = activity.pk
    kept = apps.get_model("customers", "File")
    world.records["file"] = _row(kept, record_kind="person", record_id=world.records["person"], name="canary.txt")
    stored = path_of(kept.objects.get(pk=world.records["file"]).key)
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"canary")
    world.things |= {"kind": "person", "record_id": world.records["person"]}
    point = apps.get_model("customers", "ContactPoint")
    world.records["point"] = _row(
        point, person_id=world.records["person"], kind="email", value="canary@x.example", normal="canary@x.example"
    )
    works = apps.get_model("customers", "Affiliation")
    world.records["affiliation"] = _row(works, person_id=world.records["person"], company_id=world.records["company"])
    for model in apps.get_app_config("deals").get_models():
        if {"deal", "person"} <= {column.name for column in model._meta.concrete_fields}:
            _row(model, deal_id=world.records["deal"], person_id=world.records["person"])
    world.records |= _objected(sana, world.records["deal"])
    world.records["entry"] = _something_to_take_back(sana, world.records["person"])
    world.records |= _maybe_twice(system, sana, world.records["person"])
    world.records |= _letter(system, sana, world.records["person"])
    world.records["lead"] = _lead(system, sana, world.records["person"])
    world.things |= {f"{kind}_id": pk for kind, pk in world.records.items()}


def _lead(system: Actor, sana: Member, person_id: UUID) -> UUID:
    """An inquiry of hers, and the rules and reasons of a company that has been set up."""
    from dawra.prospecting.actions.adding import NewLead, add_lead
    from dawra.prospecting.actions.settings import SellerSaid, save_seller, start_with_defaults

    start_with_defaults(system)
    save_seller(system, member_id=sana.pk, said=SellerSaid())
    new = NewLead(person_id=person_id, owner_id=sana.pk, words="Canary words")
    made: UUID = add_lead(system, new=new).lead.pk
    return made


def _letter(system: Actor, sana: Member, person_id: UUID) -> dict[str, UUID]:
    """A template of the company, and a letter of hers that waits."""
    from dawra.customers.actions.letter_templates import TemplateSaid, write_template
    from dawra.customers.actions.letters import LetterSaid, send_letter

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    kept = send_letter(signer, person_id=person_id, said=LetterSaid("Canary letter", "Canary words", "en"))
    template, _entry = write_template(system, said=TemplateSaid(name="Canary template", subject="a", body="b"))
    return {"letter": kept.letter.pk, "letter_template": template.pk}


def _researched(sana: Member, person_id: UUID) -> UUID:
    """Sana knows something of the person; one version of the ideal customer profile is in force, the next is not yet."""
    from dawra.prospecting.actions.briefs import Said, write_brief
    from dawra.prospecting.actions.fitting import ByHand, put_in_force, set_by_hand

    slots = {"growth": Said("Canary growth", "canary source")}
    write_brief(actor_for(sana, NOW), kind="person", record_id=person_id, slots=slots)
    system, said = Actor.system("matrix", NOW), ByHand(50, {("country", "SA"): 5})
    put_in_force(system, profile_id=set_by_hand(system, said=said).pk)
    made: UUID = set_by_hand(system, said=said).pk
    return made


def _maybe_twice(system: Actor, sana: Member, person_id: UUID) -> dict[str, UUID]:
    """A pair of hers that may be one, and two that became one."""
    from dawra.customers.actions.people import NewPerson, add_person
    from dawra.customers.duplicates.merging import merge
    from dawra.customers.duplicates.suggesting import suggest

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    twin, gone, kept = (add_person(signer, plan=NewPerson(name=f"Canary {name}")).record for name in ("B", "C", "D"))
    suggest("person", [(person_id, twin.pk)], because="name", now=NOW)
    pair = apps.get_model("customers", "DuplicatePair").objects.get()
    merged = merge(signer, kind="person", kept_id=kept.pk, gone_id=gone.pk, choices={})
    return {"pair": pair.pk, "merge": merged.record.pk}


def _something_to_take_back(sana: Member, person_id: UUID) -> UUID:
    from dawra.customers.actions.people import edit_person

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    entry = edit_person(signer, person_id=person_id, changes={"city": "Amman"}).entry
    assert entry is not None and entry.kind in REVERSES
    key: UUID = entry.key
    return key


def _deal(sana: Member) -> UUID:
    from dawra.deals.actions.adding import NewDeal, add_deal
    from dawra.deals.actions.starting import start_with_defaults
    from dawra.deals.models import Pipeline

    if not Pipeline.objects.exists():
        start_with_defaults(Actor.system("matrix", NOW))
    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    made: UUID = add_deal(signer, new=NewDeal(name="Canary deal")).pk
    return made


def _objected(sana: Member, deal_id: UUID) -> dict[str, UUID]:
    """What the buyer of her deal objects, an answer of hers, and a demo."""
    from dawra.deals.actions.answers import AnswerSaid, write_answer
    from dawra.deals.actions.demoing import DemoSaid, plan_demo
    from dawra.deals.actions.objecting import ObjectionSaid, ReplySaid, log_objection

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    said, reply = ObjectionSaid("price", "Canary words"), ReplySaid(words="Canary reply")
    kept = log_objection(signer, deal_id=deal_id, said=said, reply=reply)
    answer = write_answer(signer, said=AnswerSaid("price", "Canary answer", "Canary words"))
    shown = plan_demo(signer, deal_id=deal_id, starts_at=NOW, said=DemoSaid(features=("Canary feature",)))
    return {"objection": kept.objection.pk, "answer": answer.pk, "demo": shown.demo.pk}


def _quoted(sana: Member, deal_id: UUID) -> UUID:
    """What she offers for her deal."""
    from dawra.deals.actions.quoting import draft_quote

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    drafted: UUID = draft_quote(signer, deal_id=deal_id).pk
    return drafted


def _qualified(sana: Member, deal_id: UUID) -> UUID:
    """What she knows of one criterion of her deal: address part "code"."""
    from dawra.deals.actions.qualifying import FindingSaid, note_finding

    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    kept = note_finding(signer, deal_id=deal_id, code="need", said=FindingSaid("for", "told", "Canary answer"))
    assert kept is not None
    found: UUID = kept.finding.pk
    return found


def _dismissed(sana: Member, deal_id: UUID) -> UUID:
    """She did not want to be told that her deal has no next step."""
    from dawra.deals.actions.next_best import Dismissal, dismiss

    rule = apps.get_model("deals", "NextBestRule").objects.get(code="no_next_step")
    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    entry = dismiss(signer, said=Dismissal(rule.pk, "deal", deal_id, "other", "Canary words"))
    return UUID(entry.facts["dismissal_id"])


def _trained(sana: Member, amal: Member) -> dict[str, Any]:
    """What she learns: a path, her open quiz, a role-play she asked for, and a certificate."""
    from dawra.team.actions.learning import begin_quiz
    from dawra.team.actions.role_playing import ScenePlayed, ask_role_play
    from dawra.team.actions.training import load_starter_training

    load_starter_training(Actor.system("matrix", NOW))
    path = apps.get_model("team", "TrainingPath").objects.get()
    signer = actor_for(Member.objects.select_related("role", "team").get(pk=sana.pk), NOW)
    peer = Member.objects.get(name="Omar Haddad")
    played = ask_role_play(signer, path_id=path.pk, said=ScenePlayed(peer.pk, amal.pk, "Canary words"))
    held = apps.get_model("team", "Certificate").objects.create(
        path=path, edition=path.editions.get(), member=sana, issued_at=NOW - timedelta(days=9), issued_on=NOW.date()
    )
    return {
        "path_id": path.pk, "lesson": "opening", "attempt_id": begin_quiz(signer, path_id=path.pk).pk,
        "role_play_id": played.pk, "certificate_id": held.pk,
    }  # fmt: skip


def _company(world: World) -> None:
    sana, amal = world.cast.sana, world.cast.amal
    signer = actor_for(Member.objects.select_related("role", "team").get(pk=amal.pk), NOW)
    leave = Leave.objects.create(member=sana, from_on=NOW.date(), until_on=NOW.date())
    invited = invite(signer, email="canary@new.example", role_id=sana.role_id, team_id=None)
    hers = make_token(
        Actor(sana.pk, sana.name, NOW, everything=True), name="canary", scopes=["customers.read"], expires_at=None
    )
    for kind in ("person", "company", "deal"):
        Share.objects.create(
            record_kind=kind,
            record_id=world.records[kind],
            with_kind="member",
            with_id=amal.pk,
            reason="canary",
            shared_at=NOW,
            shared_by=sana,
        )
    entry = Entry.objects.first()
    told = Notification.objects.create(
        member=sana, entry=entry, reason="shared", record_kind="person", record_id=world.records["person"], made_at=NOW
    )
    owed = apps.get_model("journal", "Delivery").objects.create(entry=entry, listener="matrix.canary", next_try_at=NOW)
    world.things |= {
        "criterion_id": _row(apps.get_model("deals", "Criterion"), stage_id=_stage(), sort="box", name="canary"),
        "profile_id": _researched(sana, world.records["person"]),
        "rule_id": apps.get_model("prospecting", "Rule").objects.values_list("pk", flat=True).first(),
        "on": "2026-12-01",
        "quote_id": _quoted(sana, world.records["deal"]),
        "step_id": _row(apps.get_model("deals", "PlanStep"), deal_id=world.records["deal"]),
        "plan_template_id": _row(apps.get_model("deals", "PlanTemplate"), name="canary"),
        "code": "need",
        "finding_id": _qualified(sana, world.records["deal"]),
        "framework_id": apps.get_model("deals", "Framework").objects.values_list("pk", flat=True).get(name="CHAMP"),
        "dismissal_id": _dismissed(sana, world.records["deal"]),
        "next_rule_id": apps.get_model("deals", "NextBestRule").objects.values_list("pk", flat=True).first(),
        **_trained(sana, amal),
        "outcome_id": apps.get_model("customers", "TalkOutcome").objects.values_list("pk", flat=True).first(),
        "notification_id": told.pk,
        "delivery_id": owed.pk,
        "member_id": sana.pk,
        "team_id": sana.team_id,
        "role_id": sana.role_id,
        "leave_id": leave.pk,
        "invitation_id": invited.invitation.pk,
        "token_id": hers.token.pk,
        "with_id": amal.pk,
        "what": "note",
        "key": "no-such-key",
        "uidb36": "1",
        "provider_id": "oidc",
        "pk": 1,
    }


def _stage() -> UUID:
    first: UUID = apps.get_model("deals", "Deal")._base_manager.values_list("stage_id", flat=True).first()
    return first


def _row(model: Any, **values: Any) -> Any:
    """A row with what is asked and the plainest value for whatever else it needs; None if that is not enough."""
    for column in model._meta.concrete_fields:
        if (
            column.name in values
            or column.attname in values
            or column.has_default()
            or column.null
            or column.primary_key
        ):
            continue
        kind = column.get_internal_type()
        if kind in ("DateTimeField", "DateField"):
            values[column.attname] = NOW
        elif kind.endswith("IntegerField"):
            values[column.attname] = 1
        elif kind == "ForeignKey":
            of = column.related_model
            values[column.attname] = Member.objects.values_list("pk", flat=True).first() if of is Member else _row(of)
        else:
            values[column.attname] = uuid4().hex[: column.max_length or 32]
    return model._base_manager.create(**values).pk
