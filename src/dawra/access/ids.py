"""Identifiers: random, yet sorted by the moment they were made."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID of version 7: 48 bits of milliseconds, then 74 random bits.

    Source: RFC 9562, section 5.7
    """
    millis = time.time_ns() // 1_000_000
    rest = int.from_bytes(os.urandom(10), "big") >> 6
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0b10 << 62 | rest & (2**62 - 1)
    return UUID(int=value)


def new_ids(count: int) -> list[UUID]:
    """Many at once, in rising order: rows of one batch stand together in the index, and the last is the newest."""
    millis = time.time_ns() // 1_000_000 & (2**48 - 1)
    drawn = os.urandom(10 * count)
    rests = sorted(int.from_bytes(drawn[at : at + 10], "big") >> 6 for at in range(0, 10 * count, 10))
    head = millis << 80 | 0x7 << 76 | 0b10 << 62
    return [UUID(int=head | (rest >> 62) << 64 | rest & (2**62 - 1)) for rest in rests]
