"""How long it takes to learn the ideal customer profile from 50,000 closed deals: the figure alone, the goal being 5 s.

    .venv/bin/python -m bench.fitting

Prints CPU-seconds, the best of three, for deals where every dimension tells (the dearest case) and where two of six do.
"""

import random
import time

from dawra.figures import icp

DEALS, SEED, TIMES = 50_000, 31, 3
VALUES = {"industry": 30, "size": 6, "country": 25, "source": 12, "title": 6, "custom.tag": 24}


def cases(telling: int) -> list[icp.Case]:
    """telling: how many of the dimensions really change the chance of winning."""
    rng = random.Random(SEED)
    weights = {
        dimension: [rng.gauss(0, 0.12) if place < telling else 0.0 for _value in range(count)]
        for place, (dimension, count) in enumerate(VALUES.items())
    }
    found = []
    for _deal in range(DEALS):
        drawn = {dimension: rng.randrange(count) for dimension, count in VALUES.items()}
        chance = 0.25 + sum(weights[dimension][value] for dimension, value in drawn.items())
        found.append(icp.Case(rng.random() < chance, {d: (f"{d}{value}",) for d, value in drawn.items()}))
    return found


def main() -> None:
    for telling in (len(VALUES), 2):
        deals, best = cases(telling), float("inf")
        for _time in range(TIMES):
            before = time.process_time()
            profile = icp.fit(deals)
            best = min(best, time.process_time() - before)
        weighed = sum(one.weight is not None for one in profile.lifts)
        print(f"{DEALS:,} deals, {telling} dimensions tell, {weighed} weights, {profile.state}: {best:.2f} s CPU")


if __name__ == "__main__":
    main()
