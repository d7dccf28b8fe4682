"""Dawra's own settings over a folder of the tests: no test writes into the data of whoever runs it."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="dawra-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["DAWRA_HOME"] = _HOME

from dawra.site.settings import *  # noqa: E402, F403 - the folder must be named first
