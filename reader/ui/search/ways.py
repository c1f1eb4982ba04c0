"""The menu of the search panel: what may be typed, and a search that is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class WaysMenu(QMenu):
    """Keeps the search that is in the field, and tells what may be typed there, each with an example.

    ``keep_requested`` says whether to keep it from now on; ``way_chosen`` carries what to put before
    the words in the field, and what after them.
    """

    keep_requested = Signal(bool)
    way_chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._keep = QAction(self.tr("Keep this search"), self)
        self._keep.setCheckable(True)
        self._keep.triggered.connect(self.keep_requested)
        self.addAction(self._keep)
        self.addSeparator()
        for meaning, example, before, after in self._ways():
            way = QAction(f"{meaning}\t{example}", self)
            way.triggered.connect(lambda _checked=False, put=(before, after): self.way_chosen.emit(*put))
            self.addAction(way)

    def show_keeping(self, *, possible: bool, kept: bool) -> None:
        """Show whether there is a search that can be kept, and whether it is."""
        self._keep.setEnabled(possible)
        self._keep.setChecked(kept)

    def _ways(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return each way with an example, and what to put before and after the words."""
        return (
            (self.tr("These words in this order"), self.tr('"two words"'), '"', '"'),
            (self.tr("Words that begin so"), self.tr("begin*"), "", "*"),
            (self.tr("Words spelt nearly so"), self.tr("nearly~"), "", "~"),
            (self.tr("Either of two words"), self.tr("one OR other"), "", " OR "),
            (self.tr("Not with this word"), self.tr("-word"), "", " -"),
            (self.tr("At most five words apart"), self.tr("one NEAR/5 other"), "", " NEAR/5 "),
            (self.tr("In titles"), "title:", "title:", ""),
            (self.tr("By an author"), "author:", "author:", ""),
            (self.tr("In headings"), "in:headings", "in:headings ", ""),
            (self.tr("In notes"), "in:notes", "in:notes ", ""),
            (self.tr("In what has a tag"), "tag:", "", " tag:"),
            (self.tr("In texts of a language"), self.tr("lang:en"), "", " lang:"),
        )
