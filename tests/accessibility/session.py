"""A session as a person with a screen reader has it: a screen, a bus, the accessibility bus, the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30
"""For whatever a person would see at once; two busy cores need a while."""
SILENCE_S = 5
"""After that a press of a key has said nothing."""
ANSWER = "> "  # as in walker.py, which is run by another Python
SPOKEN = r"focused=1|announcement|text-caret-moved|text-selection-changed=0|showing=1 .* notification"
"""What a screen reader speaks of by itself, as the walker writes its events."""
Node = dict[str, object]
Event = dict[str, object]


class Ear:
    """Hears and sees the program through the accessibility bus; presses keys on its screen."""

    def __init__(self, walker: subprocess.Popen[str], home: Path) -> None:
        self.home = home
        self._walker = walker
        self._answer()

    def _ask(self, do: str, **what: object) -> object:
        assert self._walker.stdin is not None
        self._walker.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._walker.stdin.flush()
        return self._answer()

    def _answer(self) -> object:
        assert self._walker.stdout is not None
        for line in self._walker.stdout:
            if line.startswith(ANSWER):  # what the bus starts writes to the same output
                return json.loads(line.removeprefix(ANSWER))
        raise AssertionError("the walker of the accessibility tree ended")

    # -- seeing ------------------------------------------------------------------------------------

    def tree(self) -> list[Node]:
        """Everything that there is, shown or not, in the order of the tree."""
        return self._ask("tree", hidden=True)  # type: ignore[return-value]

    def shown(self, role: str = "", name: str = "") -> list[Node]:
        """What is shown and has a role and a part of a name."""
        return [
            node
            for node in self._ask("tree", hidden=False)  # type: ignore[attr-defined]
            if role in str(node["role"]) and name in str(node["name"])
        ]

    def until(self, look, what: str):
        """Look again until there is something to see; return that."""
        end = time.monotonic() + PATIENCE_S
        while not (seen := look()):
            assert time.monotonic() < end, f"never came: {what}"
        return seen

    def text(self, role: str = "^text$", name: str = "") -> str:
        return self._ask("text", role=role, name=name) or ""  # type: ignore[return-value]

    def focused(self) -> Node:
        return self._ask("focused") or {"role": "", "name": "", "description": ""}  # type: ignore[return-value]

    # -- doing -------------------------------------------------------------------------------------

    def press(self, *keys: str) -> int:
        """Press keys; return what ``hears`` and ``is_silent`` begin at."""
        return self._ask("press", keys=keys)  # type: ignore[return-value]

    def write(self, text: str) -> int:
        return self._ask("write", text=text)  # type: ignore[return-value]

    def focus(self, role: str, name: str) -> int:
        return self._ask("focus", role=role, name=name)  # type: ignore[return-value]

    def put_caret(self, at: str) -> int:
        """Put the caret of the text before the first place with some words."""
        return self._ask("caret", role="^text$", name="", at=at)  # type: ignore[return-value]

    def press_button(self, role: str, name: str) -> int:
        """Do what an assistive program offers to do with a thing."""
        return self._ask("press_button", role=role, name=name)  # type: ignore[return-value]

    # -- hearing -----------------------------------------------------------------------------------

    def hears(self, since: int, pattern: str, seconds: float = PATIENCE_S) -> Event | None:
        """Wait for an event that a pattern is found in: ``type=detail “said” role name``."""
        return self._ask("wait", since=since, pattern=pattern, seconds=seconds)  # type: ignore[return-value]

    def hears_something(self, since: int) -> Event | None:
        """Return the first event that is spoken; None where there was silence."""
        return self.hears(since, SPOKEN, SILENCE_S)

    def says(self, since: int, pattern: str) -> Event | None:
        """Wait for words that are spoken by themselves."""
        return self.hears(since, f"(announcement.*|showing=1.* notification .*){pattern}")

    def heard(self, since: int) -> list[Event]:
        return self._ask("heard", since=since)  # type: ignore[return-value]


@contextmanager
def session(home: Path) -> Iterator[Ear]:
    """Start all of it with an empty library under ``home``, and end it."""
    python = dev.listening_python()
    if python is None:
        pytest.fail("python3-gi and gir1.2-atspi-2.0 are missing; `python3 dev.py test` installs them", False)
    home.mkdir()
    with ExitStack() as stack:
        display = stack.enter_context(dev.screen())
        environment = dev.private(home, display) | {
            "PYTHONPATH": str(ROOT),
            "STUDY_READER_HOME": str(home / "library"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "0",
        }
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        script = Path(__file__).with_name("session.sh")
        inside = ["sh", str(script), python, str(Path(__file__).with_name("walker.py")), sys.executable]
        log = stack.enter_context((home / "session.log").open("w"))
        process = subprocess.Popen(
            ["dbus-run-session", "--", *inside],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=home,
            start_new_session=True,
        )
        stack.callback(_end, process)
        yield Ear(process, home)


def _end(process: subprocess.Popen[str]) -> None:
    """End the session's whole group of processes: those that its bus started, too."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_S)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        process.stdout.close()
