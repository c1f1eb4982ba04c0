"""A reader of the PDFs that this program writes: enough to say what is on a page. No part of the program."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b")
_REF = rb"(\d+) 0 R"


class Pdf:
    """A PDF as it is after its last change."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        start = int(re.findall(rb"startxref\s+(\d+)", self.data)[-1])
        assert self.data[start : start + 4] == b"xref"
        self.trailer = self.data[start:]
        self._places: dict[int, int] = {}
        self._read_tables(start)

    def _read_tables(self, start: int) -> None:
        table, _, trailer = self.data[start:].partition(b"trailer")
        for section in re.finditer(rb"(\d+) (\d+)\s*\n((?:\d{10} \d{5} [fn][ \r]?\n)+)", table):
            for step, entry in enumerate(section[3].splitlines()):
                if entry[17:18] == b"n":
                    self._places.setdefault(int(section[1]) + step, int(entry[:10]))
        before = re.search(rb"/Prev (\d+)", trailer[: trailer.find(b"startxref")])
        if before:
            self._read_tables(int(before[1]))

    def body(self, number: int) -> bytes:
        place = self._places[number]
        assert self.data[place:].lstrip().startswith(b"%d 0 obj" % number), "the table leads astray"
        start = self.data.index(b"obj", place) + 3
        return self.data[start : self.data.index(b"endobj", start)]

    def stream(self, number: int) -> bytes:
        place = self._places[number]
        start = self.data.index(b"stream", place)
        packed = b"/FlateDecode" in self.data[place:start]
        content = self.data[start + 7 :]
        return zlib.decompressobj().decompress(content) if packed else content[: content.index(b"endstream")]

    @property
    def catalog(self) -> bytes:
        found = re.search(rb"/Root " + _REF, self.trailer)
        assert found
        return self.body(int(found[1]))

    @property
    def pages(self) -> list[int]:
        """The numbers of the pages' objects, in order."""

        def below(number: int) -> list[int]:
            body = self.body(number)
            kids = re.search(rb"/Kids\s*\[(.*?)\]", body, re.DOTALL)
            if kids is None:
                return [number]
            return [page for kid in re.findall(_REF, kids[1]) for page in below(int(kid))]

        root = re.search(rb"/Pages " + _REF, self.catalog)
        assert root
        return below(int(root[1]))

    def text(self, page: int) -> str:
        """Return what a reader would copy from a page, counted from 0; words in the order they are drawn."""
        body = self.body(self.pages[page])
        resources = self.body(_number(rb"/Resources " + _REF, body))
        fonts = {name: self._texts(int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", resources)}
        shown: list[str] = []
        font: dict[int, str] = {}
        content = self.stream(_number(rb"/Contents " + _REF, body))
        for item in re.finditer(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>\s*Tj|\b(ET)\b", content):
            if item[1]:
                font = fonts[item[1]]
            elif item[2]:
                codes = [int(item[2][at : at + 4], 16) for at in range(0, len(item[2]), 4)]
                shown += [font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes]
            else:
                shown.append("\n")
        return "".join(shown)

    def _texts(self, font: int) -> dict[int, str]:
        table = self.stream(_number(rb"/ToUnicode " + _REF, self.body(font)))
        return {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in re.findall(rb"^<(\w{4})> <(\w+)>$", table, re.MULTILINE)
        }

    def outline(self) -> list[tuple[int, str]]:
        """Return the outline: levels from 0, and words."""
        found = re.search(rb"/Outlines " + _REF, self.catalog)
        return list(self._items(int(found[1]), 0)) if found else []

    def _items(self, parent: int, level: int) -> list[tuple[int, str]]:
        made: list[tuple[int, str]] = []
        link = re.search(rb"/First " + _REF, self.body(parent))
        while link is not None:
            number = int(link[1])
            body = self.body(number)
            title = re.search(rb"/Title <FEFF(\w*)>", body)
            assert title
            made += [(level, bytes.fromhex(title[1].decode()).decode("utf-16-be")), *self._items(number, level + 1)]
            link = re.search(rb"/Next " + _REF, body)
        return made

    def links(self, page: int) -> list[str]:
        """Return where a page's links lead to: an address, or the name of a place."""
        body = self.body(self.pages[page])
        annotations = re.search(rb"/Annots " + _REF, body)
        if annotations is None:
            return []
        made = []
        for number in re.findall(_REF, self.body(int(annotations[1]))):
            link = self.body(int(number))
            place = re.search(rb"/Dest \((.*?)\)\n", link, re.DOTALL)
            address = re.search(rb"/URI \((.*?)\)", link, re.DOTALL)
            assert place or address
            made.append(_decoded(place[1]) if place else address[1].decode())  # type: ignore[index]
        return made

    def places(self) -> list[str]:
        """Return the names of all places that can be led to."""
        return [_decoded(name) for name in re.findall(rb"^\(((?:\xfe\xff).*?)\) \d+ 0 R", self.data, re.MULTILINE)]


def _number(pattern: bytes, body: bytes) -> int:
    found = re.search(pattern, body)
    assert found
    return int(found[1])


def _decoded(name: bytes) -> str:
    return name.decode("utf-16")
