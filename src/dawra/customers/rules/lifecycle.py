"""Where a person or company stands in its life with us. Pure."""

from collections.abc import Callable

Onward = Callable[[str], str]

LIFECYCLE = (
    "subscriber", "lead", "marketing_qualified", "sales_qualified", "opportunity",
    "customer", "at_risk", "churned", "won_back", "advocate",
)  # fmt: skip


def comes_before(stage: str, other: str) -> bool:
    return LIFECYCLE.index(stage) < LIFECYCLE.index(other)


def on_deal_won(stage: str) -> str:
    """Where a company or person stands once a deal is won; the same stage if nothing changes."""
    if stage == "churned":
        return "won_back"
    return "customer" if comes_before(stage, "customer") or stage == "at_risk" else stage


def on_deal_added(stage: str) -> str:
    return "opportunity" if comes_before(stage, "opportunity") else stage


def reached(stage: str) -> tuple[str, ...]:
    """The stage and those before it."""
    return LIFECYCLE[: LIFECYCLE.index(stage) + 1]
