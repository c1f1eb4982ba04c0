"""How the readings are laid out: as rows or as tiles, how large, with covers or with their first words."""

from __future__ import annotations

from msgspec import Struct

SIZES = ("small", "medium", "large")
LINE = 18
"""The height of a line of first words, px."""

_ROW_HEIGHTS = {"small": 48, "medium": 64, "large": 88}
_ROW_COVERS = {"small": (26, 36), "medium": (34, 46), "large": (50, 68)}
_OPENING_LINES = {"small": 1, "medium": 2, "large": 4}
_TILE_WIDTHS = {"small": 112, "medium": 152, "large": 208}
_TILE_TEXT = 62
"""What stands below a cover: two lines of the title, and who wrote it, px."""
TILE_EDGE = 10


class Arrangement(Struct, frozen=True):
    """``size`` is one of ``SIZES``."""

    grid: bool = False
    size: str = "medium"
    openings: bool = False

    @property
    def opening_lines(self) -> int:
        """How many lines of first words a row shows at most."""
        if not self.openings:
            return 1 if self.size == "large" and not self.grid else 0
        return _OPENING_LINES[self.size]

    @property
    def row_height(self) -> int:
        return 52 + LINE * self.opening_lines + 8 if self.openings else _ROW_HEIGHTS[self.size]

    @property
    def row_cover(self) -> tuple[int, int]:
        """Width and height of the cover in a row; nothing where the first words stand instead."""
        return (0, 0) if self.openings else _ROW_COVERS[self.size]

    def columns(self, width: int) -> int:
        """Return how many tiles stand side by side in a width in px."""
        return max(1, width // (_TILE_WIDTHS[self.size] + 2 * TILE_EDGE))

    def cover_height(self, cell_width: int) -> int:
        """Return how high a cover is in a tile's cell of a width."""
        return round((cell_width - 2 * TILE_EDGE) * 1.36)

    def tile_height(self, cell_width: int) -> int:
        return self.cover_height(cell_width) + _TILE_TEXT + 2 * TILE_EDGE + 8
