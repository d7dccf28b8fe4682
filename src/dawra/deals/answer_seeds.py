"""Answers to objections that a new workspace starts with, in both languages. Pure data.

Each listens first, then asks or shows, and ends with a next step. They are marked as starters, can be removed, and are
meant to be replaced by what has proved itself in the company's own deals. Square brackets stand for what only the seller
knows.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerSeed:
    category: str
    name: str
    words: str
    name_ar: str
    words_ar: str


STARTERS: tuple[AnswerSeed, ...] = (
    AnswerSeed(
        "price",
        "What the problem costs today",
        "I understand: it is real money, and you have to answer for it. May we put the price beside what the problem costs "
        "you now? You told me [hours, errors, lost orders] a month. If we work out that sum together and it stays below our "
        "price, you should not buy. Shall we take ten minutes for it now?",
        "كلفة المشكلة اليوم",
        "أتفهّم ذلك: المبلغ حقيقي، وأنتم مسؤولون عنه. هل نضع السعر بجانب ما تكلّفكم المشكلة الآن؟ ذكرتم لي [ساعات، "
        "أخطاء، طلبات ضائعة] في الشهر. إذا حسبنا هذا المبلغ معًا وبقي أقل من سعرنا فلا داعي للشراء. هل نخصص لذلك عشر "
        "دقائق الآن؟",
    ),
    AnswerSeed(
        "price",
        "Too much compared to what?",
        "Thank you for saying so openly. So that I answer the right question: is it too much for this year's budget, compared "
        "with another offer, or compared with what you expect to gain? Each has another answer, and sometimes the honest one "
        "is a smaller scope to begin with.",
        "مرتفع مقارنةً بماذا؟",
        "شكرًا على هذه الصراحة. لكي أجيب عن السؤال الصحيح: هل السعر مرتفع على ميزانية هذا العام، أم مقارنةً بعرض آخر، أم "
        "مقارنةً بما تتوقعون أن تكسبوه؟ لكل حالة جواب مختلف، وأحيانًا يكون الجواب الصادق هو البدء بنطاق أصغر.",
    ),
    AnswerSeed(
        "price",
        "Less scope, not less price",
        "If the sum has to be lower, let us take something out rather than take something off: begin with [one team, one site, "
        "one module], keep the success criteria we agreed on, and decide about the rest when the figures of the first three "
        "months are there. Which part would help you most already?",
        "نطاق أصغر لا سعر أقل",
        "إذا كان لا بد من مبلغ أقل فلنقلّص النطاق بدل أن نخفض السعر: نبدأ بـ[فريق واحد، موقع واحد، وحدة واحدة]، ونُبقي "
        "معايير النجاح التي اتفقنا عليها، ونقرر البقية حين تظهر أرقام الأشهر الثلاثة الأولى. أي جزء ينفعكم أكثر منذ الآن؟",
    ),
    AnswerSeed(
        "product",
        "What would it have to do?",
        "You need it to [what is missing]. Tell me about the last time you needed that: who did it, how often, and what "
        "happened without it? Perhaps we solve it another way; if not, I will say so, and we look at whether the rest is worth "
        "it without.",
        "ما الذي تريدون أن يفعله؟",
        "تحتاجون إلى [ما ينقص]. حدّثوني عن آخر مرة احتجتم إليه فيها: من قام به، وكم مرة يتكرر، وماذا حدث من دونه؟ ربما "
        "نحلّه بطريقة أخرى، وإن لم نستطع فسأقول ذلك، وننظر معًا هل تستحق بقية المنتج الشراء من دونه.",
    ),
    AnswerSeed(
        "product",
        "See it with your own data",
        "You should not take my word for it. Give us [a sample of your data, one of your sites] and two of your people for an "
        "hour; we set it up, they try exactly that case, and you hear from them. Would Tuesday or Thursday suit?",
        "تجربة ببياناتكم",
        "لا ينبغي أن تكتفوا بكلامي. أعطونا [عيّنة من بياناتكم، أحد مواقعكم] واثنين من فريقكم لمدة ساعة؛ نُجهّز كل شيء، "
        "ويجرّبان هذه الحالة بعينها، ثم تسمعون منهما. هل يناسبكم الثلاثاء أم الخميس؟",
    ),
    AnswerSeed(
        "product",
        "Where it is not the best",
        "That is true: in [this point] others do more. Our customers chose us for [the two things they named], and they live "
        "with it by [how]. If this point decides for you, we are the wrong choice. How much of your week does it really touch?",
        "حيث لسنا الأفضل",
        "هذا صحيح: في [هذه النقطة] يقدم غيرنا أكثر. اختارنا عملاؤنا من أجل [الأمرين اللذين ذكروهما]، ويتعاملون مع هذه "
        "النقطة عبر [الطريقة]. إن كانت هي الحاسمة عندكم فلسنا الخيار المناسب. كم تمسّ فعلًا من أسبوع عملكم؟",
    ),
    AnswerSeed(
        "competition",
        "What do you like about them?",
        "They are a serious company. What do you like best about their offer, and what has made you talk to us all the same? "
        "If you write down the three points that must be right, I will fill in our column as honestly as I can, and you check "
        "both of us against it.",
        "ما الذي يعجبكم لديهم؟",
        "إنها شركة جادة. ما أكثر ما يعجبكم في عرضهم، وما الذي جعلكم تتحدثون إلينا مع ذلك؟ إن كتبتم النقاط الثلاث التي لا "
        "بد أن تكون صحيحة فسأملأ خانتنا بأكبر قدر من الصدق، ثم تقيسوننا معًا عليها.",
    ),
    AnswerSeed(
        "competition",
        "Ask somebody who had both",
        "You need not choose between two brochures. [Customer] used them for two years and has been with us since [year]; their "
        "[role] will tell you what got better and what did not. May I introduce you by e-mail today?",
        "سؤال من جرّب الاثنين",
        "لا داعي إلى الاختيار بين كتيّبين. استخدمت [شركة عميلة] منتجهم عامين وهي معنا منذ [السنة]؛ وسيخبركم [المنصب] "
        "لديهم بما تحسّن وما لم يتحسّن. هل أعرّفكم إليهم برسالة اليوم؟",
    ),
    AnswerSeed(
        "competition",
        "The whole cost of changing",
        "Staying with what you have is also a choice, and it has the advantage that it works today. Let us count both ways to "
        "the end: licences, the hours around it, changing over, training. If changing does not pay within [months], stay, and "
        "we speak again when your contract ends.",
        "كلفة التغيير كاملة",
        "البقاء على ما لديكم خيار أيضًا، وميزته أنه يعمل اليوم. فلنحسب الطريقين حتى النهاية: التراخيص، والساعات المصروفة "
        "حوله، والانتقال، والتدريب. إن لم يسدّد التغيير كلفته خلال [عدد] أشهر فابقوا، ونتحدث مجددًا عند انتهاء عقدكم.",
    ),
    AnswerSeed(
        "timing",
        "What happens if you wait?",
        "That may be right. What would have to be different in [three months], and what will it have cost you until then? If "
        "nothing changes by waiting, a small beginning now is less work than starting anew later. If something does, let us put "
        "the day into the calendar.",
        "ماذا يحدث إذا انتظرتم؟",
        "قد يكون ذلك صوابًا. ما الذي ينبغي أن يتغير بعد [ثلاثة أشهر]، وكم سيكون قد كلّفكم الأمر حتى ذلك الحين؟ إن كان "
        "الانتظار لا يغيّر شيئًا فالبداية الصغيرة الآن أقل عناءً من البدء من جديد لاحقًا. وإن كان يغيّر فلنضع اليوم في "
        "التقويم.",
    ),
    AnswerSeed(
        "timing",
        "Plan back from your date",
        "When do you want the first result: before [season, audit, opening]? Counted back from there, the decision falls on "
        "[date], because setting up takes [weeks]. What else do you have in those weeks? We can take most of the work off your "
        "people.",
        "التخطيط رجوعًا من موعدكم",
        "متى تريدون أول نتيجة: قبل [الموسم، التدقيق، الافتتاح]؟ بالحساب رجوعًا من ذلك اليوم يقع القرار في [التاريخ] لأن "
        "التجهيز يستغرق [عدد] أسابيع. ما الذي يشغلكم في تلك الأسابيع؟ يمكننا أن نرفع معظم العمل عن فريقكم.",
    ),
    AnswerSeed(
        "timing",
        "A quiet start",
        "Your people are busy, so we should not add to it. We begin with what needs nobody: [import, settings, first report]. "
        "You see the first result before anybody has to learn anything, and decide then about the next step.",
        "بداية هادئة",
        "فريقكم مشغول، فلا ينبغي أن نزيد عليه. نبدأ بما لا يحتاج إلى أحد: [الاستيراد، الإعدادات، التقرير الأول]. ترون "
        "أول نتيجة قبل أن يضطر أحد إلى تعلّم شيء، ثم تقررون الخطوة التالية.",
    ),
    AnswerSeed(
        "authority",
        "Who else has to be convinced?",
        "That is usual with a decision of this size. Who else will look at it, and what will each of them want to know first? "
        "If you tell me, I prepare one page for each, in their words, and you decide whether I join you or you go alone.",
        "من ينبغي إقناعه أيضًا؟",
        "هذا معتاد في قرار بهذا الحجم. من سينظر فيه أيضًا، وما أول ما يريد كل منهم معرفته؟ إن أخبرتموني أعددت لكل منهم "
        "صفحة واحدة بلغته، وأنتم تقررون هل أنضم إليكم أم تعرضونها وحدكم.",
    ),
    AnswerSeed(
        "authority",
        "Would you buy it yourself?",
        "Before we go to [decision maker]: if it were yours to decide, would you do it? What holds you back is probably what "
        "they will ask too. Let us answer that first, so that you stand behind it.",
        "هل تشترونه لو كان القرار لكم؟",
        "قبل أن نذهب إلى [صاحب القرار]: لو كان القرار لكم، هل تمضون فيه؟ ما يمنعكم هو على الأغلب ما سيسألون عنه أيضًا. "
        "فلنجب عنه أولًا لكي تقفوا خلفه مطمئنين.",
    ),
    AnswerSeed(
        "authority",
        "Twenty minutes, three of us",
        "May I suggest twenty minutes with you and [decision maker]: five on what you want to reach, ten on the figures we "
        "worked out, five for the question that decides. You have told them already what it is about; I bring the paper.",
        "عشرون دقيقة لثلاثتنا",
        "أقترح عشرين دقيقة معكم ومع [صاحب القرار]: خمس لما تريدون بلوغه، وعشر للأرقام التي حسبناها، وخمس للسؤال الحاسم. "
        "أنتم أخبرتموهم بالموضوع من قبل، وأنا أُحضر الورقة.",
    ),
    AnswerSeed(
        "trust",
        "Call somebody like you",
        "You do not know us yet, so asking is right. I give you three customers of your size in [industry], one of them where it "
        "was not easy at the beginning. Ask them what went wrong and how we dealt with it. Whom would you like to speak "
        "to first?",
        "اتصال بمن يشبهكم",
        "لا تعرفوننا بعد، فالسؤال في محله. أعطيكم ثلاثة عملاء بحجمكم في [القطاع]، واحد منهم لم تكن البداية معه سهلة. "
        "اسألوهم عمّا تعثّر وكيف عالجناه. مع من تودّون الحديث أولًا؟",
    ),
    AnswerSeed(
        "trust",
        "Where your data stays",
        "Your concern is right; it is your customers' data. Here is what stays where: [place], who may see it: [roles], and how "
        "you take everything out again on any day: [format]. Your security people get the paper today and an hour with ours "
        "this week. Which question should be answered first?",
        "أين تبقى بياناتكم",
        "قلقكم في محله، فهي بيانات عملائكم. هذا ما يبقى وأين: [المكان]، ومن يطّلع عليه: [الأدوار]، وكيف تُخرجون كل شيء "
        "في أي يوم: [الصيغة]. يحصل مسؤولو الأمن لديكم على الوثيقة اليوم وعلى ساعة مع فريقنا هذا الأسبوع. أي سؤال نجيب "
        "عنه أولًا؟",
    ),
    AnswerSeed(
        "trust",
        "A way out, in writing",
        "You should be able to leave without asking us. We write into the contract: [notice], your data in an open format within "
        "[days], and success criteria after which you may step back. If that is in it, what else would make you hesitate?",
        "مخرج مكتوب",
        "ينبغي أن تستطيعوا المغادرة دون استئذاننا. نكتب في العقد: [مهلة الإشعار]، وتسليم بياناتكم بصيغة مفتوحة خلال "
        "[عدد] أيام، ومعايير نجاح يحق لكم الانسحاب إن لم تتحقق. إذا تضمّن العقد ذلك، فما الذي يبقى مدعاةً للتردد؟",
    ),
    AnswerSeed(
        "need",
        "How do you do it today?",
        "Perhaps you are right and you do not need it. May I ask how it works today: who does it, how long does it take, and "
        "what happens when that person is away? If it runs well, I say so and we part as friends.",
        "كيف تُنجزونه اليوم؟",
        "ربما كنتم على حق ولا تحتاجون إليه. هل لي أن أسأل كيف يسير الأمر اليوم: من يقوم به، وكم يستغرق، وماذا يحدث حين "
        "يغيب ذلك الشخص؟ إن كان يسير جيدًا فسأقول ذلك ونفترق أصدقاء.",
    ),
    AnswerSeed(
        "need",
        "What others found",
        "[Company like yours] said the same. They then counted for two weeks how often [problem] occurred, and were surprised: "
        "[figure]. Would you like to count along for two weeks? I send the sheet, it takes two minutes a day, and the figure is "
        "yours whatever comes of it.",
        "ما وجده آخرون",
        "قالت [شركة تشبهكم] الأمر نفسه. ثم أحصت مدة أسبوعين كم مرة تحدث [المشكلة]، فكانت المفاجأة: [الرقم]. هل تودّون "
        "الإحصاء أسبوعين؟ أرسل الجدول، ولا يستغرق أكثر من دقيقتين في اليوم، والرقم لكم مهما كانت النتيجة.",
    ),
    AnswerSeed(
        "need",
        "What do you want to reach this year?",
        "Let us leave the product aside. Which two figures do you want to move this year, and what stands in the way? If we have "
        "nothing to do with it, I should not take your time. If we do, I show exactly that part and nothing else.",
        "ما الذي تريدون بلوغه هذا العام؟",
        "لنترك المنتج جانبًا. ما الرقمان اللذان تريدون تحريكهما هذا العام، وما الذي يعترض الطريق؟ إن لم تكن لنا صلة بذلك "
        "فلا ينبغي أن آخذ من وقتكم. وإن كانت، عرضتُ ذلك الجزء بعينه ولا شيء سواه.",
    ),
)
