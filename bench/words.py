"""Names the generated company is made of, in both scripts."""

GIVEN = (
    ("Layla", "ليلى"), ("Huda", "هدى"), ("Omar", "عمر"), ("Sami", "سامي"), ("Nour", "نور"), ("Faris", "فارس"), ("Maya", "مايا"),
    ("Tariq", "طارق"), ("Rania", "رانيا"), ("Karim", "كريم"), ("Dina", "دينا"), ("Yusuf", "يوسف"), ("Aisha", "عائشة"), ("Khalid", "خالد"),
    ("Emma", ""), ("Jonas", ""), ("Sofia", ""), ("Liam", ""), ("Anna", ""), ("Pierre", ""), ("Ingrid", ""), ("Marco", ""), ("Elena", ""),
)  # fmt: skip
FAMILY = (
    ("Mansour", "منصور"), ("Al-Harbi", "الحربي"), ("Haddad", "حداد"), ("Khoury", "خوري"), ("Al-Otaibi", "العتيبي"), ("Najjar", "نجار"),
    ("Amin", "أمين"), ("Saleh", "صالح"), ("Darwish", "درويش"), ("Al-Qahtani", "القحطاني"), ("Fahmy", "فهمي"), ("Zayed", "زايد"),
    ("Miller", ""), ("Jansen", ""), ("Rossi", ""), ("Novak", ""), ("Larsen", ""), ("Garcia", ""), ("Weber", ""), ("Dubois", ""),
)  # fmt: skip
PLACES = (
    ("Nile", "النيل"), ("Gulf", "الخليج"), ("Petra", "بترا"), ("Cedar", "الأرز"), ("Oasis", "الواحة"), ("Atlas", "أطلس"),
    ("Marina", "مارينا"), ("Sahara", "صحارى"), ("Hilal", "الهلال"), ("Barq", "برق"), ("Qamar", "قمر"), ("Rimal", "رمال"),
)  # fmt: skip
TRADES = (
    ("Foods", "للأغذية"), ("Logistics", "للخدمات اللوجستية"), ("Clinics", "للعيادات"), ("Schools", "للتعليم"), ("Hotels", "للفنادق"),
    ("Insurance", "للتأمين"), ("Retail", "للتجزئة"), ("Construction", "للمقاولات"), ("Bottling", "للتعبئة"), ("Trading", "للتجارة"),
)  # fmt: skip
WANTS = (
    "Fleet tracking",
    "Annual licence",
    "Pilot",
    "Expansion",
    "Route planning",
    "Support plan",
    "Renewal",
    "New site",
)
STEPS = (
    "Send the quote",
    "Call the fleet manager",
    "Book the demo",
    "Answer security questions",
    "Map decision makers",
    "Send intro note",
)
STAGES = (
    ("prospecting", "Prospecting", "التنقيب", "open", 500, 14, ("Fits the ideal customer profile", "يطابق ملف العميل المثالي")),
    ("research", "Research", "البحث", "open", 1000, 10, ("Pain and trigger event written down", "تدوين المشكلة والحدث المحفّز")),
    ("first_contact", "First contact", "التواصل الأول", "open", 2500, 14, ("Next meeting booked", "حجز الاجتماع التالي")),
    ("demo", "Product demo", "العرض التوضيحي", "open", 4500, 10, ("Success criteria agreed in writing", "الاتفاق كتابيًا على معايير النجاح")),
    ("objections", "Handling objections", "معالجة الاعتراضات", "open", 6500, 14, ("Quote sent", "إرسال عرض السعر")),
    ("closing", "Closing", "الإغلاق", "open", 8500, 10, ("Contract with signatory", "العقد لدى المفوّض بالتوقيع")),
    ("won", "Won", "فوز", "won", 10000, 0, None),
    ("lost", "Lost", "خسارة", "lost", 0, 0, None),
)  # fmt: skip
CITIES = (
    ("SA", "Riyadh"),
    ("AE", "Dubai"),
    ("EG", "Cairo"),
    ("DE", "Berlin"),
    ("NL", "Utrecht"),
    ("JO", "Amman"),
    ("FR", "Lyon"),
)
SOURCES = ("web", "referral", "expo", "outbound", "webinar")
