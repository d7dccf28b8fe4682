"""What the stages of selling leave behind, for pages to be looked at: a lead, a brief, a demo, an objection, a quote, a pair."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from dawra.access.actor import Actor
from dawra.customers.actions import letter_templates, letters, people
from dawra.customers.actions.adding import NewPoint
from dawra.customers.duplicates.suggesting import suggest
from dawra.customers.models import DuplicatePair
from dawra.deals.actions import close_plans, demoing, objecting, plan_templates, qualifying, quote_sending, quoting
from dawra.deals.actions.answers import AnswerSaid, write_answer
from dawra.deals.close_plan_seeds import USUAL
from dawra.deals.models import PlanStep
from dawra.prospecting.actions import briefs, fitting
from dawra.prospecting.actions.adding import NewLead, add_lead


def sell(actor: Actor, records: dict[str, str], suffix: str) -> None:
    """On her second deal, which says nothing of this yet, and on her first company."""
    deal = records[f"deal1.{suffix}"]
    deal_id, company_id = _id(deal), _id(records[f"company.{suffix}"])
    points = [NewPoint("email", f"salma.{suffix}@nile.example")]
    asked = people.NewPerson(name="Salma Aziz", name_ar="سلمى عزيز", points=points)
    lead = add_lead(actor, new=NewLead(person=asked, words="نحتاج إلى نظام قبل رمضان.", source="web", anyway=True)).lead
    slots = {
        "growth": briefs.Said("Opens two branches", "https://nile.example/news"),
        "trigger": briefs.Said("توسعة المصنع", "مكالمة"),
    }
    briefs.write_brief(actor, kind="company", record_id=company_id, slots=slots)
    answer = write_answer(
        actor, said=AnswerSaid("price", "Cost of doing nothing", "What does one day of standing cost?")
    )
    reply = objecting.ReplySaid(answer_id=answer.pk)
    objecting.log_objection(actor, deal_id=deal_id, said=objecting.ObjectionSaid("price", "سعركم أعلى"), reply=reply)
    said = demoing.DemoSaid(pains=("Late trucks",), features=("Live map", "Alerts"))
    held = demoing.plan_demo(actor, deal_id=deal_id, starts_at=timezone.now() - timedelta(days=2), said=said).demo
    shown = (demoing.Showing("Live map", reaction="liked", words="ممتاز"), demoing.Showing("Alerts", shown=False))
    told = demoing.DemoTold(items=shown, gaps=("Offline mode",), next_step="Send the quote")
    demoing.hold_demo(actor, demo_id=held.pk, said=told)
    ahead = demoing.plan_demo(actor, deal_id=deal_id, starts_at=timezone.now() + timedelta(days=2), said=said).demo
    known = qualifying.FindingSaid(
        "for", "proven", "موازنة معتمدة", "Letter of 3 November", "https://nile.example/letter"
    )
    qualifying.note_finding(actor, deal_id=deal_id, code="budget", said=known)
    qualifying.note_finding(actor, deal_id=deal_id, code="timing", said=qualifying.FindingSaid("against", "guess"))
    sent, key = _quoted(actor, deal_id)
    close_plans.begin_plan(actor, deal_id=deal_id, language=suffix)
    shared = close_plans.share_plan(actor, deal_id=deal_id)
    ours = plan_templates.TemplateSaid(USUAL, "Pilot first", "التجربة أولًا")
    template = plan_templates.write_template(Actor.system("tests", actor.now), said=ours).template
    step = PlanStep.objects.filter(deal_id=deal_id).order_by("due_on").first()
    assert step
    draft = quoting.draft_quote(actor, deal_id=deal_id)
    twins = [
        people.add_person(actor, plan=people.NewPerson(name=name)).record.pk for name in ("Nadia Omar", "Nadya Omer")
    ]
    suggest("person", [(twins[0], twins[1])], because="name", now=actor.now)
    pair = DuplicatePair.objects.get(a_id__in=twins, b_id__in=twins)
    assert lead.person_id is not None
    records |= _written(actor, lead.person_id, suffix)
    records |= {
        f"lead.{suffix}": f"/leads/{lead.pk}/",
        f"brief.{suffix}": f"/briefs/company/{company_id}/",
        f"answer.{suffix}": f"/deals/answers/{answer.pk}/",
        f"demo.{suffix}": f"{deal}demos/{ahead.pk}/",
        f"demo_held.{suffix}": f"{deal}demos/{held.pk}/",
        f"quote.{suffix}": f"{deal}quotes/{sent}/",
        f"quote_draft.{suffix}": f"{deal}quotes/{draft.pk}/",
        f"buyer.{suffix}": f"/q/{key}/",
        f"plan.{suffix}": f"{deal}plan/",
        f"plan_step.{suffix}": f"{deal}plan/{step.pk}/",
        f"plan_template.{suffix}": f"/settings/close-plans/{template.pk}/",
        f"buyer_plan.{suffix}": f"/p/{shared.key}/",
        f"pair.{suffix}": f"/duplicates/{pair.pk}/",
    }


def _written(actor: Actor, person_id: UUID, suffix: str) -> dict[str, str]:
    """A letter that waits, and the template another would begin from."""
    said = letter_templates.TemplateSaid(
        name=f"Offer {suffix}",
        subject="For {person.first_name}",
        body="Dear {person.first_name}, {person.city}",
        subject_ar="إلى {person.first_name}",
        body_ar="{person.first_name}، في {person.city}",
    )
    template, _entry = letter_templates.write_template(Actor.system("tests", actor.now), said=said)
    language = "ar" if suffix == "ar" else "en"
    letter = letters.LetterSaid("Your trucks | شاحناتكم", "Dear Salma,\n\nسلام", language)
    kept = letters.send_letter(actor, person_id=person_id, said=letter)
    write = f"/records/person/{person_id}/letter/"
    return {
        f"letter.{suffix}": f"/letters/{kept.letter.pk}/",
        f"letter_template.{suffix}": f"/settings/letters/{template.pk}/",
        f"write_letter.{suffix}": f"{write}?template={template.pk}",
    }


def fit(actor: Actor, records: dict[str, str]) -> None:
    """Two versions of who fits: the one in force, and the next, to be compared with it."""
    fitting.put_in_force(
        actor, profile_id=fitting.set_by_hand(actor, said=fitting.ByHand(50, {("country", "SA"): 5})).pk
    )
    next_one = fitting.set_by_hand(actor, said=fitting.ByHand(40, {("country", "SA"): 8, ("industry", "Food"): 4}))
    records |= {f"profile.{language}": f"/icp/{next_one.pk}/" for language in ("en", "ar")}


def _quoted(actor: Actor, deal_id: UUID) -> tuple[UUID, str]:
    quote = quoting.draft_quote(actor, deal_id=deal_id)
    lines = (quoting.LineSaid("Tracker", Decimal(40), 45_000), quoting.LineSaid("تركيب", Decimal(40), 9_500))
    until = quote.valid_until_on + timedelta(days=1)
    said = quoting.QuoteSaid(
        "Fleet tracking", quote.language, until, lines, opening="As agreed on Sunday.", tax_name="VAT", tax_bp=1500
    )
    quoting.edit_quote(actor, quote_id=quote.pk, said=said)
    sent = quote_sending.send_quote(actor, quote_id=quote.pk)
    return sent.quote.pk, sent.key


def _id(path: str) -> UUID:
    return UUID(path.strip("/").split("/")[-1])
