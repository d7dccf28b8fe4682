"""The stories in stories/: prose a salesperson reads, whose steps are done for real, one story after the other.

A step is a line that begins with “- ” inside a block fenced as ```steps. A story begins where the one before it ended.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from dawra.deals.actions.starting import start_with_defaults
from tests.stories import (
    lead_sentences,  # noqa: F401 - more sentences
    offering,  # noqa: F401 - of quotes
    planning,  # noqa: F401 - of close plans
    playing,  # noqa: F401 - of the playbook
    proposing,  # noqa: F401 - its sentences
    qualifying,  # noqa: F401 - of qualification
    showing,  # noqa: F401 - its sentences
    writing,  # noqa: F401 - of letters
)
from tests.stories.sentences import tell
from tests.stories.teller import Teller

STORIES = sorted((Path(__file__).resolve().parents[1] / "stories").glob("[0-9]*.md"))
BLOCK = re.compile(r"^```steps\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps_of(story: Path) -> list[tuple[int, str]]:
    """(line, step) of one story. Raises AssertionError for a line in a block that is no step."""
    text, found = story.read_text(), []
    for block in BLOCK.finditer(text):
        first = text[: block.start(1)].count("\n") + 1
        for number, line in enumerate(block.group(1).splitlines(), first):
            assert line.startswith("- "), f"{story.name}:{number}: a step begins with “- ”: {line}"
            found.append((number, line[2:].strip()))
    return found


def test_there_is_a_story_of_every_stage() -> None:
    assert [story.name[:2] for story in STORIES] == ["01", "02", "03", "04", "05", "06"]
    assert all(len(steps_of(story)) >= 5 for story in STORIES)


def test_the_stories_come_true(cast: Any, system: Any) -> None:
    start_with_defaults(system)
    teller = Teller(cast)
    for story in STORIES:
        for number, line in steps_of(story):
            try:
                tell(teller, line)
            except (Exception, pytest.fail.Exception) as failure:
                raise AssertionError(f"stories/{story.name}:{number}: {line}\n{failure!r}") from failure


def test_a_step_nobody_knows_fails(cast: Any) -> None:
    with pytest.raises(AssertionError, match="no sentence fits"):
        tell(Teller(cast), "Sana conjures up a customer")
