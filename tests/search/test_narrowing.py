"""A query with one limit more, and with one less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.narrowing import ONE_OF_A_KIND, Limit, bare, begun, end_of_words, limit, limits, narrowed, widened
from reader.search.nodes import All, FieldName, Node
from reader.search.query import parse

AUTHOR, IN, LANGUAGE, TAG = FieldName.AUTHOR, FieldName.IN, FieldName.LANGUAGE, FieldName.TAG

PIECES = ["river", '"dark sea"', '"dark', "OR", "AND", "NOT", "-sea", "(", ")", "NEAR/3", "sea*", "in:notes", "lang:fr"]
PIECES += ["title:storm", 'tag:"to print"', "author:", '"a b"~4', "NEAR", "lang:", "title:author:x"]


def only_opened(text: str) -> bool:
    """Return whether no parenthesis is closed that was not opened: what that means is told by an example."""
    return all(text[:end].count("(") >= text[:end].count(")") for end in range(len(text) + 1))


QUERIES = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join).filter(only_opened)
LIMITS = [
    (IN, "HEADING"),
    (LANGUAGE, "de"),
    (TAG, "class 9"),
    (TAG, "OR"),
    (AUTHOR, "Mary “May” O’Neill"),
    (TAG, "exam"),
]


def demands(node: Node | None) -> set[tuple[bool, object]]:
    """Return all that must match, and (False) what must not, each part by itself."""
    if isinstance(node, All):
        wanted = {demand for part in node.parts for demand in demands(part)}
        return wanted | {(False, part) for part in node.without}
    return set() if node is None else {(True, node)}


@pytest.mark.parametrize(
    ("text", "name", "value", "expected"),
    [
        ("river", LANGUAGE, "de", "river lang:de"),
        ("river sea", IN, "NOTE", "river sea in:notes"),
        ("river", IN, "HEAD", "river in:title"),
        ("river", TAG, "exam", "river tag:exam"),
        ("river", TAG, "class 9", 'river tag:"class 9"'),
        ("river", AUTHOR, "Anna  Lind", 'river author:"Anna Lind"'),
        ("river", AUTHOR, "Mary “May” Ann", 'river author:"Mary May Ann"'),
        ("river OR sea", LANGUAGE, "de", "(river OR sea) lang:de"),
        ("(river OR sea) dark", LANGUAGE, "de", "(river OR sea) dark lang:de"),
        ('"dark sea', LANGUAGE, "de", '"dark sea" lang:de'),
        ("(dark (sea", LANGUAGE, "de", "(dark (sea)) lang:de"),
        ("river NOT", LANGUAGE, "de", "(river NOT) lang:de"),
        ("river) OR sea", LANGUAGE, "de", "(river() OR sea) lang:de"),
        ("", LANGUAGE, "de", "lang:de"),
    ],
)
def test_a_limit_is_put_behind_what_is_typed(text: str, name: FieldName, value: str, expected: str) -> None:
    assert narrowed(text, name, value) == expected


@pytest.mark.parametrize(
    ("text", "name", "value", "expected"),
    [
        ("river in:notes lang:fr", IN, "HEADING", "river lang:fr in:headings"),
        ("river language:FR", LANGUAGE, "de", "river lang:de"),
        ("river tag:exam", TAG, "class 9", 'river tag:exam tag:"class 9"'),
    ],
)
def test_a_place_and_a_language_are_exchanged_and_tags_are_added(
    text: str, name: FieldName, value: str, expected: str
) -> None:
    assert narrowed(text, name, value) == expected


@pytest.mark.parametrize(
    ("name", "value"), [(TAG, 'so-called "new"'), (AUTHOR, "…"), (TAG, "x" * 1000), (IN, "cellar"), (LANGUAGE, "")]
)
def test_what_cannot_be_said_in_a_query_changes_nothing(name: FieldName, value: str) -> None:
    assert narrowed("river", name, value) == "river"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("river lang:DE", {Limit(LANGUAGE, "de"): "DE"}),
        ('tag:"Class 9" river in:notes', {Limit(TAG, "class 9"): "Class 9", Limit(IN, "NOTE"): "notes"}),
        ("author:Lind", {Limit(AUTHOR, "lind"): "Lind"}),
        ("author:Lind*", {Limit(AUTHOR, "lind*"): "Lind*"}),
        ("river -lang:de", {}),
        ("river NOT AND lang:de", {}),
        ("river OR lang:de", {}),
        ("(river lang:de) sea", {}),
        ("title:river in:cellar lang:", {}),
    ],
)
def test_limits_are_those_of_the_whole_query(text: str, expected: dict[Limit, str]) -> None:
    assert limits(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("river lang:de", "river"),
        ("lang:de river", "river"),
        ("lang:DE river language:de sea", "river sea"),
        ("(river OR sea) lang:de", "river OR sea"),
        ("(river OR sea) (dark OR deep) lang:de", "(river OR sea) (dark OR deep)"),
        ("river tag:exam", "river tag:exam"),
    ],
)
def test_a_limit_is_taken_out(text: str, expected: str) -> None:
    assert widened(text, Limit(LANGUAGE, "de")) == expected


@pytest.mark.parametrize(
    ("text", "before"),
    [("river", "river"), ("river in:notes lang:de ", "river"), ("lang:de river", "lang:de river"), ("lang:de", "")],
)
def test_words_go_on_before_the_limits_at_the_end(text: str, before: str) -> None:
    assert text[: end_of_words(text)] == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("riv", "riv*"),
        ("dark riv", "dark riv*"),
        ("dark OR riv in:notes", ""),
        ("(dark OR riv) in:notes", ""),
        ("riv in:notes", "riv* in:notes"),
        ("author:Lin", ""),
        ("riv*", ""),
        ("riv~", ""),
        ("r", ""),
        ('"dark riv', ""),
        ("lang:de", ""),
        ("riv ", "riv* "),
    ],
)
def test_the_last_word_may_be_only_begun(text: str, expected: str) -> None:
    assert begun(text) == expected


def test_a_query_without_its_limits_is_its_words() -> None:
    assert bare('(river OR sea) lang:de tag:"class 9"') == "river OR sea"


@given(QUERIES, st.sampled_from(LIMITS))
def test_a_narrowed_query_wants_what_it_wanted_and_the_limit(text: str, asked: tuple[FieldName, str]) -> None:
    name, value = asked

    longer = narrowed(text, name, value)

    assert limit(name, value) in limits(longer)
    for other in limits(text):
        text = widened(text, other) if other.name is name and name in ONE_OF_A_KIND else text
    if (node := parse(text).node) is not None:
        alone = parse(narrowed("", name, value)).node
        assert demands(parse(longer).node) == demands(node) | demands(alone)


@given(QUERIES, st.sampled_from(LIMITS))
def test_what_was_narrowed_and_is_widened_finds_the_same(text: str, asked: tuple[FieldName, str]) -> None:
    name, value = asked
    text = bare(text)

    again = widened(narrowed(text, name, value), limit(name, value))

    assert demands(parse(again).node) == demands(parse(text).node)
