"""Fills an empty home for browser tests: the cast (each with an Arabic-reading twin), companies, people, deals, tasks.

DAWRA_HOME=… python -m tests.browser.stage [file]      prints {"sessions": …, "records": …} as its last line;
                                                       the database as it was before anything was in it goes to the file
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dawra.site.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from dawra.access.actions import tokens
from dawra.access.actor import Actor
from dawra.access.models import Role
from dawra.customers.actions import activities, fields, notes, people
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.bin import delete_record
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.importing import uploads
from dawra.customers.importing.correcting import waiting_rows
from dawra.customers.importing.judging import Judging, begin_dry_run
from dawra.customers.importing.running import Run
from dawra.customers.importing.starting import start
from dawra.deals.actions import adding, products, starting
from dawra.deals.actions import pipelines as drawing
from dawra.deals.queries import pipelines
from dawra.site.operation.preparing import collect
from dawra.team.actions import inviting
from dawra.team.actors import actor_for
from dawra.team.models import Member
from tests.browser.learning import learn
from tests.browser.selling import fit, sell
from tests.cast import make_cast

NAMES = (
    ("Nile Foods", "أغذية النيل", "Huda Amin", "هدى أمين", 4_820_000),
    ("Petra Logistics", "بترا للخدمات اللوجستية", "Rania Saad", "رانيا سعد", 12_600_000),
    ("Cedar Clinics", "عيادات الأرز", "Karim Fadel", "كريم فاضل", 3_750_000),
    ("Atlas Bottling", "أطلس للتعبئة", "Dina Rizk", "دينا رزق", 4_600_000),
    ("Oasis Schools", "مدارس الواحة", "Faris Nasr", "فارس نصر", 2_950_000),
    ("Delta Dairy", "ألبان الدلتا", "Maya Tawil", "مايا طويل", 1_890_000),
)


def twin_of(member: Member) -> Member:
    """The same role and team, reading Arabic."""
    twin = Member(
        email=f"{member.email.split('@')[0]}.ar@masar.example", name=f"{member.name} II", name_ar=member.name_ar,
        role=member.role, team=member.team, language="ar", created_at=member.created_at,
    )  # fmt: skip
    twin.set_password("a long enough passphrase")
    twin.save()
    return twin


def session_of(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def actor_of(member: Member) -> Actor:
    return actor_for(Member.objects.select_related("role", "team").get(pk=member.pk), timezone.now())


def furnish(member: Member, records: dict[str, str], suffix: str) -> None:
    """A few records of her own, through the same actions as anybody's."""
    now = timezone.now()
    actor = actor_of(member)
    stages = [stage.pk for stage in pipelines.entrance_stages()]
    for place, (company_en, company_ar, person_en, person_ar, amount) in enumerate(NAMES):
        twin = suffix == "ar"
        company = add_company(
            actor,
            plan=NewCompany(
                name=f"{company_en}{' II' if twin else ''}", name_ar=company_ar, country="SA", industry="Food"
            ),
        ).record
        point = NewPoint("email", f"{person_en.split()[0].lower()}.{suffix}@{company_en.split()[0].lower()}.example")
        person = people.add_person(
            actor,
            plan=people.NewPerson(
                name=person_en, name_ar=person_ar, points=(point,), company_id=company.pk, title="Director"
            ),
        ).record
        deal = adding.add_deal(
            actor,
            new=adding.NewDeal(
                name=f"{company_en} · {'renewal' if place % 2 else 'fleet'}",
                company_id=company.pk,
                stage_id=stages[place % len(stages)],
                amount_minor=amount,
                currency="SAR",
                expected_close_on=(now + timedelta(days=7 * place + 3)).date(),
                next_step="" if place == 2 else "Call about the security answers",
                next_step_on=None if place == 2 else now.date(),
                people=((person.pk, "champion"),),
            ),
        )
        records[f"deal{place}.{suffix}"] = f"/deals/{deal.pk}/"
        if place == 0:
            records |= {
                f"person.{suffix}": f"/people/{person.pk}/",
                f"company.{suffix}": f"/companies/{company.pk}/",
                f"deal.{suffix}": f"/deals/{deal.pk}/",
                f"access.{suffix}": f"/access/deal/{deal.pk}/",
                f"timeline.{suffix}": f"/records/deal/{deal.pk}/timeline/",
            }
            words = "Wants them before **Thursday**."
            said = activities.Happening("call", now - timedelta(hours=3), "Asked for the security answers", words, "in")
            activities.log_activity(actor, records=[deal, person], said=said)
            notes.write_note(actor, records=[deal], body="السعر مقبول، والقرار في *ديسمبر*.")
            for hours, title in (
                (-20, "Send the phased quote"),
                (2, "Prepare the demo"),
                (30, "Call the finance lead"),
            ):
                kept = activities.plan_activity(
                    actor, records=[deal], plan=activities.Plan(title, now + timedelta(hours=hours))
                )
                records[f"activity.{suffix}"] = f"/activities/{kept.activity.pk}/"


def throw_away(member: Member) -> None:
    actor = actor_of(member)
    gone = people.add_person(actor, plan=people.NewPerson(name="Gone Away", name_ar="راحلة بعيد")).record
    delete_record(actor, kind="person", record_id=gone.pk)


def set_up_things(member: Member, records: dict[str, str]) -> None:
    """One of each thing that is set up once: a field, a product, a draft of a pipeline, an invitation, a token."""
    actor = actor_of(member)
    plan = fields.FieldPlan("Fleet size", "حجم الأسطول", "المركبات العاملة")
    field = fields.define_field(actor, record_kind="company", type="number", plan=plan)
    said = products.ProductSaid("TRK-1", "Tracker", "جهاز تتبّع", "Hardware", "unit", 45_000, "SAR", "month")
    product = products.save_product(actor, said=said)
    version = pipelines.entrance_stages()[0].version
    drawing.draft_version(actor, pipeline_id=version.pipeline_id)
    role = Role.objects.get(code="rep")
    inviting.invite(actor, email="new@masar.example", role_id=role.pk, team_id=None, name="Newcomer")
    tokens.make_token(actor, name="Nightly report", scopes=["deals.read"], expires_at=None)
    for language in ("en", "ar"):
        records |= {
            f"field.{language}": f"/settings/fields/{field.id}/",
            f"product.{language}": f"/settings/products/{product.pk}/",
            f"pipeline.{language}": f"/settings/pipelines/{version.pipeline_id}/",
            f"play.{language}": f"/settings/playbook/{pipelines.entrance_stages()[0].pk}/",
            f"role.{language}": f"/settings/roles/{role.pk}/",
        }


PEOPLE_FILE = (
    "الاسم,البريد,المرحلة,Met on,Fleet?\nرانيا,r.{0}@z.example,Warm,03/04/2026,Small\n"
    'Dina,"dina.{0}@atlas,com",Cold,05/06/2026,Large\nMaya,"maya.{0}@delta,com",Warm,07/08/2026,Small\n'
)


def bring_in(member: Member, records: dict[str, str], language: str) -> None:
    """One import that waits for answers and has been tried, and one that has ended, with rows that need attention."""
    actor = actor_of(member)
    text = PEOPLE_FILE.format(language).encode()
    waiting = uploads.take_in(actor, [SimpleUploadedFile("expo.csv", text, "text/csv")])
    Judging(actor, waiting.pk, begin_dry_run(actor, import_=waiting)).go()
    done = uploads.take_in(actor, [SimpleUploadedFile("expo-done.csv", text, "text/csv")])
    start(actor, import_=done)
    Run(actor, done.pk).go()
    row = waiting_rows(done).order_by("pk").last()
    at = f"/import/{waiting.pk}/"
    records |= {
        f"import.{language}": at,
        f"import_columns.{language}": f"{at}columns/{waiting.files.get().pk}/",
        f"import_done.{language}": f"/import/{done.pk}/",
        f"import_row.{language}": f"/import/{done.pk}/rows/{row.pk if row else 0}/",
    }


def main(empty: str = "") -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    if empty:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [empty])
    collect(lambda _said: None)
    cast = make_cast()
    starting.start_with_defaults(Actor.system("stage", timezone.now()))
    sessions: dict[str, str] = {}
    known: dict[str, Member] = {}
    records: dict[str, str] = {}
    for name in ("sana", "omar", "lina", "zayn", "amal"):
        member = getattr(cast, name)
        twin = twin_of(member)
        known |= {f"{name}.en": member, f"{name}.ar": twin}
        sessions[f"{name}.en"], sessions[f"{name}.ar"] = session_of(member), session_of(twin)
        if name == "omar":
            throw_away(member)
            throw_away(twin)
        records |= {f"{name}.en": f"/team/members/{member.pk}/", f"{name}.ar": f"/team/members/{twin.pk}/"}
        if name == "sana":
            records |= {f"member.{suffix}": f"/team/members/{member.pk}/" for suffix in ("en", "ar")}
            furnish(member, records, "en")
            furnish(twin, records, "ar")
            sell(actor_of(member), records, "en")
            sell(actor_of(twin), records, "ar")
        if name == "amal":
            bring_in(member, records, "en")
            bring_in(twin, records, "ar")
    set_up_things(cast.amal, records)
    fit(actor_of(cast.amal), records)
    for language in ("en", "ar"):
        hers, his, peer = (known[f"{name}.{language}"] for name in ("sana", "omar", "lina"))
        learn(actor_of(hers), actor_of(his), peer, records, language)
    return {"sessions": sessions, "records": records}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
