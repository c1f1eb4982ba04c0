"""Which format a file is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import CancelledError, MissingFileError, UnknownFormatError
from reader.importers.registry import format_of, looks_like_markdown, read


@pytest.mark.parametrize("name", ["a.md", "a.MARKDOWN", "a.mdown", "a.mkd"])
def test_markdown_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("Just words.", encoding="utf-8")

    assert format_of(file) == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\nauthor: B\n---\n\nText\n",
        "A claim.[^1]\n\n[^1]: Its source.\n",
        "# Title\n\nWith **strong words** in it.\n",
        "See [this](https://example.org).\n\n```python\nx = 1\n```\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n## Below\n",
    ],
)
def test_a_text_file_of_plain_markdown_is_read_as_markdown(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")

    assert format_of(file) == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "A letter.\n\n- one thing\n- another\n\n* * *\n\nYours\n",
        "1. Introduction\n\nA footnote [1] stands here.\n\n[1] A source.\n",
        "# a comment\n# of a program\n# goes on\nkey = value\n",
        "Title\n=====\n\nA text with *some* stress.\n",
        "-----\nA message\n-----\n",
        "",
    ],
)
def test_a_plain_text_stays_plain(text: str) -> None:
    assert not looks_like_markdown(text)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<p>text</p>"),
        ("a.XHTML", b"<p>text</p>"),
        ("a.txt", b"<!DOCTYPE html><html><p>text</p></html>"),
        ("page", b"<!-- saved -->\n<html lang=en><p>text</p></html>"),
        ("a.mhtml", b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"),
        ("a.eml", b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"),
    ],
)
def test_a_page_is_told_by_its_name_or_by_how_it_begins(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    assert format_of(file) == "html"


def test_the_real_article_is_plain_text(shared: Path) -> None:
    assert format_of(shared / "article" / "soviets-article.txt") == "text"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"%PDF-1.7\n"),
        ("a", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_another_format_is_refused_with_a_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(UnknownFormatError) as refused:
        read(file)

    assert str(refused.value).startswith(f"“{name}” could not be opened")


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read(tmp_path / "nothing.md")


def test_the_share_that_is_done_grows_to_one(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("A paragraph.\n\n" * 5000, encoding="utf-8")
    shares: list[float] = []

    read(file, shares.append)

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_reading_can_be_stopped_in_the_middle(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("A paragraph.\n\n" * 5000, encoding="utf-8")

    def stop(share: float) -> None:
        if share > 0.1:
            raise CancelledError

    with pytest.raises(CancelledError):
        read(file, stop)


def test_a_book_is_told_by_its_content_whatever_its_name(data: Path, tmp_path: Path) -> None:
    for name in ("book", "book.zip", "book.txt"):
        file = tmp_path / name
        file.write_bytes((data / "epub" / "mill.epub").read_bytes())

        assert format_of(file) == "epub"
