"""An index answers as a plain reading of every block does."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.lang.snowball import EnglishStemmer

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search.analysis import analysed, stretches
from reader.search.index import SearchIndex
from reader.search.nodes import All, Either, Fuzzy, Near, Node, Phrase, Prefix, Word
from reader.search.query import parse
from reader.search.results import marked

WORDS = [
    "soviet",
    "soviets",
    "councils",
    "Sovietique",
    "council",
    "counsel",
    "the",
    "é",
    "e",
    "well-known",
    "wellknown",
    "l’état",
    "北京",
    "京",
]
word = st.sampled_from(WORDS)
text = st.lists(word, max_size=8).map(" ".join) | st.lists(word, max_size=8).map("".join)
corpus = st.lists(st.lists(text, max_size=4), min_size=1, max_size=5)
term = (
    word
    | word.map(lambda w: w[:3] + "*")
    | word.map(lambda w: w + "~")
    | st.tuples(word, word, st.integers(0, 3)).map(lambda near: f"{near[0]} NEAR/{near[2]} {near[1]}")
    | st.tuples(word, word, st.integers(0, 3)).map(lambda near: f'"{near[0]} {near[1]}"~{near[2]}')
    | st.lists(word, min_size=2, max_size=3).map(lambda ws: f'"{" ".join(ws)}"')
)
query = st.recursive(
    term,
    lambda inner: st.tuples(inner, st.sampled_from([" ", " AND ", " OR ", " -", " NOT ", " OR NOT "]), inner).map(
        lambda parts: f"({''.join(parts)})"
    ),
    max_leaves=6,
)


STEM = EnglishStemmer().stem  # of an article that does not say its language


def same_stem(one: str, other: str) -> bool:
    return one.isalpha() and min(len(one), len(other)) > 2 and STEM(one) == STEM(other)


Rows = list[list[str]]
"""The ways to read a block: its words apart, and its compounds as one."""


def rows_of(text: str) -> Rows:
    found = [analysed(stretch) for stretch in stretches(text)]
    together = [word for each in found for word in ([each.joined] if each.joined else each.words)]
    return [[word for each in found for word in each.words], together]


def holds(node: Node, rows: Rows) -> bool:
    """Say whether a block matches, straight from the definitions."""
    match node:
        case Word(wanted, exact):
            return any(word == wanted or (not exact and same_stem(word, wanted)) for row in rows for word in row)
        case Prefix(beginning):
            return any(word.startswith(beginning) for row in rows for word in row)
        case Fuzzy(wanted):
            far = len(wanted) > 2  # of a shorter word, too much is a letter apart
            return any(word == wanted or (far and a_letter_apart(word, wanted)) for row in rows for word in row)
        case Phrase(terms):
            return any(row[at : at + len(terms)] == list(terms) for row in rows for at in range(len(row)))
        case Near(terms, between):
            most = len(terms) + between
            return any(set(terms) <= set(row[at : at + most]) for row in rows for at in range(len(row)))
        case Either(parts):
            return any(holds(part, rows) for part in parts)
        case All(parts, without):
            return all(holds(part, rows) for part in parts) and not any(holds(part, rows) for part in without)
    raise AssertionError(node)


def a_letter_apart(one: str, other: str) -> bool:
    """Say whether a letter was left out, put in, changed or swapped with the next."""
    if len(one) > len(other):
        one, other = other, one
    first = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[first:] == other[first + 1 :] and len(other) == len(one) + 1
    swapped = one[first : first + 2] == other[first : first + 2][::-1] and one[first + 2 :] == other[first + 2 :]
    return one != other and (swapped or one[first + 1 :] == other[first + 1 :])


def blocks(texts: list[str]) -> Article:
    return Article(Metadata(), tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=corpus, replaced=corpus, queries=st.lists(query, min_size=1, max_size=12))
def test_an_index_finds_what_reading_every_block_finds(
    corpus: list[list[str]], replaced: list[list[str]], queries: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(SearchIndex(Path(folder))) as index:
        index.replace_many([(number, 1, blocks(texts)) for number, texts in enumerate(corpus)])
        for number, texts in enumerate(replaced[:2]):
            index.replace(number, 2, blocks(texts))
        library = dict(enumerate(corpus)) | dict(enumerate(replaced[:2]))

        for query in queries:
            answer = index.search(query, limit=1000)
            node = parse(query).node

            expected = {
                (number, passage)
                for number, texts in library.items()
                for passage, text in enumerate(texts)
                if node is not None and holds(node, rows_of(text))
            }
            assert {(g.article_id, hit.passage) for g in answer.groups for hit in g.hits} == expected
            assert answer.total == len(expected)
            for number, passage in expected:
                assert marked(library[number][passage], answer)
                within = index.search(query, within=number, limit=1000)
                assert {(number, hit.passage) for g in within.groups for hit in g.hits} == {
                    place for place in expected if place[0] == number
                }


@settings(deadline=None)
@given(
    query=st.recursive(
        st.sampled_from(["aa", "bb", "cc"]),
        lambda inner: (
            st.tuples(inner, st.sampled_from([" and ", " or ", " and not ", " or not "]), inner).map(
                lambda parts: f"({''.join(parts)})"
            )
            | inner.map(lambda part: f"(not {part})")
        ),
        max_leaves=8,
    )
)
def test_and_or_not_mean_what_logic_says(query: str) -> None:
    assignments = [
        dict(zip(("aa", "bb", "cc"), map(bool, bits), strict=True))
        for bits in ((a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1))
    ]
    truth = [eval(query, {}, values) for values in assignments]  # a formula made above

    node = parse(query.replace("and", "AND").replace("or", "OR").replace("not", "NOT")).node

    if node is None:
        assert truth[0], "only what holds of an empty block too may be refused"
    else:
        found = [holds(node, [[name for name, there in values.items() if there]]) for values in assignments]
        assert found == truth


@settings(deadline=None, max_examples=500)
@given(st.text() | st.text(alphabet='ab*"()-“” ANDORT’l.\u00ad北京', max_size=40))
def test_every_string_is_understood_or_answered_by_a_hint(text: str) -> None:
    parsed = parse(text)

    assert parsed.node is not None or parsed.hint
    assert (parsed.node is None) == (not parsed.sought)
