"""Letters to begin with, in both languages: ours, marked as starters, to be changed or archived."""

from typing import Any

from django.db import transaction

from dawra.access.actor import Actor
from dawra.customers.composing import groups_of
from dawra.customers.merging.fields import FIELDS
from dawra.customers.models import LetterTemplate

STARTERS: tuple[dict[str, str], ...] = (
    {
        "name": "First contact",
        "name_ar": "أول تواصل",
        "subject": 'A question about {company.name|or:"your team"}',
        "body": """Dear {person.first_name|or:"Sir or Madam"},

I am writing because companies like {company.name|or:"yours"} often tell us where their days get lost. I would like \
to hear how it is with you, in fifteen minutes, whenever it suits you.

Would one of the next days be good? If somebody else looks after this, a name is all I need.

Kind regards
{me.name}
{us.name}""",
        "subject_ar": 'سؤال عن {company.name|or:"فريقكم"}',
        "body_ar": """{person.first_name|or:"سيدي أو سيدتي"}، تحية طيبة،

أكتب إليك لأن شركات مثل {company.name|or:"شركتكم"} كثيرًا ما تخبرنا أين يضيع وقتها. أود أن أسمع كيف هو الحال عندكم، \
في ربع ساعة، متى ناسبك.

هل يناسبك أحد الأيام القادمة؟ وإن كان غيرك المسؤول عن هذا فيكفيني الاسم.

مع خالص التحية
{me.name}
{us.name}""",
    },
    {
        "name": "After the meeting",
        "name_ar": "بعد الاجتماع",
        "subject": "What we agreed on",
        "body": """Dear {person.first_name},

thank you for your time. As I understood it, our next step is: {deal.next_step}. \
{deal.next_step_on|date:weekday|or:""}

If I got anything wrong, please tell me. I would rather correct it today than guess.

Kind regards
{me.name}""",
        "subject_ar": "ما اتفقنا عليه",
        "body_ar": """{person.first_name}، تحية طيبة،

شكرًا على وقتك. كما فهمت، خطوتنا التالية هي: {deal.next_step}. {deal.next_step_on|date:weekday|or:""}

إن أخطأت في شيء فأخبرني؛ تصحيحه اليوم خير من التخمين.

مع خالص التحية
{me.name}""",
    },
    {
        "name": "The offer stands",
        "name_ar": "العرض قائم",
        "subject": "{deal.name}: our offer",
        "body": """Dear {person.first_name},

our offer of {deal.amount|money:tidy} for {deal.products|list|or:"what we discussed"} stands. We had spoken of \
deciding by {deal.close_on|date}.

Is anything open that I can clear up before then?

Kind regards
{me.name}
{us.name}""",
        "subject_ar": "{deal.name}: عرضنا",
        "body_ar": """{person.first_name}، تحية طيبة،

عرضنا بمبلغ {deal.amount|money:tidy} مقابل {deal.products|list|or:"ما ناقشناه"} ما زال قائمًا. وكنا قد تحدثنا عن \
القرار قبل {deal.close_on|date}.

هل بقي أمر أوضحه قبل ذلك؟

مع خالص التحية
{me.name}
{us.name}""",
    },
)


@transaction.atomic
def start_with_letters(actor: Actor, *, is_sample: bool = False) -> int:
    """Put our templates there where there is none at all. Returns how many; part of setting a company up."""
    if LetterTemplate.objects.exists():
        return 0
    known = FIELDS.known()
    rows = [LetterTemplate(**_whole(one, known), is_starter=True, is_sample=is_sample) for one in STARTERS]
    LetterTemplate.objects.bulk_create(rows)
    return len(rows)


def _whole(one: dict[str, str], known: Any) -> dict[str, Any]:
    texts = (one["subject"], one["body"], one["subject_ar"], one["body_ar"])
    return {**one, "groups": groups_of(*texts, known=known)}
