"""What the rooms above add to this room's acts; each appends its own in apps.ready().

SETUP_STEPS.append(default_pipeline)        # (actor) -> None, in the transaction that makes the company
INHERIT_STEPS.append(hand_over_deals)       # (from_member, to_member, actor) -> {"deals": 37}
"""

from collections.abc import Callable
from typing import Any

from dawra.access.actor import Actor

SetupStep = Callable[[Actor], Any]
"""Signs as the first administrator."""

InheritStep = Callable[[Any, Any, Actor], dict[str, int]]
"""Hands over at most 500 open records from one Member to another in one transaction of the caller and says how many
of what; it is called again until it has moved nothing. Whether the heir sees a record does not matter: who
deactivates may."""

SETUP_STEPS: list[SetupStep] = []
INHERIT_STEPS: list[InheritStep] = []
