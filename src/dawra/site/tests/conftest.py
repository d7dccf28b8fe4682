"""What the tests of the API start from."""

from collections.abc import Callable
from typing import Any

import pytest

from dawra.deals.actions.starting import start_with_defaults
from dawra.site.tests.calling import Caller


@pytest.fixture
def caller(cast: Any, system: Any) -> Callable[..., Caller]:
    start_with_defaults(system)
    return Caller
