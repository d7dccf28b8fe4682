"""The training path a new workspace starts with, in both languages. Pure data.

Marked as starter, and meant to be replaced by what has proved itself in the company's own conversations. Keys stay for
good: what was learned is kept under them.
"""

from dataclasses import asdict, dataclass
from typing import Any

from dawra.journal.catalogue import as_plain
from dawra.team.learning import Content, Lesson, Option, Point, Question


@dataclass(frozen=True, slots=True)
class PathSeed:
    name: str
    name_ar: str
    about: str
    about_ar: str
    content: Content
    pass_bp: int = 8000
    attempts: int = 3
    rubric_pass: int = 30
    valid_months: int = 12

    def own(self) -> dict[str, Any]:
        """Columns of the path."""
        return {name: getattr(self, name) for name in ("name", "name_ar", "about", "about_ar")}

    def edition(self) -> dict[str, Any]:
        """Columns of its first edition."""
        rules = {name: getattr(self, name) for name in ("pass_bp", "attempts", "rubric_pass", "valid_months")}
        return {"content": as_plain(asdict(self.content)), **rules}


OPENING = Lesson(
    "opening",
    "The first half minute",
    "نصف الدقيقة الأول",
    "Whoever picks up did not wait for you. The first half minute decides one thing only: **whether they go on listening**.\n\n"
    "1. **Say who you are and that you come unexpected.** “You were not expecting my call” is true, and being honest about "
    "it makes people listen.\n"
    "2. **Say why them, why now.** One sentence about something that changed at their place. If you have no such sentence, "
    "you are not ready to call.\n"
    "3. **Ask for the half minute, and let them decide.** “May I say why I call, and you tell me whether it is worth going "
    "on?” Few say no, because it costs them nothing.\n\n"
    "### What to leave out\n\n"
    "- “How are you today?” to a stranger: they hear a script.\n"
    "- Your company's history, its prizes, its number of customers.\n"
    "- The product. You do not know yet whether they need it.\n\n"
    "> Try it: write your reason for calling the next three companies on your list in **one sentence each**, before "
    "lesson two.",
    "من يرد عليك لم يكن ينتظرك. نصف الدقيقة الأول يحسم أمرًا واحدًا فقط: **هل يواصل الاستماع**.\n\n"
    "1. **قل من أنت، واعترف بأنك تتصل على غير موعد.** عبارة «لم تكن تتوقع اتصالي» صادقة، والصدق فيها يجعل الناس يستمعون.\n"
    "2. **قل لماذا هم، ولماذا الآن.** جملة واحدة عن شيء تغيّر عندهم. إن لم تكن لديك هذه الجملة فأنت غير مستعد للاتصال.\n"
    "3. **اطلب نصف الدقيقة، واترك القرار لهم.** «هل أقول لماذا أتصل، ثم تخبرني هل يستحق أن نكمل؟» قلّما يرفض أحد، لأن "
    "الأمر لا يكلّفه شيئًا.\n\n"
    "### ما ينبغي تركه\n\n"
    "- «كيف حالك اليوم؟» مع من لا تعرفه: يسمع فيها نصًا محفوظًا.\n"
    "- تاريخ شركتك وجوائزها وعدد عملائها.\n"
    "- المنتج. فأنت لا تعرف بعدُ هل يحتاجون إليه.\n\n"
    "> جرّب: اكتب سبب اتصالك بالشركات الثلاث التالية في قائمتك، **جملة واحدة لكل منها**، قبل الدرس الثاني.",
)

QUESTIONS = Lesson(
    "questions",
    "Questions that let them think",
    "أسئلة تدعوهم إلى التفكير",
    "A good first conversation is mostly theirs. Aim to speak **less than half of the time**, and earn the rest with "
    "questions.\n\n"
    "| Ask about | For example | You learn |\n|---|---|---|\n"
    "| today | How do you do this now? Who does it? | what they would have to give up |\n"
    "| the cost | What happens when it goes wrong? How often? | whether it is worth changing |\n"
    "| what they tried | What have you tried? What came of it? | what not to offer again |\n"
    "| the decision | Who else would have a say? How did you decide last time? | whom you have not met |\n\n"
    "**One question at a time, then wait.** Silence is where people think; who fills it answers for them. When they name a "
    "number, repeat it: “forty hours a month?” They will tell you the rest.\n\n"
    "Write down **their words**, not yours. You will need them in the demo, in the quote, and when somebody else in their "
    "house asks why.",
    "المحادثة الأولى الجيدة لهم في معظمها. اجعل كلامك **أقل من نصف الوقت**، واكسب الباقي بالأسئلة.\n\n"
    "| اسأل عن | مثلًا | تعرف منه |\n|---|---|---|\n"
    "| اليوم | كيف تنجزون ذلك الآن؟ ومن ينجزه؟ | ما الذي سيتخلّون عنه |\n"
    "| الكلفة | ماذا يحدث حين يتعثّر الأمر؟ وكم مرة؟ | هل يستحق التغيير |\n"
    "| ما جرّبوه | ماذا جرّبتم؟ وما النتيجة؟ | ما لا ينبغي عرضه ثانية |\n"
    "| القرار | من غيركم له رأي؟ وكيف قررتم في المرة الماضية؟ | من الذي لم تقابله بعد |\n\n"
    "**سؤال واحد في كل مرة، ثم انتظر.** في الصمت يفكر الناس، ومن يملؤه يجيب عنهم. وحين يذكرون رقمًا فأعده: «أربعون ساعة في "
    "الشهر؟» وسيخبرونك بالبقية.\n\n"
    "دوّن **كلماتهم** لا كلماتك. ستحتاج إليها في العرض التوضيحي وفي عرض السعر، وحين يسأل شخص آخر عندهم: لماذا؟",
)

NEXT_STEP = Lesson(
    "next-step",
    "A next step that has a day",
    "خطوة تالية لها يوم محدد",
    "“I will send you something” is not a next step: nobody on their side has to do anything. A next step has **a day, two "
    "people, and something both want to know by then**.\n\n"
    "- Say back what you heard, in their words: “So what you want is …. Did I get that right?”\n"
    "- Propose the smallest step that shows something: “Shall we look at exactly that on Tuesday at ten, with the person "
    "who does it today?”\n"
    "- Agree what would make both of you stop: “If it turns out that …, we leave it there.” That makes yes easier to say.\n\n"
    "**If the answer is no, thank them and ask one thing:** “What would have to change for you to look at it again?” Write "
    "it on the deal with a day to come back, or close it. An honest no today is worth more than six months of maybe.\n\n"
    "Log the call right away: outcome, their words, next step. Tomorrow you will remember half of it.",
    "«سأرسل إليكم شيئًا» ليست خطوة تالية: لا أحد عندهم مطالب بفعل شيء. الخطوة التالية لها **يوم وشخصان وشيء يريد كلاهما أن "
    "يعرفه حتى ذلك اليوم**.\n\n"
    "- أعد ما سمعته بكلماتهم: «إذن ما تريدونه هو …. هل فهمت ذلك على وجهه؟»\n"
    "- اقترح أصغر خطوة تُظهر شيئًا: «هل ننظر في هذا بعينه يوم الثلاثاء الساعة العاشرة، مع من ينجزه اليوم؟»\n"
    "- اتفقا على ما يجعلكما تتوقفان: «إن تبيّن أن … توقفنا عند ذلك». هذا يجعل قول نعم أسهل.\n\n"
    "**وإن كان الجواب لا، فاشكرهم واسأل سؤالًا واحدًا:** «ما الذي ينبغي أن يتغير لتنظروا في الأمر ثانية؟» دوّنه على الصفقة "
    "مع يوم للعودة، أو أغلقها. فالرفض الصريح اليوم خير من نصف عام من «ربما».\n\n"
    "سجّل المكالمة فورًا: النتيجة وكلماتهم والخطوة التالية. غدًا لن تتذكر إلا نصفها.",
)

QUIZ = (
    Question(
        "reason",
        "What belongs into the first half minute of a call nobody expects?",
        "ما الذي ينبغي أن يكون في نصف الدقيقة الأول من مكالمة لا يتوقعها أحد؟",
        True,
        (
            Option("a", "Why you call them, and why now", "لماذا تتصل بهم، ولماذا الآن", True),
            Option("b", "How many customers you have", "كم لديكم من العملاء"),
            Option("c", "That you call unexpected", "أنك تتصل على غير موعد", True),
            Option("d", "The price", "السعر"),
        ),
        "Both make people listen: a reason that is about them, and honesty about the interruption. Customers and prices are "
        "about you.",
        "كلاهما يجعل الناس يستمعون: سبب يخصّهم، وصدق في أنك قاطعتهم. أما العملاء والأسعار فحديث عنك.",
    ),
    Question(
        "share",
        "How much of a first conversation should you speak?",
        "كم ينبغي أن تتكلم في المحادثة الأولى؟",
        False,
        (
            Option("a", "Most of it: they want to hear what we do", "معظم الوقت، فهم يريدون معرفة ما نقدّمه"),
            Option("b", "Less than half", "أقل من النصف", True),
            Option("c", "Exactly half", "النصف تمامًا"),
        ),
        "What you learn decides the deal, and you learn while they speak.",
        "ما تعرفه هو ما يحسم الصفقة، وأنت تعرف حين يتكلمون.",
    ),
    Question(
        "silence",
        "You asked what the problem costs them, and they say nothing for a while. What do you do?",
        "سألتهم عن كلفة المشكلة فصمتوا قليلًا. ماذا تفعل؟",
        False,
        (
            Option("a", "Wait", "تنتظر", True),
            Option("b", "Offer a number other customers named", "تذكر رقمًا قاله عملاء آخرون"),
            Option("c", "Ask another question", "تسأل سؤالًا آخر"),
        ),
        "They are thinking. A number of yours becomes yours to defend; a number of theirs is theirs.",
        "إنهم يفكرون. الرقم الذي تقوله عليك أن تدافع عنه، والرقم الذي يقولونه لهم.",
    ),
    Question(
        "step",
        "Which of these are next steps?",
        "أيّ هذه خطوات تالية حقًا؟",
        True,
        (
            Option("a", "“I will send you our brochure”", "«سأرسل إليكم كتيّبنا»"),
            Option(
                "b",
                "“Tuesday at ten we look at it with Huda, who does it today”",
                "«يوم الثلاثاء الساعة العاشرة ننظر فيه مع هدى التي تنجزه اليوم»",
                True,
            ),
            Option("c", "“Call us any time”", "«اتصلوا بنا متى شئتم»"),
            Option(
                "d",
                "“By Thursday you ask your manager, and I call you at nine”",
                "«حتى الخميس تسألون مديركم، وأتصل بكم الساعة التاسعة»",
                True,
            ),
        ),
        "A next step has a day and something to do on their side too.",
        "الخطوة التالية لها يوم، وعليهم فيها شيء يفعلونه أيضًا.",
    ),
    Question(
        "no",
        "They say: “Not for us.” What now?",
        "قالوا: «هذا لا يناسبنا». ماذا الآن؟",
        False,
        (
            Option("a", "Offer a discount at once", "تعرض خصمًا على الفور"),
            Option("b", "Explain the product once more", "تشرح المنتج مرة أخرى"),
            Option(
                "c",
                "Thank them, and ask what would have to change for them to look again",
                "تشكرهم، وتسأل ما الذي ينبغي أن يتغير لينظروا في الأمر ثانية",
                True,
            ),
        ),
        "It keeps the door open, and the answer tells you whether and when to come back.",
        "هذا يُبقي الباب مفتوحًا، ويخبرك الجواب هل تعود ومتى.",
    ),
)

SEEDS: tuple[PathSeed, ...] = (
    PathSeed(
        "First conversations",
        "المحادثات الأولى",
        "How to open a call nobody expects, ask so that they think, and end with a step that has a day. About an hour, and "
        "a role-play of ten minutes.",
        "كيف تبدأ مكالمة لا يتوقعها أحد، وتسأل أسئلة تدعو إلى التفكير، وتختم بخطوة لها يوم محدد. نحو ساعة، ومشهد تمثيلي من عشر "
        "دقائق.",
        Content(
            (OPENING, QUESTIONS, NEXT_STEP),
            QUIZ,
            "**Ten minutes, on the phone or in a room.** Your colleague plays the head of operations of a company with forty "
            "vans. She has five minutes, has never heard of you, and last year bought something similar that nobody uses. "
            "She says so only if you ask.\n\nYour manager listens. Open the call, find out what today costs her, and agree on "
            "a next step or on an honest no.",
            "**عشر دقائق، على الهاتف أو في غرفة.** يمثّل زميلك مديرة العمليات في شركة لديها أربعون شاحنة صغيرة. لديها خمس دقائق، "
            "ولم تسمع بكم من قبل، واشترت في العام الماضي شيئًا مشابهًا لا يستخدمه أحد. ولا تذكر ذلك إلا إذا سألت.\n\n"
            "ويستمع مديرك. ابدأ المكالمة، واعرف كم يكلّفها الوضع الحالي، واتفقا على خطوة تالية أو على رفض صريح.",
            (
                Point("opening", "Opens honestly, with a reason that is about them", "يبدأ بصدق وبسبب يخصّهم"),
                Point("listening", "Listens: asks one thing at a time and waits", "يستمع: يسأل سؤالًا واحدًا وينتظر"),
                Point("cost", "Finds out what the problem costs, in their words", "يعرف كلفة المشكلة بكلماتهم"),
                Point("decision", "Finds out how and by whom it is decided", "يعرف كيف يُتخذ القرار ومن يتخذه"),
                Point("next", "Ends with a step that has a day, or an honest no", "يختم بخطوة لها يوم أو برفض صريح"),
            ),
        ),
    ),
)
