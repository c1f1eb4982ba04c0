from __future__ import annotations

import math
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.settings import Settings, SettingsNotSavedError, load, save, to_toml


def test_where_nothing_is_set_everything_has_its_default(tmp_path: Path) -> None:
    assert load(tmp_path / "nowhere") == Settings()
    assert (Settings().theme, Settings().text_size) == ("system", 18)


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    chosen = Settings(theme="sepia", text_size=22, outline_shown=False, window_x=-1200, window_y=40, note_popups=False)

    save(tmp_path / "config", chosen)

    assert load(tmp_path / "config") == chosen


def test_a_place_that_is_no_longer_set_leaves_the_file(tmp_path: Path) -> None:
    save(tmp_path, Settings(window_x=5))

    save(tmp_path, Settings(window_x=None))

    assert "window_x" not in (tmp_path / "settings.toml").read_text()


def test_entries_that_this_version_does_not_know_stay(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "dark"\nfuture = [1, 2]\n\n[speech]\nvoice = "Ada"\nrate = 1.5\n')

    save(tmp_path, replace(load(tmp_path), theme="light"))

    assert tomllib.loads((tmp_path / "settings.toml").read_text())["speech"] == {"voice": "Ada", "rate": 1.5}
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["future"] == [1, 2]
    assert load(tmp_path).theme == "light"


@pytest.mark.parametrize(
    "line",
    [
        'theme = "puce"',
        "theme = 3",
        'shelf_sorting = "colour"',
        "shelf_sorting = []",
        'ruler = "wooden"',
        'text_paragraphs = "stars"',
        "text_face = 3",
        'text_face = ""',
        "line_height = nan",
        'line_height = "wide"',
        "line_height = true",
        "text_measure = 31.5",
        "word_spacing = -1",
        "text_justified = 1",
        'text_size = "large"',
        "text_size = true",
        "text_size = 18.5",
        "text_size = 4000",
        "text_size = -1",
        "window_width = 0",
        "outline_shown = 1",
        'note_popups = "no"',
        "side_panel = false",
        'side_panel = "notes"',
    ],
)
def test_a_value_that_cannot_be_used_counts_as_not_set(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(f"{line}\nside_width = 400\n")

    assert load(tmp_path) == Settings(side_width=400)


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"[[[", b"a = 1\na = 2", b"x = " + b"[" * 5000])
def test_a_broken_file_is_set_aside_and_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)

    assert load(tmp_path) == Settings()

    assert (tmp_path / "settings.toml.broken").read_bytes() == content
    assert not (tmp_path / "settings.toml").exists()


def test_a_window_saves_what_it_changed_over_what_another_window_saved(tmp_path: Path) -> None:
    mine = load(tmp_path)
    save(tmp_path, Settings(theme="dark", text_size=30))

    save(tmp_path, replace(mine, window_width=900), since=mine)

    assert load(tmp_path) == Settings(theme="dark", text_size=30, window_width=900)


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SettingsNotSavedError, match="The settings could not be saved"):
        save(tmp_path / "file", Settings())


def test_nothing_but_the_settings_is_left_in_the_folder(tmp_path: Path) -> None:
    save(tmp_path, Settings())
    save(tmp_path, Settings(theme="dark"))

    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain = (
    names
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates(date(1, 1, 1))
    | st.datetimes(timezones=st.none() | st.just(UTC))
    | st.times()
)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))


@given(st.dictionaries(names, values, max_size=5))
def test_what_is_written_is_what_is_read(table: dict[str, Any]) -> None:
    assert tomllib.loads(to_toml(table)) == table


def test_numbers_that_are_none_are_written_too() -> None:
    assert math.isnan(tomllib.loads(to_toml({"x": math.nan}))["x"])
    assert tomllib.loads(to_toml({"x": math.inf, "y": time(1, 2), "z": datetime(2024, 1, 1)})) == {
        "x": math.inf,
        "y": time(1, 2),
        "z": datetime(2024, 1, 1),
    }


def test_what_toml_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        to_toml({"x": 1j})
