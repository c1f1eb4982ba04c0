"""One line on a terminal that counts, below lines that stay; where nobody watches, a line now and then."""

from __future__ import annotations

from gettext import gettext as _
from typing import TextIO

EVERY_FILES = 100
"""How often it is counted, in files, where the stream is no terminal."""
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Counts on ``stream``, usually stderr."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_seen = stream.isatty()
        self._line = ""

    def show(self, done: int, total: int) -> None:
        """Bring the count up to date."""
        self._line = _("{done} of {total} files").format(done=done, total=total)
        if self._is_seen:
            self._write(_CLEAR + self._line)
        elif done % EVERY_FILES == 0 or done == total:
            self._write(self._line + "\n")

    def share(self, done: float) -> None:
        """Show which share of the work is done, 0 to 1; where nobody watches, nothing."""
        line = _("{percent} %").format(percent=int(100 * done))
        if self._is_seen and line != self._line:
            self._line = line
            self._write(_CLEAR + line)

    def say(self, line: str, stream: TextIO) -> None:
        """Write a line that stays, and the count below it again."""
        if self._is_seen and self._line:
            self._write(_CLEAR)
        stream.write(line + "\n")
        if self._is_seen and self._line:
            stream.flush()
            self._write(self._line)

    def end(self) -> None:
        """Take the count away."""
        if self._is_seen and self._line:
            self._write(_CLEAR)
        self._line = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
