"""Who may be the same: scores and explains, never decides."""

from dawra.figures.matching.comparing import KINDS
from dawra.figures.matching.fields import (
    COMPANIES,
    PEOPLE,
    Field,
    Fields,
    Prepared,
    Record,
    UnknownKind,
    blocking_keys,
    prepared,
)
from dawra.figures.matching.fitting import fit
from dawra.figures.matching.gathering import Gathered
from dawra.figures.matching.pairing import Pair, pairs
from dawra.figures.matching.weights import Model, Part, Score, candidates, score, scored, unfitted

__all__ = [
    "COMPANIES", "KINDS", "PEOPLE", "Field", "Fields", "Gathered", "Model", "Pair", "Part", "Prepared", "Record", "Score",
    "UnknownKind", "blocking_keys", "candidates", "fit", "pairs", "prepared", "score", "scored", "unfitted",
]  # fmt: skip
