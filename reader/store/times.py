"""Times as they are stored: UTC, ISO 8601, of one width, so that they sort as text."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Return a moment as it is stored.

    Raises:
        ValueError: the moment says no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a stored time needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read(stored: str) -> datetime:
    """Return a stored moment."""
    return datetime.fromisoformat(stored)


def read_or_none(stored: str | None) -> datetime | None:
    """Return a stored moment, or None where nothing is stored."""
    return None if stored is None else datetime.fromisoformat(stored)
