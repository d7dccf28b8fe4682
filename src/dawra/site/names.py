"""Names of stored codes, as a reader sees them: journal facts and changes hold codes, pages show words."""

from functools import lru_cache

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

LIFECYCLE = {
    "subscriber": _("Subscriber"),
    "lead": _("Lead"),
    "marketing_qualified": _("Marketing qualified"),
    "sales_qualified": _("Sales qualified"),
    "opportunity": _("Opportunity"),
    "customer": _("Customer"),
    "at_risk": _("At risk"),
    "churned": _("Churned"),
    "won_back": _("Won back"),
    "advocate": _("Advocate"),
}
STATUS = {"open": _("Open"), "won": _("Won"), "lost": _("Lost")}
VIA = {
    "ui": _("by hand"),
    "api": _("through the API"),
    "import": _("by import"),
    "rule": _("by a rule"),
    "mcp": _("by an assistant"),
    "job": _("in the background"),
    "cli": _("from the command line"),
}
CHANNEL = {
    "email": _("E-mail"),
    "phone": _("Phone"),
    "sms": _("SMS"),
    "whatsapp": _("WhatsApp"),
    "post": _("Post"),
    "site": _("Website"),
}
RECORD = {
    "person": _("Person"),
    "company": _("Company"),
    "deal": _("Deal"),
    "member": _("Member"),
    "team": _("Team"),
    "activity": _("Activity"),
    "lead": _("Lead"),
}
FORECAST = {
    "pipeline": _("Pipeline"),
    "best_case": _("Best case"),
    "commit": _("Commit"),
    "closed": _("Closed"),
    "omitted": _("Left out"),
}
DIRECTION = {"in": _("incoming"), "out": _("outgoing")}
OUTCOME = {
    "reached": _("Reached"),
    "no_answer": _("No answer"),
    "left_message": _("Left a message"),
    "wrong_number": _("Wrong number"),
    "agreed": _("Agreed on a next step"),
    "not_interested": _("Not interested"),
}
ACTIVITY = {"call": _("Call"), "meeting": _("Meeting"), "email": _("E-mail"), "note": _("Note"), "task": _("Task")}
OBJECTION = {
    "price": _("Price"),
    "product": _("Product"),
    "competition": _("Competition"),
    "timing": _("Timing"),
    "authority": _("Authority"),
    "trust": _("Trust"),
    "need": _("Need"),
}
VERDICT = {"for": _("speaks for it"), "against": _("speaks against it"), "open": _("not known yet")}
CONFIDENCE = {"unknown": _("unknown"), "guess": _("our guess"), "told": _("said by the buyer"), "proven": _("proven")}
DEMO = {
    "online": _("Online"),
    "on_site": _("On site"),
    "trial": _("Trial"),
    "viewing": _("Viewing"),
    "test_drive": _("Test drive"),
    "trial_class": _("Trial class"),
}
SIDE = {"ours": _("We do it"), "theirs": _("The buyer does it")}
SEES = {"own": _("Own records"), "team": _("The team's records"), "all": _("Every record")}

CODES: dict[str, dict[str, str]] = {
    "lifecycle": LIFECYCLE,
    "lifecycle_stage": LIFECYCLE,
    "status": STATUS,
    "via": VIA,
    "channel": CHANNEL,
    "record_kind": RECORD,
    "forecast_category": FORECAST,
    "sees": SEES,
    "direction": DIRECTION,
    "outcome": OUTCOME,
    "activity": ACTIVITY,
    "objection": OBJECTION,
    "category": OBJECTION,
    "verdict": VERDICT,
    "confidence": CONFIDENCE,
    "demo": DEMO,
    "type": DEMO,
    "side": SIDE,
}

FIELDS: dict[str, str] = {
    "name": _("name"),
    "name_ar": _("Arabic name"),
    "given_name": _("given name"),
    "family_name": _("family name"),
    "title": _("title"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "website": _("website"),
    "domain": _("domain"),
    "country": _("country"),
    "city": _("city"),
    "address": _("address"),
    "industry": _("industry"),
    "employees": _("employees"),
    "language": _("language"),
    "time_zone": _("time zone"),
    "lifecycle": _("lifecycle stage"),
    "lifecycle_stage": _("lifecycle stage"),
    "source": _("source"),
    "owner": _("owner"),
    "owner_id": _("owner"),
    "parent": _("parent company"),
    "parent_id": _("parent company"),
    "company": _("company"),
    "company_id": _("company"),
    "about": _("description"),
    "notes": _("notes"),
    "amount": _("amount"),
    "amount_minor": _("amount"),
    "recurring_minor": _("recurring amount"),
    "currency": _("currency"),
    "close_on": _("close date"),
    "expected_close_on": _("close date"),
    "probability_bp": _("probability"),
    "forecast_category": _("forecast category"),
    "next_step": _("next step"),
    "next_step_on": _("next step's date"),
    "stage": _("stage"),
    "stage_id": _("stage"),
    "status": _("status"),
    "due_at": _("due"),
    "all_day": _("all day"),
    "duration_minutes": _("minutes"),
    "happened_at": _("when it happened"),
    "due_on": _("due"),
    "subject": _("subject"),
    "body": _("text"),
    "outcome": _("outcome"),
    "role": _("role"),
    "role_id": _("role"),
    "team": _("team"),
    "team_id": _("team"),
    "base_currency": _("base currency"),
    "weekend_days": _("weekend"),
    "week_starts_on": _("week start"),
    "version": _("version"),
    "tags": _("tags"),
    "campaign": _("campaign"),
    "target_minutes": _("response target in minutes"),
    "hours": _("working hours"),
    "takes_leads": _("takes leads"),
    "countries": _("countries"),
    "languages": _("languages"),
    "skills": _("skills"),
    "most_open": _("most open leads at once"),
    "conditions": _("conditions"),
    "members": _("members"),
    "teams": _("teams"),
    "strategy": _("who gets it"),
    "match_country": _("takes the lead's country"),
    "match_language": _("speaks the lead's language"),
    "skill": _("skill"),
    "at_work": _("at work at that moment"),
    "is_active": _("switched on"),
    "archived_at": _("put away"),
    "category": _("what it is about"),
    "label": _("in a word"),
    "words": _("words"),
    "raised_at": _("when it was said"),
    "person_id": _("person"),
    "verdict": _("what it says"),
    "confidence": _("how sure"),
    "answer": _("answer"),
    "evidence": _("evidence"),
    "link": _("link"),
    "activity_id": _("activity"),
    "file_id": _("file"),
    "priorities": _("priorities"),
    "growth": _("growth"),
    "funding": _("funding"),
    "competitors": _("competitors"),
    "current_product": _("current product"),
    "trigger": _("trigger"),
    "common_ground": _("common ground"),
    "side": _("who does it"),
    "note": _("note"),
    "member_id": _("member"),
    "people": _("people"),
    "features": _("to be shown"),
    "pains": _("promised"),
    "gaps": _("missed"),
    "minutes": _("minutes"),
    "starts_at": _("begins"),
    "settled_at": _("settled"),
    "lessons": _("lessons"),
    "questions": _("questions"),
    "role_play": _("role-play"),
    "edition": _("the words learners read"),
    "pass_bp": _("share to pass"),
    "attempts": _("attempts"),
    "rubric_pass": _("mean to pass"),
    "valid_months": _("months it holds"),
    "text": _("text"),
    "text_ar": _("Arabic text"),
    "video": _("video"),
    "options": _("answers"),
    "many": _("several may be right"),
    "why": _("reason"),
    "why_ar": _("Arabic reason"),
    "scenario": _("scene"),
    "scenario_ar": _("Arabic scene"),
    "rubric": _("points"),
    "roles": _("roles"),
    "about_ar": _("Arabic description"),
}


def name_of_code(field: str, code: str) -> str:
    """The word for a code of a field: ("lifecycle", "at_risk") → At risk. A code without a name stays as it is."""
    name = _codes_of(field).get(code)
    return gettext(name) if name else code


@lru_cache(maxsize=512)
def _codes_of(field: str) -> dict[str, str]:
    table = CODES.get(field) or next((names for key, names in CODES.items() if field.endswith(f"_{key}")), None)
    return table or (LIFECYCLE if field in ("from_stage", "to_stage") else {})


def name_of_field(field: str) -> str:
    """How a field is called in a sentence; a custom field goes by its own key."""
    name = FIELDS.get(field)
    return gettext(name) if name else field.removeprefix("custom.").replace("_", " ")


def joined(words: list[str]) -> str:
    """a, b, c, with the reader's comma."""
    return pgettext("between items of a list", ", ").join(words)
