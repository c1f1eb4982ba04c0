"""The bar over the editor, and the shortcuts that its commands have in the room."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.widgets.controls import IconButton, TextButton

HEIGHT = 44
WIDE = 860
"""px; in a narrower bar all marks are in the one menu."""
_CONTEXT = "MendingTools"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for the translators, who look for this name; it is translated where it is shown."""
    return text


class Tool(Struct, frozen=True):
    """A command of the room: its name in the program, its words, its shortcuts."""

    name: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...]


_KEY = QKeySequence.StandardKey
TOOLS = (
    Tool("heading_1", QT_TRANSLATE_NOOP("MendingTools", "Heading 1"), ("Ctrl+1",)),
    Tool("heading_2", QT_TRANSLATE_NOOP("MendingTools", "Heading 2"), ("Ctrl+2",)),
    Tool("heading_3", QT_TRANSLATE_NOOP("MendingTools", "Heading 3"), ("Ctrl+3",)),
    Tool("heading_4", QT_TRANSLATE_NOOP("MendingTools", "Heading 4"), ("Ctrl+4",)),
    Tool("plain", QT_TRANSLATE_NOOP("MendingTools", "Plain text"), ("Ctrl+Shift+X",)),
    Tool("quotation", QT_TRANSLATE_NOOP("MendingTools", "Quotation"), ("Ctrl+Shift+Q",)),
    Tool("caption", QT_TRANSLATE_NOOP("MendingTools", "Caption"), ("Ctrl+Shift+A",)),
    Tool("note", QT_TRANSLATE_NOOP("MendingTools", "Note"), ("Ctrl+Shift+M",)),
    Tool("join", QT_TRANSLATE_NOOP("MendingTools", "Join lines"), ("Ctrl+Shift+J",)),
    Tool("set_aside", QT_TRANSLATE_NOOP("MendingTools", "Put back…"), ("Ctrl+Shift+B",)),
    Tool("undo", QT_TRANSLATE_NOOP("MendingTools", "Undo"), ()),
    Tool("redo", QT_TRANSLATE_NOOP("MendingTools", "Redo"), ()),
    Tool("find", QT_TRANSLATE_NOOP("MendingTools", "Find"), (_KEY.Find,)),
    Tool("replace", QT_TRANSLATE_NOOP("MendingTools", "Replace"), ("Ctrl+H",)),
    Tool("find_next", QT_TRANSLATE_NOOP("MendingTools", "Find next"), ("F3",)),
    Tool("find_previous", QT_TRANSLATE_NOOP("MendingTools", "Find previous"), ("Shift+F3",)),
    Tool("save", QT_TRANSLATE_NOOP("MendingTools", "Save"), ("Ctrl+S",)),
    Tool("close", QT_TRANSLATE_NOOP("MendingTools", "Close"), ("Ctrl+W",)),
)
_HEADINGS = ("heading_1", "heading_2", "heading_3", "heading_4", "plain")
_MARKS = ("quotation", "caption", "note", "join")


class MendingTools(QWidget):
    """``actions`` has each command by its name; the room gives them their work."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Mending"))
        self.commands = {tool.name: self._action(tool, room) for tool in TOOLS}
        self.commands["set_aside"].setCheckable(True)
        self._headings, self._all = QMenu(self), QMenu(self)
        self._headings.addActions([self.commands[name] for name in _HEADINGS])
        self._all.addActions([self.commands[name] for name in _HEADINGS])
        self._all.addSeparator()
        self._all.addActions([self.commands[name] for name in _MARKS])
        self.heading = self._menu_button(self.tr("Heading"), self._headings)
        self.mark = self._menu_button(self.tr("Mark as"), self._all)
        self._words = {name: self._text_button(name) for name in (*_MARKS, "set_aside", "save", "close")}
        icons = (("undo", "undo-2"), ("redo", "redo-2"), ("find", "search"))
        self._icons = {name: self._icon_button(name, icon) for name, icon in icons}
        self._words["save"].set_accented(True)
        self._lay_out()

    def _action(self, tool: Tool, room: QWidget) -> QAction:
        action = QAction(QCoreApplication.translate(_CONTEXT, tool.text), room)
        action.setObjectName(f"mending_{tool.name}")
        action.setShortcuts([QKeySequence(key) for key in tool.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        room.addAction(action)
        return action

    def _menu_button(self, words: str, menu: QMenu) -> TextButton:
        button = TextButton(words, chevron=True, parent=self)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _text_button(self, name: str) -> TextButton:
        action = self.commands[name]
        button = TextButton(action.text(), parent=self)
        button.setCheckable(action.isCheckable())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{action.text()}  {keys}" if keys else action.text())
        button.clicked.connect(lambda: action.trigger())
        action.changed.connect(lambda: self._follow(button, action))
        return button

    @staticmethod
    def _follow(button: TextButton, action: QAction) -> None:
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())
        if button.text() != action.text():
            button.set_text(action.text())

    def _icon_button(self, name: str, icon: str) -> IconButton:
        button = IconButton(icon, "", parent=self)
        button.follow(self.commands[name])
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(2)
        for button in (self.mark, self.heading, *(self._words[name] for name in _MARKS), self._words["set_aside"]):
            row.addWidget(button)
        row.addStretch(1)
        for icon in self._icons.values():
            row.addWidget(icon)
        row.addSpacing(6)
        row.addWidget(self._words["save"])
        row.addWidget(self._words["close"])
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(rule)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        for button in (self.mark, self.heading, *self._words.values()):
            button.set_theme(theme)
        for icon in self._icons.values():
            icon.set_theme(theme)

    def show_set_aside(self, count: int) -> None:
        """Say how much is set aside."""
        words = QCoreApplication.translate(_CONTEXT, "Put back…")
        self.commands["set_aside"].setText(f"{words} ({count})" if count else words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= WIDE
        self.mark.setVisible(not wide)
        for button in (self.heading, *(self._words[name] for name in _MARKS)):
            button.setVisible(wide)
