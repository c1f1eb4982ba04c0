"""The line above the readings: how many, in which order, how they look; or what to do with those selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.shelf.arrangement import Arrangement
from reader.ui.shelf.model import Sorting
from reader.ui.widgets.controls import IconButton, TextButton


class ShelfBar(QWidget):
    """``sorting_chosen`` carries a ``Sorting``, ``arranged`` an ``Arrangement``."""

    sorting_chosen = Signal(object)
    arranged = Signal(object)
    duplicates_requested = Signal()
    watching_requested = Signal()
    details_requested = Signal()
    collect_requested = Signal(object)
    """The button that a menu of collections opens from."""
    removal_requested = Signal()
    restoring_requested = Signal()
    deselected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = QLabel()
        self.count.setObjectName("section")
        self.count.setFont(fonts.interface(12, 600))
        self.sorting = TextButton("", chevron=True)
        self.view = TextButton(self.tr("View"), chevron=True)
        self.view.setAccessibleName(self.tr("View: rows or tiles, their size, what else there is"))
        self.edit = TextButton(self.tr("Edit details"), "pencil")
        self.collect = TextButton(self.tr("Put into…"), "folder")
        self.remove = TextButton(self.tr("Remove"), "trash-2")
        self.restore = TextButton(self.tr("Restore"), "undo-2")
        self.clear = IconButton("x", self.tr("Select nothing"), size=16)
        self._arrangement = Arrangement()
        self._bin = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.edit, self.collect, self.remove, self.restore, self.clear, self.sorting, self.view):
            row.addWidget(button)
        self._make_sorting()
        self._make_view()
        self._connect()
        self.show_selected(0)

    def _connect(self) -> None:
        self.edit.clicked.connect(lambda: self.details_requested.emit())
        self.collect.clicked.connect(lambda: self.collect_requested.emit(self.collect))
        self.remove.clicked.connect(lambda: self.removal_requested.emit())
        self.restore.clicked.connect(lambda: self.restoring_requested.emit())
        self.clear.clicked.connect(lambda: self.deselected.emit())

    def _make_sorting(self) -> None:
        menu = QMenu(self.sorting)
        menu.setAccessibleName(self.tr("Sort by"))
        group = QActionGroup(menu)
        self._names = {
            Sorting.OPENED: (self.tr("Last opened"), self.tr("Sorted by when they were opened last")),
            Sorting.TITLE: (self.tr("Title"), self.tr("Sorted by title")),
            Sorting.AUTHOR: (self.tr("Author"), self.tr("Sorted by author")),
            Sorting.ADDED: (self.tr("Added"), self.tr("Sorted by when they were added")),
            Sorting.LENGTH: (self.tr("Length"), self.tr("Sorted by length")),
            Sorting.PROGRESS: (self.tr("Progress"), self.tr("Sorted by how much is read")),
        }
        self._choices = {sorting: QAction(name, group, checkable=True) for sorting, (name, _) in self._names.items()}
        for sorting, action in self._choices.items():
            action.triggered.connect(lambda _checked=False, sorting=sorting: self.sorting_chosen.emit(sorting))
            menu.addAction(action)
        _opens(self.sorting, menu)
        self.tell_sorting(Sorting.OPENED)

    def _make_view(self) -> None:
        menu = QMenu(self.view)
        menu.setAccessibleName(self.tr("View"))
        self._looks: list[tuple[QAction, dict[str, object]]] = []
        groups: tuple[tuple[tuple[str, dict[str, object]], ...], ...] = (
            ((self.tr("Rows"), {"grid": False}), (self.tr("Tiles"), {"grid": True})),
            (
                (self.tr("Small"), {"size": "small"}),
                (self.tr("Medium"), {"size": "medium"}),
                (self.tr("Large"), {"size": "large"}),
            ),
            ((self.tr("Covers"), {"openings": False}), (self.tr("First words"), {"openings": True})),
        )
        for group in groups:
            choices = QActionGroup(menu)
            for text, change in group:
                action = QAction(text, choices, checkable=True)
                action.triggered.connect(lambda _checked=False, change=change: self._change(change))
                menu.addAction(action)
                self._looks.append((action, change))
            menu.addSeparator()
        for text, work in (
            (self.tr("Find duplicates…"), self.duplicates_requested),
            (self.tr("Watched folders…"), self.watching_requested),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, work=work: work.emit())
            menu.addAction(action)
        _opens(self.view, menu)
        self.arrange(self._arrangement)

    def _change(self, change: dict[str, object]) -> None:
        from msgspec import structs

        self.arrange(structs.replace(self._arrangement, **change))
        self.arranged.emit(self._arrangement)

    # -- data down ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for button in (self.sorting, self.view, self.edit, self.collect, self.remove, self.restore, self.clear):
            button.set_theme(theme)

    def tell_sorting(self, sorting: Sorting) -> None:
        name, told = self._names[sorting]
        self._choices[sorting].setChecked(True)
        self.sorting.set_text(name)
        self.sorting.setAccessibleName(told)

    def arrange(self, arrangement: Arrangement) -> None:
        """Check in the menu what is so."""
        self._arrangement = arrangement
        for action, change in self._looks:
            action.setChecked(all(getattr(arrangement, name) == value for name, value in change.items()))

    def show_bin(self, is_bin: bool) -> None:
        """Offer what is done with what was removed, or with what is on the shelf."""
        self._bin = is_bin
        self.remove.set_text(self.tr("Delete for good…") if is_bin else self.tr("Remove"))

    def show_selected(self, count: int) -> None:
        """Offer what is done with several where several are selected."""
        several = count > 1
        for button in (self.edit, self.collect):
            button.setVisible(several and not self._bin)
        self.restore.setVisible(several and self._bin)
        self.remove.setVisible(several)
        self.clear.setVisible(several)
        self.sorting.setVisible(not several)
        self.view.setVisible(not several)

    def arrange_narrow(self, *, narrow: bool) -> None:
        """Leave the words of the buttons out that signs tell, where there is little room."""
        for button, text in (
            (self.edit, self.tr("Edit details")),
            (self.collect, self.tr("Put into…")),
            (self.restore, self.tr("Restore")),
        ):
            button.setText("" if narrow else text)
            button.updateGeometry()


def _opens(button: TextButton, menu: QMenu) -> None:
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
