from __future__ import annotations

from pathlib import Path

import pytest

from reader import specimens
from reader.library import Library
from reader.paths import Paths


@pytest.mark.parametrize("ending", [".md", ".html", ".epub", ".docx"])
def test_each_specimen_comes_in_with_its_title_and_its_word(tmp_path: Path, ending: str) -> None:
    made = next(each for each in specimens.write(tmp_path) if each.path.suffix == ending)

    with Library(Paths.under(tmp_path / "home")) as library:
        added = library.add(made.path)
        article = library.article(added.article_id)

    words = " ".join(block.text for block in article.blocks)
    assert article.metadata.title == made.title
    assert made.word in words


def test_a_word_is_in_one_specimen_only(tmp_path: Path) -> None:
    made = specimens.write(tmp_path)

    with Library(Paths.under(tmp_path / "home")) as library:
        for each in made:
            library.add(each.path)
        library.refresh_index()
        found = {each.word: [group.entry.title for group in library.search(each.word).groups] for each in made}

    assert found == {each.word: [each.title] for each in made}
