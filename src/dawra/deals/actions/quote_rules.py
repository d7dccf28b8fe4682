"""How quotes begin, and how much may be given without asking."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, Stale
from dawra.deals.actions.quoting import LONGEST_TEXT
from dawra.deals.models import QuoteRules
from dawra.figures.money import BASIS_POINTS
from dawra.journal import actions as journal
from dawra.journal.catalogue.quotes import QuoteRulesSaved
from dawra.journal.models import Entry

LONGEST_VALID_DAYS = 366


@dataclass(frozen=True, slots=True)
class RulesSaid:
    """free_discount_bp: up to here nobody need approve. valid_days: how long a new quote stands."""

    free_discount_bp: int
    valid_days: int
    tax_name: str = ""
    tax_name_ar: str = ""
    tax_bp: int = 0
    terms: str = ""
    terms_ar: str = ""


@transaction.atomic
def save_quote_rules(
    actor: Actor, *, said: RulesSaid, version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Quotes begun from now on begin so; those that exist keep what they say. None if nothing differs.

    Writes:  deals.quote_rules_saved.1
    Raises:  Refused, Stale, Invalid
    """
    actor.must("deals.pipelines")
    kept, _made = QuoteRules.objects.get_or_create(pk=1)
    if version is not None and version != kept.version:
        raise Stale(record="quote_rules", id=kept.pk, version=kept.version, theirs=_told(kept), yours=asdict(said))
    if not 0 <= said.free_discount_bp <= BASIS_POINTS:
        raise Invalid(_("A discount lies between 0 and 100 percent."), field="free_discount")
    if not 0 <= said.tax_bp <= BASIS_POINTS:
        raise Invalid(_("A tax lies between 0 and 100 percent."), field="tax")
    if not 1 <= said.valid_days <= LONGEST_VALID_DAYS:
        raise Invalid(_("A quote stands for 1 to %(most)s days."), field="valid_days", most=LONGEST_VALID_DAYS)
    before = _told(kept)
    wanted = asdict(said) | {
        "tax_name": said.tax_name.strip()[:60],
        "tax_name_ar": said.tax_name_ar.strip()[:60],
        "terms": said.terms.strip()[:LONGEST_TEXT],
        "terms_ar": said.terms_ar.strip()[:LONGEST_TEXT],
    }
    if before == wanted:
        return None
    QuoteRules.objects.filter(pk=1).update(version=kept.version + 1, **wanted)
    return journal.write(actor, QuoteRulesSaved(before, wanted), about=[], cause=cause)


def _told(kept: QuoteRules) -> dict[str, int | str]:
    return {name: getattr(kept, name) for name in RulesSaid.__slots__}
