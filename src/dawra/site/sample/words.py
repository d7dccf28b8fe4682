"""The words the sample company is made of: names in both scripts, places, trades, and what people write."""

GIVEN = (
    ("Ahmad", "أحمد"), ("Khalid", "خالد"), ("Omar", "عمر"), ("Yousef", "يوسف"), ("Hassan", "حسن"), ("Tariq", "طارق"),
    ("Faisal", "فيصل"), ("Nasser", "ناصر"), ("Sami", "سامي"), ("Karim", "كريم"), ("Ziad", "زياد"), ("Majed", "ماجد"),
    ("Rami", "رامي"), ("Bilal", "بلال"), ("Adel", "عادل"), ("Mazen", "مازن"), ("Walid", "وليد"), ("Hani", "هاني"),
    ("Fatima", "فاطمة"), ("Mariam", "مريم"), ("Noura", "نورة"), ("Huda", "هدى"), ("Layla", "ليلى"), ("Salma", "سلمى"),
    ("Rania", "رانيا"), ("Dina", "دينا"), ("Aisha", "عائشة"), ("Mona", "منى"), ("Reem", "ريم"), ("Hana", "هناء"),
    ("Yara", "يارا"), ("Amal", "أمل"), ("Sara", "سارة"), ("Lina", "لينا"), ("Nadia", "نادية"), ("Ghada", "غادة"),
    ("James", "جيمس"), ("Emma", "إيما"), ("Daniel", "دانيال"), ("Sofia", "صوفيا"), ("Lucas", "لوكاس"), ("Maya", "مايا"),
)  # fmt: skip
FAMILY = (
    ("Al-Harbi", "الحربي"), ("Al-Qahtani", "القحطاني"), ("Al-Otaibi", "العتيبي"), ("Haddad", "حداد"), ("Khoury", "خوري"),
    ("Mansour", "منصور"), ("Saleh", "صالح"), ("Nasr", "نصر"), ("Aziz", "عزيز"), ("Fahmy", "فهمي"), ("Barakat", "بركات"),
    ("Darwish", "درويش"), ("Hamdan", "حمدان"), ("Issa", "عيسى"), ("Jaber", "جابر"), ("Kanaan", "كنعان"),
    ("Lutfi", "لطفي"), ("Murad", "مراد"), ("Najjar", "نجار"), ("Obeid", "عبيد"), ("Qassem", "قاسم"), ("Rashid", "راشد"),
    ("Sabbagh", "صباغ"), ("Shaheen", "شاهين"), ("Tawfiq", "توفيق"), ("Younes", "يونس"), ("Zaki", "زكي"),
    ("Al-Mutairi", "المطيري"), ("Al-Shammari", "الشمري"), ("Bishara", "بشارة"), ("Farah", "فرح"), ("Ghanem", "غانم"),
    ("Halabi", "حلبي"), ("Karam", "كرم"), ("Masri", "مصري"), ("Nimr", "نمر"), ("Odeh", "عودة"), ("Salim", "سليم"),
    ("Turner", "تيرنر"), ("Weber", "ويبر"), ("Rossi", "روسي"), ("Silva", "سيلفا"),
)  # fmt: skip
BRANDS = (
    ("Noor", "نور"), ("Zaytun", "زيتون"), ("Najm", "نجم"), ("Sahara", "صحارى"), ("Rimal", "رمال"), ("Bahr", "بحر"),
    ("Jabal", "جبل"), ("Wadi", "وادي"), ("Nakheel", "نخيل"), ("Amwaj", "أمواج"), ("Fajr", "فجر"), ("Qamar", "قمر"),
    ("Safa", "صفا"), ("Marwa", "مروة"), ("Rawabi", "روابي"), ("Manara", "منارة"), ("Diwan", "ديوان"), ("Bayan", "بيان"),
    ("Itqan", "إتقان"), ("Wafa", "وفاء"), ("Amana", "أمانة"), ("Tamkeen", "تمكين"), ("Masar", "مسار"), ("Afaq", "آفاق"),
    ("Ruwad", "رواد"), ("Binaa", "بناء"), ("Asala", "أصالة"), ("Hilal", "هلال"), ("Saqr", "صقر"), ("Lulua", "لؤلؤة"),
    ("Firdaws", "فردوس"), ("Anwar", "أنوار"), ("Ghadeer", "غدير"), ("Yasmin", "ياسمين"), ("Rihan", "ريحان"),
    ("Oasis", "واحة"), ("Summit", "قمة"), ("Horizon", "أفق"), ("Beacon", "منار"), ("Harbor", "مرفأ"), ("Cedar", "أرز"),
    ("Delta", "دلتا"), ("Orient", "مشرق"), ("Meridian", "ميريديان"), ("Falcon", "شاهين"), ("Pearl", "درة"),
    ("Atlas", "أطلس"), ("Phoenix", "عنقاء"), ("Silk", "حرير"), ("Amber", "عنبر"),
)  # fmt: skip
TRADES = (
    ("Trading", "للتجارة", "trade"), ("Logistics", "للخدمات اللوجستية", "logistics"), ("Foods", "للأغذية", "food"),
    ("Pharmacies", "للصيدليات", "health"), ("Medical", "الطبية", "health"), ("Contracting", "للمقاولات", "construction"),
    ("Real Estate", "العقارية", "real estate"), ("Technology", "للتقنية", "software"), ("Systems", "للأنظمة", "software"),
    ("Motors", "للسيارات", "automotive"), ("Energy", "للطاقة", "energy"), ("Water", "للمياه", "utilities"),
    ("Textiles", "للمنسوجات", "manufacturing"), ("Steel", "للحديد", "manufacturing"), ("Plastics", "للبلاستيك", "manufacturing"),
    ("Travel", "للسفر", "travel"), ("Hotels", "للفنادق", "hospitality"), ("Bakeries", "للمخابز", "food"),
    ("Dairies", "للألبان", "food"), ("Furniture", "للأثاث", "retail"), ("Stores", "للمتاجر", "retail"),
    ("Fashion", "للأزياء", "retail"), ("Education", "للتعليم", "education"), ("Academy", "الأكاديمية", "education"),
    ("Media", "للإعلام", "media"), ("Printing", "للطباعة", "media"), ("Security", "للأمن", "services"),
    ("Cleaning", "للنظافة", "services"), ("Consulting", "للاستشارات", "services"), ("Insurance", "للتأمين", "finance"),
    ("Finance", "للتمويل", "finance"), ("Telecom", "للاتصالات", "telecommunications"), ("Farms", "للمزارع", "agriculture"),
    ("Fisheries", "للأسماك", "agriculture"), ("Shipping", "للشحن", "logistics"), ("Aviation", "للطيران", "travel"),
    ("Cement", "للإسمنت", "construction"), ("Paints", "للدهانات", "manufacturing"), ("Clinics", "للعيادات", "health"),
    ("Laboratories", "للمختبرات", "health"),
)  # fmt: skip
CITIES = (
    ("SA", "Riyadh", 26), ("SA", "Jeddah", 16), ("SA", "Dammam", 8), ("AE", "Dubai", 14), ("AE", "Abu Dhabi", 7),
    ("EG", "Cairo", 12), ("EG", "Alexandria", 4), ("JO", "Amman", 5), ("KW", "Kuwait City", 4), ("QA", "Doha", 4),
    ("MA", "Casablanca", 3), ("GB", "London", 2), ("DE", "Berlin", 1), ("US", "New York", 1),
)  # fmt: skip
TITLES = (
    "Chief executive", "Procurement manager", "Operations manager", "Head of IT", "Finance director", "Fleet manager",
    "مدير المشتريات", "مدير العمليات", "مديرة الشؤون المالية", "الرئيس التنفيذي", "مدير تقنية المعلومات", "مشرف الأسطول",
)  # fmt: skip
PRODUCTS = (
    ("TRK-BASIC", "Fleet tracking, basic", "تتبّع الأسطول، أساسي", "Tracking", 90, "month"),
    ("TRK-PRO", "Fleet tracking, professional", "تتبّع الأسطول، احترافي", "Tracking", 150, "month"),
    ("FUEL", "Fuel control", "ضبط الوقود", "Tracking", 60, "month"),
    ("CAM", "Driver safety camera", "كاميرا سلامة السائق", "Devices", 850, ""),
    ("GPS-4", "Vehicle unit, fourth generation", "وحدة المركبة، الجيل الرابع", "Devices", 420, ""),
    ("COLD", "Cold chain sensor", "حساس سلسلة التبريد", "Devices", 310, ""),
    ("SETUP", "Installation and training", "التركيب والتدريب", "Services", 2400, ""),
    ("CARE", "Extended care", "رعاية ممتدة", "Services", 1800, "year"),
)  # fmt: skip
SOURCES = ("referral", "website", "exhibition", "outbound", "partner", "campaign")
COMPETITORS = ("TrackWell", "Mawqi", "FleetOne")
CALLS = (
    "Asked about the fleet and who decides", "Went through the quote line by line", "Checked the timing of the decision",
    "سؤال عن عدد المركبات والميزانية", "متابعة عرض السعر", "تأكيد موعد العرض التوضيحي",
)  # fmt: skip
MEETINGS = (
    "Product demo with operations and IT", "Kick-off with procurement", "Price talks",
    "عرض توضيحي لفريق العمليات", "اجتماع مع الإدارة المالية", "جلسة أسئلة فنية",
)  # fmt: skip
EMAILS = (
    "Quote sent",
    "Summary of our meeting",
    "References of two customers",
    "إرسال عرض السعر",
    "ملخص الاجتماع",
    "مواصفات الأجهزة",
)
NOTES = (
    "They want to **start with 20 vehicles** and roll out after a month.",
    "The finance director asks for payment in three parts.",
    "Uses a competitor today; the contract ends in spring.",
    "Decision is with the board; next session in two weeks.",
    "Worried about installation time: promised two vehicles an hour.",
    "يرغبون في **البدء بعشرين مركبة** ثم التوسع بعد شهر.",
    "المدير المالي يطلب السداد على ثلاث دفعات.",
    "لديهم منافس حالي وينتهي عقده في الربيع.",
    "القرار لدى مجلس الإدارة في جلسته القادمة بعد أسبوعين.",
    "القلق الأكبر من مدة التركيب؛ وعدنا بمركبتين في الساعة.",
)
STEPS = (
    "Send the quote", "Book the demo", "Call the finance director", "Agree the start date", "Send references",
    "إرسال عرض السعر", "حجز العرض التوضيحي", "الاتصال بالمدير المالي", "الاتفاق على موعد البدء", "إرسال العقد للتوقيع",
)  # fmt: skip
TASKS = (
    "Call back about prices", "Prepare the demo", "Send the contract", "Ask for references", "Check the installation date",
    "معاودة الاتصال بشأن الأسعار", "تجهيز العرض التوضيحي", "إرسال العقد", "متابعة قرار الإدارة", "تأكيد موعد التركيب",
)  # fmt: skip
TEAMS = (("Riyadh team", "فريق الرياض"), ("Gulf team", "فريق الخليج"), ("Egypt and Levant team", "فريق مصر والشام"))
