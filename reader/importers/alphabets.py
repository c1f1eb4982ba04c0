"""Which 8-bit encoding a text in Latin letters has, told by the alphabets of its possible languages.

General guessers mix up windows-1252, 1250, 1254 and 1257, since every byte is a letter in each. A
text in one language uses few letters beyond a to z, and they are that language's: the encoding
under which the most of them are in one alphabet is right.
"""

from __future__ import annotations

import re

_WEST = {
    "en": "éèêëçñïöüôâàæœ",
    "de": "äöüßé",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúüªº",
    "pt": "àáâãçéêíóôõúüªº",
    "it": "àèéìíîòóùú",
    "nl": "áéëïíóöüèç",
    "sv": "åäöéà",
    "da": "æøåé",
    "is": "áðéíóúýþæö",
    "ca": "àçèéíïòóúü·",
    "fi": "äöåšž",
}
_CENTRE = {
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "ro": "ăâîşţșț",
    "sl": "čšž",
    "de": "äöüßé",
}
_ALPHABETS = {
    # The order is the order of preference where two fit alike.
    "cp1252": _WEST,
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1254": {"tr": "çğıöşüâîû"},
    "cp1257": {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"},
    "iso8859_16": {"ro": "ăâîșț"},
    "cp850": _WEST,
    "cp852": _CENTRE,
    "mac_roman": _WEST,
}
_SIGNS = frozenset("“”‘’‚„‹›«»–—…¿¡§°·•†‡€£©®™\xa0½¼¾²³¹×¶′\xad")
_INSIDE_WORDS = frozenset("’‘—–·\xad")
_HIGH = re.compile("[^\x00-\x7f]")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_LETTER_BYTES = re.compile(rb"[A-Za-z\x80-\xff]")
_KANA = re.compile("[\u3041-\u30fe]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f\ufffd]")

MAX_HIGH_SHARE = 0.45
"""Above this share of letters beyond ASCII, a text is not in Latin letters."""
MIN_FIT = 0.85
MIN_KANA_SHARE = 0.2


def guess_latin(sample: bytes) -> str:
    """Return the encoding of a text in Latin letters; an empty string where none fits well."""
    high = len(_HIGH_BYTES.findall(sample))
    if not high or high > MAX_HIGH_SHARE * len(_LETTER_BYTES.findall(sample)):
        return ""
    best, best_fit = "", MIN_FIT
    for encoding, alphabets in _ALPHABETS.items():
        fit = _fit(sample.decode(encoding, "replace"), alphabets)
        if fit > best_fit:
            best, best_fit = encoding, fit
    return best


def guess_japanese(sample: bytes) -> str:
    """Return the encoding under which the text has as many kana as Japanese has, or an empty string."""
    for encoding in ("cp932", "euc_jp"):
        text = sample.decode(encoding, "replace")
        wide = len(_HIGH.findall(text))
        if len(_KANA.findall(text)) >= MIN_KANA_SHARE * wide and len(_HALF_WIDTH.findall(text)) <= 0.05 * wide:
            return encoding
    return ""


def _fit(text: str, alphabets: dict[str, str]) -> float:
    """Return the share of the characters beyond ASCII that stand well, in the best of the alphabets."""
    letters: dict[str, int] = {}
    total = good_signs = 0
    for hit in _HIGH.finditer(text):
        character = hit.group()
        total += 1
        before, after = text[hit.start() - 1 : hit.start()], text[hit.end() : hit.end() + 1]
        inside = before.isalpha() and after.isalpha()
        if character in _SIGNS:
            good_signs += not inside or character in _INSIDE_WORDS
        elif character.isalpha() and not (character.isupper() and before.islower()):
            folded = character.lower()
            letters[folded] = letters.get(folded, 0) + 1
    if not total:
        return 0.0
    best = max(sum(count for letter, count in letters.items() if letter in set(a)) for a in alphabets.values())
    return (good_signs + best) / total
