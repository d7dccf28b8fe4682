"""Rows by the thousand leave few rings of objects behind; looking for them at every turn took a fifth of an import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two looks; a batch of 500 rows makes some 100,000, nearly all gone by its end.
BETWEEN = (20_000, 10, 10)


@contextmanager
def seldom() -> Iterator[None]:
    """Python's search for unreachable rings runs less often, and not over what the program itself is made of."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*BETWEEN)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
