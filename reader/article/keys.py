"""Keys of notes: what one may be made of, and what an article's open form takes for one."""

from __future__ import annotations

import re
import unicodedata

_UNFIT = re.compile(r"[\s\[\]\\^`<>|&{}\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]+")
# No set of characters, like [^a-z] or [^0-9] in a text about patterns.
_PLAIN = re.compile(r"(?!\w-\w)\w[\w.:_-]*|[*†‡§‖¶#]{1,3}")

MAX_KEY_CHARS = 200


def normal_key(key: str) -> str:
    """Return a key as it can be written between ``[^`` and ``]``; empty where nothing of it can."""
    return _UNFIT.sub("-", unicodedata.normalize("NFC", key).strip())[:MAX_KEY_CHARS].strip("-")


def is_plain_key(key: str) -> bool:
    """Say whether ``[^key]`` is taken for a mark even where no note has the key."""
    return _PLAIN.fullmatch(key) is not None
