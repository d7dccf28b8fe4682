"""Frameworks a new workspace starts with, in both languages, marked as starters. Pure data.

Each criterion has the question to ask a buyer and what a good answer contains, so that "yes" alone never counts as known.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CriterionSeed:
    code: str
    weight: int
    name: str
    name_ar: str
    question: str
    question_ar: str
    good: str
    good_ar: str


@dataclass(frozen=True, slots=True)
class FrameworkSeed:
    name: str
    name_ar: str
    about: str
    about_ar: str
    criteria: tuple[CriterionSeed, ...]


BANT = FrameworkSeed(
    "BANT",
    "BANT (الميزانية والصلاحية والحاجة والتوقيت)",
    "Four questions for short cycles and few deciders.",
    "أربعة أسئلة لدورات البيع القصيرة ولعدد قليل من أصحاب القرار.",
    (
        CriterionSeed(
            "budget", 25, "Budget", "الميزانية",
            "How do you usually pay for something like this, and what have you set aside for it?",
            "كيف تموّلون عادةً أمرًا كهذا، وما المبلغ المخصص له؟",
            "A sum or a range, whose budget it is, and for which year.",
            "مبلغ أو نطاق، ومن صاحب الميزانية، ولأي سنة.",
        ),
        CriterionSeed(
            "authority", 25, "Authority", "الصلاحية",
            "When you last bought something of this size, who had to agree, and in which order?",
            "عند آخر شراء بهذا الحجم، من لزم أن يوافق، وبأي ترتيب؟",
            "The name of who decides, who else is asked, and that we have spoken with the first.",
            "اسم صاحب القرار ومن يُستشار معه، وأننا تحدثنا إلى الأول.",
        ),
        CriterionSeed(
            "need", 30, "Need", "الحاجة",
            "What happens today because this is not solved, and what does it cost you in a month?",
            "ماذا يحدث اليوم لأن هذا الأمر لم يُحل، وكم يكلّفكم في الشهر؟",
            "A problem in their own words, with a figure, that somebody wants to be rid of.",
            "مشكلة بكلماتهم ومعها رقم، وشخص يريد التخلص منها.",
        ),
        CriterionSeed(
            "timing", 20, "Timing", "التوقيت",
            "By when must it work, and what happens if it is three months later?",
            "متى ينبغي أن يعمل، وماذا يحدث إن تأخر ثلاثة أشهر؟",
            "A date with a reason outside of us: a season, an audit, a contract that ends.",
            "تاريخ له سبب خارج عنا: موسم أو تدقيق أو عقد ينتهي.",
        ),
    ),
)  # fmt: skip
MEDDICC = FrameworkSeed(
    "MEDDICC",
    "MEDDICC (للصفقات الكبيرة)",
    "Seven criteria for large deals with many people on the buyer's side.",
    "سبعة معايير للصفقات الكبيرة التي يشارك فيها كثيرون من جهة المشتري.",
    (
        CriterionSeed(
            "metrics", 15, "Metrics", "مقاييس الأثر",
            "If this works, which figure changes, from what to what, and who looks at it?",
            "إذا نجح هذا، فأي رقم يتغير، من كم إلى كم، ومن يتابعه؟",
            "A figure of theirs, today's value, the wanted one, and who reports it.",
            "رقم من أرقامهم وقيمته اليوم والقيمة المطلوبة ومن يقدّم عنه التقرير.",
        ),
        CriterionSeed(
            "economic_buyer", 20, "Economic buyer", "صاحب قرار الإنفاق",
            "Who can say yes when everybody else says no, and when may we speak with them?",
            "من يستطيع أن يوافق حين يرفض الجميع، ومتى نتحدث معه؟",
            "Their name, what matters to them, and a conversation that took place.",
            "اسمه وما يهمه، ومحادثة جرت معه فعلًا.",
        ),
        CriterionSeed(
            "decision_criteria", 10, "Decision criteria", "معايير القرار",
            "By what will you compare the offers, and which point weighs most?",
            "بماذا ستقارنون العروض، وأي نقطة هي الأثقل وزنًا؟",
            "A written list in order, with at least one point where we are clearly ahead.",
            "قائمة مكتوبة مرتبة، فيها نقطة واحدة على الأقل نتفوق فيها بوضوح.",
        ),
        CriterionSeed(
            "decision_process", 15, "Decision process", "مسار القرار",
            "Which steps lie between today and the signature, and who takes each of them?",
            "ما الخطوات بين اليوم والتوقيع، ومن يقوم بكل منها؟",
            "Steps with names and days: technical, legal, purchasing, signature.",
            "خطوات بأسماء وأيام: فنية وقانونية ومشتريات وتوقيع.",
        ),
        CriterionSeed(
            "pain", 20, "Identified pain", "المشكلة المحددة",
            "What made you look for something now rather than a year ago?",
            "ما الذي جعلكم تبحثون الآن وليس قبل سنة؟",
            "A cause and its consequence, felt by somebody who has a say.",
            "سبب ونتيجته، يشعر بها شخص له كلمة.",
        ),
        CriterionSeed(
            "champion", 15, "Champion", "الداعم الداخلي",
            "Who wins something if this comes about, and would they say so when we are not in the room?",
            "من يكسب شيئًا إذا تم هذا، وهل يقول ذلك في غيابنا؟",
            "A person with influence who has already done something for us: a meeting, a document, a warning.",
            "شخص له نفوذ قام بشيء من أجلنا: رتّب اجتماعًا أو شارك وثيقة أو نبّهنا.",
        ),
        CriterionSeed(
            "competition", 5, "Competition", "المنافسة",
            "What else are you looking at, and what speaks for leaving everything as it is?",
            "ما البدائل التي تنظرون فيها، وما الذي يدعو إلى إبقاء كل شيء على حاله؟",
            "The names, who favours them, and why doing nothing is not enough.",
            "الأسماء ومن يميل إليها، ولماذا لا يكفي عدم فعل شيء.",
        ),
    ),
)  # fmt: skip
CHAMP = FrameworkSeed(
    "CHAMP",
    "CHAMP (التحديات أولًا)",
    "Begins with what troubles the buyer; money comes later.",
    "يبدأ بما يشغل المشتري، أما المال فيأتي لاحقًا.",
    (
        CriterionSeed(
            "challenges", 35, "Challenges", "التحديات",
            "What stands in the way of what you want to reach this year?",
            "ما الذي يعترض طريق ما تريدون بلوغه هذا العام؟",
            "One challenge we solve, in their words, and what they tried before.",
            "تحدٍّ واحد نحلّه، بكلماتهم، وما جرّبوه من قبل.",
        ),
        CriterionSeed(
            "authority", 20, "Authority", "الصلاحية",
            "Who else is touched by this, and who has the last word?",
            "من يمسّه هذا الأمر أيضًا، ولمن الكلمة الأخيرة؟",
            "A drawing of the people, with the one who decides.",
            "خريطة الأشخاص وفيها صاحب القرار.",
        ),
        CriterionSeed(
            "money", 20, "Money", "المال",
            "What may a solution cost, measured against what the challenge costs you?",
            "كم يمكن أن يكلّف الحل قياسًا إلى ما يكلّفكم التحدي؟",
            "A range they named after the cost of the challenge was worked out.",
            "نطاق ذكروه بعد حساب كلفة التحدي.",
        ),
        CriterionSeed(
            "prioritization", 25, "Prioritisation", "الأولوية",
            "Which other projects compete for the same people, and where does this one stand?",
            "ما المشاريع الأخرى التي تنافس على الأشخاص أنفسهم، وأين يقع هذا المشروع بينها؟",
            "A place among the first three, with a date and a person responsible.",
            "موقع بين الثلاثة الأولى، مع تاريخ وشخص مسؤول.",
        ),
    ),
)  # fmt: skip
STARTERS = (BANT, MEDDICC, CHAMP)
