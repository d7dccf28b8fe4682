"""What goes with winning after the product was shown: features, next steps, demos that took place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from dawra.figures.shares import lift, lift_interval, wilson

# Below so many closed deals a share says next to nothing.
FEW = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """One deal with a demo that was held. features: shown at any of them. next_step: agreed at the last one.

    won:  None while the deal is open
    """

    features: frozenset[str]
    next_step: bool
    won: bool | None


@dataclass(frozen=True, slots=True)
class WinRate:
    """won of n closed deals, the share with its interval of 95 %, and how it stands to all of them.

    lift:      1 = as all deals with a demo. is_few: fewer than FEW deals
    """

    name: str
    won: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    lift: float | None = None
    lift_low: float | None = None
    lift_high: float | None = None

    @property
    def is_few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class DemoFigures:
    """close: deals with a demo that were won. with_step, without_step: by whether a next step was agreed.

    features: most lifted first, those with few deals last. open_deals: shown and not decided yet: in no share
    """

    close: WinRate
    with_step: WinRate
    without_step: WinRate
    features: tuple[WinRate, ...]
    open_deals: int


def figures(cases: Iterable[Shown]) -> DemoFigures:
    """Win rates of deals in which the product was shown.

    Takes:   deals with at least one demo held, in any order
    Source:  Wilson 1927 (shares), Koopman 1984 (lifts); see figures/shares
    Beware:  goes with, does not prove: what is shown to serious buyers looks as if it made them so
    """
    known = list(cases)
    closed = [case for case in known if case.won is not None]
    won = sum(bool(case.won) for case in closed)
    names = sorted({name for case in closed for name in case.features})
    features = [_rate(name, [c for c in closed if name in c.features], won, len(closed)) for name in names]
    features.sort(key=lambda rate: (rate.is_few, -(rate.low or 0.0), -rate.n, rate.name))
    return DemoFigures(
        close=_rate("close", closed, won, len(closed)),
        with_step=_rate("with_step", [c for c in closed if c.next_step], won, len(closed)),
        without_step=_rate("without_step", [c for c in closed if not c.next_step], won, len(closed)),
        features=tuple(features),
        open_deals=len(known) - len(closed),
    )


def _rate(name: str, cases: list[Shown], all_won: int, all_n: int) -> WinRate:
    won, n = sum(bool(case.won) for case in cases), len(cases)
    interval = wilson(won, n)
    if interval is None:
        return WinRate(name, won, n, None, None, None)
    bounds = lift_interval(won, n, all_won, all_n) if n < all_n else None
    low, high = bounds or (None, None)
    return WinRate(name, won, n, won / n, *interval, lift(won, n, all_won, all_n), low, high)
