from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.keeping.names import MAX_NAME, Taken, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("The Ferry.md", "The Ferry.md"),
        ("a/b\\c:d*e?.txt", "a b c d e .txt"),
        ("..", "text"),
        ("../../etc/passwd", "_. .. etc passwd"),
        (".profile", "_profile"),
        ("-rf", "_rf"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("COM¹", "_COM¹"),
        ("console", "console"),
        ("ends with dots. . .", "ends with dots"),
        ("", "text"),
        ("abc\u202edcba", "abc dcba"),
        ("Œuvre\u0301", "Œuvré"),
        ("x" * 200 + ".epub", "x" * 55 + ".epub"),
        ("лед" * 60, "лед" * 20),
    ],
)
def test_a_name_can_be_written_by_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_whatever_a_name_is_it_can_be_written(name: str) -> None:
    safe = safe_name(name)

    assert 0 < len(safe) <= MAX_NAME
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', safe)
    assert safe == safe.strip(" ")
    assert not safe.endswith(".")
    assert not safe.startswith(".")
    assert safe.encode()


def test_names_that_differ_in_case_or_form_are_one_to_some_systems() -> None:
    taken = Taken("article.json")

    given_ = [taken.free(name) for name in ("Map.svg", "map.SVG", "map.svg", "ARTICLE.JSON", "caf\u00e9", "cafe\u0301")]

    assert given_ == ["Map.svg", "map 2.SVG", "map 3.svg", "ARTICLE 2.JSON", "caf\u00e9", "cafe\u0301 2"]
