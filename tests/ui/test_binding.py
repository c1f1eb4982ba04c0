"""Qt for Python starts without what describes its calls, and still tells wrong ones from right ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.library import Library
from reader.paths import Paths

LEFT_WORK = """
import sys
from reader.ui import binding
from PySide6.QtCore import QObject, QPoint, QRect
"""

AT_REST = """
from PySide6 import QtCore, QtGui, QtWidgets
from reader.ui.application import build
application = QtWidgets.QApplication([])
window = build(Paths.under(Path(sys.argv[1])))
assert window.reading.open(int(sys.argv[2]))
window.furnished.connect(lambda: QtCore.QTimer.singleShot(1_000, application.quit))
window.show()
application.exec()
for module in (QtCore, QtGui, QtWidgets):
    print(" ".join(name for name, what in vars(module).items() if isinstance(what, type)))
sys.stdout.flush()
os._exit(0)
"""
"""Shows an article in a window, and lets it be for a second; prints which classes Qt for Python has made."""


def run(*lines: str) -> str:
    """Run lines in a process of their own, in which Qt for Python was started our way; return what they print."""
    program = LEFT_WORK + "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_describes_calls_is_not_loaded() -> None:
    assert (
        run("print('argparse' in sys.modules, 'inspect' in sys.modules and 'ast' in sys.modules)").split()[0] == "False"
    )


def test_no_source_of_a_module_is_read_and_kept() -> None:
    assert (
        run("import reader.library, linecache", "print([name for name in linecache.cache if 'library' in name])")
        == "[]"
    )


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("QObject().setObjectName(3)", "TypeError PySide6.QtCore.QObject.setObjectName()"),
        ("QPoint('a')", "TypeError PySide6.QtCore.QPoint.__init__()"),
        ("QRect(1, 2, 3, 4).adjusted(1)", "TypeError adjusted expected 4 arguments, got 1"),
        ("QObject(foo=3)", "AttributeError PySide6.QtCore.QObject.__init__()"),
        ("QObject().nothing", "AttributeError 'PySide6.QtCore.QObject' object has no attribute 'nothing'"),
    ],
)
def test_a_wrong_call_is_an_error_that_names_it(call: str, told: str) -> None:
    said = run("try:", f"    {call}", "except Exception as error:", "    print(type(error).__name__, error)")

    assert said.startswith(told)


def test_what_was_left_is_there_when_it_is_asked_for() -> None:
    said = run(
        "support = sys.modules['PySide6.support.signature.mapping']",
        "print(type(support).__name__, 'QObject' in QObject.__doc__ if QObject.__doc__ else True)",
        "print(bool(support.type_map), type(support).__name__)",
    )

    assert said.splitlines()[-1] == "True module"


def test_a_window_that_nobody_touches_makes_no_class_of_every_event(tmp_path: Path) -> None:
    """One call of ours with an event of any kind does (``event``, ``eventFilter``, ``leaveEvent`` …)."""
    home, text = tmp_path / "home", tmp_path / "text.md"
    text.write_text("# A text\n\nWith a note.[^1]\n\n## Two\n\nAnd an end.\n\n[^1]: The note.\n", encoding="utf-8")
    with Library(Paths.under(home)) as library:
        article = library.add(text).article_id

    program = LEFT_WORK + "import os\nfrom pathlib import Path\nfrom reader.paths import Paths" + AT_REST
    said = subprocess.run(
        [sys.executable, "-c", program, str(home), str(article)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )

    made = set(said.stdout.split())
    assert "QResizeEvent" in made
    assert not made & {"QGraphicsSceneEvent", "QGestureEvent", "QTabletEvent", "QWhatsThisClickedEvent"}
