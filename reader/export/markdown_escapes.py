"""Which characters of a text would mean something in Markdown, and get a backslash."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPECIAL = re.compile(r"[\\`*_\[\]<&~!^{|:.\u0338]")
_MARKUP_AFTER_ANGLE = re.compile(r"[A-Za-z/!?]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ADDRESS = re.compile(r"(?:https?|www)$", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{[ ]*[:.#]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

# What a line begins with that would begin a block; the group is what the backslash goes before.
_LINE_STARTS = (
    re.compile(r"()#{1,6}(?=[ \t]|$)"),
    re.compile(r"()>"),
    re.compile(r"()[-+](?=[ \t]|$)"),
    re.compile(r"(\d{1,9})[.)](?=[ \t]|$)"),
    re.compile(r"():(?=[ \t]|$)"),
    re.compile(r"()=+[ \t]*$"),
    re.compile(r"()[|:-][-:| \t]*$"),
    re.compile(r"()~~~"),
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a run of text.

    ``before`` is the character before it (empty: a line begins); ``brackets`` says that it stands
    inside of brackets, ``cell`` in a table.
    """

    before: str = ""
    markup_follows: bool = False
    after_markup: bool = False
    brackets: bool = False
    cell: bool = False


def escaped(text: str, around: Around) -> str:
    """Return a run of text, without line breaks, that Markdown reads as itself."""
    made = _SPECIAL.sub(lambda match: _sign(match, text, around), text)
    if around.before == "":
        made = escaped_line(made)
    if around.after_markup and text[:1] in (":", "{", "^"):
        made = made if made.startswith("\\") else "\\" + made
    return made


def escaped_line(line: str) -> str:
    """Return a line that begins no block; its characters are escaped already."""
    for pattern in _LINE_STARTS:
        match = pattern.match(line)
        if match:
            return f"{match[1]}\\{line[match.end(1) :]}"
    return line


def _sign(match: re.Match[str], text: str, around: Around) -> str:
    sign, at = match[0], match.start()
    before = text[at - 1] if at else around.before
    after = text[at + 1] if at + 1 < len(text) else ("[" if around.markup_follows else "")
    if sign == "\u0338":  # it would melt into the ">" of a tag before it
        return "&#x338;" if at == 0 and around.after_markup else sign
    return "\\" + sign if _RULES[sign](before, after, match, around) else sign


def _star(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return not (before.isspace() and after.isspace())


def _underscore(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return not (before.isalnum() and after.isalnum())


def _backslash(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return after in _PUNCTUATION or after == ""


def _bracket(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return around.brackets


def _angle(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return _MARKUP_AFTER_ANGLE.match(after) is not None


def _ampersand(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return _ENTITY.match(match.string, match.start()) is not None


def _tilde(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return "~" in (before, after)


def _before_bracket(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return around.markup_follows and match.end() == len(match.string)


def _brace(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return _ATTRIBUTES.match(match.string, match.start()) is not None


def _pipe(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return around.cell


def _colon(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    start = max(0, match.start() - 5)
    return match.string.startswith("//", match.end()) and (
        _ADDRESS.search(match.string[start : match.start()]) is not None
    )


def _point(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return match.string[max(0, match.start() - 3) : match.start()].lower() == "www"


def _always(before: str, after: str, match: re.Match[str], around: Around) -> bool:
    return True


_RULES = {
    "\\": _backslash,
    "`": _always,
    "*": _star,
    "_": _underscore,
    "[": _always,
    "]": _bracket,
    "<": _angle,
    "&": _ampersand,
    "~": _tilde,
    "!": _before_bracket,
    "^": _before_bracket,
    "{": _brace,
    "|": _pipe,
    ":": _colon,
    ".": _point,
}


def in_attribute(value: str) -> str:
    """Return a value as it stands between double quotes in a tag."""
    for sign, name in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;"), ("`", "&#96;")):
        value = value.replace(sign, name)
    return value


def is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def can_emphasise(before: str, inside: str, after: str) -> bool:
    """Say whether ``_inside_`` is emphasis between these characters (empty: nothing is there).

    The rules of CommonMark for underscores; what passes them passes those for asterisks.
    """
    first, last = inside[0], inside[-1]
    before, after = before or " ", after or " "
    opens = not first.isspace() and (before.isspace() or is_punctuation(before))
    closes = not last.isspace() and (after.isspace() or is_punctuation(after))
    return opens and closes
