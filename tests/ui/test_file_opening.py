"""macOS hands files to a program that runs by events. They are made by hand here, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from reader.ui.file_opening import FileOpeningApplication
application = FileOpeningApplication(["study-reader"])
def send(name):
    FileOpeningApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(name)))
def take(files):
    print(*(file.as_posix() for file in files), sep="|")
"""


def run(script: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.splitlines()


def test_files_that_come_before_the_window_stands_wait_for_it() -> None:
    lines = run("send('/texts/one.epub'); send('/texts/two words.md'); application.hand_files_to(take)")

    assert lines == ["/texts/one.epub|/texts/two words.md"]


def test_files_that_come_later_are_handed_over_at_once_and_once() -> None:
    lines = run("application.hand_files_to(take); send('/texts/one.epub'); send('/texts/two.md')")

    assert lines == ["/texts/one.epub", "/texts/two.md"]


def test_an_address_and_any_other_event_are_no_file() -> None:
    lines = run(
        "application.hand_files_to(take)\n"
        "FileOpeningApplication.sendEvent(application, QFileOpenEvent(QUrl('https://example.org/')))\n"
        "FileOpeningApplication.sendEvent(application, QEvent(QEvent.Type.User))"
    )

    assert lines == []


def test_elsewhere_the_application_is_qts_own_and_this_is_not_loaded() -> None:
    lines = run("print('done')")
    looking = (
        "import sys, reader.ui.application as a; print(a._kind().__module__, 'reader.ui.file_opening' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", looking], cwd=ROOT, capture_output=True, text=True, check=True)

    assert lines == ["done"]
    if sys.platform != "darwin":
        assert done.stdout.split() == ["PySide6.QtWidgets", "False"]
