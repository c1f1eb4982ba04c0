"""Reading ahead: the same bytes, in fewer and larger pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytest import MonkeyPatch

from reader.article import parts
from reader.article.parts import ReadAhead

DATA = bytes(range(250)) * 4


class Source:
    """Some data, and the pieces that were read of it."""

    def __init__(self) -> None:
        self.read: list[tuple[int, int]] = []

    def __call__(self, offset: int, length: int) -> bytes:
        self.read.append((offset, length))
        return DATA[offset : offset + length]


@given(st.lists(st.tuples(st.integers(0, 1_100), st.integers(0, 200)), max_size=20))
def test_whatever_is_asked_for_is_what_is_there(pieces: list[tuple[int, int]]) -> None:
    with MonkeyPatch.context() as patch:
        patch.setattr(parts, "LEAST_AHEAD_BYTES", 16)
        patch.setattr(parts, "MOST_AHEAD_BYTES", 128)
        read = ReadAhead(Source())

        found = [bytes(read(offset, length)) for offset, length in pieces]

    assert found == [DATA[offset : offset + length] for offset, length in pieces]


def test_who_reads_on_reads_in_pieces_that_grow(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST_AHEAD_BYTES", 40)
    monkeypatch.setattr(parts, "MOST_AHEAD_BYTES", 160)
    source = Source()
    read = ReadAhead(source)

    for offset in range(0, 1_000, 10):
        read(offset, 10)

    assert source.read == [(0, 50), (50, 90), (140, 170), (310, 170), (480, 170), (650, 170), (820, 170), (990, 170)]


def test_what_is_near_is_there_on_either_side(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST_AHEAD_BYTES", 40)
    source = Source()
    read = ReadAhead(source)

    for offset in (500, 470, 530, 500):
        read(offset, 10)

    assert source.read == [(460, 90)]


def test_a_large_part_is_read_as_it_is_and_not_kept(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_AHEAD_BYTES", 100)
    source = Source()
    read = ReadAhead(source)

    read(100, 300)
    read(100, 300)

    assert source.read == [(100, 300), (100, 300)]
