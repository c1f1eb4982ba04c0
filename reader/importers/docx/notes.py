"""Footnotes and endnotes of a Word file: their bodies by id, and the labels that Word gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.importers.docx.parts import W, number_of
from reader.importers.office.numerals import shown

if TYPE_CHECKING:
    from lxml import etree

FOOTNOTE = "footnote"
ENDNOTE = "endnote"
_FORMS = {FOOTNOTE: "decimal", ENDNOTE: "lowerRoman"}
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_PLACES = {FOOTNOTE: W + "footnotePr", ENDNOTE: W + "endnotePr"}


@dataclass(frozen=True, slots=True)
class Counting:
    """How notes of one kind are counted in one section."""

    form: str
    start: int = 1
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A note that a mark calls: ``body`` is None where the file has no such note."""

    key: str
    kind: str
    label: str
    body: etree._Element | None


class Notes:
    """The notes of a document, in the order in which the text calls them."""

    def __init__(
        self,
        bodies: dict[str, etree._Element | None],
        settings: etree._Element | None,
        sections: list[etree._Element],
    ) -> None:
        self._bodies = {kind: _by_id(root, kind) for kind, root in bodies.items()}
        self._called: dict[tuple[str, str], Called] = {}
        self._keys: set[str] = set()
        self._repeated = 1
        self._numbers: dict[str, int] = {}
        self._sections = [{kind: _counting(one, kind, settings) for kind in _FORMS} for one in sections]
        self._sections = self._sections or [{kind: _counting(None, kind, settings) for kind in _FORMS}]
        self._section = 0

    def end_section(self) -> None:
        self._section = min(self._section + 1, len(self._sections) - 1)
        for kind, counting in self._sections[self._section].items():
            if counting.restarts:
                self._numbers.pop(kind, None)

    def call(self, kind: str, note_id: str, custom: str | None = None) -> str:
        """Return the key of the note that a mark calls; ``custom`` is the sign that stands for its number."""
        known = self._called.get((kind, note_id))
        if known is not None:
            return known.key
        label = self._label(kind) if custom is None else custom.strip()
        key = self._free_key(kind, label or note_id)
        self._keys.add(key)
        self._called[kind, note_id] = Called(key, kind, label, self._bodies[kind].get(note_id))
        return key

    def called(self) -> Iterator[Called]:
        """Yield each note once, also those that notes call while they are read."""
        done = 0
        while done < len(self._called):
            for one in list(self._called.values())[done:]:
                done += 1
                yield one

    def uncalled(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield kind and body of each note that nothing calls; separators are no notes."""
        for kind, bodies in self._bodies.items():
            for note_id, body in bodies.items():
                if (kind, note_id) not in self._called and body.get(W + "type") not in _SEPARATORS:
                    yield kind, body

    def _label(self, kind: str) -> str:
        counting = self._sections[self._section][kind]
        number = self._numbers.get(kind, counting.start - 1) + 1
        self._numbers[kind] = number
        return shown(number, counting.form)

    def _free_key(self, kind: str, label: str) -> str:
        if label not in self._keys:
            return label
        scope = "e" if kind == ENDNOTE else str(self._section + 1)
        key = f"{scope}:{label}"
        while key in self._keys:
            self._repeated += 1
            key = f"{scope}.{self._repeated}:{label}"
        return key


def _by_id(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {one.get(W + "id") or "": one for one in root.iterfind(W + kind)}


def _counting(section: etree._Element | None, kind: str, settings: etree._Element | None) -> Counting:
    """Return how a section counts; what it does not say, the settings of the document do."""
    said: dict[str, etree._Element] = {}
    for place in (settings, section):
        found = place.find(_PLACES[kind]) if place is not None else None
        said.update({one.tag: one for one in found if isinstance(one.tag, str)} if found is not None else {})
    form, restart = said.get(W + "numFmt"), said.get(W + "numRestart")
    return Counting(
        (form.get(W + "val") if form is not None else None) or _FORMS[kind],
        number_of(said.get(W + "numStart"), default=1),
        restart is not None and restart.get(W + "val") == "eachSect",
    )
