"""What of Python, Qt and ICU is shipped for Linux, and what the packages ask of the system."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

import workshop
from check import debian, linux
from check.steps import Proof
from formats import bundle, rpm
from linux.needed import Needed, is_optional
from pyinstaller import allowed, icu

ALLOWED = (
    "PySide6/Qt/lib/libQt6Widgets.so.6",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/QtSvg.abi3.so",
    "lxml/etree.cpython-311-x86_64-linux-gnu.so",
    "libpython3.11.so.1.0",
    "libsqlite3.so.0",
    "python3.11/lib-dynload/_codecs_jp.cpython-311-x86_64-linux-gnu.so",
)
LEFT_OUT = (
    "PySide6/Qt/lib/libQt6Network.so.6",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/tls/libqopensslbackend.so",
    "PySide6/QtQml.abi3.so",
    "libgtk-3.so.0",
    "libstdc++.so.6",
    "libxcb-cursor.so.0",
    "lxml/objectify.cpython-311-x86_64-linux-gnu.so",
    "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_program_needs_is_shipped(name: str) -> None:
    assert allowed.is_binary(name)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_not_named_stays_out(name: str) -> None:
    assert not allowed.is_binary(name)


@pytest.mark.parametrize(
    ("name", "is_shipped"),
    [
        ("pyphen/dictionaries/hyph_de_DE.dic", True),
        ("pyphen/dictionaries/README_hyph_de.txt", True),
        ("reader/_resources/fonts/Inter-Regular.ttf", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/QtCore.pyi", False),
        ("markdown-3.11.3.dist-info/RECORD", False),
    ],
)
def test_of_what_is_no_code_the_texts_and_pictures_are_shipped(name: str, is_shipped: bool) -> None:
    assert allowed.is_data(name) == is_shipped


def test_icu_keeps_how_words_are_sorted_and_loses_currencies() -> None:
    items = {"icudt73l/coll/de.res": b"sorting", "icudt73l/curr/de.res": b"money" * 99, "icudt73l/root.res": b"root"}
    data = _collection(items)

    packed = icu.packed(data)

    assert packed[:HEAD] == data[:HEAD]
    assert {name: value.rstrip(b"\0") for name, value in icu._items(packed[HEAD:])} == {
        "icudt73l/coll/de.res": b"sorting",
        "icudt73l/root.res": b"root",
    }


def test_every_item_of_icu_begins_at_an_even_place() -> None:
    packed = icu.packed(_collection({"icudt73l/coll/a.res": b"x", "icudt73l/coll/b.res": b"yy"}))

    (count,) = struct.unpack_from("<I", packed, HEAD)
    places = [struct.unpack_from("<II", packed, HEAD + 4 + 8 * number)[1] for number in range(count)]
    assert [place % icu.ALIGNMENT for place in places] == [0, 0]


def test_a_window_does_without_wayland_and_printers_but_not_without_x() -> None:
    plugins = Path("PySide6/Qt/plugins")

    assert is_optional(plugins / "platforms/libqwayland.so")
    assert is_optional(plugins / "printsupport/libcupsprintersupport.so")
    assert not is_optional(plugins / "platforms/libqxcb.so")


def test_an_rpm_asks_for_libraries_and_their_symbols_as_rpm_names_them() -> None:
    asked = rpm.requirements(
        Needed(frozenset({"libc.so.6"}), frozenset({"libcups.so.2"}), (("libc.so.6", "GLIBC_2.35"),))
    )

    assert asked == ("libc.so.6()(64bit)", "libc.so.6(GLIBC_2.35)(64bit)")


def test_a_library_is_shipped_as_it_is_but_for_what_is_hidden(tmp_path: Path) -> None:
    library = tmp_path / "library of a school"
    (library / "spring").mkdir(parents=True)
    (library / "spring" / "weir.md").write_text("# The weir\n")
    (library / ".hidden").write_text("")

    bundle.add_library(library, tmp_path / "resources")

    shipped = [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "resources").rglob("*") if path.is_file()]
    assert shipped == ["resources/library/spring/weir.md"]


def test_a_library_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(workshop.BuildError, match=r"nowhere” is no folder\.$"):
        bundle.add_library(tmp_path / "nowhere", tmp_path)


def test_the_date_of_a_build_is_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    assert workshop.epoch() == 1790000000
    assert workshop.environment()["SOURCE_DATE_EPOCH"] == "1790000000"


def test_what_is_shipped_is_pinned_for_all_systems() -> None:
    pinned = {line.partition("==")[0] for line in workshop.pinned()}

    named = {name.split(";")[0].split("=")[0].split(">")[0].strip() for name in workshop.dependencies()}

    assert named <= pinned


@pytest.mark.skipif(
    os.environ.get("STUDY_READER_PACKAGES") != "1",
    reason="takes minutes, root and what `python3 dev.py packages` has built; STUDY_READER_PACKAGES=1 runs it",
)
@pytest.mark.parametrize(
    "proof", [debian.lint, debian.debian, linux.redhat, linux.portable, linux.wheel, linux.start, linux.twice]
)
def test_a_package_proves_itself(proof: Proof) -> None:
    assert list(proof(workshop.ROOT / "dist"))


HEAD = 32


def _collection(items: dict[str, bytes]) -> bytes:
    """Return ICU data with these items."""
    names = b"".join(name.encode() + b"\0" for name in items)
    offset, place = 4 + 8 * len(items), icu._aligned(4 + 8 * len(items) + len(names))
    table, body = struct.pack("<I", len(items)), b""
    start = place
    for name, value in items.items():
        table += struct.pack("<II", offset, start + len(body))
        offset += len(name) + 1
        body += value.ljust(icu._aligned(len(value)), b"\0")
    head = struct.pack("<H", HEAD) + b"\xda\x27" + b"\0" * (HEAD - 4)
    return head + (table + names).ljust(place, b"\0") + body
