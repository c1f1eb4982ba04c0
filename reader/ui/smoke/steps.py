"""What is done in the window, a step each: what a person does first, and what needs most of what is shipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QImageReader

from reader import specimens
from reader.paths import resources
from reader.ui import application
from reader.ui.smoke.report import Missed

if TYPE_CHECKING:
    from reader.paths import Paths
    from reader.specimens import Specimen
    from reader.ui.reading.opened import OpenedArticle
    from reader.ui.window.main_window import MainWindow

Facts = dict[str, object]

LOOK_EVERY_MS = 20
SIZE = (1200, 800)
SHADES = 12
"""So many different colours a picture of a window with text in it has at least."""
ICON_PIXELS = 37
"""A size that no icon of the window has: it is drawn, and not taken from the cache."""
LANGUAGES = ("en", "de", "fr", "ru")
"""Languages whose words must be broken in any program that is whole."""


def wait_for(there: Callable[[], bool]) -> None:
    """Let the window live until something is there; how long that may take, the report watches."""
    if there():
        return
    loop = QEventLoop()
    look = QTimer(interval=LOOK_EVERY_MS)
    look.timeout.connect(lambda: loop.quit() if there() else None)
    look.start()
    loop.exec()
    look.stop()


def has_picture(image: QImage) -> bool:
    """Say whether there is something in a picture, and not one colour only."""
    across, down = max(1, image.width() // 200), max(1, image.height() // 200)
    points = ((x, y) for x in range(0, image.width(), across) for y in range(0, image.height(), down))
    return len({image.pixel(x, y) for x, y in points}) >= SHADES


class Walk:
    """One window after the other over one library, and what is done in them."""

    def __init__(self, paths: Paths, scratch: Path) -> None:
        self._paths = paths
        self._scratch = scratch
        self._window: MainWindow | None = None
        self._texts: tuple[Specimen, ...] = ()
        self._place = 0
        self._failures: list[str] = []

    @property
    def window(self) -> MainWindow:
        """The window that is open.

        Raises:
            Missed: there is none.
        """
        if self._window is None:
            raise Missed("There is no window.")
        return self._window

    @property
    def _opened(self) -> OpenedArticle:
        opened = self.window.reading.article
        if opened is None:
            raise Missed("No text is open.")
        return opened

    # -- the window --------------------------------------------------------------------------------

    def open_window(self) -> Facts:
        """Open the window as a start of the program does, and wait for what comes behind the first frame."""
        self._window = window = application.build(self._paths, size=SIZE)
        application.begin(window, ())
        window.show()
        wait_for(lambda: window.is_furnished)
        window.rooms.importing.failed.connect(lambda error: self._failures.append(str(error)))
        return {"size": [window.width(), window.height()], "ratio": window.devicePixelRatioF()}

    def see_editions(self) -> Facts:
        """Wait for the editions that are shipped, and find each of them on the shelf."""
        self._rest()
        shipped = [file.name for file in sorted((resources() / "articles").glob("*.md"))]
        titles = [entry.title for entry in self.window.library.shelf.articles()]
        if not shipped or len(titles) < len(shipped):
            raise Missed(f"Of {len(shipped)} shipped editions, {len(titles)} came onto the shelf.")
        return {"shipped": shipped, "titles": titles}

    def close_window(self) -> None:
        """Close the window as a person does."""
        window = self.window
        self._rest()
        window.close()
        window.library.close()
        window.deleteLater()
        self._window = None

    def reopen(self) -> Facts:
        """Start again, and find the text, the place in it and the bookmark."""
        self.open_window()
        self._rest()
        if self._opened.title != specimens.TITLE:
            raise Missed("The text that was read last did not come back.")
        place = self.window.page.first_offset()
        if place != self._place:
            raise Missed(f"The place was {self._place}, and after the start {place}.")
        if len(self.window.rooms.bookmarking.rows) != 1:
            raise Missed("The bookmark did not come back.")
        return {"place": place}

    def _rest(self) -> None:
        """Wait until nothing is under way behind."""
        window = self.window
        wait_for(lambda: not (window.runner.busy or window.busy))
        if self._failures:
            raise Missed(self._failures.pop())

    # -- texts -------------------------------------------------------------------------------------

    def write_texts(self) -> None:
        """Make a file of each kind."""
        self._texts = specimens.write(self._scratch)

    def bring_in(self, ending: str) -> Facts:
        """Bring in a file, in a process that has no rights, and open it."""
        text = next(each for each in self._texts if each.path.suffix == ending)
        self.window.open_files((text.path,))
        self._rest()
        if self._opened.title != text.title or text.word not in self._opened.text.string:
            raise Missed(f"The text came in as “{self._opened.title}”.")
        return {"characters": len(self._opened.text)}

    def show(self) -> Facts:
        """Go back to the first text, and see it on the page."""
        entries = self.window.library.shelf.articles()
        found = [entry.id for entry in entries if entry.title == specimens.TITLE]
        if not found:
            raise Missed("The text is not on the shelf.")
        self.window.open_article(found[0])
        self._rest()
        if "渡し船" not in self.window.page.toPlainText():
            raise Missed("The text is not on the page.")
        if not has_picture(self.window.page.grab().toImage()):
            raise Missed("The page is empty.")
        return {"sections": len(self._opened.sections), "notes": len(self._opened.keys)}

    # -- reading -----------------------------------------------------------------------------------

    def open_note(self) -> None:
        """Open a note beside its mark, as Enter does."""
        window = self.window
        mark = self._opened.marks()[specimens.NOTE][0]
        window.rooms.footnotes.animated = False  # the picture is to show it whole
        window.rooms.go_to(mark.offset)
        window.page.focus_mark(mark.offset, specimens.NOTE)
        window.page.activate_focused()
        popups = window.rooms.footnotes.popups
        wait_for(lambda: all(popup.isVisible() for popup in popups))
        if len(popups) != 1 or specimens.NOTE_WORDS not in popups[0].view.toPlainText():
            raise Missed("The note did not open.")

    def search(self) -> Facts:
        """Search the library for a word of each text."""
        counts = {}
        for text in self._texts:
            counts[text.word] = self._answers(text.word)
        lost = [word for word, count in counts.items() if not count]
        if lost:
            raise Missed(f"The search did not find {', '.join(lost)}.")
        return {"found": counts}

    def index_apart(self) -> None:
        """Let a process of its own look whether there is anything to index, as it would after a large import."""
        from reader.indexing_process import NoIndexingProcessError, command, refresh_elsewhere

        try:
            refresh_elsewhere(command(self._paths), lambda share: None)
        except NoIndexingProcessError:
            raise Missed("The process that indexes did not start.") from None

    def _answers(self, word: str) -> int:
        """Return how many places the search panel shows for a word, once the index is up to date."""
        window, answers = self.window, list[int]()
        side = window.rooms.side_room
        listening = side.searching.answered.connect(lambda answer: answers.append(answer.total))
        side.show_search(word)
        wait_for(lambda: bool(answers) and (answers[-1] > 0 or not window.runner.busy))
        side.searching.answered.disconnect(listening)
        return answers[-1]

    def find(self) -> Facts:
        """Find a word in the text that is open, and leave the bar again."""
        if self._opened.title != specimens.TITLE:
            raise Missed("The text to find in is not open.")
        finding, totals = self.window.rooms.side_room.finding, list[int]()
        listening = finding.listed.connect(lambda _hits, total: totals.append(total))
        finding.open()
        self.window.half.room.find_bar.open(specimens.PHRASE)
        wait_for(lambda: bool(totals) and (totals[-1] > 0 or not self.window.runner.busy))
        finding.listed.disconnect(listening)
        total = totals[-1]
        finding.close()
        if total != specimens.PHRASES:
            raise Missed(f"“{specimens.PHRASE}” was found {total} times instead of {specimens.PHRASES}.")
        return {"hits": total}

    def bookmark(self) -> Facts:
        """Go to a section far down, and set a bookmark there."""
        window = self.window
        target = next(each for each in self._opened.sections if each.title == specimens.SECTION)
        window.rooms.go_to(self._opened.text.offset(target.first))
        window.rooms.bookmarking.toggle()
        if len(window.rooms.bookmarking.rows) != 1:
            raise Missed("The bookmark was not set.")
        self._rest()
        self._place = window.page.first_offset()
        return {"place": self._place, "section": window.rooms.bookmarking.rows[0].section}

    # -- what is shipped ---------------------------------------------------------------------------

    def hyphenate(self) -> Facts:
        """Break words of several languages."""
        from reader.ui.page.hyphens import Hyphens

        hyphens = Hyphens()
        missing = [language for language in LANGUAGES if not hyphens.load(language)]
        if missing:
            raise Missed(f"There are no patterns for {', '.join(missing)}.")
        passages = self._opened.text.passages
        block = next(each for each in passages if "incomprehensible" in each.text)
        breaks = hyphens.breaks(block, "en")
        if not breaks:
            raise Missed("No word was broken.")
        return {"places": len(breaks)}

    def draw_icon(self) -> Facts:
        """Draw an icon, for which Qt has to read SVG, and see that pictures can be read."""
        from reader.ui.look import icons

        drawn = icons.pixmap("book-open", "#aa3311", ICON_PIXELS).toImage()
        if not any(drawn.pixel(x, y) for x in range(ICON_PIXELS) for y in range(ICON_PIXELS)):
            raise Missed("The icon is empty.")
        formats = sorted(bytes(name.data()).decode() for name in QImageReader.supportedImageFormats())
        missing = [name for name in ("gif", "jpeg", "png", "svg", "webp") if name not in formats]
        if missing:
            raise Missed(f"Pictures cannot be read in {', '.join(missing)}.")
        return {"formats": formats}

    def check_faces(self) -> Facts:
        """See that the typefaces are those that are shipped, and not what the system has instead."""
        from PySide6.QtGui import QFontInfo

        from reader.ui.look import fonts

        wanted = fonts.font(fonts.SERIF, 18)
        found = QFontInfo(wanted).family()
        if found != wanted.family():
            raise Missed(f"The text is set in {found} instead of {wanted.family()}.")
        return {"serif": found, "interface": QFontInfo(fonts.interface()).family()}

    def make_pdf(self) -> Facts:
        """Write the text as PDF."""
        path = self._scratch / "text.pdf"
        sentence = self.window.rooms.overlays.paper.write(path)
        if sentence:
            raise Missed(sentence)
        data = path.read_bytes()
        if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
            raise Missed("What was written is no PDF.")
        return {"bytes": len(data)}

    def take_picture(self, file: Path | None) -> None:
        """Paint the window, and keep the picture where that was asked for."""
        image = self.window.grab().toImage()
        if not has_picture(image):
            raise Missed("The window is empty.")
        if file is not None and not image.save(str(file)):
            raise Missed(f"The picture could not be saved as “{file.name}”.")
