"""Who may be the same: scores and explains, never decides. See docs/figures/matching.md.

model = fit(PEOPLE, records)                      learnt from the records themselves; model.as_json() is kept
for pair in pairs(model, records): ...            all likely pairs
blocking_keys(PEOPLE, record)                     short texts for an indexed column
candidates(model, record, others)                 the likely ones of up to some hundred others, with the reasons
"""

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
from dawra.figures.matching.weights import Model, Part, Score, candidates, likely, score, scored, unfitted

__all__ = [
    "COMPANIES",
    "KINDS",
    "PEOPLE",
    "Field",
    "Fields",
    "Gathered",
    "Model",
    "Pair",
    "Part",
    "Prepared",
    "Record",
    "Score",
    "UnknownKind",
    "blocking_keys",
    "candidates",
    "fit",
    "likely",
    "pairs",
    "prepared",
    "score",
    "scored",
    "unfitted",
]
