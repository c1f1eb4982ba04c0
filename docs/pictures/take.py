#!/usr/bin/env python3
"""Take the README's pictures with the program itself.

xvfb-run -s '-screen 0 3840x2400x24' .venv/bin/python docs/pictures/take.py [OUT] [--help]

It shows the edition that comes with the program, and texts of the tests. The README's own pictures are the default;
``--all THEME`` takes every scene, to be looked at. ``QT_SCALE_FACTOR=2`` makes them twice as fine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))  # the checkout, installed or not

from reader.library import Library  # noqa: E402
from reader.paths import Paths  # noqa: E402
from reader.ui import application  # noqa: E402
from reader.ui.look import fonts  # noqa: E402
from reader.ui.plurals import EnglishPlurals  # noqa: E402
from reader.ui.window import dispatch  # noqa: E402
from reader.ui.window.main_window import MainWindow  # noqa: E402

SIZE = (1280, 800)
SETTLE_MS = 350
NEAR_MARK_MS = 900  # the popup's own wait, and its fading in
COLOURS = 256
NEAR = 5
"""By how much, of 255, red, green or blue may differ in what is one colour to an eye."""


@dataclass
class Studio:
    """A library with a few texts, and one window over it."""

    window: MainWindow
    edition: int
    texts: dict[str, int]

    def wait(self, ms: int = SETTLE_MS) -> None:
        QTest.qWait(ms)
        while self.window.runner.busy:
            QTest.qWait(50)

    def act(self, name: str) -> None:
        """Do what a command does."""
        command = self.window.findChild(QAction, name)
        assert command is not None, name
        command.trigger()
        self.wait()

    def open(self, article: int, section: int = -1) -> None:
        """Show an article from its beginning, or from one of its sections."""
        window = self.window
        window.open_article(article)
        window.show_reading()
        opened = window.reading.article
        assert opened is not None
        window.reading.go_to(opened.text.offset(opened.sections[section].first) if section >= 0 else 0)
        self.away()
        self.wait(2200)  # what a jump led to is tinted for a while

    def away(self) -> None:
        """Take the pointer where it does nothing."""
        QTest.mouseMove(self.window.windowHandle(), QPoint(self.window.width() // 2, 4))

    def hover(self, number: int = 0) -> None:
        """Rest the pointer on one of the marks that are seen."""
        page = self.window.page
        opened = self.window.reading.article
        assert opened is not None
        first = page.first_offset()
        marks = [(at, opened.text.keys[key]) for at, key in zip(*opened.text.marks, strict=True) if at >= first]
        rect = page.mark_rect(*marks[number])
        QTest.mouseMove(self.window.windowHandle(), self.window.mapFromGlobal(rect.center()))
        self.wait(NEAR_MARK_MS)

    def key(self, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), name, modifier)
        self.wait()

    def panes(self, *, outline: bool = False, side: bool = False) -> None:
        """Show the panes that a picture wants, and no other."""
        self.window.panes.show_pane("outline", outline)
        self.window.panes.show_pane("side", side)
        self.wait()

    def picture(self) -> QPixmap:
        return self.window.grab()

    def dialog(self) -> QPixmap:
        """Return the picture of the dialog or menu that is open, and close it."""
        shown = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        assert isinstance(shown, QWidget)
        taken = shown.grab()
        shown.close()
        self.wait()
        return taken


def reading(studio: Studio) -> QPixmap:
    studio.panes(outline=True)
    studio.open(studio.edition)
    return studio.picture()


def note(studio: Studio) -> QPixmap:
    studio.panes(outline=True)
    studio.open(studio.edition)
    studio.hover(1)
    taken = studio.picture()
    studio.window.rooms.desk.active.footnotes.close_all()
    studio.away()
    studio.wait()
    return taken


def type_card(studio: Studio) -> QPixmap:
    studio.panes()
    studio.open(studio.edition, 2)
    studio.act("type")
    taken = studio.picture()
    studio.key(Qt.Key.Key_Escape)
    return taken


def folding(studio: Studio) -> QPixmap:
    studio.panes(outline=True)
    studio.open(studio.edition, 4)
    studio.act("fold_others")
    studio.wait(2200)
    taken = studio.picture()
    studio.act("unfold_all")
    return taken


def side_notes(studio: Studio) -> QPixmap:
    studio.window.resize(max(1500, SIZE[0]), studio.window.height())
    studio.panes(outline=True)
    studio.act("side_notes")
    studio.open(studio.edition, 4)
    taken = studio.picture()
    studio.act("side_notes")
    return taken


def split(studio: Studio) -> QPixmap:
    studio.window.resize(max(1500, SIZE[0]), studio.window.height())
    studio.panes()
    studio.open(studio.edition, 3)
    studio.act("split")
    studio.window.open_article(studio.texts["mixed"])
    studio.away()
    studio.wait(1500)
    taken = studio.picture()
    studio.act("other_half")
    studio.act("close_split")
    return taken


def find(studio: Studio) -> QPixmap:
    studio.panes(outline=True)
    studio.open(studio.edition)
    studio.act("find")
    field = studio.window.room.find_bar.field
    field.setText("soviet")
    studio.wait()
    for _ in range(4):
        QTest.keyClick(field, Qt.Key.Key_Return)
    studio.wait(800)
    taken = studio.picture()
    studio.window.room.find_bar.close_button.click()
    return taken


def search(studio: Studio) -> QPixmap:
    studio.panes(outline=False)
    studio.open(studio.edition, 2)
    studio.window.rooms.side_room.show_search("factory committees")
    studio.wait(1200)
    return studio.picture()


def bookmarks(studio: Studio) -> QPixmap:
    studio.panes()
    page = studio.window.page
    for section in (2, 5, 8, 3):
        studio.open(studio.edition, section)
        if page.selected_range() is None and studio.window.rooms.bookmarking.at_place() is None:
            studio.act("bookmark")
    studio.window.rooms.side_room.show_annotations()
    studio.wait()
    return studio.picture()


def library(studio: Studio) -> QPixmap:
    studio.act("library")
    studio.wait(800)
    return studio.picture()


def palette(studio: Studio) -> QPixmap:
    studio.panes(outline=True)
    studio.open(studio.edition, 3)
    studio.act("palette")
    studio.window.rooms.overlays.palette.field.setText("note")
    studio.wait()
    taken = studio.picture()
    studio.key(Qt.Key.Key_Escape)
    return taken


def paper(studio: Studio) -> QPixmap:
    studio.open(studio.edition)
    studio.act("print")
    studio.wait(1500)
    return studio.dialog()


def shortcuts(studio: Studio) -> QPixmap:
    studio.act("shortcuts")
    return studio.dialog()


def about(studio: Studio) -> QPixmap:
    studio.act("about")
    return studio.dialog()


def menu(studio: Studio) -> QPixmap:
    studio.window.rooms.overlays.show_menu(studio.window.rooms.tool_bar.menu_button)
    studio.wait()
    return studio.dialog()


def kept(studio: Studio) -> QPixmap:
    studio.panes()
    studio.open(studio.edition, 3)
    studio.hover(0)
    studio.act("keep_note")
    studio.wait(600)
    taken = studio.picture()
    below = studio.window.rooms.desk.active.kept
    for key in below.keys:
        below.close_note(key)
    return taken


def message(studio: Studio) -> QPixmap:
    from reader.errors import UnreadableFileError

    studio.panes()
    studio.open(studio.edition, 2)
    studio.window.rooms.tell(UnreadableFileError("essay.odt"))
    studio.wait()
    return studio.picture()


def script(name: str) -> Callable[[Studio], QPixmap]:
    def take(studio: Studio) -> QPixmap:
        studio.panes(outline=studio.window.width() > 900)
        studio.open(studio.texts[name])
        return studio.picture()

    return take


def narrow(studio: Studio) -> QPixmap:
    studio.window.resize(420, 760)
    studio.panes()
    studio.open(studio.edition, 4)
    studio.hover(0)
    taken = studio.picture()
    studio.window.rooms.desk.active.footnotes.close_all()
    return taken


def drawer(studio: Studio) -> QPixmap:
    studio.window.resize(800, 760)
    studio.open(studio.edition, 3)
    studio.panes(outline=True)
    taken = studio.picture()
    studio.window.panes.close_drawer()
    return taken


SCENES: dict[str, Callable[[Studio], QPixmap]] = {
    "reading": reading,
    "note": note,
    "type": type_card,
    "folding": folding,
    "find": find,
    "search": search,
    "palette": palette,
    "kept": kept,
    "message": message,
    "arabic": script("arabic"),
    "hebrew": script("hebrew"),
    "mixed": script("mixed"),
    "japanese": script("japanese"),
    "library": library,
    "bookmarks": bookmarks,
    "print": paper,
    "shortcuts": shortcuts,
    "about": about,
    "menu": menu,
    "side-notes": side_notes,
    "split": split,
    "narrow": narrow,
    "drawer": drawer,
}
README = (
    *("note:light", "note:dark", "type:light", "type:dark", "folding:light", "folding:dark"),
    *("side-notes:light", "side-notes:dark", "find:light", "find:dark", "arabic:light", "arabic:dark"),
    *("split:sepia", "library:light", "library:dark", "print:light", "print:dark"),
)


def open_studio(home: Path, size: tuple[int, int]) -> Studio:
    """Bring texts into a library, and open a window over it."""
    paths = Paths.under(home)
    with Library(paths) as shelf:
        edition = shelf.add_bundled()[0].article_id
        folder = ROOT / "tests" / "data" / "scripts"
        texts = {each.stem: shelf.add(each).article_id for each in sorted(folder.glob("*.md"))}
    window = application.build(paths, size=size)
    window.reading.open(edition)
    window.show_reading()
    window.move(0, 0)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.furnish()
    fonts.load_rest()
    studio = Studio(window, edition, texts)
    studio.wait()
    return studio


def few_colours(image: QImage) -> list[int]:
    """Return the colours that most of a picture is made of, as ``0xFFRRGGBB``; none is like another."""
    found = Counter(memoryview(image.constBits()).cast("I"))
    chosen: list[int] = []
    for colour, _ in found.most_common():
        if len(chosen) < COLOURS and all(unlike(colour, other) for other in chosen):
            chosen.append(colour)
    return chosen


def unlike(one: int, other: int) -> bool:
    """Say whether an eye tells two colours apart."""
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > NEAR for shift in (0, 8, 16))


def save(picture: QPixmap, file: Path) -> None:
    """Save a picture with as few colours as an eye needs: a third of the size."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    threshold = Qt.ImageConversionFlag.ThresholdDither
    image = image.convertToFormat(QImage.Format.Format_Indexed8, few_colours(image), threshold)
    image.save(str(file), "PNG", 0)  # 0: the smallest file


def main() -> int:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", nargs="?", type=Path, default=HERE)
    parser.add_argument("--all", nargs="+", metavar="THEME", help="every scene in these themes, in all its colours")
    parser.add_argument("--scene", nargs="+", metavar="NAME", help=f"only these: {', '.join(SCENES)}")
    parser.add_argument("--size", default="x".join(map(str, SIZE)), metavar="WxH")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    wanted = [f"{scene}:{theme}" for theme in chosen.all for scene in SCENES] if chosen.all else README
    wanted = [each for each in wanted if not chosen.scene or each.split(":")[0] in chosen.scene]
    chosen.out.mkdir(parents=True, exist_ok=True)
    screen = QApplication(["study-reader", "-style", "Fusion"])
    screen.installTranslator(EnglishPlurals(screen))
    fonts.load_first()
    screen.setFont(fonts.interface())
    with tempfile.TemporaryDirectory() as home:
        studio = open_studio(Path(home), (width, height))
        for each in wanted:
            scene, theme = each.split(":")
            studio.window.resize(width, height)
            dispatch.choose_theme(studio.window, theme)
            studio.wait()
            picture, file = SCENES[scene](studio), chosen.out / f"{scene}-{theme}.png"
            picture.save(str(file)) if chosen.all else save(picture, file)
            sys.stdout.write(f"{file}\n")
            sys.stdout.flush()
        studio.window.close()
        studio.window.library.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
