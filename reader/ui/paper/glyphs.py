"""Which glyphs the text of a plan is drawn with, and what each stands for."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextLayout

from reader.ui.look import fonts
from reader.ui.page.runs import NAME, PICTURE
from reader.ui.paper.font_text import Shape, repaired
from reader.ui.paper.pdf_update import PdfFile

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFont, QRawFont

    from reader.ui.paper.plan import Leaf, Plan

_DRAWN_WEIGHTS = (400, 500, 600)
_LONGEST = 1000
"""Letters that are shaped at once: of more, Qt would count the places anew."""
_JOINED = 3
"""A ligature of Latin letters joins so many at most: a word of parts that were seen has no new glyph."""
_HIDDEN_PIXELS = 1
"""The size of words that are in the text and not seen (those of a picture)."""


class GlyphBook:
    """Learns glyphs word by word: each word once in each font."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sources: set[int] = set()
        self._known: dict[object, tuple[set[str], set[str]]] = {}
        self._faces: dict[str, dict[int, str]] = {}
        self._fonts: dict[str, QRawFont] = {}

    def note(self, leaf: Leaf) -> None:
        """Learn what a page is drawn with that none before it was."""
        for words in self._plan.heads(leaf):
            self.note_words(self._plan.head_font, words)
        for strip in (*leaf.body, *leaf.notes):
            if strip.source not in self._sources:
                self._sources.add(strip.source)
                self._note_source(strip.source)

    def note_words(self, font: QFont, words: str) -> None:
        """Learn the glyphs of some words in a font."""
        key = (font.key(), font.weight(), font.italic(), tuple(tag.value() for tag in font.featureTags()))
        known, joined = self._known.setdefault(key, (set(), set()))
        plain: list[str] = []
        for word in dict.fromkeys([" ", *words.split()]):
            if word in known:
                continue
            known.add(word)
            parts = {word[at : at + _JOINED] for at in range(max(1, len(word) - _JOINED + 1))}
            if not word.isascii():
                self._learn(font, word[:_LONGEST])
            elif not parts <= joined:
                joined |= parts
                plain.append(word[:_LONGEST])
        line = " ".join(plain)
        for at in range(0, len(line), _LONGEST):
            self._learn(font, line[at : at + _LONGEST])

    def texts(self, path: Path) -> dict[int, bytes]:
        """Return the tables of text that a finished PDF should have, by the number of their object."""
        faces = {name: self._shapes(name) for name in self._faces}
        with path.open("rb") as file:
            pdf = PdfFile(file)
            try:
                return repaired(pdf, faces, {text for glyphs in self._faces.values() for text in glyphs.values()})
            finally:
                pdf.close()

    def _note_source(self, source: int) -> None:
        block = self._plan.measured(source).document.begin()
        while block.isValid():
            runs = block.begin()
            while not runs.atEnd():
                face = runs.fragment().charFormat()
                font = face.font()
                if face.objectType() == PICTURE:
                    self._note_drawing(str(face.property(NAME)))
                elif font.pixelSize() > _HIDDEN_PIXELS:
                    self.note_words(font, runs.fragment().text())
                runs += 1
            block = block.next()

    def _note_drawing(self, name: str) -> None:
        """Learn the words of a drawing, in the faces that drawings are lettered with."""
        resource = self._plan.matter.resources.get(name)
        if resource is None or not resource.media_type.startswith("image/svg"):
            return
        labels = {
            unescape(words) for words in re.findall(r">([^<>]*\S[^<>]*)<", resource.data.decode("utf-8", "replace"))
        }
        for weight in _DRAWN_WEIGHTS:
            for features in ((), ("tnum",)):
                font = fonts.interface(self._plan.sheet.em, weight, features=features)
                for label in labels:
                    self._learn(font, label[:_LONGEST])  # as a whole: signs have other shapes beside capitals

    def _learn(self, font: QFont, word: str) -> None:
        layout = QTextLayout(word, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        flags = QTextLayout.GlyphRunRetrievalFlag
        units = word.encode("utf-16-le")
        runs = layout.glyphRuns(-1, -1, flags.RetrieveGlyphIndexes | flags.RetrieveStringIndexes)
        if len(runs) > 1 and not word.isascii():
            return self._learn_parts(font, word)  # several faces: the places are counted anew in each
        for run in runs:
            raw = run.rawFont()
            name = f"{raw.familyName()} {raw.styleName()}"
            self._fonts.setdefault(name, raw)
            glyphs = self._faces.setdefault(name, {})
            places = run.stringIndexes()
            begins = sorted(set(places))
            ends = dict(zip(begins, [*begins[1:], len(units) // 2], strict=True))
            for glyph, place in dict(zip(run.glyphIndexes(), places, strict=True)).items():
                text = units[2 * place : 2 * ends[place]].decode("utf-16-le", "replace")
                if text.isascii() or glyph not in glyphs:
                    glyphs[glyph] = text
        return None

    def _learn_parts(self, font: QFont, word: str) -> None:
        for letter in word if len(word) > 1 else ():
            self.note_words(font, letter)

    def _shapes(self, name: str) -> dict[Shape, str]:
        raw = self._fonts[name]
        per_em = raw.unitsPerEm()
        raw.setPixelSize(per_em)
        glyphs = self._faces[name]
        advances = raw.advancesForGlyphIndexes(list(glyphs))
        made: dict[Shape, str] = {}
        for (glyph, text), advance in zip(glyphs.items(), advances, strict=True):
            box = raw.boundingRect(glyph)
            edges = (box.left(), -box.bottom(), box.right(), -box.top(), advance.x())
            shape = Shape(*(round(edge * 1000 / per_em) for edge in edges))
            if text.isascii() or shape not in made:
                made[shape] = text
            elif made[shape] != text and not made[shape].isascii():
                made[shape] = ""  # two letters of one shape: which one it is cannot be told
        return made
