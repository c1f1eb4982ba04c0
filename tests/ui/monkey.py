"""A monkey at the desk: it does to a window whatever comes to its mind, and looks at the page after each deed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from msgspec import structs
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reader.ui.page.geometry import line_rect
from reader.ui.page.typography import FACES, LINE_HEIGHTS, MEASURES_EM, PARAGRAPHS
from reader.ui.page.view import PageView
from reader.ui.window.main_window import MainWindow
from tests.ui.reading_matter import SENTENCE

SIZES = ((1000, 700), (1400, 900), (420, 600), (720, 420), (1200, 1000))
WORDS = ("ferry", "the", "note", "zzz", "e", "Chapter 3", "w")
MODAL = frozenset({"open", "open_folder", "export", "save_pdf", "print", "close", "quit", "about", "shortcuts"})
"""What ends the window, or opens another one over it."""
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS = (
    *(Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    *(Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_A),
)
MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, SHIFT, CONTROL, SHIFT | CONTROL)


def book(chapters: int) -> str:
    """Return a text of which only a part is laid out, with a note in each chapter."""
    parts = ["# A book\n"]
    for chapter in range(1, chapters + 1):
        parts.append(f"## Chapter {chapter}\n")
        parts += [f"{chapter}:{n}. {SENTENCE * (1 + n % 5)}[^{chapter}]\n" for n in range(12)]
    parts += [f"[^{chapter}]: Note {chapter}. {SENTENCE}" for chapter in range(1, chapters + 1)]
    return "\n".join(parts)


class Monkey:
    """Does one thing after the other to a window, and looks at the page after each."""

    def __init__(self, window: MainWindow, articles: list[int], random: Random) -> None:
        self.window = window
        self.articles = articles
        self.random = random
        self.done: list[str] = []
        self.deeds: tuple[tuple[int, Callable[[], None]], ...] = (
            (12, self.turn_wheel),
            (6, self.drag_bar),
            (14, self.type_key),
            (8, self.press_mouse),
            (4, self.drag_mouse),
            (4, self.shift_click),
            (4, self.resize),
            (4, self.choose_type),
            (18, self.command),
            (5, self.fold_some),
            (5, self.find),
            (3, self.jump),
            (2, self.open),
            (2, self.write_away),
        )

    @property
    def page(self) -> PageView:
        return self.window.page

    def step(self) -> None:
        """Do something, let the window work on it, and look."""
        weights = [weight for weight, _ in self.deeds]
        (deed,) = self.random.choices([each for _, each in self.deeds], weights)
        deed()
        QTest.qWait(self.random.choice((0, 0, 5, 30)))
        self.look()

    def look(self) -> None:
        """See that the pages are whole."""
        for half in self.window.halves:
            if half.page.isVisible():
                look_at(half.page)

    def note(self, *words: object) -> None:
        self.done.append(" ".join(map(str, words)))

    # -- deeds -------------------------------------------------------------------------------------

    def turn_wheel(self) -> None:
        by = self.random.choice((-120, 120, -600, 600, -3000, 3000, 7, -7))
        self.note("wheel", by)
        view, none = self.page.viewport(), Qt.KeyboardModifier.NoModifier
        middle = QPointF(view.rect().center())
        turned = QWheelEvent(
            middle,
            QPointF(view.mapToGlobal(middle)),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            none,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self.keeps_selection(lambda: QApplication.sendEvent(view, turned))

    def drag_bar(self) -> None:
        bar = self.page.verticalScrollBar()
        value = self.random.choice((0, bar.maximum(), self.random.randint(0, max(1, bar.maximum()))))
        self.note("bar", value, "of", bar.maximum())
        self.keeps_selection(lambda: bar.setValue(value))

    def keeps_selection(self, scroll: Callable[[], object]) -> None:
        before = self.page.selected_range()
        scroll()
        assert self.page.selected_range() == before, (before, self.page.selected_range())

    def type_key(self) -> None:
        name, modifier = self.random.choice(KEYS), self.random.choice(MODIFIERS)
        self.note("key", name.name, modifier)
        QTest.keyClick(self.window.windowHandle(), name, modifier)

    def place(self) -> QPoint:
        view = self.page.viewport()
        return QPoint(self.random.randrange(max(1, view.width())), self.random.randrange(max(1, view.height())))

    def press_mouse(self) -> None:
        if self.window.reading.at_start_page:
            return
        at = self.place()
        self.note("click", at.x(), at.y())
        self.mouse(QTest.mouseMove, at)
        self.mouse(QTest.mouseClick, at)

    def shift_click(self) -> None:
        if self.window.reading.at_start_page:
            return
        at = self.place()
        self.note("shift+click", at.x(), at.y())
        self.mouse(QTest.mouseClick, at, SHIFT)

    def drag_mouse(self) -> None:
        if self.window.reading.at_start_page:
            return
        start, end = self.place(), self.place()
        self.note("drag", start.x(), start.y(), end.x(), end.y())
        self.mouse(QTest.mousePress, start)
        self.mouse(QTest.mouseMove, (start + end) / 2)
        self.mouse(QTest.mouseMove, end)
        self.mouse(QTest.mouseRelease, end)

    def mouse(
        self, does: Callable[..., None], at: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        point, handle = self.page.viewport().mapTo(self.window, at), self.window.windowHandle()
        if not QRect(QPoint(), handle.size()).contains(point):
            return  # the window has not come to its new size yet
        if does is QTest.mouseMove:
            does(handle, point)
        else:
            does(handle, Qt.MouseButton.LeftButton, modifier, point)

    def resize(self) -> None:
        width, height = self.random.choice(SIZES)
        self.note("resize", width, height)
        self.window.resize(width, height)

    def choose_type(self) -> None:
        now = self.window.appearance.typography
        changes: tuple[dict[str, object], ...] = (
            {"size": self.random.choice((12, 16, 18, 24, 40))},
            {"face": self.random.choice(FACES)},
            {"line_height": self.random.choice(LINE_HEIGHTS)},
            {"measure_em": self.random.choice(MEASURES_EM)},
            {"paragraphs": self.random.choice(PARAGRAPHS)},
            {"justified": not now.justified},
            {"hyphenated": not now.hyphenated},
            {"letter_spacing": self.random.choice((0.0, 0.1))},
        )
        change = self.random.choice(changes)
        self.note("type", change)
        self.window.rooms.type_choices.choose(structs.replace(now, **change))
        if self.random.random() < 0.3:
            self.window.rooms.type_choices.choose_own(self.random.random() < 0.5)

    def command(self) -> None:
        action = self.random.choice(self.window.commands.all())
        if action.objectName() in MODAL or not action.isEnabled() or not action.isVisible():
            return
        self.note("command", action.objectName())
        action.trigger()

    def fold_some(self) -> None:
        folding = self.window.reading.folding
        sections = self.page.sections
        if self.window.reading.at_start_page or not sections:
            return
        number = self.random.randrange(len(sections))
        self.note("fold", number)
        if self.window.reading.folds.can_fold(number):
            folding.toggle(number)

    def find(self) -> None:
        if self.window.reading.at_start_page:
            return
        bar = self.window.room.find_bar
        finding = self.window.rooms.side_room.finding
        deed = self.random.choice(("open", "next", "previous", "close", "give_up"))
        if deed == "open":
            word = self.random.choice(WORDS)
            self.note("find", word)
            finding.open()
            bar.open(word)
        else:
            self.note("find", deed)
            if finding.active or deed in ("next", "previous"):
                getattr(finding, deed)()

    def jump(self) -> None:
        text = self.page.text
        if text is None or self.window.reading.at_start_page:
            return
        start = self.random.randint(0, len(text))
        self.note("jump", start)
        self.window.reading.go_to(start, min(len(text), start + self.random.choice((0, 5, 5000))))
        laid_out = self.page.laid_out
        if self.page.isVisible() and laid_out is not None:
            line = line_rect(self.page.document(), laid_out.offsets.to_position(self.page.shown_offset(start)))
            top = line.top() - self.page.verticalScrollBar().value()
            assert -1 <= top <= self.page.viewport().height(), f"the target of a jump stands at {top}"

    def open(self) -> None:
        article = self.random.choice(self.articles)
        self.note("open", article)
        self.window.open_article(article)

    def write_away(self) -> None:
        selected = self.page.selected_range()
        self.note("copy", selected)
        text = self.page.text
        if selected is not None and text is not None:
            self.page.copy()
            copied = QApplication.clipboard().text()
            assert copied, selected


def look_at(page: PageView) -> None:
    """See that a page is whole."""
    text, stretch, laid_out = page.text, page._stretch, page.laid_out
    if text is None or stretch is None or laid_out is None:
        return
    top, height = page.verticalScrollBar().value(), page.viewport().height()
    assert stretch.top <= top + 1, f"nothing above: {stretch.top} > {top}"
    assert top + height <= stretch.bottom + 97 or stretch.is_whole, f"nothing below: {top + height} > {stretch.bottom}"
    assert 0 <= page.first_offset() <= page.last_offset() <= len(text)
    eye = page._eye
    if eye is not None:
        position = laid_out.offsets.to_position(eye.offset)
        where = line_rect(page.document(), position).top() - top
        ends = top in (page.verticalScrollBar().minimum(), page.verticalScrollBar().maximum())
        assert ends or abs(where - eye.below_top) < 2, f"the text jumped: {eye} stands at {where}"
    selected = page.selected_range()
    assert selected is None or 0 <= selected[0] < selected[1] <= len(text)


def close_others(window: QWidget) -> None:
    """Close what the monkey left open over a window."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()


def run(monkey: Monkey, steps: int) -> None:
    """Let it do so many things; what failed tells all that was done before."""
    for _ in range(steps):
        try:
            monkey.step()
        except AssertionError as error:
            last = "\n  ".join(monkey.done[-12:])
            raise AssertionError(f"{error}\nafter {len(monkey.done)} steps, the last:\n  {last}") from error
    close_others(monkey.window)
