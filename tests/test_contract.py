"""The published contract holds: whatever a program sends, the API answers as it says, for two roles."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dawra.access.models import Token
from dawra.access.permissions import PERMISSIONS
from dawra.deals.actions.starting import start_with_defaults
from dawra.team.actors import hash_of
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.slow]

SECRETS = {"sana": "dw_contract_rep", "amal": "dw_contract_administrator"}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request ends by closing what was left in a transaction, and the transaction of this test is open all the time.

    Django's own client keeps the connection in the same way.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def contract(cast: Cast, one_connection: None, system: Any, settings: Any) -> Any:
    settings.API_CALLS_PER_10_SECONDS = 1_000_000
    start_with_defaults(system)
    for who, secret in SECRETS.items():
        Token.objects.create(
            name="contract", member=getattr(cast, who), prefix=secret[:8], secret_hash=hash_of(secret), created_at=NOW,
            scopes=sorted(PERMISSIONS),
        )  # fmt: skip
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


ENOUGH = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.mark.parametrize("who", sorted(SECRETS))
def test_the_api_answers_as_its_contract_says(contract: Any, who: str) -> None:
    """Every operation, twelve generated calls each; all that breaks the contract is told at the end."""
    broken: list[str] = []
    # Straight into the program there is nobody who would unpack what is sent small.
    sent = {"Authorization": f"Bearer {SECRETS[who]}", "Accept-Encoding": "identity"}
    for found in contract.get_all_operations():
        operation = found.ok()

        @ENOUGH
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            case.call_and_validate(headers=sent, checks=CHECKS)

        try:
            holds()
        except (Exception, BaseExceptionGroup) as failure:
            told = failure.exceptions[0] if isinstance(failure, BaseExceptionGroup) else failure
            broken.append(f"{operation.label}: {told!s}"[:600])
    assert not broken, "\n\n".join(broken)
