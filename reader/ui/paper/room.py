"""What the window does with paper: the preview, and saving as PDF without it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtWidgets import QFileDialog

from reader.errors import ReaderError
from reader.ui.paper.matter import Heading, Matter
from reader.ui.paper.pdf import write_pdf
from reader.ui.paper.plan import Plan
from reader.ui.paper.preview import PreviewDialog, file_name
from reader.ui.paper.sheet import as_settings, from_settings, lay_out
from reader.ui.paper.slices import Slices

if TYPE_CHECKING:
    from reader.ui.paper.sheet import Choices
    from reader.ui.reading.opened import OpenedArticle
    from reader.ui.window.main_window import MainWindow


class PaperRoom(QObject):
    """Prints the open article; made when that is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._slices = Slices(self)
        self._target = Path()
        self._slices.progressed.connect(self._on_progressed)
        self._slices.done.connect(self._on_done)
        self._slices.failed.connect(window.rooms.tell)
        self._dialog: PreviewDialog | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave nothing half written where the window is closed."""
        if event.type() == QEvent.Type.Close:
            self._slices.stop()
            if self._dialog is not None and shiboken6.isValid(self._dialog):
                self._dialog.reject()
        return super().eventFilter(watched, event)

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._slices.busy

    def preview(self) -> None:
        """Show the open article's pages."""
        opened = self._window.reading.article
        if opened is None:
            return
        window = self._window
        dialog = PreviewDialog(self._matter(opened), self._choices(), window.appearance.theme, window)
        dialog.choices_changed.connect(lambda choices: window.change_settings(**as_settings(choices)))
        self._dialog = dialog
        dialog.open()

    def ask_file(self) -> None:
        """Ask for a file, and write the open article into it as PDF."""
        opened = self._window.reading.article
        if opened is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as PDF"), f"{file_name(opened.title)}.pdf", self.tr("PDF (*.pdf)")
        )
        if name:
            self.save(opened, Path(name))

    def write(self, path: Path) -> str:
        """Write the open article as PDF, now; return what went wrong, in a sentence."""
        opened = self._window.reading.article
        if opened is None:
            return self.tr("There is no text that is open.")
        try:
            for _share in write_pdf(self._plan(opened), path):
                pass
        except ReaderError as error:
            return str(error)
        return ""

    def save(self, opened: OpenedArticle, path: Path) -> None:
        """Write an article as PDF, as paper was set last."""
        self._target = path if path.suffix else path.with_suffix(".pdf")
        self._slices.start(write_pdf(self._plan(opened), self._target))
        self._on_progressed(0.0)

    def stop(self) -> None:
        """Leave off writing; what was there before stays."""
        self._slices.stop()
        self._window.rooms.status.hide_progress()

    def _on_progressed(self, share: float) -> None:
        text = self.tr("Writing “{name}”").format(name=self._target.name)
        self._window.rooms.status.show_progress(text, share, self.stop)

    def _on_done(self) -> None:
        status = self._window.rooms.status
        status.hide_progress()
        status.show_message(self.tr("Saved as “{name}”.").format(name=self._target.name))

    def _choices(self) -> Choices:
        imperial = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        return from_settings(self._window.settings, "Letter" if imperial else "A4")

    def _plan(self, opened: OpenedArticle) -> Plan:
        return Plan(self._matter(opened), lay_out(self._choices()))

    def _matter(self, opened: OpenedArticle) -> Matter:
        window = self._window
        return Matter(
            opened.metadata,
            opened.text,
            opened.resources,
            tuple(Heading(section.first, section.level, section.title) for section in opened.sections),
            window.appearance.typography,
            window.page.styles.breaks,
        )
