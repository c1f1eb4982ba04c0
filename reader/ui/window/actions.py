"""Every command of the window: its words, its shortcuts, the menu it stands in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

_CONTEXT = "Actions"
_KEY = QKeySequence.StandardKey


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for the translators, who look for this name; it is translated where it is shown."""
    return text


def _said(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


class Command(Struct, frozen=True):
    """A command as it is written down: ``name`` is for the program, ``text`` for the person."""

    name: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    checkable: bool = False
    group: str = ""
    needs_article: bool = False
    separated: bool = False


class Menu(Struct, frozen=True):
    """A menu and its commands in order."""

    title: str
    commands: tuple[Command, ...]


MENUS = (
    Menu(
        QT_TRANSLATE_NOOP("Actions", "&File"),
        (
            Command("open", QT_TRANSLATE_NOOP("Actions", "&Open…"), (_KEY.Open,)),
            Command("open_folder", QT_TRANSLATE_NOOP("Actions", "&Import folder…")),
            Command("paste_new", QT_TRANSLATE_NOOP("Actions", "Paste as a ne&w text"), ("Ctrl+Shift+V",)),
            Command("library", QT_TRANSLATE_NOOP("Actions", "&Library"), ("Ctrl+L",)),
            Command(
                "export",
                QT_TRANSLATE_NOOP("Actions", "&Save as Markdown…"),
                ("Ctrl+Shift+S",),
                needs_article=True,
                separated=True,
            ),
            Command("save_pdf", QT_TRANSLATE_NOOP("Actions", "Save as P&DF…"), (), needs_article=True),
            Command("print", QT_TRANSLATE_NOOP("Actions", "&Print…"), (_KEY.Print,), needs_article=True),
            Command("close", QT_TRANSLATE_NOOP("Actions", "&Close the reading"), (_KEY.Close,), needs_article=True),
            Command("health", QT_TRANSLATE_NOOP("Actions", "Library &health…"), separated=True),
            Command("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), ("Ctrl+Q",), separated=True),
        ),
    ),
    Menu(
        QT_TRANSLATE_NOOP("Actions", "&Edit"),
        (
            Command("copy", QT_TRANSLATE_NOOP("Actions", "&Copy"), (_KEY.Copy,), needs_article=True),
            Command("select_all", QT_TRANSLATE_NOOP("Actions", "Select &all"), (_KEY.SelectAll,), needs_article=True),
            Command(
                "find",
                QT_TRANSLATE_NOOP("Actions", "&Find in this reading…"),
                (_KEY.Find,),
                needs_article=True,
                separated=True,
            ),
            Command("find_next", QT_TRANSLATE_NOOP("Actions", "Find &next"), (_KEY.FindNext,), needs_article=True),
            Command(
                "find_previous",
                QT_TRANSLATE_NOOP("Actions", "Find &previous"),
                (_KEY.FindPrevious,),
                needs_article=True,
            ),
            Command("search", QT_TRANSLATE_NOOP("Actions", "&Search the library…"), ("Ctrl+Shift+F",)),
            Command(
                "bookmark",
                QT_TRANSLATE_NOOP("Actions", "&Bookmark this place"),
                ("Ctrl+D",),
                needs_article=True,
                separated=True,
            ),
            Command(
                "edit_text",
                QT_TRANSLATE_NOOP("Actions", "&Edit text…"),
                ("Ctrl+E",),
                needs_article=True,
                separated=True,
            ),
            Command(
                "original_again",
                QT_TRANSLATE_NOOP("Actions", "Start again from the ori&ginal…"),
                (),
                needs_article=True,
            ),
            Command("versions", QT_TRANSLATE_NOOP("Actions", "&Versions…"), (), needs_article=True),
            Command("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), (_KEY.Undo,), separated=True),
            Command("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y", _KEY.Redo)),
        ),
    ),
    Menu(
        QT_TRANSLATE_NOOP("Actions", "&View"),
        (
            Command("outline", QT_TRANSLATE_NOOP("Actions", "&Contents"), ("F9",), checkable=True),
            Command("side", QT_TRANSLATE_NOOP("Actions", "&Side pane"), ("Ctrl+F9",), checkable=True),
            Command("bookmarks", QT_TRANSLATE_NOOP("Actions", "&Bookmarks and remarks"), ("Ctrl+B",)),
            Command("footnotes", QT_TRANSLATE_NOOP("Actions", "&Footnotes"), ("Ctrl+Shift+N",)),
            Command(
                "split",
                QT_TRANSLATE_NOOP("Actions", "Spl&it the page"),
                ("Ctrl+\\",),
                needs_article=True,
                separated=True,
            ),
            Command(
                "close_split",
                QT_TRANSLATE_NOOP("Actions", "Close the s&plit"),
                ("Ctrl+Shift+\\",),
                needs_article=True,
            ),
            Command("other_half", QT_TRANSLATE_NOOP("Actions", "Mo&ve to the other half"), ("F6",), needs_article=True),
            Command("larger", QT_TRANSLATE_NOOP("Actions", "&Larger text"), (_KEY.ZoomIn, "Ctrl+="), separated=True),
            Command("smaller", QT_TRANSLATE_NOOP("Actions", "S&maller text"), (_KEY.ZoomOut,)),
            Command("usual_size", QT_TRANSLATE_NOOP("Actions", "Usual si&ze"), ("Ctrl+0",)),
            Command("type", QT_TRANSLATE_NOOP("Actions", "&Type and theme…"), ("Ctrl+T",)),
            Command(
                "theme_system",
                QT_TRANSLATE_NOOP("Actions", "Theme as the s&ystem has it"),
                (),
                True,
                "theme",
                separated=True,
            ),
            Command("theme_light", QT_TRANSLATE_NOOP("Actions", "Li&ght"), (), True, "theme"),
            Command("theme_sepia", QT_TRANSLATE_NOOP("Actions", "S&epia"), (), True, "theme"),
            Command("theme_dark", QT_TRANSLATE_NOOP("Actions", "&Dark"), (), True, "theme"),
            Command("theme_contrast", QT_TRANSLATE_NOOP("Actions", "&High contrast"), (), True, "theme"),
            Command(
                "keep_note", QT_TRANSLATE_NOOP("Actions", "&Keep this note open"), ("Ctrl+Shift+K",), needs_article=True
            ),
            Command("popups", QT_TRANSLATE_NOOP("Actions", "Show &notes on hovering"), (), True, separated=True),
            Command("side_notes", QT_TRANSLATE_NOOP("Actions", "Notes beside the te&xt"), ("Ctrl+Alt+N",), True),
            Command("paragraph_numbers", QT_TRANSLATE_NOOP("Actions", "Sho&w paragraph numbers"), (), True),
            Command("reduced_motion", QT_TRANSLATE_NOOP("Actions", "&Reduced motion"), (), True),
            Command(
                "spoken_label",
                QT_TRANSLATE_NOOP("Actions", "Announcements for &older screen readers"),
                (),
                True,
            ),
            Command("caret", QT_TRANSLATE_NOOP("Actions", "C&aret in the text"), ("F7",), True),
            Command("full_screen", QT_TRANSLATE_NOOP("Actions", "F&ull screen"), ("F11",), True),
        ),
    ),
    Menu(
        QT_TRANSLATE_NOOP("Actions", "F&olding"),
        (
            Command(
                "fold",
                QT_TRANSLATE_NOOP("Actions", "&Fold this section"),
                ("Ctrl+Shift+[", "Alt+Shift+Up"),
                needs_article=True,
            ),
            Command(
                "unfold",
                QT_TRANSLATE_NOOP("Actions", "&Unfold this section"),
                ("Ctrl+Shift+]", "Alt+Shift+Down"),
                needs_article=True,
            ),
            Command(
                "fold_others",
                QT_TRANSLATE_NOOP("Actions", "Fold all &others"),
                ("Alt+Shift+Left",),
                needs_article=True,
                separated=True,
            ),
            Command("fold_all", QT_TRANSLATE_NOOP("Actions", "Fold &all"), (), needs_article=True),
            Command(
                "unfold_all",
                QT_TRANSLATE_NOOP("Actions", "U&nfold all"),
                ("Alt+Shift+Right",),
                needs_article=True,
            ),
        ),
    ),
    Menu(
        QT_TRANSLATE_NOOP("Actions", "&Go"),
        (
            Command("back", QT_TRANSLATE_NOOP("Actions", "&Back"), ("Alt+Left", _KEY.Back)),
            Command("forward", QT_TRANSLATE_NOOP("Actions", "&Forward"), ("Alt+Right", _KEY.Forward)),
            Command(
                "next_section",
                QT_TRANSLATE_NOOP("Actions", "&Next section"),
                ("Ctrl+Down",),
                needs_article=True,
                separated=True,
            ),
            Command(
                "previous_section", QT_TRANSLATE_NOOP("Actions", "&Previous section"), ("Ctrl+Up",), needs_article=True
            ),
            Command(
                "next_paragraph",
                QT_TRANSLATE_NOOP("Actions", "Next para&graph"),
                ("Alt+Down",),
                needs_article=True,
            ),
            Command(
                "previous_paragraph",
                QT_TRANSLATE_NOOP("Actions", "Previous pa&ragraph"),
                ("Alt+Up",),
                needs_article=True,
            ),
            Command("next_mark", QT_TRANSLATE_NOOP("Actions", "Next note &mark"), ("F8",), needs_article=True),
            Command(
                "previous_mark", QT_TRANSLATE_NOOP("Actions", "Previous n&ote mark"), ("Shift+F8",), needs_article=True
            ),
            Command("where", QT_TRANSLATE_NOOP("Actions", "&Where am I"), ("Ctrl+I",), needs_article=True),
            Command(
                "contents", QT_TRANSLATE_NOOP("Actions", "&Into the contents"), ("Ctrl+Shift+O",), needs_article=True
            ),
            Command("paragraph", QT_TRANSLATE_NOOP("Actions", "Go to paragrap&h…"), ("Ctrl+J",), needs_article=True),
            Command(
                "copy_reference",
                QT_TRANSLATE_NOOP("Actions", "&Copy a reference to this place"),
                ("Ctrl+Shift+C",),
                needs_article=True,
            ),
            Command("beginning", QT_TRANSLATE_NOOP("Actions", "B&eginning"), ("Ctrl+Home",), needs_article=True),
            Command("end", QT_TRANSLATE_NOOP("Actions", "En&d"), ("Ctrl+End",), needs_article=True),
        ),
    ),
    Menu(
        QT_TRANSLATE_NOOP("Actions", "&Help"),
        (
            Command("palette", QT_TRANSLATE_NOOP("Actions", "&Command palette…"), ("Ctrl+Shift+P",)),
            Command("shortcuts", QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), (_KEY.HelpContents, "F1")),
            Command("about", QT_TRANSLATE_NOOP("Actions", "&About Study Reader"), ()),
        ),
    ),
)
_NAMED_KEYS = frozenset(
    {
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Insert,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
"""The keys of an ordinary keyboard that write nothing; those that write come before them in ``Qt.Key``."""
_ROLES = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}


class Actions(QObject):
    """The window's actions by name; each belongs to the window, so that its shortcut works everywhere in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._needs_article: list[QAction] = []
        groups: dict[str, QActionGroup] = {}
        for command in commands():
            action = QAction(_said(command.text), window)
            action.setObjectName(command.name)
            action.setCheckable(command.checkable)
            action.setShortcuts(shortcuts(command))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(_ROLES.get(command.name, QAction.MenuRole.NoRole))
            if command.group:
                if command.group not in groups:
                    groups[command.group] = QActionGroup(window)
                groups[command.group].addAction(action)
            if command.needs_article:
                self._needs_article.append(action)
            window.addAction(action)
            self._actions[command.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> Sequence[QAction]:
        """Return the actions in the order of the menus."""
        return tuple(self._actions.values())

    def set_article_open(self, is_open: bool) -> None:
        """Switch what needs an open article on or off."""
        for action in self._needs_article:
            action.setEnabled(is_open)

    def fill(self, target: QMenu | QMenuBar) -> tuple[QMenu, ...]:
        """Add the menus to a menu bar, or as submenus to a menu; return them."""
        made = []
        for menu in MENUS:
            submenu = target.addMenu(_said(menu.title))
            for command in menu.commands:
                if command.separated:
                    submenu.addSeparator()
                submenu.addAction(self._actions[command.name])
            made.append(submenu)
        return tuple(made)


def commands() -> Iterator[Command]:
    """Yield every command in the order of the menus."""
    for menu in MENUS:
        yield from menu.commands


def shortcuts(command: Command) -> list[QKeySequence]:
    """Return a command's shortcuts on this system, the one that is shown first."""
    made: list[QKeySequence] = []
    for key in command.keys:
        bound = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
        made += [sequence for sequence in bound if sequence not in made and not sequence.isEmpty()]
    return made


def typed(sequences: Sequence[QKeySequence]) -> tuple[QKeySequence, ...]:
    """Return those that an ordinary keyboard can type. Systems bind keys, too, that few have: “Copy”, F16."""
    return tuple(each for each in sequences if all(_is_ordinary(each[at].key()) for at in range(each.count())))  # type: ignore[index]


def _is_ordinary(key: Qt.Key) -> bool:
    return key < Qt.Key.Key_Escape or key in _NAMED_KEYS or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12


def menu_title(menu: Menu) -> str:
    """Return a menu's title as it is shown."""
    return _said(menu.title).replace("&", "")


HAS_MENU_BAR = sys.platform == "darwin"
"""Whether the system wants the menus in its own bar; elsewhere they open from a button."""
