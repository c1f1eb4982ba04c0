"""The cards and dialogs that come over the window: commands, type and theme, shortcuts, menus."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from reader.theme import Theme
from reader.ui.reading.type_choosing import TypeState
from reader.ui.reading.type_panel import TypePanel
from reader.ui.window import dispatch
from reader.ui.window.actions import MENUS, Actions, menu_title
from reader.ui.window.command_palette import CommandPalette, Entry

if TYPE_CHECKING:
    from reader.ui.paper.room import PaperRoom
    from reader.ui.window.main_window import MainWindow


class Overlays(QObject):
    """Each is made when it is first opened."""

    def __init__(self, window: MainWindow, commands: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        window.appearance.changed.connect(self._show_choices)

    @cached_property
    def palette(self) -> CommandPalette:
        made = CommandPalette(self._window.body)
        made.set_theme(self._window.appearance.theme)
        return made

    @cached_property
    def type_panel(self) -> TypePanel:
        window = self._window
        made = TypePanel(window.body)
        made.set_theme(window.appearance.theme)
        made.theme_chosen.connect(lambda theme: dispatch.choose_theme(window, theme))
        made.typography_chosen.connect(window.rooms.type_choices.choose)
        made.own_chosen.connect(window.rooms.type_choices.choose_own)
        made.own_chosen.connect(lambda _own: self._show_choices())
        made.ruler_chosen.connect(lambda kind, follows: dispatch.choose_ruler(window, kind, follows))
        made.ruler_chosen.connect(lambda _kind, _follows: self._show_choices())
        return made

    @cached_property
    def paper(self) -> PaperRoom:
        from reader.ui.paper.room import PaperRoom

        return PaperRoom(self._window)

    @cached_property
    def menu(self) -> QMenu:
        made = QMenu(self._window)
        self._commands.fill(made)
        return made

    def set_theme(self, theme: Theme) -> None:
        for name in ("palette", "type_panel"):
            if name in self.__dict__:
                getattr(self, name).set_theme(theme)

    def entries(self) -> tuple[Entry, ...]:
        """Return every command with its menu, in the order of the menus."""
        return tuple(Entry(self._commands[each.name], menu_title(menu)) for menu in MENUS for each in menu.commands)

    def show_palette(self) -> None:
        """Show every command in one list."""
        self.palette.open(self.entries())

    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        from reader.ui.window.dialogs import ShortcutsDialog

        ShortcutsDialog(self.entries(), self._window).open()

    def show_about(self) -> None:
        """Say what this program is."""
        from reader.ui.window.dialogs import AboutDialog

        AboutDialog(self._window).open()

    def show_type_panel(self, button: QWidget) -> None:
        """Show what can be chosen of type and theme."""
        self._show_choices()
        self.type_panel.toggle(button)

    def show_menu(self, button: QWidget) -> None:
        """Open the menus below a button."""
        corner = QPoint(button.width() - self.menu.sizeHint().width(), button.height() + 2)
        self.menu.popup(button.mapToGlobal(corner))

    def _show_choices(self) -> None:
        window, appearance = self._window, self._window.appearance
        opened = None if window.reading.at_start_page else window.reading.article
        state = TypeState(
            appearance.choice,
            appearance.typography,
            appearance.own is not None,
            opened is not None,
            window.settings.ruler,
            window.settings.ruler_follows,
        )
        self.type_panel.show_state(state, "" if opened is None else opened.metadata.language)
