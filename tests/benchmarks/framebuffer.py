"""What stands on a virtual screen, read out of Xvfb's memory: no question to X disturbs the program that draws."""

from __future__ import annotations

import mmap
import struct
import zlib
from pathlib import Path

# An XWD header is 25 numbers of 32 bits, big-endian (X11/XWDFile.h).
XWD_HEADER = struct.Struct(">25I")
HEADER_SIZE, WIDTH, HEIGHT, BYTES_PER_LINE, COLOURS = 0, 4, 5, 12, 19
COLOUR_BYTES = 12
PIXEL_BYTES = 4  # blue, green, red, unused: what a screen of depth 24 has on a little-endian machine

ROW_STEP = 3  # of so many rows one is looked at: a line of text is 20 rows high
# Which pixels count as light, by their green, which is most of what the eye takes for lightness.
LIGHT = bytes(128) + b"\x01" * 128


class Framebuffer:
    """The picture in the folder that was given to Xvfb by ``-fbdir``."""

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = XWD_HEADER.unpack_from(self._memory)
        self.width, self.height = header[WIDTH], header[HEIGHT]
        self._line = header[BYTES_PER_LINE]
        self._start = header[HEADER_SIZE] + header[COLOURS] * COLOUR_BYTES

    def close(self) -> None:
        self._memory.close()

    def look(self) -> bytes:
        """Return the green of the rows that are looked at: equal looks, equal pictures."""
        starts = range(self._start, self._start + self._line * self.height, self._line * ROW_STEP)
        width = self.width * PIXEL_BYTES
        return b"".join([self._memory[start + 1 : start + width : PIXEL_BYTES] for start in starts])

    def png(self) -> bytes:
        """Return the whole picture, to be looked at by a person."""
        lines = []
        for row in range(self.height):
            start = self._start + row * self._line
            line = self._memory[start : start + self.width * PIXEL_BYTES]
            rgb = bytearray(self.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            lines.append(b"\0" + rgb)
        header = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 1)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in chunks
        )


def ink(look: bytes) -> int:
    """Count the steps between dark and light along the rows: a page of text has tens of thousands, a bare one few."""
    light = look.translate(LIGHT)
    return light.count(b"\0\1") + light.count(b"\1\0")
