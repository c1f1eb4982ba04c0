"""Remarks in an article's open form: what was set aside, and warnings, as comments of Markdown.

``<!-- set aside, line 12 (a share button): Share this -->`` is a comment that a person can read, and
overrule by taking the signs around the text away.
"""

from __future__ import annotations

import re

from reader.article.model import SetAside

_SET_ASIDE = re.compile(r"\s*set aside(?:, line (\d{1,9}))? \(((?:[^()\\]|\\.)*)\):\s?(.*)", re.DOTALL)
_WARNING = re.compile(r"\s*noticed:\s(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def write_set_aside(item: SetAside) -> str:
    """Return the comment, with its signs, that says what was set aside."""
    place = f", line {item.line}" if item.line else ""
    reason = re.sub(r"([()])", r"\\\1", _escape(item.reason))
    return f"<!-- set aside{place} ({reason}): {_escape(item.text)} -->"


def write_warning(text: str) -> str:
    """Return the comment, with its signs, that keeps a warning."""
    return f"<!-- noticed: {_escape(text)} -->"


def read_comment(item: SetAside) -> SetAside | str:
    """Return what a comment says that was found in a text: something set aside, or a warning."""
    match = _SET_ASIDE.fullmatch(item.text)
    if match:
        text, reason = _unescape(match[3]).strip(), _unescape(match[2])
        return SetAside(int(match[1] or 0), text, reason, item.before)
    match = _WARNING.fullmatch(item.text)
    return _unescape(match[1]).strip() if match else item


def _escape(text: str) -> str:
    """Make text safe inside a comment: there, two dashes would end it or trouble other programs."""
    text = text.replace("\\", "\\\\")
    text = re.sub(r"(?<=-)-|-(?=>)|^-|^>|-$|(?<=-)!|(?<=!)>", lambda match: "\\" + match[0], text)
    return text.replace("\n", "\\n")


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)
