"""Letters of the sample company: e-mails it sent as letters, with the few that did not arrive. Part of the sample's own act."""

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery

from dawra.access.actor import Actor
from dawra.customers.letter_seeds import start_with_letters
from dawra.customers.models import Activity, ActivityLink, ContactPoint, Letter, LetterTemplate, Person
from dawra.customers.models.letter import FAILED, SENT, UNKNOWN

MOST = 60
FATES = {7: (FAILED, "550 5.1.1 no such user"), 13: (UNKNOWN, "SMTPServerDisconnected: Connection unexpectedly closed")}


def write_letters(actor: Actor) -> None:
    """Follows from the e-mails that are there. 4 queries."""
    start_with_letters(actor, is_sample=True)
    template = LetterTemplate.objects.filter(is_starter=True).order_by("name", "id").first()
    to = ActivityLink.objects.filter(activity=OuterRef("pk"), record_kind="person").values("record_id")[:1]
    rows = Activity._base_manager.filter(is_sample=True, what="email", direction="out", happened_at__isnull=False)
    mails: Sequence[Activity] = list(rows.annotate(to=Subquery(to)).order_by("-happened_at", "id")[:MOST])
    ids = [mail.to for mail in mails]  # type: ignore[attr-defined]
    people = {one.pk: one for one in Person._base_manager.filter(pk__in=[pk for pk in ids if pk])}
    points = ContactPoint.objects.filter(person_id__in=list(people), kind="email", is_primary=True)
    addresses = dict(points.values_list("person_id", "value"))
    letters = []
    for number, (mail, person_id) in enumerate(zip(mails, ids, strict=True)):
        if person_id not in addresses or mail.happened_at is None:
            continue
        state, told = FATES.get(number, (SENT, "250 2.0.0 OK"))
        letters.append(
            Letter(
                person=people[person_id],
                template=template,
                language=people[person_id].language if people[person_id].language in ("en", "ar") else "en",
                to=addresses[person_id],
                subject=(mail.title or mail.body)[:300],
                body=mail.body or mail.title,
                state=state,
                queued_at=mail.happened_at,
                send_at=mail.happened_at,
                ended_at=mail.happened_at,
                tries=1,
                told=told,
                written_by_id=mail.owner_id,
                activity=mail if state == SENT else None,
                is_sample=True,
            )
        )
    Letter.objects.bulk_create(letters, batch_size=100)


def take_out_templates() -> None:
    """Those the sample brought; what somebody changed since is theirs."""
    LetterTemplate.objects.filter(is_sample=True).delete()
