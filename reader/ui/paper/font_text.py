"""The text that the letters of a PDF's fonts stand for.

Qt looks a glyph up among the characters of its font. It finds none for a ligature or a text figure (a
reader who copied "1917" would get signs without sense), and for a space it finds the tab. Which glyph is
which can be told by its outline: its box and its width are in the font that the file carries, too.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.ui.paper.pdf_update import PdfFile

_FORMS = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc]")
"""Ligatures, Arabic letters by their place in a word, radicals: signs for what is written with others."""
_SUPERIOR = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")  # a mark that is copied stays a mark
_ASCII = tuple(chr(code) for code in range(32, 127))
_BY_LINE = 100  # entries that a section of the table may have
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_END = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Shape(NamedTuple):
    """What a glyph is told by: the edges of its outline and its width, in thousandths of the type's size."""

    left: int
    bottom: int
    right: int
    top: int
    width: int

    def distance(self, other: Shape) -> int:
        """Return how much two differ, all in all."""
        return sum(abs(one - another) for one, another in zip(self, other, strict=True))

    def is_near(self, other: Shape) -> bool:
        """Say whether two are the same but for rounding."""
        return all(abs(one - another) <= 1 for one, another in zip(self, other, strict=True))


def repaired(pdf: PdfFile, faces: Mapping[str, Mapping[Shape, str]], drawn: Set[str]) -> dict[int, bytes]:
    """Return the new tables of text by the number of their object.

    ``faces`` has the glyphs of each face that was drawn with, by their shapes, and what they stand for;
    ``drawn`` is all that any glyph stands for.
    """
    tables: dict[int, bytes] = {}
    for descendant, table in pdf.fonts():
        body = pdf.body(descendant)
        described = re.search(rb"/FontDescriptor (\d+)", body)
        carried = re.search(rb"/FontFile2 (\d+)", pdf.body(int(described[1]))) if described else None
        if carried is None:
            continue
        shapes = shapes_of(pdf.stream(int(carried[1])), widths(body))
        known = texts(pdf.stream(table))
        tables[table] = cmap(_merged(shapes, known, faces, drawn))
    return tables


def _merged(
    shapes: Mapping[int, Shape], known: Mapping[int, str], faces: Mapping[str, Mapping[Shape, str]], drawn: Set[str]
) -> dict[int, str]:
    """Return the text of each glyph: as the face knows it that most of the glyphs are of, else as Qt does."""
    best: dict[int, str] = {}
    for glyphs in faces.values():
        by_width: dict[int, list[tuple[Shape, str]]] = {}
        for shape, text in glyphs.items():
            by_width.setdefault(shape.width, []).append((shape, text))
        found: dict[int, str] = {}
        for number, shape in shapes.items():
            alike = [each for width in range(shape.width - 1, shape.width + 2) for each in by_width.get(width, ())]
            near = [(shape.distance(other), text) for other, text in alike if shape.is_near(other)]
            if near and (told := min(near)[1]):
                found[number] = told
        if len(found) > len(best):
            best = found
    made = {number: as_written(text) for number, text in known.items() if text != "\0"}
    # Signs may have one shape (a Latin and a Cyrillic letter, two figures): where Qt's can be right, it is.
    kept = {*drawn, *_SUPERIOR, *_ASCII}
    return made | {
        number: text
        for number, text in best.items()
        if known.get(number) not in kept and not _FORMS.match(known.get(number, ""))
    }


def as_written(sign: str) -> str:
    """Return what a sign of Qt's table stands for in a text."""
    if sign == "\t":
        return " "
    return unicodedata.normalize("NFKC", sign) if _FORMS.match(sign) else sign


def shapes_of(font: bytes, advances: Mapping[int, int]) -> dict[int, Shape]:
    """Return the shapes of the glyphs of a TrueType font."""
    tables = {
        font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)
    }
    head, loca, glyf = (tables[name][0] for name in (b"head", b"loca", b"glyf"))
    per_em = struct.unpack(">H", font[head + 18 : head + 20])[0]
    long = struct.unpack(">h", font[head + 50 : head + 52])[0]
    count = tables[b"loca"][1] // (4 if long else 2) - 1
    places = struct.unpack(f">{count + 1}{'I' if long else 'H'}", font[loca : loca + (count + 1) * (4 if long else 2)])
    shapes = {}
    for number in range(1, count):
        start, end = (place * (1 if long else 2) for place in places[number : number + 2])
        box = struct.unpack(">4h", font[glyf + start + 2 : glyf + start + 10]) if end > start else (0, 0, 0, 0)
        left, bottom, right, top = (round(edge * 1000 / per_em) for edge in box)
        shapes[number] = Shape(left, bottom, right, top, advances.get(number, 0))
    return shapes


def widths(descendant: bytes) -> dict[int, int]:
    """Return the widths of a font's glyphs (``/W``): lists from a number on, or one for a range."""
    found = re.search(rb"/W \[(.*?)\]\s*\]?\s*(?:>>|/|$)", descendant, re.DOTALL)
    made: dict[int, int] = {}
    if found is None:
        return made
    inner = found[1].decode("ascii", "replace") + "]"
    for item in re.finditer(r"(\d+)\s*\[([^\]]*)\]|(\d+)\s+(\d+)\s+(-?[\d.]+)", inner):
        if item[1] is not None:
            for place, width in enumerate(item[2].split()):
                made[int(item[1]) + place] = round(float(width))
        else:
            made.update(dict.fromkeys(range(int(item[3]), int(item[4]) + 1), round(float(item[5]))))
    return made


def texts(table: bytes) -> dict[int, str]:
    """Return what a table of text has for each glyph."""
    made: dict[int, str] = {}
    for line in re.finditer(rb"<(\w{4})> <(\w{4})> (?:<(\w+)>|\[([^\]]*)\])", table):
        first, last = int(line[1], 16), int(line[2], 16)
        if line[3] is not None:
            begin = int(line[3], 16)
            made.update({first + step: chr(begin + step) for step in range(last - first + 1)})
        else:
            for step, entry in enumerate(re.findall(rb"<(\w+)>", line[4])):
                made[first + step] = bytes.fromhex(entry.decode()).decode("utf-16-be", "replace")
    return made


def cmap(entries: Mapping[int, str]) -> bytes:
    """Return a table of text as PDF has it (ISO 32000-1, 9.10.3)."""
    lines = [
        b"<%04X> <%b>\n" % (number, text.encode("utf-16-be", "replace").hex().upper().encode())
        for number, text in sorted(entries.items())
    ]
    parts = [_HEAD]
    for at in range(0, len(lines), _BY_LINE):
        some = lines[at : at + _BY_LINE]
        parts += [b"%d beginbfchar\n" % len(some), *some, b"endbfchar\n"]
    return b"".join([*parts, _END])
