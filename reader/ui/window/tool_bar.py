"""The bar at the top: the commands that are at hand all the time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.isolation import without_controls
from reader.ui.look import fonts
from reader.ui.widgets.controls import ElidedLabel, IconButton
from reader.ui.window.actions import Actions

HEIGHT = 48
_LEFT = (("outline", "panel-left"), ("library", "library"), ("back", "arrow-left"), ("forward", "arrow-right"))
_RIGHT = (("find", "search"), ("bookmark", "bookmark"), ("side", "panel-right"))


class ToolBar(QWidget):
    """Buttons that follow the window's actions, and the title of what is open."""

    type_requested = Signal(object)
    """The button that the panel of type and themes opens from."""
    menu_requested = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._buttons = {name: self._button(actions[name], icon) for name, icon in _LEFT + _RIGHT}
        self._buttons["bookmark"].set_icon("bookmark", filled_when_on=True)
        self._type = IconButton("a-large-small", self.tr("Type and theme"), self.tr("Ctrl+T"), parent=self)
        self._menu = IconButton("ellipsis", self.tr("Menu"), self.tr("F10"), parent=self)
        self._type.clicked.connect(lambda: self.type_requested.emit(self._type))
        self._menu.clicked.connect(lambda: self.menu_requested.emit(self._menu))
        self._title = ElidedLabel()
        self._title.setFont(fonts.interface(13, 600))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out()

    def _button(self, action: QAction, icon: str) -> IconButton:
        button = IconButton(icon, "", parent=self)
        button.follow(action)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 7, 8, 8)
        row.setSpacing(4)
        for name, _ in _LEFT:
            row.addWidget(self._buttons[name])
        row.addWidget(self._title, 1)
        row.addWidget(self._buttons["find"])
        row.addWidget(self._type)
        row.addWidget(self._buttons["bookmark"])
        row.addWidget(self._buttons["side"])
        row.addWidget(self._menu)
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(rule)

    @property
    def type_button(self) -> IconButton:
        return self._type

    @property
    def menu_button(self) -> IconButton:
        return self._menu

    def set_theme(self, theme: Theme) -> None:
        for button in (*self._buttons.values(), self._type, self._menu):
            button.set_theme(theme)

    def show_bookmarked(self, bookmarked: bool) -> None:
        """Fill the bookmark where the place that is read has one."""
        button = self._buttons["bookmark"]
        button.setCheckable(True)
        button.setChecked(bookmarked)

    def show_title(self, title: str) -> None:
        self._title.set_text(without_controls(title))
