"""What became of the steps, written down before each and after: a program that dies leaves a report, too."""

from __future__ import annotations

import faulthandler
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reader.atomic import write_whole

STEP_SECONDS = 120.0
"""How long a step may take on the slowest computer; then the program ends, and the report says so."""
LAST_RESORT_SECONDS = 30.0
"""So much later it is ended from outside of Python: a step may hang where no thread of Python gets a turn."""
COULD_NOT = 1

_UNENDED = "The program ended in the middle of this step."


class Missed(Exception):  # noqa: N818 - what a step found is no fault of the program's text
    """What a step looked for is not there; ``str()`` is the sentence."""


class Report:
    """The report of one run, a JSON object.

    ``ok``: whether all steps are. ``program``: what ran, and where (see ``describe``). ``steps``: of each its
    ``name``, whether it is ``ok``, how long it took (``ms``), ``sentence`` with what went wrong, and
    ``facts``. ``messages``: what Qt and Python had to say.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, path: Path, scratch: Path, seconds: float = STEP_SECONDS) -> None:
        self._path = path
        self._scratch = scratch
        self._seconds = seconds
        self._lock = threading.RLock()
        self._program: dict[str, Any] = {}
        self._steps: list[dict[str, Any]] = []
        self.messages: list[str] = []
        self._write()

    @property
    def ok(self) -> bool:
        return bool(self._steps) and all(step["ok"] for step in self._steps)

    def describe(self, **facts: object) -> None:
        """Tell something of the program; None is what could not be learned."""
        self._program.update(facts)

    def take(self, name: str, step: Callable[[], dict[str, object] | None]) -> bool:
        """Do a step and write down what became of it; say whether it succeeded. It returns its facts."""
        entry: dict[str, Any] = {"name": name, "ok": False, "ms": 0, "sentence": _UNENDED}
        with self._lock:
            self._steps.append(entry)
            self._write()
        began, heard = time.perf_counter(), len(self.messages)
        with self._limited(entry):
            try:
                facts = step()
            except Missed as missed:
                entry["sentence"] = str(missed)
            except Exception as error:  # a step may fail in any way: that is what is to be told
                entry["sentence"] = f"{type(error).__name__}: {error}"
            else:
                entry["ok"] = True
                entry["sentence"] = ""
                if facts:
                    entry["facts"] = facts
        unforeseen = [message for message in self.messages[heard:] if message.startswith(UNFORESEEN)]
        if unforeseen:
            entry.update(ok=False, sentence=unforeseen[0])
        entry["ms"] = round(1000 * (time.perf_counter() - began))
        with self._lock:
            self._write()
        return bool(entry["ok"])

    @contextmanager
    def _limited(self, entry: dict[str, Any]) -> Iterator[None]:
        """End the program where a step takes too long."""
        watch = threading.Timer(self._seconds, self._give_up, [entry])
        watch.daemon = True
        watch.start()
        stream = sys.stderr  # a program without a console has none
        if stream is not None:
            faulthandler.dump_traceback_later(self._seconds + LAST_RESORT_SECONDS, exit=True, file=stream)
        try:
            yield
        finally:
            watch.cancel()
            faulthandler.cancel_dump_traceback_later()

    def _give_up(self, entry: dict[str, Any]) -> None:
        with self._lock:
            entry.update(ms=round(1000 * self._seconds), sentence=f"This step took longer than {self._seconds:g} s.")
            self._write()
            shutil.rmtree(self._scratch, ignore_errors=True)
            os._exit(COULD_NOT)

    def _write(self) -> None:
        told = {"ok": self.ok, "program": self._program, "steps": self._steps, "messages": self.messages}
        write_whole(self._path, json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")


UNFORESEEN = "unforeseen: "
"""What a message begins with that tells of an exception nobody caught."""
