"""One half of the page: a room to read in, and the reading that it shows. Unsplit, the page is one half alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.page.typography import Typography
    from reader.ui.page.view import PageView
    from reader.ui.reading.reading import Reading
    from reader.ui.reading.room import ReadingRoom


class Half:
    """``own`` is the type of its reading alone, while the other half is the one that is read."""

    def __init__(self, room: ReadingRoom, reading: Reading) -> None:
        self.room = room
        self.reading = reading
        self.own: Typography | None = None

    @property
    def page(self) -> PageView:
        return self.room.page

    @property
    def title(self) -> str:
        """The title of what is open in it."""
        opened = self.reading.article
        return "" if opened is None else opened.title
