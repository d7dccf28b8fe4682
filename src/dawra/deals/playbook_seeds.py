"""The playbook a new workspace starts with: six stages, in both languages. Pure data.

Marked as starter, and meant to be replaced by what has proved itself in the company's own deals. Keys of steps stay for good:
what was done in a deal is kept under them. Square brackets stand for what only the seller knows.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StepSeed:
    key: str
    name: str
    name_ar: str
    by: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class PlaySeed:
    """code: of the stage."""

    code: str
    todo: str
    todo_ar: str
    script: str
    script_ar: str
    steps: tuple[StepSeed, ...]

    def values(self) -> dict[str, Any]:
        """Columns of models.Play but where it belongs and when it was written."""
        texts = {name: getattr(self, name) for name in ("todo", "todo_ar", "script", "script_ar")}
        steps = [
            {"key": s.key, "name": s.name, "name_ar": s.name_ar, "required": s.required, "by": s.by} for s in self.steps
        ]
        return {**texts, "steps": steps, "material": [], "is_starter": True}


SEEDS: tuple[PlaySeed, ...] = (
    PlaySeed(
        "prospecting",
        "Decide whether this company is worth your week before you write to it. Compare it with the ideal customer profile, "
        "find the person who feels the problem, and look for a reason to write **now**: a new site, a new director, a tender.",
        "قرّر هل تستحق هذه الشركة أسبوعك قبل أن تكتب إليها. قارنها بملف العميل المثالي، وابحث عن الشخص الذي يشعر بالمشكلة، "
        "وعن سبب للتواصل **الآن**: موقع جديد، مدير جديد، مناقصة.",
        "Hello [name], I saw that [what changed]. When [companies like theirs] go through that, [problem] usually gets harder "
        "first. Is that so with you, or have you solved it already?\n\n"
        "If it is: may I call you for ten minutes on [day]? If it is not, tell me and I will not bother you again.",
        "مرحبًا [الاسم]، رأيت أن [ما الذي تغيّر]. حين تمر [شركات مثل شركتكم] بذلك تشتد عادةً [المشكلة] في البداية. هل هذا "
        "حالكم، أم أنكم حللتموها؟\n\n"
        "إن كان كذلك، فهل أتصل بكم عشر دقائق يوم [اليوم]؟ وإن لم يكن، فأخبروني ولن أزعجكم ثانية.",
        (
            StepSeed("fits", "Compared with the ideal customer profile", "مقارنتها بملف العميل المثالي"),
            StepSeed("named", "The person who feels the problem is named", "تحديد الشخص الذي يشعر بالمشكلة"),
            StepSeed("reason", "A reason to write now is written down", "تدوين سبب للتواصل الآن"),
            StepSeed("knows", "Asked who of us knows them", "السؤال عمّن يعرفهم من فريقنا", required=False),
        ),
    ),
    PlaySeed(
        "research",
        "Twenty minutes, not two days. Fill the research brief: their role and priorities, growth, funding, who they buy from "
        "today, and what triggered this. Finish with **three guesses** you will test in the first call.",
        "عشرون دقيقة لا يومان. املأ ملف البحث: أدوارهم وأولوياتهم، نموهم وتمويلهم، ممن يشترون اليوم، وما الذي حرّك الأمر. "
        "واختم **بثلاثة تخمينات** ستختبرها في المكالمة الأولى.",
        "My three guesses about [company]:\n\n1. Their priority this year is [priority], because [sign].\n"
        "2. Today they solve it with [product or people], and what hurts is [what].\n3. It is decided by [role], and [role] "
        "will be asked.",
        "تخميناتي الثلاثة عن [الشركة]:\n\n1. أولويتهم هذا العام [الأولوية]، والدليل [العلامة].\n"
        "2. يحلّونها اليوم عبر [منتج أو أشخاص]، وما يؤلمهم هو [ماذا].\n3. يقرّر [الدور]، وسيُسأل [الدور].",
        (
            StepSeed("brief", "Research brief filled with sources", "ملء ملف البحث مع المصادر"),
            StepSeed("guesses", "Three guesses written as a note", "تدوين ثلاثة تخمينات في ملاحظة", by="note"),
            StepSeed("today", "What they use today is known", "معرفة ما يستخدمونه اليوم"),
        ),
    ),
    PlaySeed(
        "first_contact",
        "Listen more than you speak. Test your guesses, let them name what the problem costs, and find out how they decide. "
        "**Never hang up without a next step that has a day.**",
        "استمع أكثر مما تتكلم. اختبر تخميناتك، ودعهم يذكرون كم تكلّفهم المشكلة، واعرف كيف يقررون. "
        "**لا تُنهِ المكالمة أبدًا من دون خطوة تالية لها يوم محدد.**",
        "Hello [name], [your name] of [company]. You have not expected me: may I say in half a minute why I call, and you tell "
        "me whether to go on?\n\n[Companies like yours] tell us that [problem] costs them [what]. How is that with you?\n\n"
        "What have you tried so far? What happens if nothing changes until next year? Who else would have a say?\n\n"
        "So what you want is [in their words]. Shall we look at exactly that on [day] at [hour], with [the other person]?",
        "مرحبًا [الاسم]، معك [اسمك] من [الشركة]. لم تكن تتوقع اتصالي: هل أقول في نصف دقيقة لماذا أتصل، ثم تخبرني هل أكمل؟"
        "\n\nتقول لنا [شركات مثل شركتكم] إن [المشكلة] تكلّفها [ماذا]. كيف الأمر عندكم؟\n\n"
        "ماذا جرّبتم حتى الآن؟ وماذا يحدث إن لم يتغير شيء حتى العام القادم؟ ومن غيركم له رأي؟\n\n"
        "إذن ما تريدونه هو [بكلماتهم]. هل ننظر في هذا بعينه يوم [اليوم] الساعة [الساعة] مع [الشخص الآخر]؟",
        (
            StepSeed("call", "Spoken with them", "التحدث معهم", by="call"),
            StepSeed("cost", "What the problem costs them is said in their words", "ذكر كلفة المشكلة بكلماتهم"),
            StepSeed("decide", "How and by whom it is decided is known", "معرفة كيف يُتخذ القرار ومن يتخذه"),
            StepSeed("next", "Next step agreed, with a day", "الاتفاق على خطوة تالية لها يوم"),
            StepSeed(
                "thanks", "What was agreed sent by e-mail", "إرسال ما اتُّفق عليه بالبريد", by="email", required=False
            ),
        ),
    ),
    PlaySeed(
        "demo",
        "Show the three things they asked for, in the order of what hurts most, and nothing else. Let **them** use it as soon as "
        "possible. Stop after each point and ask. Keep the last ten minutes for the next step.",
        "اعرض الأمور الثلاثة التي طلبوها، مرتبةً بحسب أشدّها إيلامًا، ولا شيء غيرها. دعهم **هم** يستخدمونه في أقرب وقت. توقّف "
        "بعد كل نقطة واسأل. واحتفظ بآخر عشر دقائق للخطوة التالية.",
        "Last time you said three things: [first], [second], [third]. Is that still the order? Has anything changed, or is "
        "somebody here who should add to it?\n\n[After each point] How would that have gone for you last week? What is missing?"
        "\n\nWhat would have to be true after a month for you to say it was worth it? May I write that down as we agreed it?",
        "ذكرتم في المرة الماضية ثلاثة أمور: [الأول]، [الثاني]، [الثالث]. هل ما زال هذا ترتيبها؟ هل تغيّر شيء، أو هل بيننا من "
        "يريد أن يضيف؟\n\n[بعد كل نقطة] كيف كان ذلك سيجري عندكم الأسبوع الماضي؟ ما الذي ينقص؟"
        "\n\nما الذي ينبغي أن يتحقق بعد شهر لتقولوا إنه كان يستحق؟ هل أدوّن ذلك كما اتفقنا عليه؟",
        (
            StepSeed("needs", "Their three needs confirmed before the demo", "تأكيد حاجاتهم الثلاث قبل العرض"),
            StepSeed("shown", "Demo held", "إجراء العرض التوضيحي", by="demo"),
            StepSeed("deciders", "Somebody who decides was there", "حضور شخص من أصحاب القرار"),
            StepSeed("success", "Success criteria agreed in writing", "الاتفاق كتابيًا على معايير النجاح"),
            StepSeed("gaps", "What they missed is written down", "تدوين ما افتقدوه", required=False),
        ),
    ),
    PlaySeed(
        "objections",
        "An objection is a question with feeling in it. Let them finish, ask what is behind it, answer that, and ask whether it "
        "is settled. Log each in the buyer's words: the library shows what has worked. **Unspoken ones lose deals.**",
        "الاعتراض سؤال فيه مشاعر. دعهم يكملون، واسأل عمّا وراءه، وأجب عن ذلك، ثم اسأل هل انتهى الأمر. سجّل كل اعتراض بكلمات "
        "المشتري: فالمكتبة تُظهر ما نجح. **الاعتراضات التي لا تُقال هي التي تُخسر الصفقات.**",
        "Thank you for saying so. What makes you say it now? … If we could settle exactly that, is there anything else that "
        "would keep you from going on?\n\nLet me answer with what [a customer like you] found: [result]. Does that settle it "
        "for you, or only half?\n\nWho in your house will ask the hardest question, and what will it be?",
        "شكرًا على هذه الصراحة. ما الذي يجعلكم تقولون ذلك الآن؟ … لو حسمنا هذه النقطة بعينها، فهل هناك ما يمنعكم من "
        "المتابعة غيرها؟\n\nأجيب بما وجده [عميل مثلكم]: [النتيجة]. هل يحسم ذلك الأمر عندكم أم نصفه فقط؟"
        "\n\nمن في شركتكم سيسأل أصعب سؤال، وما هو؟",
        (
            StepSeed("asked", "Asked for what still stands against it", "السؤال عمّا لا يزال يعترض الأمر"),
            StepSeed(
                "logged",
                "Objections logged in their words",
                "تسجيل الاعتراضات بكلماتهم",
                by="objection",
                required=False,
            ),
            StepSeed("quote", "Quote sent", "إرسال عرض السعر", by="quote"),
            StepSeed(
                "buyer",
                "Price and terms talked over with who decides on money",
                "مناقشة السعر والشروط مع صاحب قرار المال",
            ),
        ),
    ),
    PlaySeed(
        "closing",
        "Write the way to the signature together, backwards from the day they want to begin. Every step has a name and a day, "
        "theirs too. Ask for the order; then be silent. **A discount is traded for something, never given.**",
        "اكتبا معًا الطريق إلى التوقيع، رجوعًا من اليوم الذي يريدون البدء فيه. لكل خطوة اسم ويوم، وخطواتهم كذلك. "
        "اطلب منهم القرار، ثم اصمت. **الخصم يُعطى مقابل شيء، ولا يُمنح مجانًا أبدًا.**",
        "You want to begin on [day]. For that it has to be signed by [day], and before that [legal, purchasing, IT] needs [how "
        "long]. Is that how it goes at your place? What have I forgotten?\n\nIs there anything left that keeps you from "
        "deciding? … Then let us do it.",
        "تريدون البدء يوم [اليوم]. لذلك ينبغي التوقيع قبل [اليوم]، وقبله تحتاج [الشؤون القانونية، المشتريات، تقنية المعلومات] "
        "إلى [المدة]. هل هكذا تسير الأمور عندكم؟ ما الذي نسيته؟\n\nهل بقي ما يمنعكم من القرار؟ … إذن لنبدأ.",
        (
            StepSeed("plan", "Close plan agreed with both sides' steps", "الاتفاق على خطة إغلاق بخطوات الطرفين"),
            StepSeed("signer", "Spoken with who signs", "التحدث مع من يوقّع"),
            StepSeed("asked", "Asked for the order", "طلب إتمام الشراء"),
            StepSeed("handover", "Handed over to who looks after them", "تسليمهم لمن سيعتني بهم", required=False),
        ),
    ),
)
