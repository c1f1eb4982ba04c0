"""What languages are called."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_WITHOUT_COUNTRY = {"en": "English", "es": "Español", "zh": "中文"}
"""Of these Qt names a variety: “American English”."""


def language_name(code: str) -> str:
    """Return what a language calls itself, or the code where Qt does not know it."""
    if code in _WITHOUT_COUNTRY:
        return _WITHOUT_COUNTRY[code]
    locale = QLocale(code)
    own = locale.nativeLanguageName() if locale.language() != QLocale.Language.C else ""
    return own[:1].upper() + own[1:] if own else code
