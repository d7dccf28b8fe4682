"""Two training paths of the sample company, in both languages: demos that lead to a decision, and talking about price. Pure data.

Keys stay for good: what was learned is kept under them.
"""

from dawra.team.learning import Content, Lesson, Option, Point, Question
from dawra.team.training_seeds import PathSeed

DEMO_LESSONS = (
    Lesson(
        "before",
        "Before the demo: whose pain, and who decides",
        "قبل العرض: ألم مَن، ومَن يقرّر",
        "A demo shows that something **they** said is solved. Whoever shows everything has not asked.\n\n"
        "### Three things you know before you open the screen\n\n"
        "1. **Two or three pains, in their words.** “The vans stand at the depot until nine” is one. “Better efficiency” is "
        "not.\n"
        "2. **What each pain costs.** Hours, fuel, a customer who left. A number they gave, not one you looked up.\n"
        "3. **Who will be in the room, and who decides.** If the one who decides is not there, ask: “What will she want to "
        "see, and may we show it to her directly?”\n\n"
        "### Say the plan first\n\n"
        "Send three lines the day before: what you will show, in which order, and what you would like to agree on at the end. "
        "Half of all surprises happen because nobody said this.\n\n"
        "> Try it: take your next demo and write beside each feature **the sentence of theirs** that it answers. A feature "
        "without a sentence is left out.",
        "يُظهر العرض أن شيئًا **قالوه هم** قد حُلّ. ومن يعرض كل شيء لم يسأل.\n\n"
        "### ثلاثة أمور تعرفها قبل أن تفتح الشاشة\n\n"
        "1. **ألمان أو ثلاثة، بكلماتهم.** «تقف السيارات في المستودع حتى التاسعة» ألم. أما «كفاءة أفضل» فليس ألمًا.\n"
        "2. **كلفة كل ألم.** ساعات، أو وقود، أو عميل رحل. رقم ذكروه هم، لا رقم بحثت عنه أنت.\n"
        "3. **من سيحضر، ومن يقرّر.** إن غاب صاحب القرار فاسأل: «ماذا ستريد أن ترى؟ وهل نعرضه عليها مباشرة؟»\n\n"
        "### قل الخطة أولًا\n\n"
        "أرسل ثلاثة أسطر قبل الموعد بيوم: ماذا ستعرض، وبأي ترتيب، وما الذي تود الاتفاق عليه في النهاية. نصف المفاجآت سببها أن "
        "أحدًا لم يقل ذلك.\n\n"
        "> جرّب: خذ عرضك القادم واكتب بجانب كل ميزة **الجملة التي قالوها** وتجيب عنها. والميزة التي لا جملة لها تُترك.",
    ),
    Lesson(
        "during",
        "During the demo: show, stop, ask",
        "أثناء العرض: اعرض، ثم توقّف، ثم اسأل",
        "Begin with the end: the one screen that answers their worst pain. People remember what came first and what came "
        "last.\n\n"
        "### One rhythm for every part\n\n"
        "- **Say the pain** in their words: “You told me the depot stands still until nine.”\n"
        "- **Show** the shortest way to its end. Three clicks, not the menu.\n"
        "- **Stop.** Take the hand off the mouse.\n"
        "- **Ask** something they cannot answer with yes: “How would that work on your Sunday morning?”\n\n"
        "Write down the reaction beside each part: liked, doubted, indifferent. Indifferent is worth as much as liked: leave it "
        "out next time.\n\n"
        "### When they ask for something you do not have\n\n"
        "Say so, and ask what they need it for. “We do not have that. What would you do with it?” Every second time there is "
        "another way to the same end. A gap you hid comes back at the signature.",
        "ابدأ بالنهاية: بالشاشة الواحدة التي تجيب عن أشد آلامهم. فالناس يتذكرون ما جاء أولًا وما جاء أخيرًا.\n\n"
        "### إيقاع واحد لكل جزء\n\n"
        "- **قل الألم** بكلماتهم: «أخبرتني أن المستودع يبقى واقفًا حتى التاسعة».\n"
        "- **اعرض** أقصر طريق إلى نهايته. ثلاث نقرات، لا القائمة كلها.\n"
        "- **توقّف.** ارفع يدك عن الفأرة.\n"
        "- **اسأل** ما لا يُجاب عنه بنعم: «كيف يجري هذا عندكم صباح الأحد؟»\n\n"
        "دوّن رد الفعل بجانب كل جزء: أعجبهم، أو شكّوا فيه، أو لم يبالوا. وعدم المبالاة يساوي الإعجاب نفعًا: اتركه في المرة "
        "القادمة.\n\n"
        "### حين يطلبون ما ليس عندكم\n\n"
        "قل ذلك، واسأل فيمَ يحتاجونه. «ليس عندنا هذا. ماذا كنت ستفعل به؟» وفي نصف الحالات يوجد طريق آخر إلى الغاية نفسها. "
        "والنقص الذي أخفيته يعود عند التوقيع.",
    ),
    Lesson(
        "after",
        "The last five minutes",
        "الدقائق الخمس الأخيرة",
        "Stop five minutes early, whatever is left to show. Those five minutes decide what the other forty were worth.\n\n"
        "1. **Ask for the verdict:** “Of what you saw, what would change your week, and what would not?”\n"
        "2. **Ask for the obstacle:** “If this were yours to decide, what would still stand in the way?”\n"
        "3. **Agree on a step with a day and a name.** Theirs, not only yours: they send the list of vehicles by Wednesday, you "
        "bring the quote on Sunday at ten.\n\n"
        "“We will think about it” is no step. Answer: “Gladly. What exactly will you think about, and with whom?”\n\n"
        "> Write it down within the hour: reactions, gaps, next step. What is written the day after is half invented.",
        "توقّف قبل الموعد بخمس دقائق، مهما بقي لديك. فهذه الدقائق الخمس تحسم قيمة الأربعين التي سبقتها.\n\n"
        "1. **اطلب الحكم:** «مما رأيتم، ما الذي يغيّر أسبوعكم، وما الذي لا يغيّره؟»\n"
        "2. **اطلب العائق:** «لو كان القرار لك، فما الذي يبقى في الطريق؟»\n"
        "3. **اتفقا على خطوة لها يوم واسم.** خطوة منهم لا منك فقط: يرسلون قائمة المركبات قبل الأربعاء، وتأتي أنت بالعرض يوم "
        "الأحد في العاشرة.\n\n"
        "«سنفكر في الأمر» ليست خطوة. أجب: «بكل سرور. فيمَ ستفكرون تحديدًا، ومع من؟»\n\n"
        "> دوّن ذلك خلال ساعة: ردود الفعل، والنواقص، والخطوة التالية. فما يُكتب في اليوم التالي نصفه من الخيال.",
    ),
)

DEMO_QUIZ = (
    Question(
        "choose",
        "You have forty minutes and twelve features. What do you show?",
        "لديك أربعون دقيقة واثنتا عشرة ميزة. ماذا تعرض؟",
        False,
        (
            Option("all", "All twelve, briefly", "كلها، باختصار"),
            Option("pains", "Those that answer what they told you", "ما يجيب عمّا قالوه لك", True),
            Option("new", "The newest ones", "أحدثها"),
        ),
        "A feature that answers no sentence of theirs costs attention for the ones that do.",
        "الميزة التي لا تجيب عن جملة قالوها تأخذ الانتباه من التي تجيب.",
    ),
    Question(
        "gap",
        "They ask for something you do not have. What do you do?",
        "يطلبون شيئًا ليس عندكم. ماذا تفعل؟",
        False,
        (
            Option("plan", "Say that it is planned", "تقول إنه في الخطة"),
            Option("say", "Say so, and ask what they need it for", "تقول ذلك، وتسأل فيمَ يحتاجونه", True),
            Option("skip", "Go on to the next screen", "تنتقل إلى الشاشة التالية"),
        ),
        "The purpose often has another way. A promise you cannot keep is paid for at the signature.",
        "كثيرًا ما يكون للغاية طريق آخر. والوعد الذي لا تفي به تدفع ثمنه عند التوقيع.",
    ),
    Question(
        "ends",
        "Which of these end a demo well? Several may be right.",
        "أي هذه يختم العرض ختامًا حسنًا؟ قد يصح أكثر من جواب.",
        True,
        (
            Option("think", "“Think about it, and call me”", "«فكّروا في الأمر واتصلوا بي»"),
            Option("list", "“You send the list by Wednesday”", "«ترسلون القائمة قبل الأربعاء»", True),
            Option("way", "“What would still stand in the way?”", "«ما الذي يبقى في الطريق؟»", True),
            Option("more", "Ten more features", "عشر ميزات أخرى"),
        ),
        "A step of theirs with a day, and the obstacle said aloud: both tell you whether there is a deal.",
        "خطوة منهم لها يوم، وعائق يُقال صراحة: كلاهما يخبرك هل هناك صفقة.",
    ),
    Question(
        "absent",
        "The one who decides is not in the room. What do you ask?",
        "صاحب القرار غير حاضر. ماذا تسأل؟",
        False,
        (
            Option("tell", "Whether they can tell her about it", "هل يستطيعون إخبارها"),
            Option(
                "see", "What she will want to see, and whether you may show it to her",
                "ماذا ستريد أن ترى، وهل تعرضه عليها", True,
            ),
            Option("nothing", "Nothing: whoever came will convince her", "لا شيء: من حضر سيقنعها"),
        ),
        "What is retold loses most of itself, and you hear none of her questions.",
        "ما يُروى يضيع أكثره، ولا تسمع شيئًا من أسئلتها.",
    ),
)  # fmt: skip

PRICE_LESSONS = (
    Lesson(
        "heard",
        "“Too expensive” has four meanings",
        "«السعر مرتفع» لها أربعة معانٍ",
        "Before you answer, find out which one you heard.\n\n"
        "- **Compared to what?** To another offer, to last year, to doing nothing.\n"
        "- **Not in this budget.** The value is clear, the pot is empty. Then it is about when and from where, not how much.\n"
        "- **I do not see the value yet.** Then no discount helps: half of too much is still too much.\n"
        "- **I always say that.** Buyers are paid for asking.\n\n"
        "One question sorts them: “Help me understand: expensive compared to what?” Then be silent. The first answer is a "
        "reflex, the second one is the reason.\n\n"
        "> Try it: for three lost deals marked “price”, write down which of the four it was. Usually you do not know. That is "
        "the lesson.",
        "قبل أن تجيب، اعرف أيها سمعت.\n\n"
        "- **مقارنةً بماذا؟** بعرض آخر، أو بالعام الماضي، أو بألّا يُفعل شيء.\n"
        "- **ليس في هذه الميزانية.** القيمة واضحة والصندوق خالٍ. فالسؤال إذن متى ومن أين، لا كم.\n"
        "- **لا أرى القيمة بعد.** وعندئذ لا ينفع خصم: نصف الكثير كثير.\n"
        "- **أقول هذا دائمًا.** فالمشترون يتقاضون أجرًا على السؤال.\n\n"
        "سؤال واحد يفرزها: «ساعدني على الفهم: مرتفع مقارنةً بماذا؟» ثم اصمت. فالجواب الأول عادة، والثاني هو السبب.\n\n"
        "> جرّب: في ثلاث صفقات خاسرة سببها «السعر»، اكتب أيّ الأربعة كان. في الغالب لا تعرف. وهذا هو الدرس.",
    ),
    Lesson(
        "value",
        "Put the cost of today beside the price",
        "ضع كلفة اليوم بجانب السعر",
        "A price alone is always high. Beside what the problem costs, it has a size.\n\n"
        "### Work it out together\n\n"
        "1. Take **their** number: forty vans, half an hour lost each morning.\n"
        "2. Let **them** say what an hour is worth. Do not correct them upwards.\n"
        "3. Multiply in front of them, and round **down**.\n"
        "4. Ask: “Is that about right, or am I exaggerating?”\n\n"
        "A figure they corrected is theirs, and they will defend it in the meeting where you are not.\n\n"
        "### What not to do\n\n"
        "- No study from elsewhere. “Customers save 30 %” convinces nobody about their own vans.\n"
        "- No fear. Whoever is frightened into buying leaves as soon as he can.",
        "السعر وحده مرتفع دائمًا. وبجانب كلفة المشكلة يصبح له حجم.\n\n"
        "### احسبا معًا\n\n"
        "1. خذ **رقمهم**: أربعون سيارة، ونصف ساعة ضائعة كل صباح.\n"
        "2. ولْيقولوا **هم** كم تساوي الساعة. ولا تصحّح لهم إلى الأعلى.\n"
        "3. اضرب أمامهم، وقرّب **إلى الأدنى**.\n"
        "4. اسأل: «هل هذا قريب من الصواب، أم أبالغ؟»\n\n"
        "الرقم الذي صحّحوه رقمهم، وسيدافعون عنه في الاجتماع الذي لا تحضره.\n\n"
        "### ما ينبغي تجنّبه\n\n"
        "- لا دراسة من مكان آخر. «يوفّر عملاؤنا 30٪» لا تقنع أحدًا بشأن سياراته.\n"
        "- لا تخويف. فمن اشترى خائفًا رحل متى استطاع.",
    ),
    Lesson(
        "give",
        "Never give without taking",
        "لا تُعطِ دون أن تأخذ",
        "A discount given for nothing says that the first price was not meant seriously. Then the second is not either.\n\n"
        "If you move, **trade**: a longer term, payment in advance, a smaller scope, a reference, a signature this month. Say "
        "the *if* before the *then*: “**If** we agree on two years, **then** I can do eight percent.”\n\n"
        "- Decide beforehand how far you may go, and ask for approval beforehand too.\n"
        "- Go in steps that become smaller. Equal steps say: there is more.\n"
        "- Prefer taking something out to making it cheaper: “For that amount we begin with twenty vans.”\n\n"
        "And sometimes the right answer is no. “I cannot do it for that, and I would rather tell you today.” A deal lost in "
        "week two costs less than one lost in month five.",
        "الخصم بلا مقابل يقول إن السعر الأول لم يكن جادًّا. فالثاني إذن ليس جادًّا.\n\n"
        "إن تحرّكت **فبادِل**: مدة أطول، أو دفعًا مقدمًا، أو نطاقًا أصغر، أو توصية، أو توقيعًا هذا الشهر. قل الشرط قبل العطاء: "
        "«**إن** اتفقنا على سنتين، **فلك** ثمانية في المئة».\n\n"
        "- قرّر مسبقًا إلى أين تستطيع أن تذهب، واطلب الموافقة مسبقًا أيضًا.\n"
        "- تحرّك بخطوات تصغر. فالخطوات المتساوية تقول: بقي المزيد.\n"
        "- إنقاص النطاق خير من خفض الثمن: «بهذا المبلغ نبدأ بعشرين سيارة».\n\n"
        "وأحيانًا يكون الجواب الصحيح لا. «لا أستطيع بهذا السعر، وأفضّل أن أقولها اليوم». فالصفقة التي تُخسر في الأسبوع الثاني أرخص "
        "من التي تُخسر في الشهر الخامس.",
    ),
)

PRICE_QUIZ = (
    Question(
        "first",
        "“Your price is too high.” What do you say first?",
        "«سعركم مرتفع». ماذا تقول أولًا؟",
        False,
        (
            Option("cut", "“I can do ten percent”", "«أستطيع خصم عشرة في المئة»"),
            Option("ask", "“Compared to what?”", "«مقارنةً بماذا؟»", True),
            Option("worth", "“We are worth it”", "«نحن نستحق ذلك»"),
        ),
        "Four different things sound the same. Until you know which, every answer is a guess.",
        "أربعة أشياء مختلفة تبدو شيئًا واحدًا. وإلى أن تعرف أيها هو، فكل جواب تخمين.",
    ),
    Question(
        "budget",
        "They see the value, and this year's budget is spent. What helps?",
        "يرون القيمة، وميزانية هذا العام أُنفقت. ما الذي ينفع؟",
        False,
        (
            Option("cheap", "A lower price", "سعر أقل"),
            Option(
                "when", "A smaller beginning now and the rest from the next budget",
                "بداية أصغر الآن والباقي من الميزانية التالية", True,
            ),
            Option("push", "To say that the price rises next month", "أن تقول إن السعر سيرتفع الشهر القادم"),
        ),
        "The pot is empty, whatever the price. Ask when it is filled and who fills it.",
        "الصندوق خالٍ مهما كان السعر. اسأل متى يُملأ ومن يملؤه.",
    ),
    Question(
        "number",
        "Whose number do you use for what the problem costs?",
        "رقم مَن تستعمل لكلفة المشكلة؟",
        False,
        (
            Option("theirs", "Theirs, even if it is low", "رقمهم، ولو كان منخفضًا", True),
            Option("study", "That of a study", "رقم دراسة"),
            Option("ours", "That of our best customer", "رقم أفضل عملائنا"),
        ),
        "They defend their own number when you are not in the room.",
        "يدافعون عن رقمهم حين لا تكون حاضرًا.",
    ),
    Question(
        "trade",
        "For what may you lower the price? Several may be right.",
        "مقابل ماذا تخفض السعر؟ قد يصح أكثر من جواب.",
        True,
        (
            Option("term", "A longer term", "مدة أطول", True),
            Option("scope", "A smaller scope", "نطاق أصغر", True),
            Option("nice", "Because they were friendly", "لأنهم كانوا لطفاء"),
            Option("quick", "To have it over with", "لتنتهي من الأمر"),
        ),
        "Give only against something, and say the if before the then.",
        "لا تعطِ إلا مقابل شيء، وقل الشرط قبل العطاء.",
    ),
)  # fmt: skip

DEMOS = PathSeed(
    "Demos that decide",
    "عروض تنتهي بقرار",
    "Show what they said they need, hear what they think of it, and leave with a step that has a day. About fifty minutes.",
    "اعرض ما قالوا إنهم يحتاجونه، واسمع رأيهم فيه، واخرج بخطوة لها يوم. نحو خمسين دقيقة.",
    Content(DEMO_LESSONS, DEMO_QUIZ),
    pass_bp=7500,
)
PRICE = PathSeed(
    "Talking about price",
    "الحديث عن السعر",
    "What “too expensive” means, how a price gets its size, and what to take when you give. An hour, and a role-play.",
    "ماذا تعني «السعر مرتفع»، وكيف يكتسب السعر حجمه، وماذا تأخذ حين تعطي. ساعة، ومشهد تمثيلي.",
    Content(
        PRICE_LESSONS,
        PRICE_QUIZ,
        "**Twelve minutes.** Your colleague buys for a food company with sixty lorries. She likes what she saw and has a cheaper "
        "offer on the table, which leaves out the fitting. She mentions that only if you ask what she compares with. Her limit "
        "is ten percent below your quote; for two years she may sign alone.\n\nFind out what the price is compared with, and "
        "come to a trade or to an honest no.",
        "**اثنتا عشرة دقيقة.** زميلك مسؤولة مشتريات في شركة أغذية لديها ستون شاحنة. أعجبها ما رأت، وأمامها عرض أرخص لا يشمل "
        "التركيب. ولا تذكر ذلك إلا إذا سألت بماذا تقارن. حدّها عشرة في المئة دون عرضك، ولمدة سنتين تستطيع التوقيع وحدها.\n\n"
        "اعرف بماذا يُقارَن السعر، وصِلا إلى مبادلة أو إلى رفض صريح.",
        (
            Point(
                "asks", "Asks what the price is compared with, before answering",
                "يسأل بماذا يُقارَن السعر قبل أن يجيب", 3,
            ),
            Point(
                "size", "Puts the cost of today beside the price, in the buyer's numbers",
                "يضع كلفة اليوم بجانب السعر بأرقام المشتري", 2,
            ),
            Point("trade", "Gives nothing without taking something", "لا يعطي شيئًا دون مقابل", 3),
            Point("calm", "Stays calm and kind when pressed", "يبقى هادئًا لطيفًا تحت الضغط", 1),
        ),
    ),
    pass_bp=7500, rubric_pass=32,
)  # fmt: skip
