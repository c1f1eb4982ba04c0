"""Whether the window is being given another theme just now."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_under_way = [0]


@contextmanager
def dressing() -> Iterator[None]:
    """Give the window other colours: no row becomes higher by them, whatever Qt thinks."""
    _under_way[0] += 1
    try:
        yield
    finally:
        _under_way[0] -= 1


def is_dressing() -> bool:
    """Say whether what is asked for is only for other colours' sake."""
    return _under_way[0] > 0
