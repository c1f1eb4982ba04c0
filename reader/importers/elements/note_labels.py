"""What marks and labels of notes look like, and the words by which pages name them."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from reader.importers.elements.index import classes_of, kinds_of

MAX_SIGN_CHARS = 16
"""A longer text is no mark, whatever it says."""

_NUMBER = r"\d{1,4}[a-z]?|[ivxlc]{1,6}|[a-z]{1,2}|[*∗⁎†‡§¶#]{1,4}"
_WORD = r"(?:foot|end)?notes?|fn|nb|n|note|anm|fußnote|ref|nota|rodapé|прим|сноска|註|注|r|a|e|lower-alpha|upper-alpha"
_SIGN = re.compile(
    rf"[\[({{⟨〔［（]*\s*(?:(?P<word>{_WORD})\.?\s*)?(?P<sign>{_NUMBER})\s*[\])}}⟩〕］）]*", re.IGNORECASE
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STARS = str.maketrans("∗⁎", "**")
_NOT_SHOWN = re.compile("[\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\u00ad]")
BACK_SIGNS = re.compile(
    r"[\s\[\](){}^↑↩↵⤴⏎⇑▲⬆🔙↖←⇧«‹<]+|(?:\W*)(?:jump (?:back )?(?:up|to)|back(?: to (?:text|content|top|article))?|"
    r"return(?: to text)?|"
    r"zurück|retour|volver|torna|hochspringen|nach oben|up)\W*(?:[a-z]{1,2}\W*)?",
    re.IGNORECASE,
)

MARK_KINDS = frozenset(("doc-noteref", "noteref"))
BACK_KINDS = frozenset(("doc-backlink", "backlink"))
NOTE_KINDS = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
FRAME_KINDS = frozenset(("doc-endnotes", "doc-footnotes", "footnotes", "endnotes", "rearnotes"))
NO_NOTE_KINDS = frozenset(("doc-pagebreak", "pagebreak", "doc-biblioentry", "biblioentry", "doc-biblioref", "doc-toc"))
_MARK_CLASSES = frozenset((
    "footnote-ref", "footnoteref", "footnote_ref", "fnref", "noteref", "note-ref", "footnote-anchor",
    "footnote-reference", "footnote_reference", "footnote-link", "footnotelink", "note-link",
    "easy-footnote-to", "footnote-mark", "citation-ref", "fn-ref", "en-ref", "endnote-ref", "endnoteref",
    "sdfootnoteanc", "sdendnoteanc", "footnoteanchor", "fnanchor", "a-fn", "simple-footnote", "see-footnote",
    "footref", "footnote__citation", "notemark", "reference-note", "footnotecall", "footnote-call",
))  # fmt: skip
_BACK_CLASSES = frozenset((
    "footnote-back", "footnote-backref", "reversefootnote", "footnote-backlink", "mw-cite-backlink",
    "footnote-return", "fn-backref", "fn-backlink", "backlink", "data-footnote-backref", "sdfootnotesym",
    "sdendnotesym", "footnoteback", "easy-footnote-to-top", "footnote-number", "footnotebacklink", "back-link",
    "footnum", "footnote__back", "footback", "noteback", "cite-accessibility-label", "footnotes__item-backlink",
    "fn-back",
))  # fmt: skip
_NOTE_NAME = re.compile(
    r"(?:^|[_\-:.\d/])(?:foot|end|side|rear)?_?notes?(?:$|[_\-:.\d])|footnote|endnote|sidenote|(?:^|[_\-:.])_?(?:ftn|edn|fn|en|sdfootnote|sdendnote|"
    r"cite_note|citenote|note|nota|fussnote|fu[sß]note|anm|noot|rf|r?ef|ftnt|sym)s?[_\-:.]*[a-z]{0,3}\d|^(?:n|note)[_\-]?\d+[a-z]?$|footnotedef",
    re.IGNORECASE,
)
_NO_NOTE_NAME = re.compile(
    r"^(?:page|pg|p|pb|seite|pag|pagina|pp|sec|section|chap|chapter|ch|s\d+|toc|fig|figure|tab|table|tbl|eq|equation|"
    r"line|l|verse|v|comment|top|exercise|def|lemma|thm|theorem|lst|listing|img|image|plate|illus|step|item|par|para)"
    r"[_\-.:]*[a-z]?[ivxlc\d]*(?:[._\-]\w*)?$|pagebreak|bib\.|^ite[._]|^S\d+\.|-page-\d+$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a short text without signs that nobody sees, raised digits as digits."""
    return " ".join(_NOT_SHOWN.sub("", text).translate(_RAISED).translate(_STARS).split())


def sign_of(text: str) -> str:
    """Return the label that the text of a mark is: ``1``, ``*``, ``note:1``; empty for any other text."""
    text = plain(text)
    hit = _SIGN.fullmatch(text) if 0 < len(text) <= MAX_SIGN_CHARS else None
    if hit is None:
        return ""
    word = (hit["word"] or "").lower()
    return f"{word}:{hit['sign']}" if word and word not in ("r", "a", "e") else hit["sign"]


def is_bracketed(text: str) -> bool:
    """Say whether a text stands in square brackets."""
    return plain(text).startswith(("[", "［", "〔"))


def is_word(label: str) -> bool:
    """Say whether a label is of several letters, as those of a bibliography are, and no Roman number."""
    return len(label) > 1 and label.isalpha() and not set(label.lower()) <= set("ivxlc")


def is_back_sign(text: str) -> bool:
    """Say whether the text of a link only says that it leads back."""
    text = plain(text)
    return not text or BACK_SIGNS.fullmatch(text) is not None


def says_mark(element: Element) -> bool:
    """Say whether an element calls itself the mark of a note."""
    return bool(MARK_KINDS & kinds_of(element)) or bool(_MARK_CLASSES.intersection(classes_of(element)))


def says_back(element: Element) -> bool:
    """Say whether an element calls itself the way back from a note."""
    return (
        bool(BACK_KINDS & kinds_of(element))
        or bool(_BACK_CLASSES.intersection(classes_of(element)))
        or element.get("rev") == "footnote"
    )


def says_note(element: Element) -> bool:
    """Say whether an element calls itself a note; as a role, ``note`` is a box of advice."""
    kinds = kinds_of(element)
    return bool(NOTE_KINDS & kinds) or ("note" in kinds and element.get("role") != "note")


def names_note(name: str) -> bool:
    """Say whether an id is one that programs give to notes; what stands before a ``/`` names its file."""
    return _NOTE_NAME.search(name.rpartition("/")[2]) is not None and not names_other(name)


def names_other(name: str) -> bool:
    """Say whether an id is one of pages, sections, figures, formulas."""
    return _NO_NOTE_NAME.search(name.rpartition("/")[2]) is not None


class Keys:
    """Gives each note a key of its own that shows its label."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._times: Counter[str] = Counter()

    def new(self, label: str) -> str:
        """Return a key for a label: the label itself, or behind the number of the times it was met."""
        label = label or "note"
        key = label
        while key in self._used:
            self._times[label] += 1
            key = f"{self._times[label] + 1}:{label}"
        self._used.add(key)
        return key
