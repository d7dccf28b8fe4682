"""How large the generated company is, and whom a measurement asks for. Knows nothing of Django."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    companies: int
    deals: int
    open_deals: int

    @property
    def name(self) -> str:
        return f"{self.deals}-{self.open_deals}"


FULL = Size(100_000, 20_000, 100_000, 10_000)
FULL_OPEN = Size(1_000, 20_000, 100_000, 100_000)
QUICK = Size(10_000, 2_000, 10_000, 1_000)
QUICK_OPEN = Size(100, 2_000, 10_000, 10_000)


@dataclass(frozen=True, slots=True)
class Made:
    """What the measurements ask for: who looks, and the deal with a long timeline."""

    admin: Any
    manager: Any
    rep: Any
    long_deal_id: UUID
    a_stage: str
