"""What is measured, and the goals: one row of docs/figures/bench.md each."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bench.client import Ask
from bench.sizes import Made


@dataclass(frozen=True, slots=True)
class Case:
    """needs: a path that must be answered, or the row says that it is not there yet.

    cpu_ms, queries, kilobytes: goals; None = none. board: measured on the company whose deals are all open.
    who: admin, manager or rep. api: with a token and not a session.
    """

    code: str
    what: str
    ask: Callable[[Made], Ask]
    cpu_ms: float
    queries: int | None = None
    kilobytes: int | None = None
    all_open: bool = False
    who: str = "admin"
    api: bool = False
    requests: int = 20


def _get(path: str) -> Callable[[Made], Ask]:
    return lambda _made: Ask(path)


RUN = secrets.token_hex(4)  # a company that was kept has the people of earlier runs


def _person(_made: Made) -> Ask:
    body = {
        "name": f"Bench Person {RUN} {{i}}",
        "company_name": f"Bench Company {RUN} {{i}}",
        "points": [{"kind": "email", "value": f"bench{{i}}.{RUN}@example.org", "is_primary": True}],
    }
    return Ask("/api/v1/people", "POST", json.dumps(body), {"Content-Type": "application/json"})


LIST = "/api/v1/people?country=SA&sort=-created&limit=50"
CASES: tuple[Case, ...] = (
    Case("api_list", "JSON: list 50 filtered and sorted of 100,000", _get(LIST), 3, 4, api=True, requests=100),
    Case("api_create", "JSON: create one person with company and e-mail, duplicate check and journal included", _person, 8, api=True, requests=50),
    Case("people", "page: people table, 50 rows", _get("/people/"), 25, 12, 60),
    Case("board_10k", "page: board, 10,000 open deals", _get("/deals/"), 40, 12, 60),
    Case("board_rep", "page: board as a sales rep sees it", _get("/deals/"), 40, 12, 60, who="rep"),
    Case("board_stalled", "page: board filtered: stalled, mine", _get("/deals/?stalled=1&owner=me"), 40, 12, 60, who="rep"),
    Case("board_100k", "page: board, 100,000 open deals", _get("/deals/"), 60, 12, 60, all_open=True),
    Case("table", "page: deals table, 50 rows, filtered and sorted", _get("/deals/table/?state=open&sort=-amount"), 25, 12, 60),
    Case("by_date", "page: deals by close date", _get("/deals/by-date/"), 40, None, 60),
    Case("deal", "page: deal with 200 timeline entries", lambda made: Ask(f"/deals/{made.long_deal_id}/"), 30),
)  # fmt: skip
FIRST_CARD_SECONDS, FIRST_LOAD_KB, FIRST_LOAD_REQUESTS = 0.8, 250, 12
IDLE_MB = 300
