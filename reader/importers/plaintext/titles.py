"""What the shape of a line says: a chapter's word and number, a section's number, capitals, a bare numeral."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from reader.importers.plaintext.words import NAMED_HEADING, ORDINALS, PART_WORDS, REFERENCES_HEADING, ROMAN

MAX_TITLE = 110
"""A heading is no longer than this many characters."""
MAX_TITLE_WORDS = 16
MAX_ACRONYM = 4
"""A word of so few capitals says nothing: it is an acronym."""
MAX_STOPPED_WORDS = 8
"""A numbered title that a full stop ends has no more words than this."""


class Form(IntEnum):
    """The forms of headings, from the outermost to the innermost."""

    CHAPTER = 0
    NUMBERED = 1
    ROMAN = 2
    LETTER = 3
    NUMERAL = 4
    NAMED = 5
    CAPITALS = 6
    PLAIN = 7


class Shape(NamedTuple):
    """A heading's form. ``rank`` is the chapter word's, or how many numbers a section has.

    ``number`` is the last of its numbers, ``title`` what follows them.
    """

    form: Form
    rank: int = 0
    number: int = 0
    title: str = ""


_RANK_OF = {word: rank for rank, words in PART_WORDS.items() for word in words.split()}
_PART = "|".join(sorted(_RANK_OF, key=len, reverse=True))
_ORDINAL = "|".join(sorted(set(ORDINALS.split()), key=len, reverse=True))
_COUNT = rf"(?:\d{{1,3}}|{ROMAN}|(?:{_ORDINAL})(?:[- ](?:{_ORDINAL}))?|[A-Z])"
_REST = r"(?:(?P<mark>\s*[.:—–-]+\s*|\s*\)\s*)|\s+|$)(?P<rest>.*)$"
_WORD_FIRST = re.compile(
    rf"^\W{{0,2}}(?P<part>{_PART})\.?\s+(?:the\s+|n[°ºo]\.?\s*|№\s*)?{_COUNT}\b{_REST}", re.IGNORECASE
)
_ORDINAL_FIRST = re.compile(
    rf"^\W{{0,2}}(?:the\s+|das\s+|der\s+|la\s+|le\s+)?(?:{_ORDINAL}|\d{{1,2}}\.)\s+(?P<part>{_PART})\b{_REST}",
    re.IGNORECASE,
)
_PARAGRAPH_SIGN = re.compile(r"^§\s*(\d{1,4}[a-z]?)\.?(?:\s+(\S.*))?$")
_NUMBERED = re.compile(r"^(?:(\d{1,3}(?:\.\d{1,3}){0,4})|([A-Z](?:\.\d{1,3}){1,4}))(\.|\)|:|\s[—–-])?\s+(\S.*)$")
_ROMAN = re.compile(rf"^({ROMAN})(?:\s*[.:)]|\s*[—–-](?=\s))?(?:\s+(\S.*))?$")
_ROMAN_MARKED = re.compile(rf"^{ROMAN}(?:\s*[.:)]|\s*[—–-]\s|\s*$)")
_LETTER = re.compile(r"^([A-H])[.)]\s+(\S.*)$")
_NUMERAL = re.compile(r"^[-–—*~\[(\s]{0,3}(\d{1,3})[-–—*~\])\s.]{0,3}$")
_HAN_CHAPTER = re.compile(
    r"^第\s*(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,6})\s*(?P<part>[章回课課部編编卷节節篇幕])(?:[\s:：、.]+|$)(?P<rest>[^。]*)$"
)
_LETTERS = re.compile(r"[^\W\d_]")
_INNER_STOP = re.compile(r"[a-zа-яß-ÿ]{3,}[.!?]\s+[A-ZА-ЯÀ-Þ\"“]")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_IN_COLUMNS = re.compile(r"\S {3,}\S|\d{4}-\d\d-\d\d")
_CODE_SIGN = re.compile(r"[_={}<>\\|*]")
_END_WORDS = {
    "the end",
    "finis",
    "end",
    "fin",
    "ende",
    "fine",
    "fim",
    "конец",
    "einde",
    "koniec",
    "konec",
    "slut",
    "amen",
}


def roman_value(text: str) -> int:
    """Return the value of a Roman numeral in capitals."""
    values = [_ROMAN_DIGITS[digit] for digit in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def is_chapter(text: str) -> bool:
    """Return whether a line is a chapter's heading by its words."""
    return len(text) <= MAX_TITLE and _chapter(text) is not None


def is_capitals(text: str) -> bool:
    """Return whether a line is set in capitals, as a title is."""
    if not 3 <= len(text) <= MAX_TITLE or not text.isupper() or text[-1] in ",;":
        return False
    if _CODE_SIGN.search(text.strip("_*= ")):
        return False
    letters = _LETTERS.findall(text)
    if " " not in text and len(letters) <= MAX_ACRONYM:
        return False
    cased = sum(letter.lower() != letter for letter in letters)
    return cased >= max(3, 0.5 * (len(text) - text.count(" "))) and not is_end(text)


def is_end(text: str) -> bool:
    """Return whether a line says that the text is at its end."""
    return text.strip(" .*-—").lower() in _END_WORDS


def shape_of(text: str) -> Shape | None:
    """Return the form that a line's words and signs give it; None where they give none."""
    if not text or len(text) > MAX_TITLE or text.count(" ") >= MAX_TITLE_WORDS + 4:
        return None
    first = text[0]
    if first.isdigit() or (first.isupper() and text[1:2] == "." and text[2:3].isdigit()):
        found = _numbered(text)
    else:
        found = _chapter(text) or _lettered(text)
    return found or _numeral(text) or _by_words(text)


def _lettered(text: str) -> Shape | None:
    """Return the form of a line that a Roman numeral, a letter or the sign for a paragraph begins."""
    if text[0] in "IVXLCDM" and (found := _roman(text)):
        return found
    if text[1:2] in (".", ")") and (found := _letter(text)):
        return found
    return _section_sign(text) if text[0] == "§" else None


def _by_words(text: str) -> Shape | None:
    few = len(text) < 70 and text.count(" ") < 7
    if few and (NAMED_HEADING.match(text) or REFERENCES_HEADING.match(text)):
        return Shape(Form.NAMED, title=text)
    return Shape(Form.CAPITALS, title=text) if is_capitals(text) else None


def _chapter(text: str) -> Shape | None:
    if text[0] == "第" and (found := _HAN_CHAPTER.match(text)):
        return Shape(
            Form.CHAPTER,
            3 if found["part"] in "章回课課" else 1 if found["part"] in "部編编卷" else 4,
            0,
            found["rest"],
        )
    if text[0].islower() or not any(word.strip('.,:;—–-()[]_*"“”') in _RANK_OF for word in text.lower().split()[:4]):
        return None
    hit = _WORD_FIRST.match(text) or _ORDINAL_FIRST.match(text)
    if hit is None or not _is_title_rest(hit["mark"] or "", hit["rest"]):
        return None
    return Shape(Form.CHAPTER, _RANK_OF[hit["part"].lower()], 0, hit["rest"].strip())


def _is_title_rest(mark: str, rest: str) -> bool:
    """Return whether what follows a chapter's number may be its title and is not the rest of a sentence."""
    if not rest:
        return True
    if rest[0].islower() and not mark.strip():
        return False
    if rest[0] in ",;)" or len(rest.split()) > MAX_TITLE_WORDS:
        return False
    return not (_INNER_STOP.search(rest) and not mark.strip()) and rest[-1] not in ",;"


def _numbered(text: str) -> Shape | None:
    hit = _NUMBERED.match(text)
    if hit is None:
        return None
    digits, sections, mark, title = hit.groups()
    count = digits or sections
    depth = count.count(".") + 1
    named = mark == "." and depth > 1 and _is_command(title)
    if not (named or _may_be_title(title)) or (depth == 1 and int(digits or 1) > 99):
        return None
    last = int(count.rpartition(".")[2])
    return Shape(Form.NUMBERED, depth if mark or depth > 1 else -1, last, title)


def _is_command(title: str) -> bool:
    """Return whether a section's title is a name that is written small: a program's."""
    return title.replace("-", "").isalnum() and title[0].isalpha()


def long_section(text: str) -> Shape | None:
    """Return the form of a section's title that runs over lines, often a question with what led to it."""
    hit = _NUMBERED.match(text)
    if hit is None or not hit.group(3) or not starts_title(hit.group(4)) or text[-1] in ",;:":
        return None
    count = hit.group(1) or hit.group(2)
    asks = text.endswith("?")
    if "." not in count or (text[-1] in ".!…" and not asks) or (_INNER_STOP.search(hit.group(4)) and not asks):
        return None
    return Shape(Form.NUMBERED, count.count(".") + 1, int(count.rpartition(".")[2]), hit.group(4))


def starts_title(title: str) -> bool:
    """Return whether text begins as a title does, not as a value or the rest of a sentence."""
    return not (title[0].islower() or title[0] in "-+*/=<>%")


def _may_be_title(title: str) -> bool:
    """Return whether text after a number may be a title: it begins as one and is not a sentence."""
    if not starts_title(title) or title[-1] in ",;:" or _IN_COLUMNS.search(title):
        return False
    words = len(title.split())
    if title[-1] == "." and not title.isupper():
        return words <= MAX_STOPPED_WORDS and not _INNER_STOP.search(title)
    return words <= MAX_TITLE_WORDS and not _INNER_STOP.search(title)


def _roman(text: str) -> Shape | None:
    hit = _ROMAN.match(text)
    if hit is None:
        return None
    title = hit.group(2) or ""
    if title and (not _ROMAN_MARKED.match(text) or not (_may_be_title(title) or len(title.split()) <= 8)):
        return None
    if title and title[0].islower():
        return None
    return Shape(Form.ROMAN, 0, roman_value(hit.group(1)), title)


def _letter(text: str) -> Shape | None:
    hit = _LETTER.match(text)
    if hit is None or not _may_be_title(hit.group(2)):
        return None
    return Shape(Form.LETTER, 0, ord(hit.group(1)) - ord("A") + 1, hit.group(2))


def _section_sign(text: str) -> Shape | None:
    hit = _PARAGRAPH_SIGN.match(text)
    if hit is None or (hit.group(2) and not _may_be_title(hit.group(2))):
        return None
    return Shape(Form.CHAPTER, 4, 0, hit.group(2) or "")


def _numeral(text: str) -> Shape | None:
    hit = _NUMERAL.match(text)
    return Shape(Form.NUMERAL, 0, int(hit.group(1))) if hit else None
