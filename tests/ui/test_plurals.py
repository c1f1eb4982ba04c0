"""Numbers with their words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from reader.ui.plurals import EnglishPlurals


@pytest.fixture
def speaker(qapp: QCoreApplication) -> Iterator[QObject]:
    plurals = EnglishPlurals()
    QCoreApplication.installTranslator(plurals)
    yield QObject()
    QCoreApplication.removeTranslator(plurals)


@pytest.mark.parametrize(("number", "told"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes"), (21, "21 notes")])
def test_a_number_has_its_form(speaker: QObject, number: int, told: str) -> None:
    assert speaker.tr("%n note(s)", "", number) == told


def test_a_word_that_is_always_the_same_stays(speaker: QObject) -> None:
    assert speaker.tr("%n min", "", 3) == "3 min"


def test_a_sentence_without_a_number_stays(speaker: QObject) -> None:
    assert speaker.tr("Find") == "Find"
    assert speaker.tr("The file(s)") == "The file(s)"
