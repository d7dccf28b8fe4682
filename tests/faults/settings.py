"""The real settings, the real server, and a door for tests beside the real addresses."""

from dawra.site.settings import *  # noqa: F403
from dawra.site.settings import INSTALLED_APPS, Q_CLUSTER

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
ROOT_URLCONF = "tests.faults.urls"
Q_CLUSTER = Q_CLUSTER | {"timeout": 2, "retry": 3, "poll": 0.1, "guard_cycle": 0.1}
API_CALLS_PER_10_SECONDS = 1_000_000
