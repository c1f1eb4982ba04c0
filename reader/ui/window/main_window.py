"""The window: puts the rooms together and connects them; what happens in them is theirs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reader.ui.isolation import isolated
from reader.ui.page.typography import from_choices
from reader.ui.reading.half import Half
from reader.ui.reading.reading import Reading
from reader.ui.reading.room import ReadingRoom
from reader.ui.window.panes import Panes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent

    from reader.library import Library
    from reader.settings import Settings
    from reader.ui.look.appearance import Appearance
    from reader.ui.page.view import PageView
    from reader.ui.tasks import Runner
    from reader.ui.window.actions import Actions

log = logging.getLogger(__name__)

SAVE_SETTINGS_MS = 1000
MIN_WIDTH, MIN_HEIGHT = 420, 360
HEAD, FOOT = 48, 28
"""The heights of the tool bar and of the status line."""


class MainWindow(QMainWindow):
    """What stands in the first frame is made at once; ``furnish`` makes the rest after it."""

    furnished = Signal()

    def __init__(
        self,
        library: Library,
        settings: Settings,
        appearance: Appearance,
        runner: Runner,
        save_settings: Callable[[Settings], None],
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.appearance = appearance
        self.runner = runner
        self._save_settings = save_settings
        self._is_furnished = False
        self._furnishing = False

        self.half = self.make_half()
        """The half of the page that is read: all of it, where it is not split."""
        self.centre = QStackedWidget(self)
        self.centre.addWidget(self.room)
        self.panes = Panes(self.centre, self)
        self.panes.set_wanted(settings.outline_shown, settings.side_shown)
        # Places for the bars: they come with the furniture, and nothing moves then.
        self._head, self._foot = QWidget(self), QWidget(self)
        self._head.setFixedHeight(HEAD)
        self._foot.setFixedHeight(FOOT)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_SETTINGS_MS)
        self._saving.timeout.connect(self.save_settings)
        self._lay_out()
        self._restore_geometry()
        self.panes.set_theme(appearance.theme)
        self.setAcceptDrops(True)
        self.setWindowTitle("Study Reader")
        self.page.painted.connect(self._on_first_paint)

    def make_half(self) -> Half:
        """Make a page to read on, and a reading for it."""
        room = ReadingRoom(self.appearance.theme, self.appearance.typography, self)
        room.page.set_reduced_motion(self.settings.reduced_motion)
        room.page.set_numbered(self.settings.paragraph_numbers)
        reading = Reading(self.library, room.page, self.runner, self)
        reading.resumed.connect(self._take_choices)
        return Half(room, reading)

    @property
    def room(self) -> ReadingRoom:
        return self.half.room

    @property
    def page(self) -> PageView:
        return self.half.room.page

    @property
    def reading(self) -> Reading:
        return self.half.reading

    @property
    def halves(self) -> tuple[Half, ...]:
        """Every half that was made, seen or not."""
        return tuple(each.half for each in self.rooms.desk.halves) if self._is_furnished else (self.half,)

    def _lay_out(self) -> None:
        self.body = whole = QWidget(self)
        whole.setObjectName("chrome")
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.panes, 1)
        self._column.addWidget(self._foot)
        self.setCentralWidget(whole)
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)

    # -- after the first frame ---------------------------------------------------------------------

    def _on_first_paint(self) -> None:
        if not self._furnishing:
            self._furnishing = True
            # Let the frame reach the screen first.
            QTimer.singleShot(0, self.furnish)

    def furnish(self) -> None:
        """Make what the first frame did not need: panels, menus, the start page, search."""
        if self._is_furnished:
            return
        self._furnishing = True
        from reader.ui.window import dispatch, furnishing, listening, places

        self.appearance.dress_controls()
        self.rooms = furnishing.Furnishing(self)
        self._is_furnished = True
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_focus_moved)
        dispatch.connect_commands(self)
        listening.Listening(self)
        self.places = places.Places(self)
        for place, bar in ((self._head, self.rooms.tool_bar), (self._foot, self.rooms.status)):
            self._column.replaceWidget(place, bar)
            place.deleteLater()
        self.rooms.begin()
        self.furnished.emit()

    @property
    def commands(self) -> Actions:
        """The window's actions; there once it is furnished."""
        return self.rooms.commands

    @property
    def is_furnished(self) -> bool:
        return self._is_furnished

    # -- what is shown -----------------------------------------------------------------------------

    def open_files(self, files: tuple[Path, ...]) -> None:
        """Bring files in and open the last of them."""
        self.furnish()
        if files:
            self.save_places()  # what comes in may be a newer text of what is read: they move along
            self.rooms.importing.add(files)

    def paste(self, text: str, *, is_html: bool) -> None:
        """Bring in what was copied, and open it."""
        self.save_places()
        self.rooms.importing.paste(text, is_html=is_html)

    def save_places(self) -> None:
        """Write where one is in both halves; the one that is read last: the next start begins with it."""
        for half in sorted(self.halves, key=lambda each: each is self.half):
            half.reading.save()

    def open_article(self, article_id: int) -> None:
        """Open an article where it was left."""
        self.reading.open(article_id)

    def show_reading(self) -> None:
        """Show the page, with what belongs to it."""
        self.centre.setCurrentWidget(self.rooms.desk.surface if self._is_furnished else self.room)
        self.panes.set_reading(True)
        opened = self.reading.article
        self.show_title(opened.title if opened is not None else "")
        if self._is_furnished:
            self.commands.set_article_open(opened is not None)
        self.page.setFocus()

    def show_title(self, title: str) -> None:
        """Show the title of what is read."""
        self.setWindowTitle(
            self.tr("{title} – Study Reader").format(title=isolated(title)) if title else "Study Reader"
        )
        if self._is_furnished:
            self.rooms.tool_bar.show_title(title)

    @property
    def busy(self) -> bool:
        """Whether something that a person waits for is still under way."""
        return not self._is_furnished or self.rooms.importing.busy

    def show_start_page(self) -> None:
        """Show the library."""
        self.furnish()
        for half in self.rooms.desk.halves:
            half.footnotes.close_all(give_focus=False)
        self.rooms.shelf_room.show()
        self.panes.set_reading(False)
        self.rooms.tool_bar.show_title("Study Reader")
        self.setWindowTitle("Study Reader")
        self.commands.set_article_open(False)
        self.show_state()

    def show_state(self) -> None:
        """Bring what the commands say up to date with how things are."""
        self.commands["back"].setEnabled(self.reading.trail.can_go_back)
        self.commands["forward"].setEnabled(self.reading.trail.can_go_forward)
        there = self.rooms.bookmarking.at_place() is not None and not self.reading.at_start_page
        self.rooms.tool_bar.show_bookmarked(there)

    def show_in_front(self) -> None:
        """Come to the front, for a person who started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def follow_link(self, target: str) -> None:
        """Go where a link leads: in the article, or by the system's own program on the web."""
        opened = self.reading.article
        if target.startswith("#") and opened is not None:
            offset = opened.anchor_offset(target[1:])
            if offset is None:
                self.rooms.status.show_message(self.tr("The place that this link leads to is not in the text."))
            else:
                self.reading.go_to(offset)
            return
        from PySide6.QtCore import QUrl  # neither is part of a first frame
        from PySide6.QtGui import QDesktopServices

        url = QUrl(target)
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
            self.rooms.status.show_message(self.tr("The link was given to your browser."))
        else:
            self.rooms.status.show_message(
                self.tr("This link leads out of the text, to “{target}”.").format(target=isolated(target))
            )

    def _take_choices(self, choices: Mapping[str, Any]) -> None:
        """Take the type of the reading that is opened next, before it is shown."""
        if self._is_furnished:
            self.rooms.type_choices.save()
        before = self.appearance.typography
        self.appearance.take_own(from_choices(choices))
        if not self._is_furnished and self.appearance.typography != before:
            self.dress()

    def dress(self) -> None:
        """Take the theme and the size of now; the place under the eye stays."""
        appearance = self.appearance
        for half in self.halves:
            other = appearance.general if half.own is None else half.own
            half.room.set_look(appearance.theme, appearance.typography if half is self.half else other)
        self.panes.set_theme(appearance.theme)

    # -- settings ----------------------------------------------------------------------------------

    def change_settings(self, **changes: object) -> None:
        """Take a choice over; it is written soon."""
        self.settings = structs.replace(self.settings, **changes)
        self._saving.start()

    def save_settings(self) -> None:
        self._saving.stop()
        self._save_settings(self.settings)

    def _restore_geometry(self) -> None:
        settings = self.settings
        self.resize(settings.window_width, settings.window_height)
        if settings.window_x is not None and settings.window_y is not None:
            self.move(settings.window_x, settings.window_y)
        self.panes.set_widths(settings.outline_width, settings.side_width)
        if settings.window_maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _take_geometry(self) -> None:
        widths = self.panes.widths()
        changes: dict[str, object] = {"window_maximized": self.isMaximized()}
        if not (self.isMaximized() or self.isFullScreen()):
            changes |= {"window_width": self.width(), "window_height": self.height()}
            changes |= {"window_x": self.x(), "window_y": self.y()}
        if widths is not None:
            outline, side = widths
            changes |= {"outline_width": outline} if outline else {}
            changes |= {"side_width": side} if side else {}
        other = self.rooms.desk.other if self._is_furnished else None
        beside = None if other is None else other.half.reading.article
        if self._is_furnished:
            changes["split_article"] = 0 if beside is None else beside.id
        changes |= {"outline_shown": self.panes.wanted("outline"), "side_shown": self.panes.wanted("side")}
        self.change_settings(**changes)

    # -- events ------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_places()
        if self.is_furnished and self.rooms.has("side_room"):
            self.rooms.side_room.pane.annotations.save()
        if self.is_furnished:
            self.rooms.type_choices.save()
        if self.is_furnished and self.rooms.has("workshop"):
            self.rooms.workshop.keep()
        self._take_geometry()
        self.save_settings()
        self.runner.shut_down()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event):
            event.acceptProposedAction()
            self._show_drop(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(False)
        super().dragLeaveEvent(event)

    def _show_drop(self, shown: bool) -> None:
        """Let the start page say that files may be dropped."""
        if self.is_furnished and self.rooms.has("shelf_room"):
            self.rooms.shelf_room.page.show_drop(shown)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drop(False)
        files = _files_of(event)
        if files:
            event.acceptProposedAction()
            self.open_files(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F10 and self.is_furnished:
            self.rooms.overlays.show_menu(self.rooms.tool_bar.menu_button)
            return
        if event.key() == Qt.Key.Key_Escape and self.panes.close_drawer():
            self.page.setFocus()
            return
        super().keyPressEvent(event)

    def _on_focus_moved(self) -> None:
        """Another window, perhaps of another program, has the focus: keep the place."""
        if not self.isActiveWindow():
            for half in self.halves:
                half.reading.save_soon()


def _files_of(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
