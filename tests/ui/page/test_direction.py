"""Which way a block runs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.page.direction import _LEFTWARD, LEFTWARDS, RIGHTWARDS, direction_of, direction_of_language


@pytest.mark.parametrize("language", ["ar", "fa-IR", "he", "ur", "yi", "az-Arab", "AR_EG"])
def test_these_languages_run_leftwards(language: str) -> None:
    assert direction_of_language(language) is LEFTWARDS


@pytest.mark.parametrize("language", ["", "en", "ja", "ar-Latn", "he-Latn-IL", "az", "ka"])
def test_these_languages_run_rightwards(language: str) -> None:
    assert direction_of_language(language) is RIGHTWARDS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("عبر القارب النهر عند الفجر.", ""),
        ("המעבורת חצתה את הנהר.", "en"),
        ("NATO اختصار لاسم حلف قديم جدا", "ar"),
        ("GPU הוא מעבד לתמונות", ""),
        ("1917", "ar"),
        ("— … —", "he"),
        ("", "fa"),
        ("«١٩١٧»", "ar"),
        ("قال: “The ferry crossed the river at dawn, and nobody paid for it.”", "ar"),
    ],
)
def test_these_blocks_run_leftwards(text: str, language: str) -> None:
    assert direction_of(text, language) is LEFTWARDS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("1917", ""),
        ("١٩١٧", "en"),
        ("The ferry crossed the river.", "ar"),
        ("Über den Fluß", "he"),
        ("שלום is a word of greeting, and of parting.", "en"),
        ("He wrote: המעבורת חצתה את הנהר עם שחר.", "en"),
        ("渡船在黎明时渡过了河。", "ar"),
        ("Smith, J. (1990) كتاب. London: Penguin.", "ar"),
    ],
)
def test_these_blocks_run_rightwards(text: str, language: str) -> None:
    assert direction_of(text, language) is RIGHTWARDS


def test_the_letters_that_run_leftwards_are_those_of_unicode() -> None:
    wrong = [
        f"{code:04X}"
        for code in range(0x10000)
        if (unicodedata.bidirectional(chr(code)) in ("R", "AL")) != (_LEFTWARD.match(chr(code)) is not None)
        and unicodedata.category(chr(code)) != "Cn"
    ]

    assert wrong == []


@given(st.text(), st.sampled_from(["", "en", "ar", "he-IL", "ja", "x", "-"]))
def test_every_text_has_a_direction(text: str, language: str) -> None:
    assert direction_of(text, language) in (LEFTWARDS, RIGHTWARDS)
