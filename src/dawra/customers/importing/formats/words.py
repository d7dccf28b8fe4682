"""Words that CRMs write themselves, in English and Arabic: what was done, which way a call went, how far a lead is."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.own_format import lifecycle_words
from dawra.customers.importing.recognising import Column
from dawra.figures.words import fold


def _folded(words: dict[str, str]) -> dict[str, str]:
    return {fold(word): meaning for word, meaning in words.items()}


KINDS = {
    "call": _("Call"), "meeting": _("Meeting"), "email": _("E-mail"), "note": _("Note"), "task": _("Task"),
}  # fmt: skip
DIRECTIONS = {"in": _("Incoming"), "out": _("Outgoing")}
STATES = {"done": _("Done"), "open": _("Still to do"), "cancelled": _("Called off")}
CALL_DIRECTIONS = _folded({
    "Inbound": "in", "Incoming": "in", "Outbound": "out", "Outgoing": "out", "Internal": "", "Missed": "in",
    "واردة": "in", "وارد": "in", "صادرة": "out", "صادر": "out", "Outgoing call": "out", "Incoming call": "in",
})  # fmt: skip
DONE_WORDS = _folded({
    "Completed": "done", "Done": "done", "Closed": "done", "Held": "done", "To do": "open", "Open": "open",
    "Not Started": "open", "In Progress": "open", "Waiting on someone else": "open", "Waiting for input": "open",
    "Deferred": "open", "Planned": "open", "Scheduled": "open", "Overdue": "open", "Today": "open", "Waiting": "open",
    "مكتملة": "done", "مكتمل": "done", "تم": "done", "لم تبدأ": "open", "قيد التنفيذ": "open", "مخطط": "open",
    "Cancelled": "cancelled", "Canceled": "cancelled", "Not Held": "cancelled", "No show": "cancelled",
    "ملغاة": "cancelled", "ملغى": "cancelled",
})  # fmt: skip
ACTIVITIES = _folded({
    "Call": "call", "Phone call": "call", "Meeting": "meeting", "Event": "meeting", "Lunch": "meeting",
    "Email": "email", "E-mail": "email", "Note": "note", "Task": "task", "To-do": "task", "To do": "task",
    "Todo": "task", "Deadline": "task", "مكالمة": "call", "اتصال": "call", "اجتماع": "meeting", "لقاء": "meeting",
    "بريد إلكتروني": "email", "بريد": "email", "ملاحظة": "note", "مهمة": "task",
})  # fmt: skip
LIFECYCLES = _folded({
    "Subscriber": "subscriber", "Lead": "lead", "Marketing Qualified Lead": "marketing_qualified",
    "marketingqualifiedlead": "marketing_qualified", "Sales Qualified Lead": "sales_qualified",
    "salesqualifiedlead": "sales_qualified", "Opportunity": "opportunity", "Customer": "customer",
    "Evangelist": "advocate", "مشترك": "subscriber", "عميل محتمل": "lead", "فرصة": "opportunity", "عميل": "customer",
    "عميل محتمل مؤهل للتسويق": "marketing_qualified", "عميل محتمل مؤهل للمبيعات": "sales_qualified",
})  # fmt: skip


def lifecycle_column(*names: str) -> Column:
    """The workspace's own names and HubSpot's. What is neither ("Other") is asked."""
    own, shown = lifecycle_words()
    read = values.lifecycle({**LIFECYCLES, **own}, shown)
    return Column("lifecycle", read, names, asks="labels", labels=shown)
