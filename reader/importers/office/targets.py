"""Which addresses a link may lead to."""

from __future__ import annotations

import re

_SCHEMES = re.compile(r"(?:https?|ftp|mailto|tel|doi|urn):", re.IGNORECASE)


def safe_target(target: str) -> str:
    """Return an address that may be followed (never one of scripts or local files), or an empty string."""
    target = target.strip()
    return target if target.startswith("#") or _SCHEMES.match(target) else ""
