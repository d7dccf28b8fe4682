"""Our own simple files beside people and companies: activities and users, under plain headings in English or Arabic."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, identity, labelled, minutes, name, part, when
from dawra.customers.importing.formats.words import ACTIVITIES as KINDS_WRITTEN
from dawra.customers.importing.formats.words import CALL_DIRECTIONS, DIRECTIONS, DONE_WORDS, KINDS, STATES
from dawra.customers.importing.recognising import add_parts

ACTIVITIES = part(
    "activities", _("Activities"), "activity.note",
    (
        column("id", identity, "id", "activity id", "external id", "المعرف"),
        column("title", values.text(200), "subject", "activity", "activity subject", "task", "الموضوع", "النشاط", "المهمة"),
        labelled("what", KINDS, KINDS_WRITTEN, "activity type", "type", "kind", "نوع النشاط", "النوع"),
        column("at", when, "activity date", "date", "when", "happened at", "start", "التاريخ", "تاريخ النشاط", "الوقت"),
        column("due", when, "due date", "due", "deadline", "تاريخ الاستحقاق", "موعد الاستحقاق"),
        labelled("status", STATES, DONE_WORDS, "status", "activity status", "الحالة"),
        column("done", values.yes_no, "done", "completed", "is done", "منجز", "تم"),
        column("done_at", when, "completed at", "done at", "تاريخ الإنجاز"),
        column("body", values.prose(50_000), "notes", "note", "comment", "comments", "text", "details", "التفاصيل",
               "ملاحظات", "النص"),
        column("email", values.email, "email", "contact email", "e-mail", "البريد", "البريد الإلكتروني"),
        column("person", name, "person", "contact", "contact name", "contact person", "جهة الاتصال", "الشخص", "العميل"),
        column("company", name, "company", "organization", "organisation", "account", "الشركة"),
        column("deal", name, "deal", "opportunity", "deal name", "الصفقة", "اسم الصفقة", "الفرصة"),
        labelled("direction", DIRECTIONS, CALL_DIRECTIONS, "direction", "call direction", "الاتجاه"),
        column("minutes", minutes(), "minutes", "duration", "duration (min)", "المدة", "المدة بالدقائق"),
        column("outcome", values.text(40), "outcome", "result", "النتيجة"),
        column("owner", values.text(254), "owner", "assigned to", "done by", "member", "المسؤول"),
        column("created_at", when, "created", "created at", "تاريخ الإنشاء"),
    ),
    any_of=("at", "due", "what"),
    needs=("title",),
    key=by_id(),
    weight=-0.1,
)  # fmt: skip
USERS = part(
    "users", _("Users"), "user",
    (
        column("id", identity, "user id", "member id", "معرف المستخدم"),
        column("name", values.text(120), "name", "full name", "user", "member", "user name", "اسم المستخدم", "العضو"),
        column("given_name", values.text(60), "first name"),
        column("family_name", values.text(60), "last name"),
        column("email", values.email, "email", "user email", "login"),
    ),
    needs=("email",),
    any_of=("name", "given_name", "family_name"),
    signs=("user", "user id", "user name", "username", "user email", "login", "member", "member id", "اسم المستخدم",
           "معرف المستخدم", "العضو"),
)  # fmt: skip


def set_up() -> None:
    add_parts("simple", (USERS,), before="companies")
    add_parts("simple", (ACTIVITIES,))
