"""Qt for Python starts without what describes its calls, and still tells wrong ones from right ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

LEFT_WORK = """
import sys
from reader.ui import binding
from PySide6.QtCore import QObject, QPoint, QRect
"""


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
