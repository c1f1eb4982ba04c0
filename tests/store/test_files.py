from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from reader.store.files import Originals


def keep(originals: Originals, data: bytes, suffix: str = ".txt") -> str:
    return originals.keep(data, sha256(data).hexdigest(), suffix)


def test_a_file_lies_under_its_fingerprint_with_its_kind(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")

    name = keep(originals, b"text", ".TXT")

    assert name == "98/2d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1.txt"
    assert originals.path(name).read_bytes() == b"text"


@pytest.mark.parametrize("suffix", ["", ".", ".a/b", ".tar gz", "." + "x" * 40, ".\0", "..\\..\\x"])
def test_a_strange_suffix_is_left_off(tmp_path: Path, suffix: str) -> None:
    name = keep(Originals(tmp_path), b"text", suffix)

    assert name == "98/2d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"


def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)

    assert keep(originals, b"text") == keep(originals, b"text")

    assert len(list(tmp_path.glob("*/*"))) == 1


def test_a_file_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    name = keep(originals, b"text")
    originals.path(name).write_bytes(b"te")

    keep(originals, b"text")

    assert originals.path(name).read_bytes() == b"text"


def test_sweeping_leaves_what_is_named(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    named, unnamed = keep(originals, b"named"), keep(originals, b"unnamed")
    (originals.path(named).parent / "ab.txt.99.part").write_bytes(b"cut off")

    assert originals.sweep(frozenset({named})) == 2

    assert originals.path(named).is_file()
    assert not originals.path(unnamed).exists()
    assert len(list(tmp_path.glob("*/*"))) == 1
