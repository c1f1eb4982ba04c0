"""The versions of a text: when each was made and by what, what changed, and going back to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QIcon, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.mending.changes import Kind
from reader.store.versions import How
from reader.ui.isolation import isolated
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.mending.moments import shown_time

if TYPE_CHECKING:
    from reader.library import Library
    from reader.mending.changes import Change
    from reader.store.versions import Version
    from reader.theme import Theme
    from reader.ui.tasks import Runner, Step, Task

SIZE = 860, 560
LIST_WIDTH = 260
MOST_SHOWN = 400
"""Changes; more are counted, not listed."""


class VersionsDialog(QDialog):
    """``chosen`` is a revision that the person wants back."""

    chosen = Signal(int)

    def __init__(self, library: Library, runner: Runner, article_id: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._runner, self._theme = library, runner, theme
        self._versions: tuple[Version, ...] = ()
        self._task: Task | None = None
        self.setWindowTitle(self.tr("Versions"))
        self.resize(*SIZE)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Versions, the newest first"))
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.changes = QTextEdit(readOnly=True)
        self.changes.setFrameShape(QTextEdit.Shape.NoFrame)
        self.changes.setAccessibleName(self.tr("What changed since this version"))
        self.changes.setFont(fonts.interface(14))
        self.changes.setTabChangesFocus(True)
        self.changes.document().setDocumentMargin(16)
        box = QDialogButtonBox()
        self.back = box.addButton(self.tr("Go back to this version"), QDialogButtonBox.ButtonRole.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        for button in (self.back, close):
            button.setIcon(QIcon())  # the style's own is black on dark
            button.setAutoDefault(False)
        self.back.setEnabled(False)
        self.back.clicked.connect(self._go_back)
        box.rejected.connect(self.reject)
        halves = QSplitter()
        halves.addWidget(self.list)
        halves.addWidget(self.changes)
        halves.setChildrenCollapsible(False)
        halves.setSizes([LIST_WIDTH, SIZE[0] - LIST_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(halves, 1)
        foot = QHBoxLayout()
        foot.addWidget(box)
        column.addLayout(foot)
        self.list.currentRowChanged.connect(self._compare)
        self.finished.connect(self._leave)
        self.list.setFocus()
        self._start(lambda _step: library.revising().versions(article_id), self._take)

    def _take(self, versions: tuple[Version, ...]) -> None:
        self._versions = versions
        for version in versions:
            item = QListWidgetItem(self._named(version), self.list)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._named(version).replace("\n", ", "))
        self.list.setCurrentRow(min(1, len(versions) - 1))

    def _named(self, version: Version) -> str:
        match version.how:
            case How.FILE:
                how = self.tr("from the file “{name}”").format(name=isolated(version.file_name))
            case How.MENDED:
                how = self.tr("mended")
            case How.AGAIN:
                how = self.tr("as version {number} again").format(number=version.same_as)
        head = self.tr("Version {number}, {time}").format(number=version.number, time=shown_time(version.added))
        words = self.tr("%n word(s)", "", version.words)
        return f"{head}\n{how}\n{words.replace(str(version.words), QLocale().toString(version.words))}"

    # -- comparing ---------------------------------------------------------------------------------

    def _compare(self, row: int) -> None:
        self.back.setEnabled(row > 0)
        self._stop()
        if row <= 0:
            self._tell(self.tr("This is the text as it is now.") if row == 0 else "")
            return
        library = self._library
        old, new = self._versions[row].revision, self._versions[0].revision
        self._tell(self.tr("Comparing…"))
        self._start(lambda step: library.revising().changes(old, new, step), self._show)

    def _start(self, work: Callable[[Step], Any], show: Callable[[Any], None]) -> None:
        """Do something behind the dialog; what was asked for before is not wanted any more."""
        self._stop()

        def done(result: object) -> None:
            if self._task is task:
                show(result)

        def failed(error: Exception) -> None:
            if self._task is task:
                self._tell(str(error) if isinstance(error, ReaderError) else self.tr("They could not be compared."))

        self._task = task = self._runner.start(work, done=done, failed=failed)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, found: tuple[Change, ...]) -> None:
        self.changes.clear()
        if not found:
            self._tell(self.tr("The text is now what it was in this version."))
            return
        cursor = QTextCursor(self.changes.document())
        formats = self._formats
        cursor.beginEditBlock()  # laid out once
        for number, change in enumerate(found[:MOST_SHOWN]):
            if number:
                cursor.insertBlock()
            if change.skipped:
                words = self.tr("%n paragraph(s) as before", "", change.skipped)
                cursor.insertText(words, formats[Kind.SAME, True])
                cursor.insertBlock()
            for piece in change.pieces:
                cursor.insertText(piece.text, formats[piece.kind, False])
            cursor.insertText("", formats[Kind.SAME, False])
            cursor.insertBlock()
        if len(found) > MOST_SHOWN:
            rest = len(found) - MOST_SHOWN
            cursor.insertText(self.tr("and %n more change(s)", "", rest), formats[Kind.SAME, True])
        cursor.endEditBlock()
        self.changes.moveCursor(QTextCursor.MoveOperation.Start)

    @property
    def _formats(self) -> dict[tuple[Kind, bool], QTextCharFormat]:
        """What words look like, by what became of them and whether they are ours: told apart without colour."""
        theme = self._theme
        same, aside, removed, added = (QTextCharFormat() for _ in range(4))
        same.setForeground(colour(theme.text))
        aside.setForeground(colour(theme.muted))
        removed.setForeground(colour(theme.muted))
        removed.setFontStrikeOut(True)
        added.setForeground(colour(theme.text))
        added.setBackground(colour(theme.accent_tint))
        added.setFontUnderline(True)
        kinds = {Kind.SAME: same, Kind.REMOVED: removed, Kind.ADDED: added}
        return {**{(kind, False): form for kind, form in kinds.items()}, (Kind.SAME, True): aside}

    def _tell(self, sentence: str) -> None:
        self.changes.clear()
        QTextCursor(self.changes.document()).insertText(sentence, self._formats[Kind.SAME, True])

    # -- leaving -----------------------------------------------------------------------------------

    def _go_back(self) -> None:
        row = self.list.currentRow()
        if row > 0:
            self.chosen.emit(self._versions[row].revision)
            self.accept()

    def _leave(self) -> None:
        self._stop()
        self.deleteLater()
