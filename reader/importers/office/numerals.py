"""Numbers as lists, headings and notes show them: 4, iv, d, fourth, ④."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_CHICAGO = "*†‡§"
_CHINESE = "〇一二三四五六七八九"
MAX_ROMAN = 4999
MAX_REPEATED = 30
"""How often a letter is repeated (aa, bbb) before plain figures are better."""


def roman(number: int) -> str:
    """Return a number in small Roman numerals; in figures where there are none for it."""
    if not 0 < number <= MAX_ROMAN:
        return str(number)
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * count
    return made


def letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """Return a, b … z, aa, bb …: as Word counts."""
    if number <= 0:
        return str(number)
    repeated, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (repeated + 1) if repeated < MAX_REPEATED else str(number)


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_CHINESE[int(figure)] for figure in str(max(number, 0)))
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return head + (_CHINESE[ones] if ones else "")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "ordinal": _ordinal,
    "chicago": lambda number: letters(number, _CHICAGO),
    "symbol": lambda number: letters(number, _CHICAGO),
    "russianLower": lambda number: letters(number, _CYRILLIC),
    "russianUpper": lambda number: letters(number, _CYRILLIC).upper(),
    "hebrew1": lambda number: letters(number, _HEBREW),
    "hebrew2": lambda number: letters(number, _HEBREW),
    "arabicAbjad": lambda number: letters(number, _ABJAD),
    "arabicAlpha": lambda number: letters(number, _ALPHA),
    "lowerGreek": lambda number: letters(number, _GREEK),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def shown(number: int, form: str) -> str:
    """Return a number in one of OOXML's number formats; in figures where the format is not known."""
    return _FORMATS.get(form, str)(number)
