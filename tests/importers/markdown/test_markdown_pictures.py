"""Pictures come from the text itself or its own folder, and from nowhere else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reader.article.model import Resource
from reader.importers import pictures
from reader.importers.markdown.importer import parse

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_picture_beside_the_text_comes_with_it(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a b.svg").write_bytes(SVG)

    found = parse("![A](<figures/a b.svg>)", folder=tmp_path)

    assert found.resources == (Resource("figures/a b.svg", "image/svg+xml", SVG),)
    assert found.article.warnings == ()


@pytest.mark.parametrize(
    "address", ["../secret.svg", "/etc/secret.svg", "https://example.org/a.svg", "file:///a.svg", "a/../../secret.svg"]
)
def test_what_lies_elsewhere_is_not_fetched_and_its_words_stay(address: str, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SVG)
    folder = tmp_path / "folder"
    folder.mkdir()

    found = parse(f"![A secret]({address})", folder=folder)

    assert found.resources == ()
    assert found.article.blocks[0].text == "A secret"
    assert len(found.article.warnings) == 1


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SVG)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.svg").symlink_to(tmp_path / "secret.svg")

    found = parse("![A](a.svg)", folder=folder)

    assert found.resources == ()


def test_a_picture_that_is_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURE_BYTES", 10)
    (tmp_path / "a.svg").write_bytes(SVG)

    found = parse("![A](a.svg)", folder=tmp_path)

    assert found.resources == ()
    assert found.article.warnings == ("The picture “a.svg” is too large to be shown.",)


def test_a_picture_inside_the_text_is_decoded() -> None:
    written = base64.b64encode(SVG).decode()

    found = parse(f"![A](data:image/svg+xml;base64,{written})")

    assert [(one.media_type, one.data) for one in found.resources] == [("image/svg+xml", SVG)]
