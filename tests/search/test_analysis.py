"""How text becomes terms, and where each term stands."""

from __future__ import annotations

import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search import analysis
from reader.search.analysis import MAX_TERM_CHARACTERS, TokenKind, analysed, fold, stretches, tokens
from reader.search.query import parse
from reader.search.results import marked


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


FOUND = [
    # the text, what is typed, what is marked
    ("The Workers met", "workers", ["Workers"]),
    ("ΛΟΓΟΣ", "λόγος", ["ΛΟΓΟΣ"]),
    ("Ἐν ἀρχῇ ἦν ὁ λόγος", "αρχη", ["ἀρχῇ"]),
    ("STRASSE und Straße", "straße", ["STRASSE", "Straße"]),
    ("İstanbul", "istanbul", ["İstanbul"]),
    (nfd("Café résumé"), "resume", [nfd("résumé")]),
    ("sovietico", nfd("soviético"), ["sovietico"]),
    ("naïve coöperation", "cooperation", ["coöperation"]),
    ("ещё раз", "еще", ["ещё"]),
    ("the ﬁnal oﬃce", "final office", ["ﬁnal", "oﬃce"]),
    ("Ærø œuvre", "oeuvre", ["œuvre"]),
    ("inter\u00adnatio\u00adnal", "international", ["inter\u00adnatio\u00adnal"]),
    ("zero\u200bwidth", "zerowidth", ["zero\u200bwidth"]),
    ("don’t", "don't", ["don’t"]),
    ("don't", "don’t", ["don't"]),
    ("the workers’ party", "workers", ["workers"]),
    ("the worker’s party", "worker", ["worker’s"]),
    ("the workers party", "worker’s", []),
    ("L’homme l'État", "état", ["État"]),
    ("homme", "l’homme", ["homme"]),
    ("qu’est dell’opera", "opera est", ["est", "opera"]),
    ("we’ll all’s well", "well", ["well"]),
    ("O’Hara", "o'hara", ["O’Hara"]),
    ("Oʼhara", "o’hara", ["Oʼhara"]),
    ("a well-known fact", "well-known", ["well-known"]),
    ("a well-known fact", "well", ["well"]),
    ("a well-known fact", "wellknown", ["well-known"]),
    ("a wellknown fact", "well-known", ["wellknown"]),
    ("a well known fact", "well-known", ["well known"]),
    ("state‑of‑the‑art", "stateoftheart", ["state‑of‑the‑art"]),
    ("a well-known fact", '"a well-known fact"', ["a well-known fact"]),
    ("nbsp\u00a0joined words", '"nbsp joined"', ["nbsp\u00a0joined"]),
    ("He came. The end, of it", '"the end of it"', ["The end, of it"]),
    ("He came. The end", '"came end"', []),
    ("In 1917–1918, 1,234.5 km", "1918 1,234.5", ["1918", "1,234.5"]),
    ("x² H₂O １２３", "h2o 123", ["H₂O", "１２３"]),
    ("snake_case_name", "snake_case_name", ["snake_case_name"]),
    ("U.S.A. today", "u.s.a.", ["U.S.A"]),
    ("mail to foo@bar.org", "foo@bar.org", ["foo@bar.org"]),
    ("我们在北京大学学习中文", "北京大学", ["北京大学"]),
    ("我们在北京大学学习中文", "中", ["中"]),
    ("我们在北京大学学习中文", "大北", []),
    ("東京タワーへ行く", "タワー", ["タワー"]),
    ("第3章を読む", "第3章", ["第3章"]),
    ("ภาษาไทย", "ไทย", ["ไทย"]),
    ("한국어 문서를 검색", "문서*", ["문서를"]),
    ("हिन्दी भाषा", "हिन्दी", ["हिन्दी"]),
    ("هذا كِتَاب كتـــاب", "كتاب", ["كِتَاب", "كتـــاب"]),
    ("שָׁלוֹם עולם", "שלום", ["שָׁלוֹם"]),
    ("“quoted” «words»", "quoted words", ["quoted", "words"]),
    ("emoji 😀 here", "emoji here", ["emoji", "here"]),
]


@pytest.mark.parametrize(("text", "typed", "shown"), FOUND)
def test_what_is_typed_marks_the_same_word_however_it_is_written(text: str, typed: str, shown: list[str]) -> None:
    ranges = marked(text, parse(typed))

    assert [text[start:end] for start, end in ranges] == shown


def test_a_compound_stands_at_the_place_of_its_first_and_of_its_last_part() -> None:
    found = list(tokens("so well-known"))

    assert [(token.term, token.position, token.start, token.end, token.kind) for token in found] == [
        ("so", 0, 0, 2, TokenKind.WORD),
        ("well", 1, 3, 7, TokenKind.WORD),
        ("wellknown", 1, 3, 13, TokenKind.JOINED),
        ("known", 2, 8, 13, TokenKind.WORD),
        ("wellknown", 2, 3, 13, TokenKind.JOINED),
    ]


def test_a_run_gives_each_character() -> None:
    found = list(tokens("中文x"))

    assert [(token.term, token.position, token.start, token.end) for token in found] == [
        ("中", 0, 0, 1),
        ("文", 1, 1, 2),
        ("x", 2, 2, 3),
    ]


def test_of_an_endless_word_the_beginning_counts() -> None:
    endless = "a" * 100_000

    assert [len(token.term) for token in tokens(endless)] == [MAX_TERM_CHARACTERS]
    assert marked(f"so {endless}b", endless) == ((3, 100_004),)


@pytest.mark.parametrize("endless", ["a-", "中", "a’", "e\u0301", "ก\u0e31"])
def test_of_an_endless_stretch_a_piece_at_a_time_is_kept(endless: str) -> None:
    text = endless * 20_000

    tracemalloc.start()
    try:
        many = sum(1 for _ in tokens(text))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert many >= 1
    assert peak < 6_000_000


def test_every_combining_mark_belongs_to_the_word_before_it() -> None:
    marks = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] == "M"]

    apart = [mark for mark in marks if len({token.position for token in tokens(f"a{mark}b")}) != 1]

    assert apart == []


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded


@given(st.text() | st.text(alphabet="aé-’'l\u00ad\u0301北京s "))
def test_tokens_lie_in_the_text_and_are_in_order(text: str) -> None:
    found = list(tokens(text))

    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.position for token in found] == sorted(token.position for token in found)
    assert {token.position for token in found} == set(range(len({token.position for token in found})))


@given(st.text() | st.text(alphabet="aé-’'l\u00ad\u0301北京s "))
def test_what_is_indexed_is_what_is_marked(text: str) -> None:
    marked_words = [token.term for token in tokens(text) if token.kind is TokenKind.WORD]
    marked_compounds = [token.term for token in tokens(text) if token.kind is TokenKind.JOINED]

    indexed = [analysed(stretch) for stretch in stretches(text)]

    assert [word for found in indexed for word in found.words] == marked_words
    assert sorted(found.joined for found in indexed for _ in range(2) if found.joined) == sorted(marked_compounds)


SIMPLE = st.text(st.characters(max_codepoint=0x24F) | st.sampled_from("'’-‐“”–—… ab"))


@given(st.text(st.characters(max_codepoint=127)) | SIMPLE)
def test_the_fast_ways_to_find_words_find_what_the_slow_one_finds(text: str) -> None:
    slow = analysis._patterns()[0].findall(text)

    fast = analysis._pattern(text).findall(text)

    assert fast == slow
