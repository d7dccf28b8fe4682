"""What must be true of the data at every moment, as SQL that returns the rows for which it is not.

To add one: append an Invariant to its room's part. `dawra verify`, the kill tests and the restore drill then run it.
The SQL must be read-only, return the id of each offending row in its first column (further columns are shown beside
it), and mean the same on SQLite and PostgreSQL; where it cannot, give `postgresql` a text of its own. An invariant
whose tables are not there yet (`needs`) is skipped.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    id: str
    sentence: str
    sql: str
    postgresql: str = ""
    needs: tuple[str, ...] = ()

    def text(self, vendor: str) -> str:
        return self.postgresql or self.sql if vendor == "postgresql" else self.sql


def _told(table: str, what: str) -> Invariant:
    return Invariant(
        f"journal.{what}",
        f"Every {what} is mentioned in the journal.",
        f"SELECT r.id FROM {table} r WHERE NOT EXISTS (SELECT 1 FROM journal_mention m WHERE m.record_id = r.id)",
    )


def _found(table: str, what: str) -> tuple[Invariant, Invariant]:
    return (
        Invariant(
            f"search.{what}",
            f"Every {what} outside the bin can be found by search.",
            f"SELECT r.id FROM {table} r WHERE r.deleted_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM customers_searchrow s WHERE s.record_id = r.id)",
        ),
        Invariant(
            f"search.{what}_gone",
            f"Search finds no {what} that is gone or in the bin.",
            f"SELECT s.record_id FROM customers_searchrow s WHERE s.record_kind = '{what}'"
            f" AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.id = s.record_id AND r.deleted_at IS NULL)",
        ),
    )


JOURNAL = (
    _told("customers_person", "person"),
    _told("customers_company", "company"),
    _told("deals_deal", "deal"),
    Invariant(
        "journal.times",
        "Nothing is written down before it could be known: written_at is set, and keys are unique.",
        "SELECT key, count(*) FROM journal_entry GROUP BY key HAVING count(*) > 1",
    ),
    Invariant(
        "delivery.once",
        "Each entry is owed to a listener once.",
        "SELECT entry_id, listener, count(*) FROM journal_delivery GROUP BY entry_id, listener HAVING count(*) > 1",
    ),
    Invariant(
        "delivery.not_orphaned",
        "Each delivery belongs to an entry.",
        "SELECT d.id FROM journal_delivery d WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.id = d.entry_id)",
    ),
    Invariant(
        "delivery.done_or_parked",
        "No delivery is done and parked at the same time.",
        "SELECT id FROM journal_delivery WHERE done_at IS NOT NULL AND parked_at IS NOT NULL",
    ),
    Invariant(
        "delivery.in_order",
        "No listener heard a later entry of a subject before an earlier one that it is still owed.",
        "SELECT late.id, late.listener FROM journal_delivery late JOIN journal_delivery early"
        " ON early.listener = late.listener AND early.subject_id = late.subject_id AND early.entry_id < late.entry_id"
        " WHERE early.done_at IS NULL AND late.done_at IS NOT NULL",
    ),
)

# moments of one deal touch: each exit is the next entrance
_VISITS = (
    "SELECT deal_id, id, entered_at, exited_at,"
    " LEAD(entered_at) OVER (PARTITION BY deal_id ORDER BY entered_at, exited_at IS NULL, exited_at, id) AS next_at"
    " FROM deals_stagevisit"
)

DEALS = (
    Invariant(
        "visits.touch",
        "The stage visits of a deal follow each other without gap or overlap.",
        f"SELECT v.deal_id, v.id, v.exited_at, v.next_at FROM ({_VISITS}) v WHERE v.next_at IS NOT NULL"
        " AND (v.exited_at IS NULL OR v.exited_at <> v.next_at)",
    ),
    Invariant(
        "visits.open_one",
        "An open deal has exactly one open visit, in the stage it stands in.",
        "SELECT d.id, count(v.id) FROM deals_deal d LEFT JOIN deals_stagevisit v ON v.deal_id = d.id AND v.exited_at IS NULL"
        " WHERE d.state = 'open' GROUP BY d.id, d.stage_id"
        " HAVING count(v.id) <> 1 OR sum(CASE WHEN v.stage_id = d.stage_id THEN 1 ELSE 0 END) <> 1",
    ),
    Invariant(
        "visits.last_stage",
        "A deal stands in the stage of its last visit.",
        "SELECT d.id FROM deals_deal d JOIN deals_stagevisit v ON v.deal_id = d.id"
        " WHERE v.exited_at IS NULL AND v.stage_id <> d.stage_id",
    ),
    Invariant(
        "deal.weighted",
        "The weighted value is the base value times the probability, rounded to the minor unit.",
        "SELECT id, base_minor, probability_bp, weighted_minor FROM deals_deal"
        " WHERE abs(weighted_minor * 10000 - base_minor * probability_bp) > 5000",
    ),
    Invariant(
        "deal.stage_type",
        "A deal's state is the type of its stage.",
        "SELECT d.id, d.state, s.type FROM deals_deal d JOIN deals_stage s ON s.id = d.stage_id WHERE s.type <> d.state",
    ),
    Invariant(
        "deal.closed_at",
        "A deal has a closing date when, and only when, it is won or lost.",
        "SELECT id, state FROM deals_deal WHERE (state = 'open') = (closed_at IS NOT NULL)",
    ),
    Invariant(
        "deal.splits",
        "Revenue splits of a deal sum to 100 %.",
        "SELECT deal_id, sum(share_bp) FROM deals_dealsplit WHERE sort = 'revenue'"
        " GROUP BY deal_id HAVING sum(share_bp) <> 10000",
    ),
)

CUSTOMERS = (
    *_found("customers_person", "person"),
    *_found("customers_company", "company"),
    *_found("deals_deal", "deal"),
    Invariant(
        "contact.unique",
        "No two records hold the same unique contact value.",
        "SELECT unique_key, count(*) FROM customers_contactpoint WHERE unique_key IS NOT NULL"
        " GROUP BY unique_key HAVING count(*) > 1",
    ),
    Invariant(
        "activity.linked",
        "What an activity concerns exists.",
        "SELECT l.activity_id, l.record_kind, l.record_id FROM customers_activitylink l WHERE NOT EXISTS"
        " (SELECT 1 FROM customers_person p WHERE p.id = l.record_id) AND NOT EXISTS"
        " (SELECT 1 FROM customers_company c WHERE c.id = l.record_id) AND NOT EXISTS"
        " (SELECT 1 FROM deals_deal d WHERE d.id = l.record_id)",
    ),
    Invariant(
        "import.accounted",
        "Of every imported file, accepted and rejected rows add up to the rows read, and each row has its outcome.",
        "SELECT f.id, f.rows_seen, f.created, f.updated, f.unchanged, f.rejected, count(r.id) FROM customers_importfile f"
        " LEFT JOIN customers_importrow r ON r.file_id = f.id"
        " GROUP BY f.id, f.rows_seen, f.created, f.updated, f.unchanged, f.rejected"
        " HAVING f.rows_seen <> f.created + f.updated + f.unchanged + f.rejected OR f.rows_seen <> count(r.id)",
    ),
    Invariant(
        "import.finished",
        "Of a finished import every row has been read.",
        "SELECT f.id, f.rows_total, f.rows_seen FROM customers_importfile f JOIN customers_import i ON i.id = f.within_id"
        " WHERE i.state = 'done' AND (f.rows_total IS NULL OR f.rows_total <> f.rows_seen)",
    ),
)

LEADS = (
    _told("prospecting_lead", "lead"),
    Invariant(
        "lead.accepted",
        "A lead goes on as a deal when, and only when, it was accepted.",
        "SELECT l.id, l.status FROM prospecting_lead l LEFT JOIN deals_dealorigin o ON o.lead_id = l.id"
        " WHERE (l.status = 'accepted') <> (o.lead_id IS NOT NULL)",
    ),
    Invariant(
        "lead.answer",
        "A lead is first answered after it came in.",
        "SELECT id, asked_at, first_response_at FROM prospecting_lead WHERE first_response_at < asked_at",
    ),
    Invariant(
        "lead.status",
        "An open lead is new until its first answer, and worked on from then.",
        "SELECT id, status FROM prospecting_lead WHERE status IN ('new', 'working')"
        " AND (status = 'new') <> (first_response_at IS NULL)",
    ),
    Invariant(
        "lead.assignment",
        "Whoever has an open lead was given it, and why was written down.",
        "SELECT l.id, l.owner_id FROM prospecting_lead l WHERE l.status IN ('new', 'working') AND l.owner_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM prospecting_assignment a WHERE a.lead_id = l.id AND a.member_id = l.owner_id)",
    ),
)

INVARIANTS: tuple[Invariant, ...] = (*JOURNAL, *DEALS, *CUSTOMERS, *LEADS)
