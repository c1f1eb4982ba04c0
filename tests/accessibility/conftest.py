"""One session for all that is heard in it: to start the program is most of the time it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.accessibility.session import Ear, session

TITLE = "The Councils and the Apparatus"
MOST_ESCAPES = 3

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]  # the accessibility bus is Linux's; nobody has a harness for the others yet


@pytest.fixture(scope="session")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ear]:
    """The program in a session of its own, with the edition that is shipped on its page."""
    with session(tmp_path_factory.mktemp("accessibility") / "home") as made:
        made.until(lambda: [n for n in made.shown("text") if int(n.get("length", 0)) > 10_000], "the text")
        yield made


@pytest.fixture
def reading(ear: Ear) -> Iterator[Ear]:
    """The session with the focus in the text, at its beginning; what a test opened is closed behind it."""
    ear.focus("^text$", TITLE)
    ear.until(lambda: ear.focused()["name"] == TITLE, "the focus in the text")
    ear.press("ctrl+Home")
    ear.until(lambda: ear.shown("label", "paragraph 1 of"), "the beginning")
    yield ear
    for _ in range(MOST_ESCAPES):
        if ear.focused()["name"] == TITLE or ear.focused()["role"] in ("tree", "table cell"):
            break
        ear.press("Escape")
