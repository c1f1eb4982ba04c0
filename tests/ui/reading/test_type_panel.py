"""The card of type and theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLineEdit, QListView, QTabBar, QWidget

from reader.ui.page.typography import Typography
from reader.ui.reading.type_controls import FaceSample, Length, Swatch, Switch, Way
from reader.ui.reading.type_faces import families_for
from reader.ui.reading.type_panel import TypePanel
from reader.ui.widgets.controls import IconButton, TextButton
from reader.ui.widgets.segments import SegmentedControl
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, first_line, in_window, key, part
from tests.ui.reading_matter import RIVER, STORM


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(RIVER)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def open_panel(window: MainWindow) -> TypePanel:
    button = next(each for each in window.findChildren(IconButton) if each.accessibleName() == "Type and theme")
    Pointer(window).click(button, button.rect().center())
    return part(window, TypePanel)


def settled(desk: Desk, window: MainWindow) -> MainWindow:
    """Return a window once its bars stand where they belong."""
    desk.qtbot.waitUntil(lambda: window.rooms.tool_bar.width() == window.width())
    return window


def slider(panel: TypePanel, name: str) -> QAbstractSlider:
    return next(each.slider for each in panel.findChildren(Length) if each.slider.accessibleName() == name)


def said(panel: TypePanel, name: str) -> str:
    return slider(panel, name).accessibleDescription()


def switch(panel: TypePanel, text: str) -> Switch:
    return next(each for each in panel.findChildren(Switch) if each.text() == text)


def segments(panel: TypePanel, name: str) -> SegmentedControl:
    return next(each for each in panel.findChildren(SegmentedControl) if each.accessibleName() == name)


def press(panel: TypePanel, text: str) -> None:
    next(each for each in panel.findChildren(TextButton) if each.text() == text).click()


def reopen(desk: Desk, window: MainWindow, article: int) -> MainWindow:
    desk.close(window)
    return settled(desk, desk.window(article=article))


# -- opening and closing ---------------------------------------------------------------------------


def test_it_opens_in_the_window_with_the_keyboard_in_it(window: MainWindow) -> None:
    panel = open_panel(window)

    assert panel.isVisible()
    assert panel.isAncestorOf(window.focusWidget())
    for swatch in panel.findChildren(Swatch):
        assert window.rect().contains(in_window(window, swatch, swatch.rect()))


@pytest.mark.parametrize("size", [(420, 360), (420, 700), (1280, 800)])
def test_it_fits_into_every_window(desk: Desk, article: int, size: tuple[int, int]) -> None:
    window = settled(desk, desk.window(size, article))

    panel = open_panel(window)
    press(panel, "Back to defaults")

    card = panel.rect().adjusted(24, 24, -24, -24)
    assert window.rect().contains(in_window(window, panel, card))


def test_it_stays_in_a_window_that_becomes_smaller(window: MainWindow) -> None:
    panel = open_panel(window)

    window.resize(420, 400)

    card = panel.rect().adjusted(24, 24, -24, -24)
    assert window.rect().contains(in_window(window, panel, card))


def test_escape_closes_it_and_gives_the_focus_back(window: MainWindow) -> None:
    panel = open_panel(window)

    key(window, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    assert window.page.hasFocus()


def test_a_click_in_the_text_closes_it(window: MainWindow) -> None:
    panel = open_panel(window)

    Pointer(window).click(window.page.viewport(), QPoint(20, window.page.viewport().height() - 20))

    assert not panel.isVisible()
    assert window.page.hasFocus()


def test_its_key_opens_and_closes_it(window: MainWindow) -> None:
    key(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    panel = part(window, TypePanel)
    opened = panel.isVisible()

    key(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)

    assert opened
    assert not panel.isVisible()


def test_its_button_closes_it(window: MainWindow) -> None:
    open_panel(window)

    panel = open_panel(window)

    assert not panel.isVisible()


def test_at_the_largest_size_the_keyboard_is_still_in_it(window: MainWindow) -> None:
    for _ in range(15):
        act(window, "larger")

    panel = open_panel(window)

    assert panel.isAncestorOf(window.focusWidget())


# -- by the keyboard, and for the ear --------------------------------------------------------------


def test_tab_walks_through_every_choice_and_leaves_none_out(window: MainWindow) -> None:
    panel = open_panel(window)
    reached: list[str] = []

    for _ in range(16):
        focused = window.focusWidget()
        if not panel.isAncestorOf(focused):
            break
        reached.append(focused.accessibleName())
        key(window, Qt.Key.Key_Tab)

    assert reached == [
        "System",
        "Serif",
        "More typefaces",
        "Size",
        "Line height",
        "Column",
        "Between paragraphs",
        "Justify both edges",
        "Hyphenate",
        "Letter gap",
        "Word gap",
        "Reading ruler",
        "For this reading only",
        "Back to defaults",
    ]


def test_everything_that_can_have_the_focus_has_a_name(window: MainWindow) -> None:
    panel = open_panel(window)
    part(panel, Way).click()

    kinds = (QAbstractButton, QAbstractSlider, QTabBar, QLineEdit, QListView)
    focusable = [each for each in panel.findChildren(QWidget) if isinstance(each, kinds)]
    unnamed = [each for each in focusable if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.accessibleName()]

    assert len(focusable) > 20
    assert unnamed == []


def test_arrows_take_the_next_face_at_once(window: MainWindow) -> None:
    panel = open_panel(window)
    key(window, Qt.Key.Key_Tab)

    key(window, Qt.Key.Key_Right)

    assert window.page.typography.face == "sans"
    assert panel.isVisible()


def test_arrows_move_a_length_step_by_step(window: MainWindow) -> None:
    panel = open_panel(window)
    slider(panel, "Line height").setFocus()

    key(window, Qt.Key.Key_Right)

    assert window.page.typography.line_height == 1.6
    assert said(panel, "Line height") == "1.60"


# -- choosing --------------------------------------------------------------------------------------


def test_a_swatch_takes_its_theme_and_the_card_stays(window: MainWindow) -> None:
    panel = open_panel(window)
    dark = next(each for each in panel.findChildren(Swatch) if each.name == "dark")

    dark.click()

    assert window.page.theme.name == "dark"
    assert panel.isVisible()
    assert dark.isChecked()


def test_every_length_is_taken_and_told_in_words(window: MainWindow) -> None:
    panel = open_panel(window)

    slider(panel, "Size").setValue(24)
    slider(panel, "Line height").setValue(34)
    slider(panel, "Column").setValue(28)
    slider(panel, "Letter gap").setValue(6)
    slider(panel, "Word gap").setValue(4)

    assert window.page.typography == Typography(
        24, line_height=1.7, measure_em=28, letter_spacing=0.06, word_spacing=0.2
    )
    assert [said(panel, name) for name in ("Size", "Line height", "Column", "Letter gap", "Word gap")] == [
        "24 px",
        "1.70",
        "61 letters",
        "+ 0.06 em",
        "+ 0.20 em",
    ]


def test_justification_brings_hyphens_with_it_which_can_be_put_out(window: MainWindow) -> None:
    panel = open_panel(window)

    switch(panel, "Justify both edges").click()
    both = window.page.typography
    switch(panel, "Hyphenate").click()

    assert (both.justified, both.hyphenated) == (True, True)
    assert (window.page.typography.justified, window.page.typography.hyphenated) == (True, False)


def test_paragraphs_are_told_apart_by_space_or_by_indents(window: MainWindow) -> None:
    panel = open_panel(window)

    segments(panel, "Between paragraphs").setCurrentIndex(1)

    assert window.page.typography.paragraphs == "indent"


def test_a_ruler_follows_the_pointer_over_the_page_and_is_kept(desk: Desk, window: MainWindow, article: int) -> None:
    panel = open_panel(window)
    segments(panel, "Reading ruler").setCurrentIndex(2)
    key(window, Qt.Key.Key_Escape)
    view = window.page.viewport()
    Pointer(window).move(view, QPoint(view.width() // 2, 200))
    there = window.rooms.ruler.band

    again = reopen(desk, window, article)

    assert there is not None
    assert abs(there.middle - 200) < 40
    assert again.rooms.ruler.isVisible()


def test_the_words_under_the_eye_stay_there_whatever_is_chosen(window: MainWindow) -> None:
    window.page.go_to(window.page.text.slice(0, 9000).index("Third 2."), landing=False)  # type: ignore[union-attr]
    before = first_line(window)
    panel = open_panel(window)

    slider(panel, "Size").setValue(30)
    slider(panel, "Column").setValue(40)
    switch(panel, "Justify both edges").click()
    press(panel, "Back to defaults")

    assert first_line(window) == before


def test_what_is_chosen_for_all_readings_is_kept(desk: Desk, window: MainWindow, article: int) -> None:
    panel = open_panel(window)
    slider(panel, "Size").setValue(22)
    next(each for each in panel.findChildren(FaceSample) if each.name == "legible").click()

    again = reopen(desk, window, article)

    assert again.page.typography == Typography(22, "legible")


def test_back_to_defaults_takes_back_everything(window: MainWindow) -> None:
    panel = open_panel(window)
    slider(panel, "Size").setValue(22)
    segments(panel, "Reading ruler").setCurrentIndex(1)

    press(panel, "Back to defaults")

    assert window.page.typography == Typography()
    assert (window.settings.ruler, segments(panel, "Reading ruler").chosen()) == ("none", "none")
    assert said(panel, "Size") == "18 px"


# -- for one reading alone -------------------------------------------------------------------------


def test_what_is_chosen_for_this_reading_leaves_the_others_as_they_are(desk: Desk, window: MainWindow) -> None:
    other = desk.add(STORM, "storm.md")
    panel = open_panel(window)

    switch(panel, "For this reading only").click()
    slider(panel, "Size").setValue(28)
    here = window.page.typography
    window.open_article(other)

    assert (here.size, window.page.typography.size) == (28, 18)


def test_a_reading_comes_back_with_its_own_type(desk: Desk, window: MainWindow, article: int) -> None:
    panel = open_panel(window)
    switch(panel, "For this reading only").click()
    slider(panel, "Size").setValue(28)

    again = reopen(desk, window, article)

    assert again.page.typography.size == 28
    assert switch(open_panel(again), "For this reading only").isChecked()
    assert again.settings.text_size == 18


def test_a_reading_that_gives_up_its_own_type_goes_with_the_others(
    desk: Desk, window: MainWindow, article: int
) -> None:
    panel = open_panel(window)
    switch(panel, "For this reading only").click()
    slider(panel, "Size").setValue(28)

    switch(panel, "For this reading only").click()
    now = window.page.typography.size
    again = reopen(desk, window, article)

    assert (now, again.page.typography.size) == (18, 18)


def test_the_keys_for_the_size_keep_to_the_reading_too(window: MainWindow) -> None:
    panel = open_panel(window)
    switch(panel, "For this reading only").click()
    key(window, Qt.Key.Key_Escape)

    act(window, "larger")

    assert (window.page.typography.size, window.settings.text_size) == (20, 18)


def test_the_usual_size_leaves_the_face_as_it_is(window: MainWindow) -> None:
    panel = open_panel(window)
    next(each for each in panel.findChildren(FaceSample) if each.name == "sans").click()
    act(window, "larger")

    act(window, "usual_size")

    assert window.page.typography == Typography(face="sans")


def test_at_the_start_page_nothing_is_for_one_reading_only(window: MainWindow) -> None:
    panel = open_panel(window)
    switch(panel, "For this reading only").click()
    slider(panel, "Size").setValue(28)
    key(window, Qt.Key.Key_Escape)

    act(window, "library")
    panel = open_panel(window)
    act(window, "larger")

    own = switch(panel, "For this reading only")
    assert (own.isEnabled(), own.isChecked(), said(panel, "Size"), window.settings.text_size) == (
        False,
        False,
        "20 px",
        20,
    )


def test_a_reading_that_one_comes_back_to_has_its_own_type_again(window: MainWindow) -> None:
    panel = open_panel(window)
    switch(panel, "For this reading only").click()
    slider(panel, "Size").setValue(28)
    key(window, Qt.Key.Key_Escape)

    act(window, "library")
    act(window, "back")

    assert window.page.typography.size == 28


# -- the system's faces ----------------------------------------------------------------------------


def test_the_list_of_faces_leaves_out_signs_and_the_programs_own() -> None:
    families = families_for("en")

    assert len(families) == len(set(families))
    assert not [each for each in families if each.startswith(("Source Serif", "Inter", "Atkinson")) or "[" in each]
    assert not {"D050000L", "Standard Symbols PS", "Wingdings", "Symbol"} & set(families)


def test_a_face_of_the_system_is_found_and_taken(window: MainWindow) -> None:
    panel = open_panel(window)
    wanted = families_for("en")[0]
    part(panel, Way).click()

    field = part(panel, QLineEdit)
    field.setText(wanted)
    key(window, Qt.Key.Key_Return)

    assert window.page.typography.face == wanted
    assert [each.text() for each in panel.findChildren(FaceSample) if each.isChecked()] == [wanted]


def test_escape_leads_from_the_list_of_faces_to_the_card_and_then_out(window: MainWindow) -> None:
    panel = open_panel(window)
    part(panel, Way).click()

    key(window, Qt.Key.Key_Escape)
    back = (panel.isVisible(), window.focusWidget() is part(panel, Way))
    key(window, Qt.Key.Key_Escape)

    assert back == (True, True)
    assert not panel.isVisible()


def test_a_name_that_no_face_has_is_answered(window: MainWindow) -> None:
    panel = open_panel(window)
    part(panel, Way).click()

    part(panel, QLineEdit).setText("no face is called so")

    assert part(panel, QListView).model().rowCount() == 0
