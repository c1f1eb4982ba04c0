"""Starting the window: in the order that brings the text onto the screen soonest."""

from __future__ import annotations

import gc
import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from reader import settings as settings_file
from reader.errors import ReaderError
from reader.library import Library
from reader.paths import APPLICATION
from reader.store.errors import WANTS_MENDING, LibraryDamagedError
from reader.ui.look import fonts, icons
from reader.ui.look.appearance import Appearance
from reader.ui.page.typography import from_settings
from reader.ui.plurals import EnglishPlurals
from reader.ui.tasks import Runner
from reader.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from reader.paths import Paths
    from reader.settings import Settings
    from reader.ui.handover import Handover

log = logging.getLogger(__name__)

SETTLE_MS = 400
"""How long a window is given to finish before its picture is taken."""


def run(
    paths: Paths,
    files: Sequence[Path] = (),
    *,
    screenshot: Path | None = None,
    pdf: Path | None = None,
    size: tuple[int, int] | None = None,
    theme: str | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    With ``screenshot`` the window is painted into that file and closed again, with ``pdf`` the article
    that is open is written into that file. A second launch
    with the same library hands its files to the window that runs, and returns.
    """
    if pdf is not None and sys.platform == "linux" and not (os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # paper needs no screen
    application = made()
    leaving = screenshot is not None or pdf is not None
    handover = None if leaving else _claim(paths, tuple(files))
    if handover is None and not leaving:
        return 0
    try:
        window = _built(paths, size, theme, asks=not leaving)
    except ReaderError as error:
        print_sentence(error)
        return 1
    sys.excepthook = partial(_on_unforeseen, window)
    try:
        begin(window, tuple(files), at_once=pdf is not None)
    except ReaderError as error:
        print_sentence(error)
        return 1
    window.furnished.connect(lambda: application.setWindowIcon(icons.program()))  # behind the first frame
    window.show()
    if screenshot is not None:
        return _leave_after(window, lambda: _picture(window, screenshot))
    if pdf is not None:
        return _leave_after(window, lambda: window.rooms.overlays.paper.write(pdf))
    window.furnished.connect(collect_garbage)
    window.furnished.connect(partial(_take_files, window))
    if handover is not None:
        window.furnished.connect(partial(_listen, handover, window))
    code = application.exec()
    window.library.close()
    if handover is not None:
        handover.release()
    return code


def made() -> QApplication:
    """Make the application: its name, its style, the faces of a first frame."""
    # The style by option: setStyle() gives it back, and with it loads hundreds of names for a first frame.
    application = _kind()([APPLICATION, "-style", "Fusion"])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Study Reader")
    application.setDesktopFileName(APPLICATION)
    application.installTranslator(EnglishPlurals(application))
    fonts.load_first()
    application.setFont(fonts.interface())
    return application


def _kind() -> type[QApplication]:
    """Return the class of the application: on macOS one that is handed files while it runs."""
    if sys.platform == "darwin":
        from reader.ui.file_opening import FileOpeningApplication

        return FileOpeningApplication
    return QApplication


def collect_garbage() -> None:
    """Look for garbage from now on, but not in what the start made: that stays as long as the program runs."""
    gc.freeze()
    gc.enable()


def build(paths: Paths, *, size: tuple[int, int] | None = None, theme: str | None = None) -> MainWindow:
    """Return a window over a library, not yet shown.

    Raises:
        ReaderError: the library cannot be opened.
    """
    settings = settings_file.load(paths.config)
    library = Library(paths)
    icons.keep_in(paths.cache / "icons")
    appearance = Appearance(theme or settings.theme, from_settings(settings))
    try:
        window = MainWindow(library, settings, appearance, Runner(), partial(_save, paths.config, settings))
    except ReaderError:
        library.close()  # who mends it must have it alone
        raise
    if size is not None:
        window.resize(*size)
    return window


def _built(paths: Paths, size: tuple[int, int] | None, theme: str | None, *, asks: bool) -> MainWindow:
    """Return the window; where the library is damaged, or a check found it so, it is offered to mend it first.

    Raises:
        ReaderError: the library cannot be opened.
    """
    try:
        if not asks or not (paths.data / WANTS_MENDING).exists():
            return build(paths, size=size, theme=theme)
        is_mended = _offer_to_mend(paths)
    except LibraryDamagedError:
        if not asks or not _offer_to_mend(paths):
            raise
        is_mended = True
    window = build(paths, size=size, theme=theme)
    if is_mended:
        window.library.keeping().doubt()  # what single texts lost is looked for behind the window
    return window


def _offer_to_mend(paths: Paths) -> bool:
    from reader.ui.health import first_aid

    return first_aid.offer(paths)


def print_sentence(error: ReaderError) -> None:
    """Tell an error where there is no window to tell it in."""
    sys.stderr.write(f"{error}\n")


def _claim(paths: Paths, files: tuple[Path, ...]) -> Handover | None:
    """Return the hold on the library's window; None where another window took the files."""
    from reader.ui.handover import Handover

    try:
        paths.data.mkdir(parents=True, exist_ok=True)
    except OSError:
        log.warning("the folder of the library cannot be made")
    handover = Handover(paths.data, QCoreApplication.instance())
    if handover.claim() or not handover.send(files):
        return handover
    return None


def begin(window: MainWindow, files: tuple[Path, ...], *, at_once: bool = False) -> None:
    """Show the article that was read last; at the very first start, the edition that is shipped.

    Files are brought in behind the first frame, or ``at_once`` before it.

    Raises:
        ReaderError: a file that was to be brought in at once cannot be.
    """
    last = window.library.reading.last_article()
    if at_once and files:
        last, files = window.library.add(files[0]).article_id, ()
    if last is not None and window.reading.open(last):
        window.show_reading()
    if files:
        QTimer.singleShot(0, partial(window.open_files, files))


def _listen(handover: Handover, window: MainWindow) -> None:
    handover.received.connect(partial(_open_in_front, window))
    handover.listen()


def _take_files(window: MainWindow) -> None:
    """Open what the system hands to a program that runs; only macOS does it in this way."""
    application = QApplication.instance()
    if application is not None and (hand_files_to := getattr(application, "hand_files_to", None)) is not None:
        hand_files_to(partial(_open_in_front, window))


def _open_in_front(window: MainWindow, files: tuple[Path, ...]) -> None:
    window.show_in_front()
    window.open_files(files)


def _save(folder: Path, before: Settings, now: Settings) -> None:
    try:
        settings_file.save(folder, now, since=before)
    except ReaderError:
        log.warning("the settings could not be saved")


def _picture(window: MainWindow, file: Path) -> str:
    """Paint the window into a file; return what went wrong, in a sentence."""
    if window.grab().save(str(file)):
        return ""
    return QCoreApplication.translate("Application", "The picture could not be saved as “{name}”.").format(
        name=file.name
    )


def _leave_after(window: MainWindow, work: Callable[[], str]) -> int:
    """Do something with the window once it has come to rest, and leave; return the exit code.

    The work returns what went wrong, in a sentence, or an empty string.
    """
    application = QApplication.instance()
    assert application is not None
    code = 0

    def take() -> None:
        nonlocal code
        if window.busy:
            QTimer.singleShot(SETTLE_MS, take)
            return
        sentence = work()
        if sentence:
            sys.stderr.write(f"{sentence}\n")
            code = 1
        window.close()
        application.quit()

    window.furnished.connect(lambda: QTimer.singleShot(SETTLE_MS, take))
    application.exec()
    window.library.close()
    return code


def _on_unforeseen(
    window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log what nobody foresaw, and say so: the window goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QCoreApplication.quit()
        return
    log.critical("unforeseen", exc_info=(kind, error, trace))
    if window.is_furnished:
        window.rooms.tell(error)
