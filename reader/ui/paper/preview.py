"""The preview: the pages as they will be, and at their side what can be chosen for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.ui.isolation import isolated
from reader.ui.look import fonts
from reader.ui.paper.choosing import PaperChoosing
from reader.ui.paper.pages_view import PagesView
from reader.ui.paper.pdf import write_pdf
from reader.ui.paper.plan import Plan
from reader.ui.paper.sheet import lay_out
from reader.ui.paper.slices import Slices
from reader.ui.widgets.controls import TextButton, announce
from reader.ui.widgets.focus_ring import FocusRing
from reader.ui.widgets.progress import ThinProgress

if TYPE_CHECKING:
    from collections.abc import Generator

    from reader.theme import Theme
    from reader.ui.paper.matter import Matter
    from reader.ui.paper.sheet import Choices

SIDE_WIDTH = 296
WIDTH, HEIGHT = 1060, 780
SETTLE_MS = 120
"""So long after a choice the pages are made anew: several choices in a row are one."""


class PreviewDialog(QDialog):
    """Shows an article's pages while they are being made; prints them, or saves them as PDF.

    ``choices_changed`` carries what was chosen, to be remembered; ``saved`` the file that was written.
    """

    choices_changed = Signal(object)
    saved = Signal(object)

    def __init__(self, matter: Matter, choices: Choices, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print “{title}”").format(title=isolated(matter.title) or self.tr("Untitled")))
        self.resize(WIDTH, HEIGHT)
        self._matter = matter
        self._theme = theme
        self.plan = Plan(matter, lay_out(choices))
        self.pages = PagesView(self)
        self.choosing = PaperChoosing(choices, self)
        self.counting = Slices(self)
        self.writing = Slices(self)
        self._target = Path()
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._make_anew)
        self._make_foot()
        self._lay_out()
        self._connect()
        self._ring = FocusRing(self)
        self._dress()
        self._show_plan()

    # -- making ------------------------------------------------------------------------------------

    def _make_foot(self) -> None:
        self.count = QLabel(self)
        self.count.setFont(fonts.interface(13, features=("tnum",)))
        self.progress = ThinProgress(self.tr("Pages made"), parent=self)
        self.cancel = TextButton(self.tr("Cancel"), height=28, parent=self)
        self.message = QLabel(self)
        self.message.setObjectName("muted")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setFont(fonts.interface(12))
        self.message.hide()
        self.save_button = QPushButton(self.tr("Save as PDF…"), self)
        self.print_button = QPushButton(self.tr("Print…"), self)
        self.print_button.setObjectName("primary")
        self.print_button.setDefault(True)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button in (self.save_button, self.print_button, self.close_button):
            button.setIcon(QIcon())
            button.setFont(fonts.interface(13, 500))
        self.save_button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)

    def _lay_out(self) -> None:
        side = QWidget(self)
        side.setObjectName("pane")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE_WIDTH)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 18, 20, 8)
        column.addWidget(self.choosing)
        area = QScrollArea(side)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        inner.setObjectName("pane")
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 18)
        foot.setSpacing(8)
        counted = QHBoxLayout()
        counted.addWidget(self.count, 1)
        counted.addWidget(self.cancel)
        foot.addLayout(counted)
        foot.addWidget(self.progress)
        foot.addWidget(self.message)
        foot.addSpacing(4)
        foot.addWidget(self.print_button)
        foot.addWidget(self.save_button)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages, 1)
        row.addWidget(rule)
        row.addWidget(side)

    def _connect(self) -> None:
        self.choosing.changed.connect(self._on_choices_changed)
        self.pages.page_changed.connect(lambda _: self._say_count())
        self.counting.progressed.connect(self._on_counted)
        self.counting.done.connect(self._on_all_counted)
        self.counting.failed.connect(self._on_failed)
        self.writing.progressed.connect(self._on_written)
        self.writing.done.connect(self._on_all_written)
        self.writing.failed.connect(self._on_failed)
        self.cancel.clicked.connect(lambda: self.stop())
        self.print_button.clicked.connect(lambda: self.ask_printer())
        self.save_button.clicked.connect(lambda: self.ask_file())
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(lambda _: self._leave())

    def _dress(self) -> None:
        for part in (self.pages, self.choosing, self.progress, self.cancel, self._ring):
            part.set_theme(self._theme)

    # -- pages -------------------------------------------------------------------------------------

    def _on_choices_changed(self, choices: Choices) -> None:
        self.choices_changed.emit(choices)
        self._settling.start()

    def _make_anew(self) -> None:
        self.plan = Plan(self._matter, lay_out(self.choosing.choices))
        self._show_plan()

    def _show_plan(self) -> None:
        """Show the first page at once; the others come behind."""
        self.writing.stop()
        self._say("")
        try:
            self.plan.make_page()
        except ReaderError as error:
            self._on_failed(error)
            return
        self.pages.show_plan(self.plan)
        self.counting.start(_count(self.plan))
        self._show_progress(self.plan.share)

    def _on_counted(self, share: float) -> None:
        self.pages.take_pages()
        self._show_progress(share)

    def _on_all_counted(self) -> None:
        self.pages.take_pages()
        self._hide_progress()

    def _say_count(self) -> None:
        made = len(self.plan.leaves)
        if self.plan.done:
            self.count.setText(self.tr("Page {page} of {count}").format(page=self.pages.page, count=made))
        else:
            self.count.setText(self.tr("Page {page}, {count} made").format(page=self.pages.page, count=made))
        self.pages.setAccessibleDescription(self.count.text())

    def _show_progress(self, share: float) -> None:
        self.progress.setVisible(True)
        self.cancel.setVisible(True)
        self.progress.set_share(share)
        self._say_count()

    def _hide_progress(self) -> None:
        self.progress.hide()
        self.cancel.hide()
        self._say_count()

    def stop(self) -> None:
        """Stop what is under way: writing first, else the making of further pages."""
        if self.writing.busy:
            self.writing.stop()
            self._say(self.tr("Stopped; nothing was saved or printed."))
            self._end_writing()
        else:
            self.counting.stop()
        self._hide_progress()

    # -- printing and saving -----------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask where the PDF goes, and write it there."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), f"{file_name(self._matter.title)}.pdf", self.tr("PDF (*.pdf)")
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the pages into a file."""
        self._target = path if path.suffix else path.with_suffix(".pdf")
        self._begin_writing(write_pdf(self.plan, self._target))

    def ask_printer(self) -> None:
        """Ask the system which printer it is to be, and print."""
        from reader.ui.paper import printing

        try:
            printer = printing.printer_for(self.plan)
        except ReaderError as error:
            self._on_failed(error)
            return
        self._target = Path()
        dialog = printing.dialog_for(printer, self.plan, self)
        dialog.accepted.connect(lambda: self._begin_writing(printing.print_pages(self.plan, printer)))
        dialog.setModal(True)
        dialog.show()

    def _begin_writing(self, work: Generator[float, None, None]) -> None:
        self._say("")
        self.counting.stop()
        for part in (self.choosing, self.save_button, self.print_button):
            part.setEnabled(False)
        self.writing.start(work)
        self._show_progress(0.0)

    def _end_writing(self) -> None:
        for part in (self.choosing, self.save_button, self.print_button):
            part.setEnabled(True)
        self.pages.take_pages()
        if not self.plan.done and not self.counting.busy:
            self.counting.start(_count(self.plan))

    def _on_written(self, share: float) -> None:
        self._show_progress(share)

    def _on_all_written(self) -> None:
        self._hide_progress()
        self._end_writing()
        if self._target.name:
            self._say(self.tr("Saved as “{name}”.").format(name=self._target.name))
            self.saved.emit(self._target)
        else:
            self._say(self.tr("Sent to the printer."))

    def _on_failed(self, error: object) -> None:
        self._hide_progress()
        self._end_writing()
        self._say(str(error) if isinstance(error, ReaderError) else "")

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        announce(self.message, sentence)

    def _leave(self) -> None:
        self._settling.stop()
        self.writing.stop()
        self.counting.stop()


def _count(plan: Plan) -> Generator[float, None, None]:
    while plan.make_page():
        yield plan.share


def file_name(title: str) -> str:
    """Return a title as a file can be named."""
    return "".join(c if c.isalnum() or c in " -_" else " " for c in title)[:60].strip() or "article"
