"""The type of all readings, and that of one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.look.appearance import Appearance
from reader.ui.page.typography import Typography, as_choice, from_choices


@pytest.fixture
def appearance(qtbot: QtBot) -> Appearance:
    return Appearance("light", Typography())


def test_what_is_chosen_is_for_all_readings(appearance: Appearance) -> None:
    appearance.choose_typography(Typography(22))
    appearance.take_own(None)

    assert (appearance.typography, appearance.own) == (Typography(22), None)


def test_a_reading_with_its_own_type_leaves_that_of_all_others(appearance: Appearance) -> None:
    appearance.take_own(Typography(28))
    appearance.choose_typography(Typography(32))
    own = appearance.typography
    appearance.take_own(None)

    assert (own, appearance.typography) == (Typography(32), Typography())


def test_a_change_is_said_only_where_there_is_one(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.take_own(Typography())
    with qtbot.waitSignal(appearance.changed):
        appearance.take_own(Typography(24))


@pytest.mark.parametrize("chosen", [Typography(), Typography(22, "legible", 1.8, 28, "indent", True, True, 0.1, 0.2)])
def test_what_is_kept_with_a_reading_comes_back(chosen: Typography) -> None:
    assert from_choices({"type": as_choice(chosen)}) == chosen


@pytest.mark.parametrize("kept", [{}, {"type": 7}, {"type": {"size": "large"}}, {"other": {"size": 20}}])
def test_what_makes_no_sense_counts_as_not_chosen(kept: dict[str, object]) -> None:
    assert from_choices(kept) is None
