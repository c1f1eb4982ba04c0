"""What Qt leaves out of a PDF, added to the finished file: the outline, the language, the text of its letters.

PDF lets a file be changed by what is appended to it (ISO 32000-1, 7.5.6): new and replaced objects, a
table of where they are, and a trailer that leads to the one before. Nothing is read into memory but the
table and the few objects that are changed, so that a book of a thousand pages takes no longer than an article.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

_TAIL_BYTES = 2048
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_SECTION = re.compile(rb"xref\s+0\s+(\d+)\s*\n")
_ENTRY_BYTES = 20
_PIECE_BYTES = 65_536


class NoWholePdfError(ValueError):
    """The file does not end as a PDF of Qt's does: it was not written to its end."""


class Entry(NamedTuple):
    """A line of the outline: its level from 1, its words, the name of the place it leads to."""

    level: int
    title: str
    place: str


class PdfFile:
    """A finished PDF with one table of objects, as Qt writes it.

    Raises:
        NoWholePdfError: it is none.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        found = _START.search(self._map[-_TAIL_BYTES:])
        if found is None:
            raise NoWholePdfError
        self.table = int(found[1])
        section = _SECTION.match(self._map, self.table)
        if section is None:
            raise NoWholePdfError
        self.count = int(section[1])
        self._first = section.end()
        self.trailer = bytes(self._map[self._first + self.count * _ENTRY_BYTES : -1])
        root = _ROOT.search(self.trailer)
        if root is None:
            raise NoWholePdfError
        self.root = int(root[1])

    def close(self) -> None:
        self._map.close()

    def _place(self, number: int) -> int:
        return self._first + number * _ENTRY_BYTES

    def body(self, number: int) -> bytes:
        """Return what stands between ``obj`` and ``endobj`` of an object."""
        start = self._map.find(b"obj", int(self._map[self._place(number) : self._place(number) + 10])) + 3
        return bytes(self._map[start : self._map.find(b"endobj", start)])

    def stream(self, number: int) -> bytes:
        """Return the content of an object that is a stream, unpacked."""
        at = int(self._map[self._place(number) : self._place(number) + 10])
        start = self._map.find(b"stream", at) + 6
        packed = b"/FlateDecode" in self._map[at:start]
        start += 2 if self._map[start : start + 2] == b"\r\n" else 1
        if not packed:
            return bytes(self._map[start : self._map.find(b"endstream", start)])
        unpacker, parts = zlib.decompressobj(), []
        while not unpacker.eof and start < len(self._map):
            parts.append(unpacker.decompress(self._map[start : start + _PIECE_BYTES]))
            start += _PIECE_BYTES
        return b"".join(parts)

    def fonts(self) -> Iterator[tuple[int, int]]:
        """Yield the numbers of each font's descendant (the font of its letters) and of its table of texts."""
        found = re.compile(rb"/DescendantFonts\s*\[\s*(\d+) 0 R\s*\]\s*/ToUnicode (\d+) 0 R")
        for match in found.finditer(self._map):
            yield int(match[1]), int(match[2])


def append(path: Path, outline: Sequence[Entry], language: str, streams: Mapping[int, bytes]) -> None:
    """Append to a PDF its outline and its language; ``streams`` are objects that get another content.

    Raises:
        NoWholePdfError: the file is no PDF that Qt wrote to its end.
        OSError: it could not be written.
    """
    with path.open("rb") as file:
        pdf = PdfFile(file)
        try:
            objects = dict(_objects(pdf, outline, language))
            trailer, table, count = pdf.trailer, pdf.table, pdf.count
        finally:
            pdf.close()
    for number, content in streams.items():
        packed = zlib.compress(content)
        objects[number] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
    with path.open("ab") as file:
        places: dict[int, int] = {}
        file.write(b"\n")
        for number in sorted(objects):
            places[number] = file.tell()
            file.write(b"%d 0 obj\n%b\nendobj\n" % (number, objects[number].strip()))
        start = file.tell()
        file.write(b"xref\n0 1\n0000000000 65535 f \n")
        for first, numbers in _runs(sorted(places)):
            file.write(b"%d %d\n" % (first, len(numbers)))
            file.writelines(b"%010d 00000 n \n" % places[number] for number in numbers)
        size = max(count, *(number + 1 for number in places))
        kept = re.sub(
            rb"/Size\s+\d+|/Prev\s+\d+", b"", trailer[trailer.index(b"<<") + 2 : trailer.index(b">>\nstartxref")]
        )
        file.write(
            b"trailer\n<<\n/Size %d\n/Prev %d\n%b\n>>\nstartxref\n%d\n%%%%EOF\n" % (size, table, kept.strip(), start)
        )


def _objects(pdf: PdfFile, outline: Sequence[Entry], language: str) -> Iterator[tuple[int, bytes]]:
    """Yield the catalog with what is added to it, and the objects of the outline."""
    added = b"/ViewerPreferences << /DisplayDocTitle true >>\n"
    if language:
        added += b"/Lang %b\n" % text(language)
    if outline:
        added += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % pdf.count
        yield from _outline(outline, pdf.count)
    catalog = pdf.body(pdf.root)
    end = catalog.rindex(b">>")
    yield pdf.root, catalog[:end] + added + catalog[end:]


def _outline(outline: Sequence[Entry], root: int) -> Iterator[tuple[int, bytes]]:
    """Yield the outline's own object, which has the number ``root``, and after it one for each entry."""
    parents = _parents(outline)
    children: dict[int, list[int]] = {}
    for number, parent in enumerate(parents):
        children.setdefault(parent, []).append(number)
    below = [0] * len(outline)
    for number in range(len(outline) - 1, -1, -1):
        if parents[number] >= 0:
            below[parents[number]] += below[number] + 1
    numbered = root + 1
    top = children[-1]
    yield (
        root,
        b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
        % (
            numbered + top[0],
            numbered + top[-1],
            len(top),
        ),
    )
    for siblings in children.values():
        for place, number in enumerate(siblings):
            entry, parent = outline[number], parents[number]
            parts = [b"<< /Title %b /Dest %b" % (text(entry.title), text(entry.place))]
            parts.append(b"/Parent %d 0 R" % (root if parent < 0 else numbered + parent))
            if place:
                parts.append(b"/Prev %d 0 R" % (numbered + siblings[place - 1]))
            if place + 1 < len(siblings):
                parts.append(b"/Next %d 0 R" % (numbered + siblings[place + 1]))
            if number in children:
                inner = children[number]
                parts.append(b"/First %d 0 R /Last %d 0 R" % (numbered + inner[0], numbered + inner[-1]))
                parts.append(b"/Count %d" % -below[number])  # closed: a long outline is opened where one wants
            yield numbered + number, b" ".join(parts) + b" >>"


def _parents(outline: Sequence[Entry]) -> list[int]:
    """Return for each entry the number of the one it stands under, or -1. A skipped level leaves no gap."""
    parents: list[int] = []
    above: list[int] = []
    for number, entry in enumerate(outline):
        while above and outline[above[-1]].level >= entry.level:
            above.pop()
        parents.append(above[-1] if above else -1)
        above.append(number)
    return parents


def text(words: str) -> bytes:
    """Return a string as PDF has it: UTF-16 with its mark, in hexadecimal."""
    return b"<FEFF%b>" % words.encode("utf-16-be", "replace").hex().upper().encode()


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield numbers in runs of neighbours, each with its first."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run[0], run
            run = []
        run.append(number)
    if run:
        yield run[0], run
