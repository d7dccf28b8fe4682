"""Identifiers: random, yet sorted by the moment they were made."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID of version 7: 48 bits of milliseconds, then 74 random bits.

    Source: RFC 9562, section 5.7
    """
    millis = time.time_ns() // 1_000_000
    rest = secrets.randbits(74)
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0b10 << 62 | rest & (2**62 - 1)
    return UUID(int=value)
