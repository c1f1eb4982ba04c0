"""What a person hears who goes through the window by keys: each press says something, each jump says where it led."""

from __future__ import annotations

import pytest

from tests.accessibility.session import Ear

pytestmark = pytest.mark.xdist_group("accessibility")

MOST_STOPS = 60


def tab(ear: Ear, keys: str = "Tab") -> tuple[str, str]:
    """Press Tab; return the role and the name of what has the focus then. Silence fails."""
    since = ear.press(keys)
    event = ear.hears(since, "focused=1", 5)
    assert event is not None, f"silence after {keys}"
    return str(event["role"]), str(event["name"])


# -- Tab -------------------------------------------------------------------------------------------


def test_no_press_of_tab_is_silent_and_all_is_reached(reading: Ear) -> None:
    wanted = {
        (str(node["role"]), str(node["name"]))
        for node in reading.shown()
        if {"focusable", "enabled"} <= set(node["states"]) and node["role"] in ("text", "push button", "check box")
    }

    walked = [tab(reading)]
    while walked[-1][0] != "text" and len(walked) < MOST_STOPS:
        walked.append(tab(reading))

    assert wanted - set(walked) == set()
    assert {role for role, _ in walked} & {"tree", "table cell"}


def test_tab_goes_over_the_marks_on_the_screen_first(reading: Ear) -> None:
    assert tab(reading) == ("push button", "Note 1")


def test_shift_tab_comes_back_from_the_first_mark_into_the_text(reading: Ear) -> None:
    tab(reading)

    assert tab(reading, "shift+Tab")[0] == "text"


# -- notes -----------------------------------------------------------------------------------------


def test_a_note_opens_under_the_keyboard_and_escape_leads_back_to_its_mark(reading: Ear) -> None:
    tab(reading)

    since = reading.press("Return")
    opened = reading.hears(since, "focused=1.* text Note 1")
    spoken = reading.says(since, "Note 1: ")
    since = reading.press("Escape")
    back = reading.hears(since, "focused=1.* push button Note 1")

    assert opened is not None
    assert spoken is not None
    assert back is not None


def test_an_assistive_program_can_press_a_mark(reading: Ear) -> None:
    reading.until(lambda: reading.shown("push button", "Note 1"), "the first mark")

    since = reading.press_button("push button", "^Note 1$")

    assert reading.says(since, "Note 1: ") is not None


def test_the_caret_that_comes_to_a_mark_lets_the_note_be_heard_once(reading: Ear) -> None:
    reading.until(lambda: reading.shown("push button", "Note 1"), "the first mark")
    reading.press("F8")
    reading.until(lambda: reading.focused()["name"] == "Note 1", "the first mark")
    reading.press("F7")
    reading.hears(reading.press("Left"), "focused=1.* text")

    since = reading.press("Left", "Right", "Right", "Right")
    heard = reading.says(since, "Note 1: ")
    reading.hears(reading.press("Left"), "caret-moved")
    reading.press("F7")

    assert heard is not None
    assert sum("Note 1: " in str(event["said"]) for event in reading.heard(since)) == 1


def test_the_next_mark_is_reached_by_key_from_anywhere(reading: Ear) -> None:
    first = reading.hears(reading.press("F8"), "focused=1")
    second = reading.hears(reading.press("F8"), "focused=1")
    back = reading.hears(reading.press("shift+F8"), "focused=1")

    assert [event and event["name"] for event in (first, second, back)] == ["Note 1", "Note 2", "Note 1"]


# -- jumps -----------------------------------------------------------------------------------------


def test_the_next_section_says_its_heading_and_level(reading: Ear) -> None:
    since = reading.press("ctrl+Down")

    assert reading.says(since, r"Heading level \d: An invention of strikers") is not None


def test_each_next_paragraph_is_said(reading: Ear) -> None:
    first = reading.says(reading.press("alt+Down"), r"“\w.{20}")
    second = reading.says(reading.press("alt+Down"), r"“\w.{20}")

    assert first is not None
    assert second is not None
    assert first["said"] != second["said"]


def test_one_can_ask_where_one_is(reading: Ear) -> None:
    since = reading.press("ctrl+i")

    assert reading.says(since, r"paragraph \d+ of \d+.*%") is not None


def test_a_hit_is_said_with_its_number_and_its_line(reading: Ear) -> None:
    reading.press("ctrl+f")
    reading.until(lambda: reading.focused()["name"] == "Find in this text", "the find bar")

    since = reading.write("soviet")
    found = reading.says(since, r"\d+ of \d+: .*soviet")
    since = reading.press("Return")
    following = reading.says(since, r"\d+ of \d+: .*soviet")
    since = reading.press("Escape")
    back = reading.hears(since, "focused=1")

    assert found is not None
    assert following is not None
    assert back is not None
    assert back["role"] == "text"


def test_folding_and_unfolding_are_said(reading: Ear) -> None:
    reading.press("ctrl+shift+o")
    reading.until(lambda: reading.focused()["role"] in ("table cell", "tree"), "the outline")
    reading.press("Home")

    folded = reading.says(reading.press("Left"), "Folded: An invention of strikers")
    unfolded = reading.says(reading.press("Right"), "Unfolded: An invention of strikers")

    assert folded is not None
    assert unfolded is not None


# -- the focus comes back --------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["ctrl+f", "ctrl+shift+p", "F1"])
def test_escape_gives_the_focus_back_to_the_text(reading: Ear, keys: str) -> None:
    since = reading.press(keys)
    reading.until(lambda: reading.focused()["name"] != "The Councils and the Apparatus", "another focus")

    since = reading.press("Escape")
    reading.until(lambda: reading.focused()["role"] == "text", "the focus in the text")

    assert reading.hears(since, "focused=1.* text The Councils") is not None


def test_menus_open_by_key_and_give_the_focus_back(reading: Ear) -> None:
    since = reading.press("F10", "Down")
    item = reading.hears(since, "focused=1.* menu item File")
    since = reading.press("Escape")

    assert item is not None
    assert reading.hears(since, "focused=1.* text The Councils") is not None


# -- older screen readers --------------------------------------------------------------------------


def test_a_label_speaks_instead_of_announcements_where_a_person_wants_that(reading: Ear) -> None:
    reading.until(lambda: [n for n in reading.tree() if "older screen" in str(n["name"])], "the command")
    reading.press_button("menu item", "Announcements for older screen readers")

    since = reading.press("ctrl+Down")
    shown = reading.hears(since, "showing=1.* notification Heading level")
    events = reading.heard(since)
    reading.press_button("menu item", "Announcements for older screen readers")

    assert shown is not None
    assert not [event for event in events if "announcement" in str(event["type"])]
