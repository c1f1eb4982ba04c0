"""Faces of the system's for the letters that the program's own do not have, fitting script and language.

Left alone, Qt takes whatever face comes first: Chinese in Japanese forms, Arabic in a face for screens.
Only what a text needs is named, and only what the system has: a family that is not there costs a search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from msgspec import Struct
from PySide6.QtGui import QFontDatabase

from reader.ui.look import fonts

# Up to Cyrillic and some signs behind it our faces have all; what lies between is punctuation.
_FOREIGN = re.compile(
    "[^\x00-\u052f\u1c80-\u1c8f\u1d00-\u2dff\ua640-\ua69f\ua720-\ua7ff\ufb00-\ufb06\ufe00-\ufe0f\ufeff-\uffff]"
)

# Where a block of letters begins, and whose it is; an empty name is nobody's in particular.
_BLOCKS = (
    (0x0000, ""),
    (0x0530, "Armenian"),
    (0x0590, "Hebrew"),
    (0x0600, "Arabic"),
    (0x0700, "Syriac"),
    (0x0750, "Arabic"),
    (0x0780, "Thaana"),
    (0x07C0, ""),
    (0x0860, "Syriac"),
    (0x0870, "Arabic"),
    (0x0900, "Devanagari"),
    (0x0980, "Bengali"),
    (0x0A00, "Gurmukhi"),
    (0x0A80, "Gujarati"),
    (0x0B00, "Oriya"),
    (0x0B80, "Tamil"),
    (0x0C00, "Telugu"),
    (0x0C80, "Kannada"),
    (0x0D00, "Malayalam"),
    (0x0D80, "Sinhala"),
    (0x0E00, "Thai"),
    (0x0E80, "Lao"),
    (0x0F00, "Tibetan"),
    (0x1000, "Myanmar"),
    (0x10A0, "Georgian"),
    (0x1100, "Hangul"),
    (0x1200, "Ethiopic"),
    (0x13A0, ""),
    (0x1780, "Khmer"),
    (0x1800, ""),
    (0x1C90, "Georgian"),
    (0x1CC0, ""),
    (0x2D00, "Georgian"),
    (0x2D30, ""),
    (0x2E80, "Han"),
    (0x3040, "Kana"),
    (0x3100, "Bopomofo"),
    (0x3130, "Hangul"),
    (0x3190, "Han"),
    (0x31F0, "Kana"),
    (0x3200, "Han"),
    (0xA000, ""),
    (0xA960, "Hangul"),
    (0xA980, ""),
    (0xAC00, "Hangul"),
    (0xD800, ""),
    (0xF900, "Han"),
    (0xFB00, ""),
    (0xFB13, "Armenian"),
    (0xFB18, ""),
    (0xFB1D, "Hebrew"),
    (0xFB50, "Arabic"),
    (0xFE00, ""),
    (0xFE30, "Han"),
    (0xFE70, "Arabic"),
    (0xFEFF, ""),
    (0xFF00, "Han"),
    (0xFF61, "Kana"),
    (0xFFA0, "Hangul"),
    (0xFFE0, ""),
    (0x1AFF0, "Kana"),
    (0x1B170, ""),
    (0x1F200, "Han"),
    (0x1F300, ""),
    (0x20000, "Han"),
    (0x32000, ""),
)
SAMPLE = 160
"""How many characters of a text tell which script it is in."""
_STARTS = [start for start, _ in _BLOCKS]

# Faces for long reading first (Linux, macOS, Windows), then those that are there if no other is.
_SERIFS = {
    "Arabic": (
        "Noto Naskh Arabic",
        "Amiri",
        "Scheherazade New",
        "KFGQPC Uthman Taha Naskh",
        "Al Nile",
        "Sakkal Majalla",
        "Traditional Arabic",
    ),
    "Hebrew": ("Noto Serif Hebrew", "Frank Ruehl CLM", "SBL Hebrew", "New Peninim MT", "FrankRuehl", "David"),
    "Devanagari": ("Noto Serif Devanagari", "Devanagari MT", "Kokila", "Lohit Devanagari"),
    "Thai": ("Noto Serif Thai", "Norasi", "Kinnari", "Silom", "Angsana New"),
    "Hans": ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun", "NSimSun"),
    "Hant": ("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC", "Songti TC", "PMingLiU", "MingLiU"),
    "Japanese": (
        "Noto Serif CJK JP",
        "Noto Serif JP",
        "Source Han Serif",
        "Hiragino Mincho ProN",
        "Yu Mincho",
        "YuMincho",
        "IPAexMincho",
        "MS PMincho",
    ),
    "Korean": (
        "Noto Serif CJK KR",
        "Noto Serif KR",
        "Source Han Serif K",
        "AppleMyungjo",
        "Nanum Myeongjo",
        "NanumMyeongjo",
        "Batang",
    ),
}
_SANS = {
    "Arabic": ("Noto Sans Arabic", "Geeza Pro", "Segoe UI", "Vazirmatn", "Tahoma", "DejaVu Sans"),
    "Hebrew": ("Noto Sans Hebrew", "Arial Hebrew", "Segoe UI", "Arial", "DejaVu Sans"),
    "Devanagari": ("Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI", "Mangal", "Lohit Devanagari"),
    "Thai": ("Noto Sans Thai", "Thonburi", "Leelawadee UI", "Tahoma", "Loma"),
    "Hans": ("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"),
    "Hant": ("Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
    "Japanese": ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "IPAexGothic"),
    "Korean": ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic"),
}
_TALL = {"Arabic": 1.08, "Thai": 1.1, "Lao": 1.1, "Khmer": 1.15, "Myanmar": 1.15, "Tibetan": 1.2, "Devanagari": 1.05}
_LARGER = {"Arabic": 1.12, "Thai": 1.06}
_EASTERN = frozenset(("Han", "Kana", "Hangul", "Bopomofo"))
_WHOLE = frozenset(
    (
        *("Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar"),
        *("Oriya", "Sinhala", "Tamil", "Telugu", "Tibetan"),
    )
)
"""Scripts for which Qt looks at the first face only, to see whether it can join their letters."""
_UNSPACED = frozenset(("Thai", "Lao", "Khmer", "Myanmar", "Tibetan"))


@cache
def han_form(language: str) -> str:
    """Return whose forms of Chinese characters a language (BCP 47) is printed in; empty where it says nothing."""
    first, *more = language.lower().replace("_", "-").split("-")
    if first in ("ja", "ko"):
        return {"ja": "Japanese", "ko": "Korean"}[first]
    if first not in ("zh", "cmn", "yue", "lzh", "wuu", "nan", "hak"):
        return ""
    if "hans" in more:
        return "Hans"
    traditional = {"hant", "tw", "hk", "mo"} & set(more) or (first in ("yue", "nan", "hak") and "cn" not in more)
    return "Hant" if traditional else "Hans"


def scripts_of(text: str) -> frozenset[str]:
    """Return the scripts of a text that the program's own faces do not have; fast where there is none."""
    if text.isascii() or _FOREIGN.search(text) is None:
        return frozenset()
    return frozenset(filter(None, map(_script, set(text))))


class Setting(Struct, frozen=True):
    """How a text in other scripts is set: in which families, in the order Qt is to try them.

    ``size`` is by how much it is set larger, to look as large as Latin of the same size; ``leading``
    by how much its lines stand wider apart. ``justified`` is false where words have no spaces between
    them that could be made wider.
    """

    families: tuple[str, ...]
    size: float = 1.0
    leading: float = 1.0
    justified: bool = True


def setting(text: str, language: str, family: str = fonts.SERIF) -> Setting | None:
    """Return how a text that begins with one of the program's own families is set; None if as any other.

    A text that is mostly Chinese, Japanese, Korean or Indian is set in the face of its script, with
    digits and quotation marks; with others, which go well with our Latin, the face follows.
    """
    found = scripts_of(text)
    return _setting(found, _main(text), han_form(language), family) if found else None


def fallbacks(text: str, language: str, family: str = fonts.SERIF) -> tuple[str, ...]:
    """Return the families that a text needs beside ``family``; none for most texts."""
    made = setting(text, language, family)
    return () if made is None else tuple(name for name in made.families if name != family)


def _main(text: str) -> str:
    """Return the script that most letters of a text have, told by its beginning."""
    count: Counter[str] = Counter()
    for letter, times in Counter(text[:SAMPLE]).items():
        if letter.isalpha():
            count[_script(letter)] += times
    eastern = sum(count[script] for script in _EASTERN)
    script, most = max(count.items(), key=lambda item: item[1], default=("", 0))
    return "Han" if eastern > most else script


@cache
def _setting(scripts: frozenset[str], main: str, form: str, family: str) -> Setting:
    sans = family in (fonts.SANS, fonts.LEGIBLE)
    more = _families(scripts, form, sans)
    first: tuple[str, ...] = ()
    if main in _EASTERN:
        first = more[:1]
    elif main in _WHOLE:
        first = _families(frozenset((main,)), "", sans)
    return Setting(
        tuple(dict.fromkeys((*first, family, *more))),
        _LARGER.get(main, 1.0),
        _TALL.get(main, 1.0),
        not scripts & _UNSPACED,
    )


@cache
def _script(letter: str) -> str:
    return _BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1]


@cache
def _families(scripts: frozenset[str], form: str, sans: bool) -> tuple[str, ...]:
    there = _there()
    named: list[str] = []
    # The form of Chinese characters first: its face has kana and hangul too, and all of one hand.
    for kind in _kinds(scripts, form):
        first, then = (_SANS, _SERIFS) if sans else (_SERIFS, _SANS)
        usual = (f"Noto Serif {kind}", f"Noto Sans {kind}")
        known = (*first.get(kind, ()), *then.get(kind, ())) or (usual[::-1] if sans else usual)
        named += next(([family] for family in known if family in there), [])
    return tuple(dict.fromkeys(named))


def _kinds(scripts: frozenset[str], form: str) -> list[str]:
    """Return the kinds of faces for scripts: Chinese characters go with the language, or with what is beside them."""
    kinds = sorted(scripts - _EASTERN)
    beside = {"Kana": "Japanese", "Hangul": "Korean", "Bopomofo": "Hant"}
    eastern = [beside[script] for script in ("Kana", "Hangul", "Bopomofo") if script in scripts]
    if "Han" in scripts or form in eastern:
        eastern.insert(0, form or (eastern[0] if eastern else "Hans"))
    return [*dict.fromkeys(eastern), *kinds]


@cache
def _there() -> frozenset[str]:
    return frozenset(QFontDatabase.families())
