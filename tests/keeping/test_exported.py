"""A folder that comes from outside: damaged, or made to do harm."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reader.article.locator import Locator
from reader.importers.sandbox import Readers
from reader.keeping.errors import FolderTakenError, NewerExportError, NotAnExportError
from reader.library import Library
from reader.paths import Paths
from tests.keeping.conftest import FERRY, SVG, everything, export_to, restore_from


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export with one text that has a picture and a bookmark."""
    (tmp_path / "map.svg").write_text(SVG)
    (tmp_path / "ferry.md").write_text(FERRY)
    with Library(Paths.under(tmp_path / "one")) as library:
        library.add(tmp_path / "ferry.md")
        library.bookmarks.add(1, Locator(0, 6, "Spring", "", "\nThe ice"), "when", "why")
        library.catalogue.collect(library.catalogue.make_collection("Course"), (1,))
    export_to(tmp_path / "one", tmp_path / "export")
    return tmp_path / "export"


def article_of(export: Path) -> Path:
    return next((export / "texts").iterdir())


def forge(export: Path, file: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file of an export, with the manifest that goes with it."""
    said = json.loads(file.read_bytes())
    change(said)
    data = json.dumps(said).encode()
    file.write_bytes(data)
    if file.name == "manifest.json":
        return
    path = file.relative_to(export).as_posix()

    def renew(manifest: Any) -> None:
        for each in manifest["files"]:
            if each["path"] == path:
                each.update(size=len(data), sha256=sha256(data).hexdigest())

    forge(export, export / "manifest.json", renew)


def test_an_export_can_be_read_by_anybody(export: Path) -> None:
    article = article_of(export)

    assert sorted(path.relative_to(article).as_posix() for path in article.rglob("*.*")) == [
        "annotations.jsonld",
        "article.json",
        "map.svg",
        "original/ferry.md",
        "text.md",
    ]
    assert (article / "text.md").read_text() == FERRY
    page = json.loads((article / "annotations.jsonld").read_bytes())
    (mark,) = page["items"]
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert mark["target"]["selector"][1] == {
        "type": "TextQuoteSelector",
        "exact": "Spring",
        "prefix": "",
        "suffix": "\nThe ice",
    }
    assert [(body["purpose"], body["value"]) for body in mark["body"]] == [
        ("describing", "when"),
        ("commenting", "why"),
    ]
    assert (export / "README.md").read_text().startswith("# A library of Study Reader\n")


def test_a_folder_with_something_in_it_is_not_written_to(export: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")

    with pytest.raises(FolderTakenError):
        export_to(tmp_path / "one", tmp_path / "full")

    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[" * 100_000, b'{"format": "another", "version": 1}', b"\xff"])
def test_another_folder_is_no_export(tmp_path: Path, readers: Readers, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)

    with pytest.raises(NotAnExportError):
        restore_from(tmp_path, tmp_path / "two", readers)


def test_an_export_of_a_newer_program_is_told(export: Path, tmp_path: Path, readers: Readers) -> None:
    forge(export, export / "manifest.json", lambda said: said.update(version=2, more="of what we do not know"))

    with pytest.raises(NewerExportError):
        restore_from(export, tmp_path / "two", readers)


def test_what_a_later_version_adds_is_passed_over(export: Path, tmp_path: Path, readers: Readers) -> None:
    forge(export, article_of(export) / "article.json", lambda said: said.update(colour="red"))

    assert restore_from(export, tmp_path / "two", readers).new == 1


def test_a_damaged_text_is_read_from_its_original(export: Path, tmp_path: Path, readers: Readers) -> None:
    (article_of(export) / "text.md").write_text("not what was written")

    restored = restore_from(export, tmp_path / "two", readers)

    assert [what.rpartition("/")[2] for what, _why in restored.left_out] == ["text.md"]
    assert everything(tmp_path / "two") == everything(tmp_path / "one")


def test_a_damaged_picture_costs_the_picture(export: Path, tmp_path: Path, readers: Readers) -> None:
    (article_of(export) / "map.svg").unlink()

    restored = restore_from(export, tmp_path / "two", readers)

    assert (restored.new, len(restored.left_out)) == (1, 1)
    with Library(Paths.under(tmp_path / "two")) as library:
        assert library.article(1) == Library(Paths.under(tmp_path / "one")).article(1)
        assert library.resource(1, "map.svg") is None


def test_a_damaged_article_leaves_the_others(export: Path, tmp_path: Path, readers: Readers) -> None:
    with Library(Paths.under(tmp_path / "one")) as library:
        (tmp_path / "other.txt").write_text("Another text, of a few words.\n\nIt has two paragraphs.")
        library.add(tmp_path / "other.txt")
    shutil.rmtree(export)
    export_to(tmp_path / "one", export)
    broken = next(folder for folder in (export / "texts").iterdir() if folder.name.startswith("The Ferry"))
    (broken / "article.json").write_bytes(b"")

    restored = restore_from(export, tmp_path / "two", readers)

    assert restored.new == 1
    assert restored.left_out == (
        (f"texts/{broken.name}", "“article.json” in the exported folder is damaged or missing; it was left out."),
    )


SECRET = "what lies outside"


@pytest.mark.parametrize("path", ["../secret", "/secret", "..\\secret", "texts/../../secret", "C:secret", "secret\x00"])
def test_no_path_leads_out_of_the_folder(export: Path, tmp_path: Path, readers: Readers, path: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    forge(
        export, article_of(export) / "article.json", lambda said: said["revisions"][0].update(original=path, text=path)
    )

    def name(manifest: Any) -> None:
        prefix = f"texts/{article_of(export).name}/"
        size, digest = len(SECRET), sha256(SECRET.encode()).hexdigest()
        manifest["files"].append({"path": prefix + path, "size": size, "sha256": digest})
        manifest["files"].append({"path": path, "size": size, "sha256": digest})

    forge(export, export / "manifest.json", name)

    restored = restore_from(export, tmp_path / "two", readers)

    assert restored.new == 0
    assert restored.left_out
    assert not [
        file for file in (tmp_path / "two").rglob("*") if file.is_file() and SECRET in file.read_text("latin-1")
    ]


def test_no_link_is_followed(export: Path, tmp_path: Path, readers: Readers) -> None:
    original = article_of(export) / "original" / "ferry.md"
    outside = tmp_path / "outside"
    outside.mkdir()
    original.rename(outside / "ferry.md")
    original.symlink_to(outside / "ferry.md")
    one = restore_from(export, tmp_path / "two", readers)
    original.unlink()
    original.parent.rmdir()
    original.parent.symlink_to(outside)
    two = restore_from(export, tmp_path / "three", readers)

    assert [what.rpartition("/")[2] for what, _why in (*one.left_out, *two.left_out)] == ["ferry.md", "ferry.md"]
    assert not list((tmp_path / "two" / "originals").glob("*/*.md"))


def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(export: Path, tmp_path: Path, readers: Readers) -> None:
    picture = article_of(export) / "map.svg"
    picture.unlink()
    os.mkfifo(picture)

    assert restore_from(export, tmp_path / "two", readers).new == 1


def bad(field: str, value: object) -> Callable[[Any], None]:
    return lambda said: said.update({field: value})


@pytest.mark.parametrize(
    "change",
    [
        bad("id", "../../x"),
        bad("id", ""),
        bad("added", "yesterday"),
        bad("added", "2020-01-01T00:00:00"),
        bad("revisions", []),
        bad("tags", "History"),
        lambda said: said["revisions"][0].update(number=2**70),
        lambda said: said["revisions"][0].update(number=-(2**63) - 1),
        lambda said: said["revisions"][0].update(words=10**30),
        lambda said: said["revisions"][0].update(added="9999-12-31T23:59:59"),
    ],
)
def test_what_cannot_be_is_left_out_and_nothing_else_happens(
    export: Path, tmp_path: Path, readers: Readers, change: Callable[[Any], None]
) -> None:
    forge(export, article_of(export) / "article.json", change)

    restored = restore_from(export, tmp_path / "two", readers)

    assert (restored.new, len(restored.left_out)) == (0, 1)
    with Library(Paths.under(tmp_path / "two")) as library:
        assert library.shelf.articles() == ()


def test_a_damaged_journal_costs_the_journal(export: Path, tmp_path: Path, readers: Readers) -> None:
    (export / "journal.json").write_bytes(b"not what was written")

    restored = restore_from(export, tmp_path / "two", readers)

    assert (restored.new, [what for what, _why in restored.left_out]) == (1, ["journal.json"])
    before, after = everything(tmp_path / "one"), everything(tmp_path / "two")
    for name in ("articles", "revisions", "pictures", "bookmarks", "collections", "members"):
        assert after[name] == before[name], name


def test_a_journal_full_of_nonsense_changes_nothing_it_should_not(
    export: Path, tmp_path: Path, readers: Readers
) -> None:
    def add(said: Any) -> None:
        first = said[0]
        said += [
            {**first, "id": "a", "kind": "sqlite_master"},
            {**first, "id": "b", "field": "gone", "value": True},
            {**first, "id": "c'; DROP TABLE article; --"},
            {**first, "id": "d", "at": "9999-01-01T00:00:00Z", "field": "title", "value": {"a": [1]}},
            {**first, "id": "e", "at": "2020-01-01T00:00:00", "field": "date", "value": "x"},
        ]

    forge(export, export / "journal.json", add)

    restored = restore_from(export, tmp_path / "two", readers)

    assert (restored.new, restored.left_out) == (1, ())
    before, after = everything(tmp_path / "one"), everything(tmp_path / "two")
    assert {row[0] for row in after["journal"]} - {row[0] for row in before["journal"]} == {"d", "e"}
    assert after["articles"] == before["articles"]


def test_a_manifest_that_claims_terabytes_reads_nothing(export: Path, tmp_path: Path, readers: Readers) -> None:
    forge(export, export / "manifest.json", lambda said: [each.update(size=2**50) for each in said["files"]])

    with pytest.raises(NotAnExportError):
        restore_from(export, tmp_path / "two", readers)
