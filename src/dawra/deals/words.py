"""Names of this room's stored codes, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROLES = {
    "champion": _("Champion"),
    "economic_buyer": _("Economic buyer"),
    "user": _("User"),
    "blocker": _("Blocker"),
    "influencer": _("Influencer"),
    "signatory": _("Signatory"),
}
CATEGORIES = {
    "pipeline": _("Pipeline"),
    "best_case": _("Best case"),
    "commit": _("Commit"),
    "closed": _("Closed"),
    "omitted": _("Left out"),
}
TYPES = {"open": _("Open"), "won": _("Won"), "lost": _("Lost")}
RECURS = {"": _("once"), "month": _("every month"), "year": _("every year")}
# What an exit criterion may ask: "sort:detail" → its name.
ASKS = {
    "box:": _("A box to tick"),
    "field:company": _("Company known"),
    "field:people": _("A person named"),
    "field:champion": _("Champion known"),
    "field:economic_buyer": _("Economic buyer known"),
    "field:signatory": _("Signatory known"),
    "field:amount": _("Amount known"),
    "field:expected_close_on": _("Close date known"),
    "field:next_step": _("Next step written"),
    "field:next_step_on": _("Next step has a day"),
    "field:source": _("Source known"),
    "field:competitors": _("Competitor known"),
    "field:about": _("Description written"),
    "field:lines": _("Products chosen"),
    "field:brief": _("Research brief whole and fresh"),
    "activity:": _("Any activity logged"),
    "activity:call": _("Call logged"),
    "activity:meeting": _("Meeting logged"),
    "activity:email": _("E-mail logged"),
    "activity:note": _("Note written"),
    "activity:demo": _("Demo held"),
    "playbook:": _("Required steps of the playbook done"),
    "qualified:40": _("Qualification: a score of at least 40"),
    "qualified:60": _("Qualification: a score of at least 60"),
    "qualified:70": _("Qualification: a score of at least 70"),
    "qualified:80": _("Qualification: a score of at least 80"),
}
OBJECTIONS = {
    "price": _("Price"),
    "product": _("Product"),
    "competition": _("Competition"),
    "timing": _("Timing"),
    "authority": _("Authority"),
    "trust": _("Trust"),
    "need": _("Need"),
    "own": pgettext_lazy("objection", "Other"),
}
HEALTH = {
    "objection": _("An objection is open"),
    "objections": _("Several objections are open"),
    "stalled": _("Nothing has happened for too long in this stage"),
    "no_next_step": _("No next step"),
    "next_step_late": _("The next step is overdue"),
    "next_step_set": _("The next step has its day"),
    "no_close_date": _("No close date"),
    "close_date_passed": _("The close date has passed"),
    "plan_late": _("A step of the close plan is overdue"),
    "little_qualified": _("Called likely, but little qualified"),
    "active": _("Something happened in the last seven days"),
}
DEMO_TYPE = {
    "online": _("Online"),
    "on_site": _("On site"),
    "trial": _("Trial"),
    "viewing": _("Viewing"),
    "test_drive": _("Test drive"),
    "trial_class": _("Trial class"),
}
DEMO_STATE = {
    "planned": pgettext_lazy("demo", "Planned"),
    "held": pgettext_lazy("demo", "Held"),
    "no_show": pgettext_lazy("demo", "Nobody came"),
    "cancelled": pgettext_lazy("demo", "Called off"),
}
REACTION = {
    "loved": pgettext_lazy("reaction", "Loved it"),
    "liked": pgettext_lazy("reaction", "Liked it"),
    "neutral": pgettext_lazy("reaction", "Took note"),
    "doubted": pgettext_lazy("reaction", "Doubted it"),
    "rejected": pgettext_lazy("reaction", "Did not want it"),
}
# What meets a step of the playbook, "" = a tick: as it is chosen, and as it is read.
MEETS_BY = {
    "": _("A tick"),
    "call": _("Call logged"),
    "meeting": _("Meeting logged"),
    "email": _("E-mail logged"),
    "note": _("Note written"),
    "demo": _("Demo held"),
    "objection": _("Objection logged"),
    "quote": _("Quote sent"),
}
MEETS = {
    "": _("ticked by hand"),
    "call": _("met by a logged call"),
    "meeting": _("met by a logged meeting"),
    "email": _("met by a logged e-mail"),
    "note": _("met by a written note"),
    "demo": _("met by a demo that was held"),
    "objection": _("met by a logged objection"),
    "quote": _("met by a quote that was sent"),
}
# What is known of a criterion of qualification, and how sure that is.
VERDICT = {
    "for": pgettext_lazy("finding", "Speaks for it"),
    "against": pgettext_lazy("finding", "Speaks against it"),
    "open": pgettext_lazy("finding", "Not known yet"),
}
CONFIDENCE = {
    "unknown": pgettext_lazy("finding", "unknown"),
    "guess": pgettext_lazy("finding", "our guess"),
    "told": pgettext_lazy("finding", "said by the buyer"),
    "proven": pgettext_lazy("finding", "proven"),
}
# Something that was done, by its sort.
DONE = {"call": _("Call"), "meeting": _("Meeting"), "email": _("E-mail"), "note": _("Note"), "task": _("Task")}
