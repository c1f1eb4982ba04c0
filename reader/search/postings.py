"""Postings: where a term stands, as it is kept on the disk.

A posting is 32 bits, little end first: the number of the document, 24 bits, above its impact, 8 bits:
how much the term says about this document, as BM25 has it, weighed once, when it is written. A term
that stands in more than a quarter of the documents is kept as a column (see ``columns``) instead,
which is shorter then.
"""

from __future__ import annotations

import sys
from array import array
from functools import lru_cache

from reader.search.columns import scatter

POSTING_BYTES = 4
MAX_DOCUMENTS = 2**24 - 1
"""Of one segment."""

LEAST_IMPACT = 64
"""Of a term as it was typed: a quarter of the greatest, so that its other forms stay below (``columns.weaker``)."""

_MOST_IMPACT = 255
_SATURATION = 1.2  # BM25's k1
_LENGTH_SHARE = 0.75  # BM25's b
_MEAN_LENGTH = 90  # words of a paragraph; fixed, so that an impact stays true whatever comes in later
_EXACT_LENGTHS = 16
_LENGTHS_AN_OCTAVE = 8
_SWAPPED = sys.byteorder == "big"


def is_dense(frequency: int, documents: int) -> bool:
    """Say whether a term that so many of the documents have is kept as a column."""
    return frequency * POSTING_BYTES > documents


def to_bytes(values: array[int]) -> bytes:
    """Return numbers as they stand on the disk, little end first."""
    if _SWAPPED:
        values = values[:]
        values.byteswap()
    return values.tobytes()


def from_bytes(code: str, raw: bytes) -> array[int]:
    values = array(code)
    values.frombytes(raw)
    if _SWAPPED:
        values.byteswap()
    return values


def documents_of(raw: bytes) -> array[int]:
    """Return the documents of postings, ascending."""
    # Read one byte later every posting is its document, below the impact of the next one.
    shifted = bytearray(raw[1:] + b"\0") if raw else bytearray()
    shifted[3::4] = bytes(len(raw) // POSTING_BYTES)
    return from_bytes("I", bytes(shifted))


def impacts_of(raw: bytes) -> bytes:
    return raw[::POSTING_BYTES]


def moved(raw: bytes, by: int) -> bytes:
    """Return postings with ``by`` added to each document."""
    # One addition of two long numbers; documents stay below 24 bits, so none carries into the next.
    added = int.from_bytes(raw, "little") + int.from_bytes((by << 8).to_bytes(4, "little") * (len(raw) // 4), "little")
    return added.to_bytes(len(raw), "little")


def renumbered(raw: bytes, numbers: list[int]) -> bytes:
    """Return postings whose documents have other numbers; those of which it is -1 are left out."""
    impacts = impacts_of(raw)
    moved_to = map(numbers.__getitem__, documents_of(raw))
    return to_bytes(array("I", [(to << 8) | impact for to, impact in zip(moved_to, impacts, strict=True) if to >= 0]))


def column_of(raw: bytes, length: int) -> bytes:
    """Return postings as a column (see ``columns``)."""
    column = bytearray(length)
    scatter(column, documents_of(raw), impacts_of(raw))
    return bytes(column)


def postings_of(column: bytes) -> bytes:
    """Return a column as postings."""
    return to_bytes(array("I", [(document << 8) | impact for document, impact in enumerate(column) if impact]))


def impacts(length: int, weight: float) -> bytes:
    """Return for each frequency up to 255 the impact of a term in a block of ``length`` words."""
    return _impacts(_rounded(length), weight)


def _rounded(length: int) -> int:
    """Return a length of eight to the octave: blocks of like length share a table."""
    if length <= _EXACT_LENGTHS:
        return length
    step = 1 << (length.bit_length() - _LENGTHS_AN_OCTAVE.bit_length())
    return length // step * step


@lru_cache(1024)
def _impacts(length: int, weight: float) -> bytes:
    dampening = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _MEAN_LENGTH)
    span = _MOST_IMPACT - LEAST_IMPACT
    weighed = (frequency * weight for frequency in range(256))
    return bytes(round(LEAST_IMPACT + span * weighty / (weighty + dampening)) for weighty in weighed)
