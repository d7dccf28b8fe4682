"""What a new workspace finds: reasons to reject a lead, and two rules of assignment. Theirs to change from then on."""

REASONS = (
    ("not_a_fit", "Not a fit", "غير ملائم"),
    ("no_need", "No need now", "لا حاجة حاليًا"),
    ("no_budget", "No budget", "لا ميزانية"),
    ("wrong_contact", "Wrong or unreachable contact", "جهة اتصال خاطئة أو لا يمكن الوصول إليها"),
    ("student_or_supplier", "Student, job seeker or supplier", "طالب أو باحث عن عمل أو مورّد"),
    ("spam", "Spam or test", "رسالة مزعجة أو تجربة"),
    ("known_already", "Already in contact", "التواصل معه قائم"),
)

RULES = (
    ("Whoever looks after the customer", "من يتابع العميل", "owner"),
    ("In turn among whoever takes leads", "بالدور بين من يستلم العملاء المحتملين", "round_robin"),
)
