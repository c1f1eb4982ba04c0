"""English plural forms: “1 note”, “2 notes” from “%n note(s)”."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_EITHER = "(s)"


class EnglishPlurals(QTranslator):
    """The forms that English source texts need themselves.

    A translation into another language, installed after it, is asked before it.
    """

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the form for ``n``; None, so that the source stands, where there is no number."""
        if n < 0 or _EITHER not in source:
            return None
        return source.replace(_EITHER, "" if n == 1 else "s")
