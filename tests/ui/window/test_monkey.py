"""Whatever is done to a window, and in whatever order, the page stays whole.

The seed is fixed, so that what fails here fails again. ``STUDY_READER_MONKEY_STEPS`` and ``STUDY_READER_MONKEY_SEED``
let it go on for longer, and on other ways.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from tests.ui.monkey import Monkey, book, run
from tests.ui.reading_matter import RIVER, SHORT

STEPS = int(os.environ.get("STUDY_READER_MONKEY_STEPS", "300"))
SEED = int(os.environ.get("STUDY_READER_MONKEY_SEED", "4"))


def test_the_page_stays_whole_whatever_a_monkey_does(qtbot: QtBot, desk: Desk, data: Path, no_waiting: None) -> None:
    articles = [
        desk.add(RIVER, "river.md"),
        desk.add(book(30), "book.md"),
        desk.add(SHORT, "short.md"),
        desk.add((data / "scripts" / "arabic.md").read_text(encoding="utf-8"), "arabic.md"),
        desk.add((data / "scripts" / "japanese.md").read_text(encoding="utf-8"), "japanese.md"),
    ]
    window = desk.window(article=articles[1])

    run(Monkey(window, articles, Random(SEED)), STEPS)
