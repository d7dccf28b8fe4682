"""Writes a Salesforce contact export of any size in the vendor's own header shape: `python bench/salesforce.py 1000000 OUT.csv`.

The same number and seed give the same file. One row in a hundred is wrong in a way that real exports are, so that the
counts of a run are known beforehand: the last line printed says how many must be rejected.
"""

import argparse
import csv
import random
from pathlib import Path

HEADER = [
    "Id",
    "AccountId",
    "LastName",
    "FirstName",
    "Salutation",
    "Name",
    "Title",
    "Department",
    "Email",
    "Phone",
    "MobilePhone",
    "MailingStreet",
    "MailingCity",
    "MailingCountry",
    "LeadSource",
    "OwnerId",
    "HasOptedOutOfEmail",
    "Description",
    "CreatedDate",
]
GIVEN = ("Rania", "Omar", "Layla", "Yusuf", "محمد", "سارة", "فاطمة", "خالد", "Seán", "Jürgen", "Noor", "عبد الله")
FAMILY = ("Aziz", "Haddad", "O'Neill", "القحطاني", "الشمري", "Weiß", "Ben Salah", "العامري", "Fathy", "Al Busaidi")
CITIES = (
    ("Riyadh", "Saudi Arabia"),
    ("الرياض", "السعودية"),
    ("Cairo", "Egypt"),
    ("دبي", "الإمارات"),
    ("Amman", "Jordan"),
)
TITLES = ("Head of Purchasing", "مدير عام", "", "CFO", "Fleet manager")
WRONG = 100
"""Every hundredth row has an e-mail that is none."""


def record_id(prefix: str, number: int) -> str:
    """An id of 18 characters, as exports have them."""
    return f"{prefix}5e{number:010d}XAA"


def row(number: int, chance: random.Random) -> list[str]:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    city, country = chance.choice(CITIES)
    mail = f"p{number}@firm{number % 9973}.example" if number % WRONG else f"p{number} at firm.example"
    mobile = f"+966 50 {number // 10_000 % 1000:03d} {number % 10_000:04d}" if number % 3 else ""
    return [
        record_id("003", number), "", family, given, "", f"{given} {family} {number}", chance.choice(TITLES), "", mail,
        "", mobile, f"Street {number % 400}\nFloor {number % 9}" if number % 50 == 0 else "", city, country, "Web",
        record_id("005", number % 5), "false" if number % 20 else "true", "", f"2025-{1 + number % 12:02d}-11T08:20:00.000Z",
    ]  # fmt: skip


def write(path: Path, rows: int, seed: int = 20) -> int:
    """Gives how many rows must be rejected."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(HEADER)
        out.writerows(row(number, chance) for number in range(1, rows + 1))
    return rows // WRONG


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rows", type=int)
    asked.add_argument("path", type=Path)
    asked.add_argument("--seed", type=int, default=20)
    told = asked.parse_args()
    print(f"{told.rows:,} rows in {told.path}, {write(told.path, told.rows, told.seed):,} of them wrong")


if __name__ == "__main__":
    main()
