"""python -m bench.matching [--big] [--febrl FOLDER]: how well doubles are found, and what it costs; prints a table.

Nothing is told to the model but the records: no true pair, no threshold. Seeds of the table are not those the rules
were written with. FEBRL: the public data sets 2 and 3 (BSD-3), matched without rec_id and soc_sec_id.
"""

import argparse
import csv
import gzip
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.persons import records
from dawra.figures.matching import (
    PEOPLE,
    Field,
    Fields,
    Gathered,
    Model,
    Pair,
    Record,
    blocking_keys,
    candidates,
    fit,
    pairs,
)  # fmt: skip

FEBRL = Fields(
    (
        Field("given_name", "word", swaps="surname"), Field("surname", "word"), Field("street_number", "code"),
        Field("address_1", "text"), Field("address_2", "text"), Field("suburb", "text"), Field("postcode", "code"),
        Field("state", "code"), Field("date_of_birth", "date"),
    ),
    (
        ("date_of_birth.whole",), ("given_name|surname.sound", "postcode.whole"), ("given_name|surname.sound", "suburb.start"),
        ("given_name|surname.sound", "date_of_birth.year"), ("address_1.start", "suburb.start"), ("address_1.start", "postcode.whole"),
        ("given_name.sound", "surname.sound"), ("street_number.whole", "postcode.whole"), ("suburb.start", "address_2.start"),
        ("date_of_birth.day", "given_name|surname.start"), ("date_of_birth.day", "postcode.whole"),
    ),
)  # fmt: skip
CUTS = (0.5, 0.75, 0.9)
SEEDS = (511, 622, 733)


def febrl(path: Path) -> tuple[list[str], list[Record]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [{key.strip(): value.strip() for key, value in row.items()} for row in csv.DictReader(lines)]
    return [row["rec_id"].split("-")[1] for row in rows], rows  # type: ignore[return-value]


def leads(folder: Path) -> tuple[list[str], list[Record]]:
    """Leads written by tools that know nothing of ours; duplicates.csv says (id, duplicate_of, kind)."""
    with (folder / "duplicates.csv").open(encoding="utf-8") as lines:
        first = {row["id"]: row["duplicate_of"] for row in csv.DictReader(lines)}
    true: list[str] = []
    rows: list[Record] = []
    with (folder / "leads.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            person = row["id"]
            while person in first:
                person = first[person]
            true.append(person)
            rows.append(
                {name: row[name] for name in ("email", "phone", "company", "city")}
                | {"name": f"{row['first_name']} {row['last_name']}"}
            )
    return true, rows


class Timed:
    """Rows invented while they are read, and the CPU time that inventing took: no cost of matching."""

    def __init__(self, rows: Iterable[Record]) -> None:
        self.rows, self.spent = iter(rows), 0.0

    def __iter__(self) -> Iterator[Record]:
        while True:
            begun = time.process_time()
            row = next(self.rows, None)
            self.spent += time.process_time() - begun
            if row is None:
                return
            yield row


def measured(label: str, fields: Fields, true: Sequence[object], rows: Iterable[Record]) -> tuple[Model, Gathered]:
    begun = time.process_time()
    gathered = Gathered(fields, rows)
    if isinstance(rows, Timed):
        begun += rows.spent
    ready = time.process_time()
    model = fit(fields, gathered)
    learnt = time.process_time()
    found = list(pairs(model, gathered, at_least=min(CUTS)))
    done = time.process_time()
    doubles = sum(n * (n - 1) // 2 for n in Counter(true).values())
    cost = f"{done - begun:.1f} ({ready - begun:.1f} + {learnt - ready:.1f} + {done - learnt:.1f})"
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for cut in CUTS:
        print(
            f"| {label} | {len(gathered):,} | {doubles:,} | {cut} | {_quality(found, true, doubles, cut)} | {cost} | {size} |",
            flush=True,
        )
        label = cost = ""
    return model, gathered


def _quality(found: Sequence[Pair], true: Sequence[object], doubles: int, cut: float) -> str:
    kept = [pair for pair in found if pair.score.probability >= cut]
    right = sum(true[pair.a] == true[pair.b] for pair in kept)
    precision, recall = right / max(len(kept), 1), right / max(doubles, 1)
    return f"{precision:.4f} | {recall:.4f} | {2 * precision * recall / max(precision + recall, 1e-9):.4f}"


def generated(label: str, size: int, seed: int, noise: float = 1.0) -> tuple[Model, Gathered]:
    true: list[int] = []

    def rows() -> Iterable[Record]:
        for person, record in records(size, seed, noise=noise):
            true.append(person)
            yield record

    if size > 200_000:  # not kept beside what is made of them: the memory shown is that of matching
        return measured(label, PEOPLE, true, Timed(rows()))
    return measured(label, PEOPLE, true, list(rows()))


def on_entry(model: Model) -> None:
    """One new record against 200 others, as a form does it."""
    rows = [record for _, record in records(4200, 9)]
    blocking_keys(PEOPLE, rows[0])
    costs = []
    for number in range(20):
        others = rows[200 + number * 200 : 400 + number * 200]
        begun = time.process_time()
        candidates(model, rows[number], others)
        costs.append(time.process_time() - begun)
    costs.sort()
    print(
        f"\nOne new record against 200 others never seen before: {costs[10] * 1000:.1f} ms (median of 20; most {costs[-1] * 1000:.1f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--big", action="store_true", help="a million persons too")
    parser.add_argument(
        "--leads", type=Path, help="folder with leads.csv and duplicates.csv of an independent generator"
    )
    parser.add_argument("--febrl", type=Path, help="folder with dataset2.csv.gz and dataset3.csv.gz")
    args = parser.parse_args()
    print(
        "| what | records | true pairs | from probability | precision | recall | F1 | CPU s (prepare + learn + pair) | peak MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for number in (2, 3) if args.febrl else ():
        measured(f"FEBRL {number}", FEBRL, *febrl(args.febrl / f"dataset{number}.csv.gz"))
    for seed in SEEDS:
        model, _ = generated(f"persons, seed {seed}", 100_000, seed)
    for noise in (0.5, 2.0):
        generated(f"persons, noise × {noise:g}", 100_000, SEEDS[0], noise)
    if args.leads:
        measured("independent leads", PEOPLE, *leads(args.leads))
    if args.big:
        generated("persons", 1_000_000, SEEDS[0])
    on_entry(model)


if __name__ == "__main__":
    main()
