"""The yardstick itself."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.benchmarks.figures import Row, Series, table
from tests.benchmarks.framebuffer import Framebuffer, ink

WHITE, BLACK = b"\xff\xff\xff\0", b"\0\0\0\0"


def test_the_95th_percentile_is_a_value_that_was_measured() -> None:
    assert Series(tuple(range(1, 101))).p95 == 95
    assert Series((3.0,)).p95 == 3.0


def test_a_ratio_is_held_to_the_medians() -> None:
    row = Row("open", "ms", reader=Series((120, 130, 500)), floor=Series((100, 100, 100)), most_ratio=1.3)

    assert row.ratio == 1.3
    assert row.is_held is True


def test_an_absolute_bar_is_held_to_95_of_100() -> None:
    row = Row("find", "ms", reader=Series((1,) * 18 + (30,) * 2), most=20)

    assert row.is_held is False


def test_what_has_no_bar_is_neither_held_nor_missed() -> None:
    assert Row("scroll", "ms", reader=Series((1,)), floor=Series((1,))).is_held is None


def test_the_table_is_aligned() -> None:
    rows = [
        Row("open: text", "ms", Series((210,)), Series((150,)), most_ratio=1.3),
        Row("popup", "ms", Series((4.25,)), most=16),
    ]

    assert table(rows) == (
        "                floor  reader   p95  n  ratio       bar\n"
        "open: text, ms    150     210   210  1   1.40  ≤ 1.30 ×  MISSED\n"
        "popup, ms           –    4.25  4.25  1      –   ≤ 16 ms  held"
    )


def xwd(folder: Path, rows: list[bytes]) -> None:
    """Write a picture as Xvfb keeps it: a header with a name after it, one colour, lines with some padding."""
    width, padding = len(rows[0]) // 4, bytes(8)
    header = [108, 7, 2, 24, width, len(rows), 0, 0, 32, 0, 32, 32, len(rows[0]) + 8, *[0] * 6, 1, *[0] * 5]
    pixels = b"".join(row + padding for row in rows)
    (folder / "Xvfb_screen0").write_bytes(struct.pack(">25I", *header) + b"a name\0\0" + bytes(12) + pixels)


def test_ink_counts_the_edges_of_letters_and_nothing_on_a_bare_page(tmp_path: Path) -> None:
    letters = WHITE * 2 + BLACK + WHITE * 3 + BLACK * 2 + WHITE
    xwd(tmp_path, [letters] + [WHITE * 9] * 5)
    written = Framebuffer(tmp_path)

    assert (written.width, written.height) == (9, 6)
    assert ink(written.look()) == 4

    written.close()


def test_a_picture_of_the_screen_can_be_looked_at(tmp_path: Path) -> None:
    xwd(tmp_path, [b"\x10\x20\x30\0" * 2] * 3)
    screen = Framebuffer(tmp_path)

    picture = screen.png()

    assert picture.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\3")
    screen.close()
