"""Mending an article: from its text as Markdown, through the live page and the draft, to the newer revision."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from reader.article.stored import StoredText
from reader.errors import ReaderError
from reader.mending.asides import Aside, as_markdown, asides
from reader.mending.drafts import FOLDER, Draft, DraftFile, Found, newest
from reader.mending.errors import NewerRevisionError
from reader.mending.preview import Preview, preview, unchanged
from reader.ui.mending.moments import shown_time
from reader.ui.mending.room import MendingRoom
from reader.ui.reading.opened import StoredPictures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.article.model import Resource
    from reader.library import Added, Library
    from reader.mending.revising import Manuscript
    from reader.theme import Theme
    from reader.ui.page.styles import Typography
    from reader.ui.tasks import Runner, Task

log = logging.getLogger(__name__)

SHOW_AFTER_MS = 200
"""How long the live page waits for the next key."""
SHOW_LONG_AFTER_MS = 700
LONG_CHARACTERS = 150_000
"""A text that takes longer to be read waits longer, too: reading it would be felt at the keys."""
FOLLOW_AFTER_MS = 60
DRAFT_AFTER_MS = 1000
WORDS_LOOKED_FOR = 12


class Mending(QObject):
    """One article at a time. What is not saved lies in a draft; see ``mending.drafts``."""

    opened = Signal(str)
    """The article's title: the room is ready to be shown."""
    saved = Signal(int)
    """The number of the article that has a newer revision."""
    closed = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, library: Library, runner: Runner, theme: Theme, typography: Typography, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._folder = library.paths.data / FOLDER
        self._manuscript: Manuscript | None = None
        self._uuid = ""
        self._saved_text = ""
        self._file: DraftFile | None = None
        self._shown: Preview | None = None
        self._text: StoredText | None = None
        self._previewing: Task | None = None
        self._stale = self._saving = False
        self._asides: tuple[Aside, ...] = ()
        self._place = 0
        self.room = MendingRoom(theme, typography, parent)
        self._showing = self._timer(SHOW_AFTER_MS, self._show)
        self._following = self._timer(FOLLOW_AFTER_MS, self._follow)
        self._drafting = self._timer(DRAFT_AFTER_MS, self._draft_soon)
        self._connect()

    def _timer(self, interval: int, does: Callable[[], object]) -> QTimer:
        made = QTimer(self, singleShot=True, interval=interval)
        made.timeout.connect(does)
        return made

    def _connect(self) -> None:
        room = self.room
        room.editor.textChanged.connect(self._on_changed)
        room.editor.cursorPositionChanged.connect(self._following.start)
        room.editor.refused.connect(self.said)
        room.said.connect(self.said)
        room.page_clicked.connect(self._go_to_words)
        room.close_requested.connect(self.close)
        room.tools.commands["close"].triggered.connect(lambda: self.close())
        room.tools.commands["save"].triggered.connect(lambda: self.save())
        room.aside.put_back.connect(self._put_back)
        room.aside.chosen.connect(self._show_aside)

    # -- opening -----------------------------------------------------------------------------------

    @property
    def article_id(self) -> int | None:
        """The article that is being mended."""
        return None if self._manuscript is None else self._manuscript.article_id

    @property
    def dirty(self) -> bool:
        """Whether there is anything that is not saved."""
        return self._manuscript is not None and self.room.editor.toPlainText() != self._saved_text

    def open(self, article_id: int, place: int = 0) -> None:
        """Give an article to be mended, at a canonical offset; one that is open already is as it was left."""
        if self.article_id == article_id and self.dirty:
            self.opened.emit(self._library.shelf.entry(article_id).title)
            return
        self._place = place
        self._runner.start(lambda step: self._taken(article_id), done=self._begin, failed=self.failed.emit)

    def _taken(self, article_id: int) -> tuple[Manuscript, Preview, str, str]:
        manuscript = self._library.manuscript(article_id)
        entry = self._library.shelf.entry(article_id)
        return manuscript, unchanged(manuscript.text, manuscript.compiled), entry.uuid, entry.title

    def _begin(self, taken: tuple[Manuscript, Preview, str, str]) -> None:
        if self.dirty:
            self.keep()  # of another article: its draft stays
        manuscript, shown, self._uuid, title = taken
        self._manuscript, self._saved_text = manuscript, manuscript.text
        self._file = DraftFile(self._folder, self._uuid)
        self.room.notice.hide()
        self.room.editor.take(manuscript.text)
        self._forget_preview()
        self._drafting.stop()
        self._list_asides()
        self._show_preview(shown)
        if self._text is not None and self._text.passages:
            self.room.editor.go_to_line(shown.line_of(self._text.place(self._place).passage))
        self.opened.emit(title)
        self._offer_draft()

    def _offer_draft(self) -> None:
        found = newest(self._folder, self._uuid)
        if found is None:
            return
        if found.draft.text == self._saved_text:
            found.path.unlink(missing_ok=True)
            return
        when = shown_time(found.draft.written)
        self.room.notice.ask(
            self.tr("Your unsaved changes from {time} are here.").format(time=when),
            (self.tr("Restore"), partial(self._restore, found)),
            (self.tr("Discard"), partial(self._discard_draft, found)),
        )

    def _restore(self, found: Found) -> None:
        if self._manuscript is None:
            return
        self._manuscript = replace(self._manuscript, revision=found.draft.revision)
        if self._file is not None:
            self._file.discard()
        self._file = DraftFile(self._folder, self._uuid, found.path)
        self.room.editor.replace_all(found.draft.text)
        self.room.editor.setFocus()

    def _discard_draft(self, found: Found) -> None:
        with suppress(OSError):
            found.path.unlink(missing_ok=True)
        self.room.editor.setFocus()

    # -- while one writes --------------------------------------------------------------------------

    def _on_changed(self) -> None:
        is_long = self.room.editor.document().characterCount() > LONG_CHARACTERS
        self._showing.start(SHOW_LONG_AFTER_MS if is_long else SHOW_AFTER_MS)
        self._drafting.start()

    def _show(self) -> None:
        """Let the page show the text of now; while one is being made, the next waits."""
        if self._previewing is not None:
            self._stale = True
            return
        self._stale = False
        text = self.room.editor.toPlainText()
        self._list_asides()

        def done(shown: Preview) -> None:
            if self._previewing is task:
                self._previewing = None
                self._show_preview(shown)
                if self._stale:
                    self._show()

        def failed(error: Exception) -> None:
            if self._previewing is task:
                self._previewing = None
                self.failed.emit(error)

        self._previewing = task = self._runner.start(lambda step: preview(text), done=done, failed=failed)

    def _forget_preview(self) -> None:
        """Show no page that is still being made of what is not mended any more."""
        self._showing.stop()
        self._stale = False
        if self._previewing is not None:
            self._previewing.cancel()
            self._previewing = None

    def _show_preview(self, shown: Preview) -> None:
        if self._manuscript is None:
            return
        page = self.room.page
        eye = page.eye()
        self._shown = shown
        self._text = StoredText(shown.compiled)
        stored = StoredPictures(self._library, self._manuscript.article_id, self._text)
        pictures = Pictures({picture.name: picture for picture in shown.resources}, stored)
        sections = tuple(shown.compiled.outline().walk())
        page.show_article(shown.compiled.metadata, self._text, pictures, sections=sections)
        page.setAccessibleName(self.tr("The page as it will be"))
        page.bring(eye)
        self._follow()

    def _follow(self) -> None:
        """Let the page show the place that the caret stands at."""
        if self._shown is None or self._text is None or not self._text.passages:
            return
        passage = self._shown.passage_at(self.room.editor.line)
        self.room.page.go_to(self._text.offset(min(passage, len(self._text.passages) - 1)), landing=False)

    def _go_to_words(self, offset: int) -> None:
        """Let the editor show what was clicked in the page."""
        if self._shown is None or self._text is None or not self._text.passages:
            return
        place = self._text.place(offset)
        words = self._text.passages[place.passage].text[place.offset : place.offset + WORDS_LOOKED_FOR]
        self.room.editor.go_to_line(self._shown.line_of(place.passage), words)
        self.room.editor.setFocus()

    # -- what is set aside -------------------------------------------------------------------------

    def _list_asides(self) -> None:
        self._asides = tuple(asides(self.room.editor.toPlainText()))
        self.room.tools.show_set_aside(len(self._asides))
        self.room.aside.show_asides(self._asides)

    def _show_aside(self, aside: Aside) -> None:
        line = self.room.editor.toPlainText().count("\n", 0, aside.start)
        self.room.editor.go_to_line(line)

    def _put_back(self, aside: Aside, at_caret: bool) -> None:
        now = next((each for each in asides(self.room.editor.toPlainText()) if each == aside), None)
        if now is None:  # the text moved on since it was listed
            self._list_asides()
            return
        self.room.editor.put_back(now.start, now.end, as_markdown(now), at_caret=at_caret)
        self._list_asides()

    # -- drafts ------------------------------------------------------------------------------------

    def _draft(self) -> Draft | None:
        if self._manuscript is None or not self.dirty:
            return None
        text = self.room.editor.toPlainText()
        return Draft(self._uuid, self._manuscript.revision, datetime.now(UTC), text)

    def _draft_soon(self) -> None:
        draft, file = self._draft(), self._file
        if file is None:
            return
        if draft is None:
            file.discard()
            return
        write = partial(file.write, draft, file.turn())
        self._runner.start(lambda step: write(), failed=self.failed.emit)

    def keep(self) -> None:
        """Put what is not saved on the disk at once: something else is shown, or the program ends."""
        if self._manuscript is None or (not self._drafting.isActive() and not self.dirty):
            return
        self._drafting.stop()
        draft, file = self._draft(), self._file
        if file is None:
            return
        if draft is None:
            file.discard()
            return
        try:
            file.write(draft, file.turn())
        except ReaderError as error:
            self.failed.emit(error)

    # -- saving and closing ------------------------------------------------------------------------

    def save(self, *, over_newer: bool = False, closing: bool = False) -> None:
        """Make what is written the newest revision."""
        manuscript = self._manuscript
        if manuscript is None or self._saving:
            return
        if not self.dirty:
            self.said.emit(self.tr("There is nothing new to save."))
            return
        self._saving = True
        text = self.room.editor.toPlainText()
        library, article_id, base = self._library, manuscript.article_id, manuscript.revision

        def work(_step: object) -> tuple[Added, int]:
            added = library.revise(article_id, text, base, over_newer=over_newer)
            return added, library.shelf.entry(article_id).revision

        self._runner.start(work, done=partial(self._on_saved, text, closing), failed=partial(self._on_unsaved, closing))

    def _on_saved(self, text: str, closing: bool, done: tuple[Added, int]) -> None:
        added, revision = done
        self._saving = False
        if self._manuscript is None:
            return
        self._manuscript = replace(self._manuscript, revision=revision)
        self._saved_text = text
        if not self.dirty and self._file is not None:
            self._drafting.stop()
            self._file.discard()
        self.room.notice.hide()
        lost = added.bookmarks_lost
        self.said.emit(
            self.tr("Saved. The words of %n bookmark(s) are not in the text any more.", "", lost)
            if lost
            else self.tr("Saved as a newer text of this reading.")
        )
        self.saved.emit(added.article_id)
        if closing and not self.dirty:
            self._leave()

    def _on_unsaved(self, closing: bool, error: Exception) -> None:
        self._saving = False
        if isinstance(error, NewerRevisionError):
            self.room.notice.ask(
                str(error),
                (self.tr("Save over it"), partial(self.save, over_newer=True, closing=closing)),
                (self.tr("Not now"), self.room.editor.setFocus),
            )
        else:
            self.failed.emit(error)

    def close(self) -> None:
        """Leave the room; what is not saved is asked about in a line."""
        if not self.dirty:
            self._leave()
            return
        self.room.notice.ask(
            self.tr("Your changes are not saved."),
            (self.tr("Save"), partial(self.save, closing=True)),
            (self.tr("Discard"), self._discard),
        )
        self.room.notice.first.setFocus()

    def _discard(self) -> None:
        if self._manuscript is not None:
            self.room.editor.take(self._saved_text)
        self._leave()

    def _leave(self) -> None:
        if self._file is not None and not self.dirty:
            self._file.discard()
        for timer in (self._following, self._drafting):
            timer.stop()
        self._forget_preview()
        self._manuscript = None
        self.closed.emit()


class Pictures(Mapping[str, "Resource"]):
    """The pictures of a text that is mended: those that are new in it, and those that the library has."""

    def __init__(self, new: Mapping[str, Resource], stored: Mapping[str, Resource]) -> None:
        self._new = new
        self._stored = stored

    def __getitem__(self, name: str) -> Resource:
        return self._new[name] if name in self._new else self._stored[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._new
        yield from (name for name in self._stored if name not in self._new)

    def __len__(self) -> int:
        return sum(1 for _ in self)
