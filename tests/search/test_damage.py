"""An index that is missing, old or damaged counts as empty, and can be filled again."""

from __future__ import annotations

import errno
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.search import writing
from reader.search.index import SearchIndex
from reader.search.results import Answer
from reader.search.storage import IndexFolder

Make = Callable[..., Article]
Found = Callable[[Answer], list[tuple[int, int]]]


@pytest.fixture
def folder(tmp_path: Path, make: Make) -> Path:
    """The folder of an index with two commits."""
    index = SearchIndex(tmp_path / "index")
    index.replace_many([(number, 1, make("a word", f"number{number}", notes=("a note",))) for number in range(20)])
    index.replace(3, 2, make("another word"))
    index.close()
    return tmp_path / "index"


def assert_it_can_be_filled(folder: Path, make: Make, found: Found) -> None:
    index = SearchIndex(folder)
    assert index.state() == {}
    assert index.search("word").total == 0
    assert index.replace(1, 1, make("a word"))
    assert index.state() == {1: 1}
    assert found(index.search("word")) == [(1, 0)]
    index.close()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("index-*/*") if path.is_file() and not path.name.endswith("LOCK"))


@pytest.mark.parametrize("field", ["schema", "analyser", "unicode", "whoosh"])
def test_an_index_of_another_version_counts_as_empty(folder: Path, field: str, make: Make, found: Found) -> None:
    stamp = json.loads((folder / "stamp.json").read_text())
    stamp[field] = "0.0.1" if isinstance(stamp[field], str) else 0
    (folder / "stamp.json").write_text(json.dumps(stamp))

    assert_it_can_be_filled(folder, make, found)
    assert len(list(folder.glob("index-*"))) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\x00", b'{"folder": 1}', b"[]"])
def test_a_stamp_that_cannot_be_read_counts_as_none(folder: Path, content: bytes, make: Make, found: Found) -> None:
    (folder / "stamp.json").write_bytes(content)

    assert_it_can_be_filled(folder, make, found)


def test_a_stamp_that_names_a_folder_elsewhere_counts_as_none(folder: Path, make: Make, found: Found) -> None:
    stamp = json.loads((folder / "stamp.json").read_text())
    stamp["folder"] = f"../index/{stamp['folder']}"
    (folder / "stamp.json").write_text(json.dumps(stamp))

    assert_it_can_be_filled(folder, make, found)


def test_a_missing_table_of_contents_is_an_empty_index(folder: Path, make: Make, found: Found) -> None:
    for path in folder.glob("index-*/*.toc"):
        path.unlink()

    assert_it_can_be_filled(folder, make, found)


@pytest.mark.parametrize("suffix", [".toc", ".sums", ".words"])
@pytest.mark.parametrize("harm", ["missing", "empty", "halved", "grown", "a bit"])
def test_a_damaged_file_makes_the_index_count_as_empty(
    folder: Path, suffix: str, harm: str, make: Make, found: Found
) -> None:
    path = next(path for path in files(folder) if path.name.endswith(suffix))
    content = path.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 16]) + content[middle + 1 :]
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "halved": content[:middle], "grown": content + b"x", "a bit": flipped}[harm])

    assert_it_can_be_filled(folder, make, found)


def test_damage_that_a_search_meets_is_told_and_mended(folder: Path, make: Make, found: Found) -> None:
    for path in files(folder):
        if path.name.endswith(".words"):
            path.write_bytes(b"")
    index = SearchIndex(folder)

    answer = index.search("word")

    assert answer.damaged
    assert answer.hint == "The search index is damaged and will be made anew."
    assert index.state() == {}
    index.replace(1, 1, make("a word"))
    assert found(index.search("word")) == [(1, 0)]
    index.close()


def test_what_is_no_fault_of_the_index_leaves_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_files(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    index = SearchIndex(folder)
    with monkeypatch.context() as patch:
        patch.setattr(IndexFolder, "open_file", no_more_files)
        answer = index.search("word")

    assert (answer.damaged, answer.hint) == (False, "The search index cannot be read just now.")
    assert index.search("word").total == 20
    index.close()


def empty_the_segments(folder: Path) -> None:
    for path in files(folder):
        if path.name.endswith(".words"):
            path.write_bytes(bytes(path.stat().st_size))


def test_a_writer_makes_a_damaged_index_anew(folder: Path, make: Make) -> None:
    empty_the_segments(folder)
    index = SearchIndex(folder)

    assert index.replace(3, 3, make("a word"))

    assert index.state() == {3: 3}
    index.close()


def test_damage_that_a_writer_meets_on_its_way_empties_the_index(
    folder: Path, make: Make, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_SEGMENTS", 1)
    for path in files(folder):
        if path.name.endswith(".words"):
            path.write_bytes(b"\xff" + path.read_bytes()[1:])  # in the words themselves, which a merge reads
    index = SearchIndex(folder)

    assert not index.replace(3, 3, make("a word"))

    assert_it_can_be_filled(folder, make, found)
    index.close()


def test_no_damage_whatever_reaches_the_person(folder: Path, found: Found) -> None:
    chance = random.Random(3)
    queries = ("word", '"a word"', "numb*", "note OR another", "word -number3")
    index = SearchIndex(folder)
    told = {query: found(index.search(query)) for query in queries}
    index.close()
    whole = {path: path.read_bytes() for path in files(folder)}
    stamp = (folder / "stamp.json").read_bytes()

    for _ in range(150):
        path = chance.choice([path for path in whole if path.suffix != ".sums"])
        harmed = bytearray(whole[path])
        for _ in range(chance.randint(1, 8)):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        path.write_bytes(harmed)
        index = SearchIndex(folder)

        damaged = False
        for query in queries:
            answer = index.search(query)
            damaged = damaged or answer.damaged
            assert found(answer) == ([] if damaged else told[query])
        assert not damaged or index.state() == {}

        index.close()
        path.write_bytes(whole[path])
        (folder / "stamp.json").write_bytes(stamp)
