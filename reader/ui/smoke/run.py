"""The run: the real window over a library of its own, step by step, and what it was that ran.

Exit codes: 0 all is well, 1 something is not (the report says what), 2 wrong use.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import locale
import os
import platform
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader import __version__
from reader.paths import Paths, resources
from reader.ui.smoke.report import STEP_SECONDS, UNFORESEEN, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

DONE, COULD_NOT, WRONG_USE = 0, 1, 2
MAX_MESSAGES = 50
LIBRARIES = ("PySide6-Essentials", "shiboken6", "whoosh3", "Markdown", "lxml", "msgspec", "pyphen")


def main(arguments: Sequence[str]) -> int:
    """Prove the program; ``arguments`` are ``--smoke REPORT.json [--shot FILE.png] [--limit SECONDS]``."""
    parser = argparse.ArgumentParser(prog="study-reader", allow_abbrev=False)
    parser.add_argument("--smoke", type=Path, required=True, metavar="REPORT.json")
    parser.add_argument("--shot", type=Path, metavar="FILE.png")
    parser.add_argument("--limit", type=float, default=STEP_SECONDS, metavar="SECONDS")
    try:
        options = parser.parse_args(arguments)
    except SystemExit:
        return WRONG_USE
    shot = options.shot and options.shot.absolute()
    with tempfile.TemporaryDirectory(prefix="study-reader-smoke-", ignore_cleanup_errors=True) as folder:
        try:
            report = Report(options.smoke.absolute(), Path(folder), options.limit)
        except OSError as error:
            print(f"The report could not be written: {error.strerror}.", file=sys.stderr)  # noqa: T201
            return WRONG_USE
        _walk(report, Path(folder), shot)
    return DONE if report.ok else COULD_NOT


def _walk(report: Report, folder: Path, shot: Path | None) -> None:
    if sys.platform == "linux" and not (os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    paths = Paths.under(folder / "library")
    sys.excepthook = partial(_hear_exception, report)
    _describe_program(report, folder)
    if not report.take("start Qt", partial(_start_qt, report)):
        return
    from reader.ui.smoke.steps import Walk

    walk = Walk(paths, folder)
    if not report.take("open the window", walk.open_window):
        return
    steps: tuple[tuple[str, Callable[[], dict[str, object] | None]], ...] = (
        ("see the shipped editions", walk.see_editions),
        ("write texts", walk.write_texts),
        ("bring in HTML", partial(walk.bring_in, ".html")),
        ("bring in EPUB", partial(walk.bring_in, ".epub")),
        ("bring in DOCX", partial(walk.bring_in, ".docx")),
        ("bring in Markdown", partial(walk.bring_in, ".md")),
        ("show the text", walk.show),
        ("search the library", walk.search),
        ("index in a process", walk.index_apart),
        ("find in the text", walk.find),
        ("open a note", walk.open_note),
        ("take a picture", partial(walk.take_picture, shot)),
        ("set a bookmark", walk.bookmark),
        ("hyphenate", walk.hyphenate),
        ("draw an icon", walk.draw_icon),
        ("see the typefaces", walk.check_faces),
        ("make a PDF", walk.make_pdf),
        ("close the window", walk.close_window),
        ("start again", walk.reopen),
        ("close again", walk.close_window),
    )
    for name, step in steps:
        report.take(name, step)
    report.describe(memory_mb=_memory())
    report.take("end", lambda: None)


def _start_qt(report: Report) -> dict[str, object]:
    from PySide6.QtCore import QLibraryInfo, qInstallMessageHandler, qVersion
    from PySide6.QtWidgets import QApplication

    from reader.ui import application

    def hear(_kind: object, _context: object, text: str) -> None:
        if len(report.messages) < MAX_MESSAGES:
            report.messages.append(f"Qt: {text}")

    qInstallMessageHandler(hear)
    made = application.made()
    made.setQuitOnLastWindowClosed(False)  # the second window comes after the first
    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    facts = {"qt": qVersion(), "platform": QApplication.platformName(), "style": made.style().objectName()}
    report.describe(**facts, plugins=plugins)
    return dict(facts)


def _describe_program(report: Report, folder: Path) -> None:
    report.describe(
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(),
        machine=platform.machine(),
        frozen=bool(getattr(sys, "frozen", False)),
        locale=locale.setlocale(locale.LC_CTYPE),
        libraries={name: _version(name) for name in LIBRARIES},
        paths={
            "executable": sys.executable,
            "package": str(Path(__file__).resolve().parents[2]),
            "resources": str(resources()),
            "library": str(folder / "library"),
            "current": _current(),
        },
    )


def _current() -> str | None:
    try:
        return str(Path.cwd())
    except OSError:
        return None  # it was deleted, or may not be looked at


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None  # a frozen program need not carry what tells of packages


def _memory() -> float | None:
    """Return the most memory that the program had, in MB; None where the system does not tell it so."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 1024), 1)


def _hear_exception(
    report: Report, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    report.messages.append(f"{UNFORESEEN}{kind.__name__}: {error}")
