"""Bytes of any encoding become text, and what is no text is refused in a sentence."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import (
    EmptyFileError,
    FolderError,
    MissingFileError,
    NotTextError,
    ReaderError,
    TooLargeError,
    UnreadableFileError,
)
from reader.importers import encoding
from reader.importers.encoding import read_text, tidy

GERMAN = "Die Bürger der größeren Städte zählten früh ihre Häfen, Zölle und Märkte.\n"
FRENCH = "L’été, où les élèves étaient à l’école, ils apprirent à compter jusqu’à cent.\n"
RUSSIAN = "Летом мы жили у реки и каждый день ходили в лес, а вечером пили чай.\n"
POLISH = "Chłopcy poszli łąką do źródła, gdzie śpiewały dziewczęta; pieśń była długa.\n"
JAPANESE = "夏になると、私たちは川のそばの家に住んでいた。毎日森へ行った。\n"
KOREAN = "여름에 우리는 강가의 집에 살았다. 매일 숲에 가서 버섯을 모았다.\n"
GREEK = "Το καλοκαίρι μέναμε κοντά στο ποτάμι και πηγαίναμε στο δάσος.\n"
TURKISH = "Yazın nehrin yanında yaşıyorduk ve her gün mantar topluyorduk, şu ağaç büyüktü.\n"


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "letter.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (GERMAN, "iso8859_15"),
        (GERMAN, "cp850"),
        (GERMAN, "mac_roman"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (JAPANESE, "utf-16-le"),
        (KOREAN, "euc_kr"),
        (KOREAN, "utf-16-be"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(tmp_path: Path, text: str, name: str):
    path = file_of(tmp_path, text.encode(name))

    assert read_text(path) == text


def test_a_few_strange_bytes_do_not_spoil_the_rest_of_a_utf_8_text(tmp_path: Path):
    path = file_of(tmp_path, (GERMAN * 3).encode() + b"caf\xe9\n")

    assert read_text(path) == GERMAN * 3 + "café\n"


def test_every_line_end_is_one_newline():
    assert tidy("a\r\nb\rc\nd\u2028e\u2029f\x85g\vh") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_quotation_marks_that_a_page_took_for_control_characters_are_mended():
    assert tidy("\x93Yes\x94, it\x92s so") == "“Yes”, it’s so"


def test_zero_bytes_and_control_characters_are_removed(tmp_path: Path):
    path = file_of(tmp_path, b"one\0 two\x07 three\n" + b"and no more of them\n" * 9)

    assert read_text(path) == "one two three\n" + "and no more of them\n" * 9


def test_colours_and_struck_over_characters_of_a_terminal_are_removed():
    assert tidy("\x1b[1mName\x1b[0m: N\bNo and _\bit") == "Name: No and it"


def test_letters_and_their_accents_become_one_character():
    assert tidy("cafe\u0301") == "café"


def test_a_form_feed_of_its_own_line_is_an_empty_line(tmp_path: Path):
    path = file_of(tmp_path, b"end of page\n\f\nnext page\n")

    assert read_text(path) == "end of page\n\nnext page\n"


def test_a_form_feed_before_text_ends_the_paragraph(tmp_path: Path):
    path = file_of(tmp_path, b"end of page\n\fnext page\n")

    assert read_text(path) == "end of page\n\n\nnext page\n"


def test_a_form_feed_stays_where_pages_are_asked_for(tmp_path: Path):
    path = file_of(tmp_path, b"end of page\n\fnext page\n")

    assert read_text(path, keep_pages=True) == "end of page\n\fnext page\n"


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"\x7fELF\x02\x01", b"PK\x03\x04\x14", b"%PDF-1.7\n", b"GIF89a"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, start: bytes):
    path = file_of(tmp_path, start + bytes(range(256)) * 20)

    with pytest.raises(NotTextError, match=r"“letter\.txt” could not be opened"):
        read_text(path)


def test_noise_is_refused(tmp_path: Path):
    path = file_of(tmp_path, bytes((i * 7919 + (i * i) % 251) % 256 for i in range(20_000)))

    with pytest.raises(NotTextError):
        read_text(path)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(MissingFileError):
        read_text(tmp_path / "none.txt")


def test_a_name_that_no_file_can_have_is_a_missing_file():
    with pytest.raises(MissingFileError):
        read_text(Path("a\0b"))


def test_a_folder_is_told(tmp_path: Path):
    with pytest.raises(FolderError):
        read_text(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with pytest.raises(UnreadableFileError):
        read_text(path)


def test_a_device_is_not_read():
    with pytest.raises(UnreadableFileError):
        read_text(Path("/dev/zero"))


def test_a_file_that_the_system_does_not_give_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = file_of(tmp_path, b"secret")

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)  # tests may run as root, whom nothing is refused

    with pytest.raises(UnreadableFileError):
        read_text(path)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n", b"\0\0\0"])
def test_a_file_without_text_is_told(tmp_path: Path, data: bytes):
    path = file_of(tmp_path, data)

    with pytest.raises(EmptyFileError):
        read_text(path)


def test_a_file_over_the_limit_is_told_before_it_is_read(tmp_path: Path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(encoding.MAX_FILE_BYTES + 1)

    with pytest.raises(TooLargeError, match="64 MB"):
        read_text(path)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = file_of(tmp_path_factory.getbasetemp(), data)

    try:
        text = read_text(path)
    except ReaderError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert text.strip()
        assert not set(text) & set("\0\r\x07\x1b\ufeff\u2028")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1))
def test_any_text_in_utf_8_comes_out_as_it_is_composed(text: str):
    _, decoded = encoding.decode(text.encode("utf-8-sig"), Path("x"))

    assert unicodedata.normalize("NFC", decoded) == unicodedata.normalize("NFC", text)
