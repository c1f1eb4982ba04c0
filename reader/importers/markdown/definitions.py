"""What a paragraph of Markdown defines before it says anything: where links lead, what abbreviations mean."""

from __future__ import annotations

from reader.importers.markdown.lines import ABBREVIATION
from reader.importers.markdown.links import Target, definition_at, label_key

MAX_ABBREVIATIONS = 500
"""How many can be defined: the whole text is looked through for all of them."""


class Definitions:
    """The references of a text by their labels (``label_key``), and its abbreviations."""

    def __init__(self) -> None:
        self.references: dict[str, Target] = {}
        self.abbreviations: dict[str, str] = {}

    def without(self, text: str) -> str:
        """Return a paragraph without the references and abbreviations that it begins by defining."""
        at = 0
        while text.startswith(("[", "*["), at):
            short = ABBREVIATION.match(text, at)
            if short:
                if short[1].strip() and len(self.abbreviations) < MAX_ABBREVIATIONS:
                    self.abbreviations[short[1].strip()] = short[2].strip()
                at = short.end() + 1
                continue
            found = definition_at(text, at)
            if found is None:
                break
            label, target, at = found
            self.references.setdefault(label_key(label), target)
        return text[at:]
