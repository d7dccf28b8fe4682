"""Persons in two scripts with known doubles, to measure matching with. Invented; the same seed gives the same persons.

Half of them have Arabic names, written in Arabic script or in one of the Latin spellings people use; companies,
e-mail addresses, phones and cities as a sales team has them: often missing, some shared (a switchboard, info@).
Spellings are listed per name by hand, not made by rules, so that the rules of matching meet what they do not know.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

# Arabic script, then spellings, the most usual first.
MEN = """محمد Mohammed Mohamed Muhammad Mohammad Mohamad Muhammed|أحمد Ahmed Ahmad|علي Ali Aly|عبد الله Abdullah Abdallah Abdulla
عبدالرحمن Abdulrahman Abdelrahman Abdul-Rahman Abdurrahman|عبد العزيز Abdulaziz Abdelaziz Abdul-Aziz|خالد Khalid Khaled
يوسف Yousef Youssef Yusuf Yousuf|إبراهيم Ibrahim Ebrahim Brahim|حسن Hassan Hasan|حسين Hussein Hussain Husain Hossein
عمر Omar Umar|سعيد Saeed Said Saied|سعد Saad Sa'ad|فهد Fahad Fahd|فيصل Faisal Faysal Feisal|سلطان Sultan Soltan
ماجد Majid Majed Maged|مصطفى Mustafa Mostafa Mustapha Moustafa|محمود Mahmoud Mahmood Mahmud|طارق Tariq Tarek Tareq
كريم Karim Kareem|رامي Rami Ramy|سامي Sami Samy|وليد Walid Waleed Oualid|هشام Hisham Hesham Hicham|جمال Jamal Gamal Djamel
نور الدين Noureddine Nour-Eldin Nuruddin|صلاح الدين Salaheddine Salah-El-Din Salahuddin|رشيد Rashid Rachid Rasheed|ياسر Yasser Yasir Yaser
زياد Ziad Zeyad Ziyad|بدر Badr Bader|ناصر Nasser Nasir Naser|عثمان Othman Osman Uthman|عيسى Issa Isa Eissa|موسى Moussa Musa Mousa
أيمن Ayman Aymen|أنس Anas|بلال Bilal Belal|حمزة Hamza Hamzah|عادل Adel Adil|عمرو Amr Amro|شريف Sherif Sharif Cherif"""
WOMEN = """فاطمة Fatima Fatma Fatimah|عائشة Aisha Aysha Ayesha Aicha|مريم Mariam Maryam Meriem Miriam|نورة Noura Nora Norah
سارة Sara Sarah|ليلى Layla Laila Leila|هند Hind Hend|ريم Reem Rim|زينب Zainab Zeinab Zaynab|خديجة Khadija Khadijah Khadeeja
أمينة Amina Aminah|منى Mona Muna|هدى Huda Hoda Houda|رانيا Rania Raniya|دينا Dina Deena|ياسمين Yasmin Yasmeen Yasmine
سلمى Salma|نادية Nadia Nadya|سمية Sumaya Soumaya Somaya|جميلة Jamila Gamila Djamila|إيمان Iman Eman Imane|رحاب Rehab Rihab
شيماء Shaimaa Chaima Shaima|لطيفة Latifa Lateefa|نجلاء Najla Naglaa|أسماء Asma Asmaa|حنان Hanan Hanane|عبير Abeer Abir"""
HOUSES = """الحربي Al-Harbi Alharbi El-Harbi|العتيبي Al-Otaibi Alotaibi Al-Utaibi|القحطاني Al-Qahtani Alqahtani Al-Kahtani
الغامدي Al-Ghamdi Alghamdi|الزهراني Al-Zahrani Alzahrani|الدوسري Al-Dosari Aldossary Al-Dawsari|الشمري Al-Shammari Alshammari Al-Shamari
المطيري Al-Mutairi Almutairi Al-Mutayri|الشهري Al-Shehri Alshehri Ash-Shehri|المنصوري Al-Mansouri Al-Mansoori Almansoori
حداد Haddad Hadad|خوري Khoury Khouri Khuri|نجار Najjar Naggar Najar|منصور Mansour Mansoor Mansur|درويش Darwish Darwich Darweesh
الشامي El-Shamy Al-Shami Elshami|المصري El-Masry Al-Masri Elmasry|السيد El-Sayed Al-Sayed Elsayed|عبد الفتاح Abdelfattah Abdel-Fattah Abdulfattah
بن علي Ben-Ali Benali|البلوشي Al-Balushi Al-Bloushi Albalooshi|الهاشمي Al-Hashimi Al-Hashemi Alhashmi|الخطيب Al-Khatib El-Khatib Alkhateeb
فهمي Fahmy Fahmi|زايد Zayed Zaid|صالح Saleh Salih|التميمي Al-Tamimi Tamimi At-Tamimi|العلوي Alaoui Al-Alawi El-Alaoui
بوعزيز Bouaziz Bou-Aziz|قاسم Qasim Kassem Qassem Kasim|جابر Jaber Jabir Gaber|الرشيد Al-Rashid Ar-Rashid Alrasheed|حمدان Hamdan"""
WEST = (
    ["James", "Mary", "Robert", "Linda", "Michael", "Susan", "David", "Karen", "William", "Emma", "Thomas", "Sarah", "Charles", "Laura", "Daniel", "Anna", "Mark", "Julia", "Paul", "Maria", "Steven", "Sofia", "Andrew", "Elena", "Peter", "Ingrid", "Jonas", "Liam", "Noah", "Olivia", "Hugo", "Camille", "Pierre", "Manon", "Lucas", "Chloé", "José", "Lucía", "Carlos", "Marta", "Giulia", "Marco", "Luca", "Paolo", "Sven", "Astrid", "Lars", "Freya", "Hans", "Greta", "Jürgen", "Klaus", "Birgit", "Piotr", "Agnieszka", "Tomasz", "Ewa", "Mehmet", "Ayşe", "Emre"],
    ["Smith", "Johnson", "Brown", "Jones", "Miller", "Davis", "Wilson", "Moore", "Taylor", "White", "Harris", "Martin", "Clark", "Lewis", "Walker", "Hall", "Young", "King", "Wright", "Hill", "Scott", "Green", "Baker", "Adams", "Nelson", "Carter", "Turner", "Parker", "Evans", "Collins", "Müller", "Schmidt", "Weber", "Wagner", "Becker", "Hoffmann", "Dubois", "Lefèvre", "Moreau", "Rousseau", "Rossi", "Bianchi", "Ferrari", "García", "López", "Fernández", "Núñez", "Novák", "Kowalski", "Jansen", "Larsen", "Nielsen", "Yılmaz", "Kaya"],
)  # fmt: skip
HEADS = ["Ash", "Black", "Brad", "Burn", "Car", "Chester", "Cliff", "Dal", "East", "Fair", "Glen", "Green", "Hart", "Hay", "Hol", "Kirk", "Lang", "Mar", "Nor", "Oak", "Pem", "Rad", "Red", "Stan", "Thorn", "Wal", "West", "Whit", "Win", "Wood"]  # fmt: skip
TAILS = ["berg", "borough", "bridge", "brook", "burn", "by", "croft", "dale", "den", "field", "ford", "gate", "ham", "hurst", "land", "ley", "man", "mont", "more", "ridge", "shaw", "stead", "stein", "ton", "ville", "ward", "well", "wick", "wood", "worth"]  # fmt: skip
ROOTS = [
    ("ب", "B"), ("ت", "T"), ("ج", "J"), ("ح", "H"), ("خ", "Kh"), ("د", "D"), ("ر", "R"), ("ز", "Z"), ("س", "S"), ("ش", "Sh"), ("ص", "S"),
    ("ط", "T"), ("غ", "Gh"), ("ف", "F"), ("ق", "Q"), ("ك", "K"), ("ل", "L"), ("م", "M"), ("ن", "N"), ("ه", "H"),
]  # fmt: skip
PLACES = [
    ("النيل", "Nile"), ("الخليج", "Gulf"), ("الواحة", "Oasis"), ("الأطلس", "Atlas"), ("الهلال", "Hilal"), ("النخيل", "Palm"), ("الأرز", "Cedar"),
    ("الصحراء", "Sahara"), ("القمر", "Qamar"), ("البرق", "Barq"), ("الرواد", "Pioneer"), ("النور", "Noor"), ("", "North"), ("", "Blue"), ("", "Summit"),
    ("", "Delta"), ("", "Silver"), ("", "Harbor"), ("", "Granite"), ("", "Falcon"), ("", "Orbit"), ("", "Vertex"),
]  # fmt: skip
TRADES = [
    ("للتجارة", "Trading"), ("للأغذية", "Foods"), ("للمقاولات", "Contracting"), ("الطبية", "Medical"), ("للبرمجيات", "Software"), ("للتأمين", "Insurance"),
    ("للسفر", "Travel"), ("للأثاث", "Furniture"), ("للتعليم", "Schools"), ("للطاقة", "Energy"), ("للنقل", "Logistics"), ("العقارية", "Properties"),
]  # fmt: skip
CITIES = [
    ("الرياض", "Riyadh"), ("جدة", "Jeddah"), ("دبي", "Dubai"), ("أبوظبي", "Abu Dhabi"), ("القاهرة", "Cairo"), ("الإسكندرية", "Alexandria"),
    ("عمّان", "Amman"), ("بيروت", "Beirut"), ("الدار البيضاء", "Casablanca"), ("تونس", "Tunis"), ("الدوحة", "Doha"), ("الكويت", "Kuwait City"),
    ("", "London"), ("", "Berlin"), ("", "Paris"), ("", "Madrid"), ("", "Istanbul"), ("", "New York"), ("", "Chicago"), ("", "Warsaw"), ("", "Milan"),
]  # fmt: skip
MAILS = ("gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "icloud.com")
LEGAL = ("Ltd", "LLC", "Co.", "Inc", "GmbH", "FZE", "")


@dataclass(frozen=True)
class Name:
    """One word of a name: Arabic (may be empty) and the Latin spellings."""

    arabic: str
    latin: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Who somebody truly is; a record of them is written anew each time."""

    names: tuple[Name, ...]
    arabic: bool
    company: int
    email: str
    other_email: str
    phone: str
    other_phone: str
    city: int


def _listed(text: str) -> list[Name]:
    rows = [row.split() for line in text.splitlines() for row in line.split("|")]
    found = []
    for row in rows:
        at = next(place for place, one in enumerate(row) if one.isascii())
        found.append(Name(" ".join(row[:at]), tuple(row[at:])))
    return found


class World:
    """Names and companies of one seed, and the persons made of them."""

    def __init__(self, seed: int, size: int, noise: float) -> None:
        self.noise = noise
        self.rng = rng = random.Random(seed)
        self.given = [*_listed(MEN), *_listed(WOMEN)]
        self.families = _listed(HOUSES) + [self._rooted() for _ in range(1500)]
        self.west_given = [Name("", (one,)) for one in WEST[0]]
        self.west_families = [Name("", (one,)) for one in WEST[1]] + [
            Name("", (head + tail,)) for head in HEADS for tail in TAILS
        ]
        rng.shuffle(self.west_families)
        self.companies = [self._company() for _ in range(max(20, size // 5))]
        self.weights = {
            id(row): list(accumulate(1 / (place + 3) ** power for place in range(len(row))))
            for row, power in (
                (self.given, 0.7), (self.families, 0.75), (self.west_given, 0.5), (self.west_families, 0.7),
                (self.companies, 0.6), (CITIES, 0.5),
            )
        }  # fmt: skip
        self.used: set[str] = set()

    def _rooted(self) -> Name:
        """A family name of three root letters, as there are thousands, in the ways people spell such."""
        (a, x), (b, y), (c, z) = self.rng.sample(ROOTS, 3)
        y, z = y.lower(), z.lower()
        shape = self.rng.randrange(4)
        if shape == 0:
            stem, arabic = f"{x}a{y}{z}i", f"ال{a}{b}{c}ي"
            return Name(arabic, (f"Al-{stem}", f"Al{stem.lower()}", f"El-{stem[:-1]}y"))
        if shape == 1:
            return Name(f"{a}ا{b}{c}", (f"{x}a{y}e{z}", f"{x}a{y}i{z}"))
        if shape == 2:
            return Name(f"ال{a}{b}ي{c}", (f"Al-{x}a{y}i{z}", f"Al{x.lower()}a{y}ee{z}", f"El-{x}e{y}i{z}"))
        return Name(f"م{a}{b}و{c}", (f"Ma{x.lower()}{y}ou{z}", f"Ma{x.lower()}{y}oo{z}", f"Ma{x.lower()}{y}u{z}"))

    def _company(self) -> tuple[str, str]:
        rng = self.rng
        arabic, latin = rng.choice(PLACES)
        trade_ar, trade = rng.choice(TRADES)
        first = rng.choice(HEADS) + rng.choice(TAILS)
        return (
            f"شركة {arabic} {trade_ar} {rng.randint(1, 300)}" if arabic and rng.random() < 0.3 else "",
            f"{first} {latin} {trade}",
        )

    def pick(self, row: list, /):  # type: ignore[type-arg,no-untyped-def]
        return self.rng.choices(row, cum_weights=self.weights[id(row)])[0]

    def person(self) -> Person:
        rng = self.rng
        arab = rng.random() < 0.5
        if arab:
            middle = [self.pick(self.given)] if rng.random() < 0.45 else []
            names = (self.pick(self.given), *middle, self.pick(self.families))
        else:
            names = (self.pick(self.west_given), self.pick(self.west_families))
        company = (
            rng.choices(range(len(self.companies)), cum_weights=self.weights[id(self.companies)])[0]
            if rng.random() < 0.85
            else -1
        )
        domain = (
            f"{_slug(self.companies[company][1].split()[0])}{company}.example" if company >= 0 else rng.choice(MAILS)
        )
        mails = [self._address(names, domain), self._address(names, rng.choice(MAILS))]
        if rng.random() < 0.4:
            mails.reverse()
        phone = self._phone() if company < 0 or rng.random() > 0.04 else f"+97145{company:06d}"
        return Person(names, arab, company, mails[0] if rng.random() < 0.85 else "", mails[1], phone if rng.random() < 0.85 else "",
                      self._phone(), rng.choices(range(len(CITIES)), cum_weights=self.weights[id(CITIES)])[0])  # fmt: skip

    def _address(self, names: tuple[Name, ...], domain: str) -> str:
        rng = self.rng
        if rng.random() < 0.01:
            return f"info@{domain}"
        given, family = _slug(names[0].latin[0]), _slug(names[-1].latin[0])
        local = rng.choice((f"{given}.{family}", f"{given[0]}{family}", f"{given}{family}", f"{given}_{family}", given))
        while (address := f"{local}@{domain}") in self.used:
            local += str(rng.randint(1, 99))
        self.used.add(address)
        return address

    def _phone(self) -> str:
        rng = self.rng
        return rng.choice(("+9665", "+9715", "+201", "+49151", "+4477", "+3361")) + f"{rng.randrange(10**8):08d}"


def _slug(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum()) or "x"


def _typo(rng: random.Random, text: str) -> str:
    """One letter left out, doubled, replaced or exchanged with the next."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    how = rng.randrange(4)
    if how == 0:
        return text[:at] + text[at + 1 :]
    if how == 1:
        return text[:at] + text[at] + text[at:]
    if how == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    signs = "0123456789" if text[-1].isdecimal() else "اتنيملر" if text[0] > "؀" else "aeinrst"
    return text[:at] + rng.choice(signs) + text[at + 1 :]


def _record(world: World, who: Person, again: bool) -> dict[str, str]:
    """What somebody typed about a person: the second time with other spellings, slips and gaps."""
    rng, names = world.rng, list(who.names)
    if again and len(names) > 2 and rng.random() < 0.35:
        del names[1]
    arabic = who.arabic and rng.random() < 0.45
    words = [one.arabic if arabic else one.latin[0] if rng.random() < 0.5 else rng.choice(one.latin) for one in names]
    if again and rng.random() < 0.2:
        at = rng.randrange(len(words))
        words[at] = _typo(rng, words[at])
    if again and rng.random() < 0.06:
        words = [words[-1] + ("" if arabic else ","), *words[:-1]]
    if again and rng.random() < 0.03:
        words[0] = words[0][0] + "."
    company, city = "", ""
    if who.company >= 0 and rng.random() > (0.2 if again else 0.05):
        theirs = world.companies[
            who.company if not again or rng.random() > 0.06 else rng.randrange(len(world.companies))
        ]
        company = (theirs[0] if arabic else "") or f"{theirs[1]} {rng.choice(LEGAL)}".strip()
        if again and rng.random() < 0.08:
            company = _typo(rng, company)
    if rng.random() > 0.2:
        city = (CITIES[who.city][0] if arabic else "") or CITIES[who.city][1]
    email, phone = who.email, _written(rng, who.phone)
    if again:
        email = _again(rng, email, who.other_email, 0.15 * world.noise, 0.05 * world.noise)
        phone = _again(rng, phone, _written(rng, who.other_phone), 0.15 * world.noise, 0.05 * world.noise)
    return {"name": " ".join(words), "email": email, "phone": phone, "company": company, "city": city}


def _again(rng: random.Random, first: str, other: str, gone: float, changed: float) -> str:
    dice = rng.random()
    if dice < gone:
        return ""
    if dice < gone + changed:
        return other
    return (
        _typo(rng, first) if dice < gone + changed + 0.05 else first.upper() if "@" in first and dice > 0.9 else first
    )


def _written(rng: random.Random, phone: str) -> str:
    """One of the notations of a number."""
    how = rng.randrange(4)
    if not phone or how == 0:
        return phone
    if how == 1:
        return "00" + phone[1:]
    if how == 2:
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    return (
        phone.translate({ord(str(d)): chr(0x0660 + d) for d in range(10)})
        if rng.random() < 0.2
        else f"{phone[:-4]}-{phone[-4:]}"
    )


def records(size: int, seed: int, doubles: float = 0.03, noise: float = 1.0) -> Iterator[tuple[int, dict[str, str]]]:
    """(true person, record) of `size` records, that share of them written a second time, in mixed order.

    noise: 1 = of the doubles 15 % lack the address and 15 % the phone that the first record has, and 5 % each have another
    one, beside other spellings, slips, swapped and left out words and gaps everywhere; 2 = twice as many
    """
    world = World(seed, size, noise)
    waiting: list[tuple[int, Person]] = []
    for number in range(size):
        if waiting and world.rng.random() < doubles:
            at = world.rng.randrange(len(waiting))
            true, who = waiting[at]
            waiting[at] = waiting[-1]
            waiting.pop()
            yield true, _record(world, who, again=True)
            continue
        who = world.person()
        if len(waiting) < 60_000:
            waiting.append((number, replace(who)))
        elif world.rng.random() < 0.2:
            waiting[world.rng.randrange(len(waiting))] = (number, who)
        yield number, _record(world, who, again=False)
