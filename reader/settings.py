"""What a person has set, kept in ``settings.toml``.

What another version of the program put into the file stays in it; what cannot be used (a word
where a number belongs) counts as not set.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from gettext import gettext as _
from pathlib import Path
from typing import Any

from msgspec import Struct

from reader.atomic import write_whole
from reader.errors import ReaderError

log = logging.getLogger(__name__)

FILE = "settings.toml"

THEMES = ("system", "light", "sepia", "dark", "contrast")
SORTINGS = ("opened", "title", "author", "added", "length", "progress")
SHELF_SIZES = ("small", "medium", "large")
SIDE_PANELS = ("search", "annotations", "footnotes")
PARAGRAPHS = ("space", "indent")
RULERS = ("none", "line", "ruler")
RULED = ("pointer", "middle")
MIN_TEXT_SIZE = 10
MAX_TEXT_SIZE = 48
MAX_FACE_NAME = 200
MAX_PIXELS = 20_000
"""No screen is wider; a larger number is a mistake in the file."""


class SettingsNotSavedError(ReaderError):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return _("The settings could not be saved in “{folder}”. Check that you may write in that folder.").format(
            folder=self.folder
        )


class Settings(Struct, frozen=True):
    """Every choice with what it is when nobody has chosen. Sizes are in logical pixels.

    ``theme`` is one of ``THEMES``; ``system`` follows the system's light or dark.
    ``text_face`` is ``serif``, ``sans``, ``legible`` or a family of the system's; ``line_height`` is a
    share of the size, ``text_measure`` and the spacings are em. ``text_paragraphs`` is one of
    ``PARAGRAPHS``: what tells a paragraph from the next. ``ruler`` is one of ``RULERS``, and
    ``ruler_follows`` one of ``RULED``.
    ``side_panel`` is one of ``SIDE_PANELS``: what the side pane shows.
    ``shelf_sorting`` is one of ``SORTINGS``: what the library page is sorted by; ``shelf_size`` one of
    ``SHELF_SIZES``, ``shelf_grid`` shows tiles, ``shelf_openings`` first words where covers are.
    ``paper_…`` is what is chosen for printing (see ``ui.paper.sheet``); its type size is in points,
    its size empty for that which is usual in the country.
    ``paragraph_numbers`` shows them beside the text, ``side_notes`` the notes beside their marks.
    ``split_article`` is the number of what is open in the other half of the page; 0: it is not split.
    ``spoken_label`` lets a label speak instead of announcements, for older screen readers.
    ``window_x`` and ``window_y`` are None where the system places the window.
    ``others`` are the entries of the file that this version does not know.
    """

    theme: str = "system"
    text_size: int = 18
    text_face: str = "serif"
    line_height: float = 1.55
    text_measure: int = 31
    text_paragraphs: str = "space"
    text_justified: bool = False
    text_hyphenated: bool = False
    letter_spacing: float = 0.0
    word_spacing: float = 0.0
    ruler: str = "none"
    ruler_follows: str = "pointer"
    outline_shown: bool = True
    outline_width: int = 264
    side_shown: bool = False
    side_width: int = 320
    side_panel: str = "search"
    window_x: int | None = None
    window_y: int | None = None
    window_width: int = 1180
    window_height: int = 820
    window_maximized: bool = False
    note_popups: bool = True
    side_notes: bool = False
    split_article: int = 0
    paragraph_numbers: bool = True
    reduced_motion: bool = False
    spoken_label: bool = False
    shelf_sorting: str = "opened"
    shelf_grid: bool = False
    shelf_size: str = "medium"
    shelf_openings: bool = False
    paper_size: str = ""
    paper_margins: str = "usual"
    paper_type_size: float = 11.0
    paper_heads: bool = True
    paper_page_numbers: bool = True
    paper_notes: str = "foot"
    paper_line_numbers: bool = False
    paper_paragraph_numbers: bool = False
    paper_wide_margin: bool = False
    others: Mapping[str, Any] = {}


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": THEMES,
    "text_paragraphs": PARAGRAPHS,
    "ruler": RULERS,
    "ruler_follows": RULED,
    "shelf_sorting": SORTINGS,
    "shelf_size": SHELF_SIZES,
    "side_panel": SIDE_PANELS,
}
_RANGES: Mapping[str, tuple[float, float]] = {
    "text_size": (MIN_TEXT_SIZE, MAX_TEXT_SIZE),
    "line_height": (1.0, 3.0),
    "text_measure": (10, 100),
    "letter_spacing": (0.0, 1.0),
    "word_spacing": (0.0, 2.0),
    "paper_type_size": (4.0, 72.0),
    "outline_width": (0, MAX_PIXELS),
    "side_width": (0, MAX_PIXELS),
    "window_x": (-MAX_PIXELS, MAX_PIXELS),
    "window_y": (-MAX_PIXELS, MAX_PIXELS),
    "window_width": (1, MAX_PIXELS),
    "window_height": (1, MAX_PIXELS),
}
_NAMES = tuple(name for name in Settings.__struct_fields__ if name != "others")
_DEFAULTS = {name: getattr(Settings(), name) for name in _NAMES}


def load(folder: Path) -> Settings:
    """Return what is set in a folder. A file that is no TOML is set aside as ``settings.toml.broken``."""
    values = _read(folder / FILE)
    known = {name: values[name] for name in _NAMES if name in values and _usable(name, values[name])}
    return Settings(**known, others={name: value for name, value in values.items() if name not in _NAMES})


def save(folder: Path, settings: Settings, *, since: Settings | None = None) -> None:
    """Write the settings; with ``since`` only what changed since then, over what another window wrote.

    Raises:
        SettingsNotSavedError: the file could not be written.
    """
    file = folder / FILE
    values = {**settings.others, **_read(file)}
    for name in _NAMES:
        value = getattr(settings, name)
        if since is not None and value == getattr(since, name):
            continue
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, to_toml(values).encode())
    except OSError as exc:
        raise SettingsNotSavedError(folder) from exc


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_bytes()
    except OSError:
        return {}
    from tomllib import TOMLDecodeError, loads  # a first start has no file

    try:
        return loads(text.decode())
    except (TOMLDecodeError, UnicodeDecodeError, RecursionError):
        log.warning("the settings are no TOML and were set aside")
    try:
        file.replace(file.with_name(file.name + ".broken"))
    except OSError:
        log.warning("the broken settings could not be set aside")
    return {}


def _usable(name: str, value: object) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _RANGES:
        low, high = _RANGES[name]
        whole = isinstance(_DEFAULTS[name], int | None)
        number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        return number and low <= value <= high  # type: ignore[operator]
    if name == "text_face":
        return isinstance(value, str) and 0 < len(value) <= MAX_FACE_NAME
    return type(value) is type(_DEFAULTS[name])


def to_toml(values: Mapping[str, Any]) -> str:
    """Return a table as TOML, entries before tables, as ``tomllib`` reads it.

    Raises:
        TypeError: a value is of no kind that TOML has.
    """
    return "".join(_table(values, ()))


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {name: value for name, value in values.items() if not isinstance(value, Mapping)}
    lines = [f"\n[{'.'.join(map(_key, path))}]\n"] if path and (plain or not values) else []
    lines += [f"{_key(name)} = {_value(value)}\n" for name, value in plain.items()]
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += _table(value, (*path, name))
    return lines


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _string(name)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)  # nan and inf are written so in TOML too
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(entry)}" for name, entry in value.items()) + " }"
    raise TypeError(type(value).__name__)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
