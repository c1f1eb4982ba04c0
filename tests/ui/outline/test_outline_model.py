"""The outline as an item model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.article.model import Block, BlockKind
from reader.article.outline import Section, outline
from reader.ui.outline.model import OutlineModel, OutlineRole


def tree(*headings: tuple[int, str]) -> Section:
    blocks = []
    for level, title in headings:
        blocks += [Block(BlockKind.HEADING, title, level=level), Block(BlockKind.PARAGRAPH, "…")]
    return outline(blocks)


BOOK = tree((1, "Beginnings"), (2, "Café society"), (3, "Counters"), (2, "Streets"), (1, "Endings"))


@pytest.fixture
def model(qapp: object) -> OutlineModel:
    made = OutlineModel()
    made.show_outline(BOOK, (4, 2, 1, 1, 3), (0, 20, 40, 60, 80))
    return made


def titles(model: OutlineModel, parent: QModelIndex | None = None) -> list[object]:
    parent = parent if parent is not None else QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        below = titles(model, index)
        found += [index.data(), below] if below else [index.data()]
    return found


def test_it_is_a_sound_model(model: OutlineModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_a_filtered_model_is_sound_too(model: OutlineModel, qtmodeltester: ModelTester) -> None:
    model.filter("counters")

    qtmodeltester.check(model)


def test_sections_stand_below_the_section_they_belong_to(model: OutlineModel) -> None:
    assert titles(model) == ["Beginnings", ["Café society", ["Counters"], "Streets"], "Endings"]


def test_a_filter_keeps_what_is_above_a_match(model: OutlineModel) -> None:
    model.filter("COUNT")

    assert titles(model) == ["Beginnings", ["Café society", ["Counters"]]]


def test_a_filter_ignores_accents(model: OutlineModel) -> None:
    model.filter("cafe")

    assert titles(model) == ["Beginnings", ["Café society"]]


def test_an_emptied_filter_brings_all_back(model: OutlineModel) -> None:
    model.filter("counters")
    model.filter(" ")

    assert titles(model) == ["Beginnings", ["Café society", ["Counters"], "Streets"], "Endings"]


def test_a_row_tells_its_level_and_time_to_a_screen_reader(model: OutlineModel) -> None:
    index = model.index_of(2)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Counters"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Level 3, 1 min"


def test_what_is_read_and_what_is_being_read_is_said(model: OutlineModel) -> None:
    model.show_progress(1, (1.0, 0.4, 0.0, 0.0, 0.0))

    assert model.index_of(0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Level 1, read"
    assert model.index_of(1).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Level 2, being read, 40 % read"


def test_a_section_without_a_title_has_a_name_for_the_ear(qapp: object) -> None:
    model = OutlineModel()
    model.show_outline(tree((1, "")), (1,), (0,))

    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Section without a title"


def test_progress_touches_only_the_rows_that_changed(model: OutlineModel, qtbot: QtBot) -> None:
    model.show_progress(0, (0.5, 0.0, 0.0, 0.0, 0.0))
    changed: list[object] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.data(OutlineRole.NUMBER)))

    model.show_progress(0, (0.6, 0.0, 0.0, 0.0, 0.0))

    assert changed == [0]


def test_the_same_progress_again_changes_nothing(model: OutlineModel) -> None:
    model.show_progress(0, (0.5, 0.0, 0.0, 0.0, 0.0))
    changed: list[object] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))

    model.show_progress(0, (0.5, 0.0, 0.0, 0.0, 0.0))

    assert changed == []
