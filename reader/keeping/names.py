"""Names of files that every system can write: Windows is the strictest, so its rules hold everywhere."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 60
"""Characters of a name: with those of the folders around it, a path stays far below the 260 of Windows."""

_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE)


def safe_name(name: str, *, otherwise: str = "text") -> str:
    """Return a name of at most ``MAX_NAME`` characters that any system can write; its kind (.txt) is kept."""
    clean = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name)).split())
    suffix = PurePosixPath(clean).suffix
    if 1 < len(suffix) <= 9 and len(clean) > MAX_NAME:
        clean = clean[: MAX_NAME - len(suffix)].rstrip(" .") + suffix
    clean = clean[:MAX_NAME].rstrip(" .")
    if clean.startswith((".", " ", "-")):
        clean = "_" + clean[1:]
    if _RESERVED.fullmatch(clean):
        clean = "_" + clean[: MAX_NAME - 1]
    return clean or otherwise


class Taken:
    """The names in one folder, each given once: two that differ only in case or accents' form count as one."""

    def __init__(self, *names: str) -> None:
        self._names = set(map(_folded, names))

    def free(self, path: str) -> str:
        """Return this path, or one with a number where it is taken; it is taken from now on."""
        stem, dot, suffix = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
        number, found = 1, path
        while _folded(found) in self._names:
            number += 1
            found = f"{stem} {number}{dot}{suffix}"
        self._names.add(_folded(found))
        return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()
