"""The bytes of a text file of any encoding become a string with plain line ends.

Order of belief: a byte order mark, UTF-16 or UTF-32 by their zero bytes, strict UTF-8, UTF-8 with a
few strange bytes, then a guess by ``charset-normalizer`` over a sample. Everything is linear.
"""

from __future__ import annotations

import codecs
import logging
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from reader.article.composition import composed
from reader.errors import (
    EmptyFileError,
    FolderError,
    MissingFileError,
    NotTextError,
    TooLargeError,
    UnreadableFileError,
)
from reader.importers.alphabets import guess_japanese, guess_latin

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 64 * 2**20
MAX_PACKAGE_BYTES = 200 * 2**20
"""Of a ZIP archive, most of which are pictures."""
SAMPLE_BYTES = 48 * 2**10
"""What an encoding is guessed from: the lines that hold bytes beyond ASCII, up to this many bytes."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (("utf-16-le", 2), ("utf-16-be", 2), ("utf-32-le", 4), ("utf-32-be", 4))

# How well-known binary files begin.
_BINARY = (
    b"\x89PNG", b"\x7fELF", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3", b"MZ\x90", b"\xd0\xcf\x11\xe0", b"RIFF", b"OggS", b"ID3",
    b"\x00\x00\x01\x00", b"\xca\xfe\xba\xbe", b"\x28\xb5\x2f\xfd", b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO",
)  # fmt: skip

# Encodings that texts are met in; a wider choice makes the guess worse, not better.
_GUESSES = [
    "cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp866", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp932", "euc_jp", "gb18030", "big5", "cp949", "mac_roman", "cp850", "mac_cyrillic", "iso8859_5", "tis_620",
]  # fmt: skip
_ESCAPED_ENCODINGS = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"), (b"~{", "hz"))

_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_TERMINAL = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|[^\n\x08]\x08")  # colours; a character struck over
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_PAGE_LINE = re.compile("^\f[ \t]*$", re.MULTILINE)
_PAGE = re.compile("[ \t]*\f[ \t]*")
_REAL_CONTROLS = re.compile("[\x01-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.04
_MAX_ZERO_SHARE = 0.2

# What a page that mistook windows-1252 for Latin-1 calls a control character is a quotation mark.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
_LONE_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def read_text(path: Path, *, keep_pages: bool = False) -> str:
    """Return the text of a file: NFC, one newline at a line's end, no control characters but the tab.

    A form feed becomes an empty line, or stays where ``keep_pages`` is true.

    Raises:
        MissingFileError, FolderError, UnreadableFileError, EmptyFileError, TooLargeError,
        NotTextError: as their names say.
    """
    data = read_bytes(path)
    name, text = decode(data, path)
    log.info("read %d bytes as %s", len(data), name)
    text = tidy(text)
    if not text.strip():
        raise EmptyFileError(path)
    if keep_pages or "\f" not in text:
        return text
    return _PAGE.sub("\n\n", _PAGE_LINE.sub("", text))


def tidy(text: str) -> str:
    """Return text with one kind of line end, in NFC, without control characters but tab and form feed."""
    text = _LINE_ENDS.sub("\n", text)
    if "\x08" in text or "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = text.translate(_C1) if re.search("[\x80-\x9f]", text) else text
    return composed(_CONTROL.sub("", text))


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the name of the encoding and the text.

    Raises:
        NotTextError: these bytes are no text.
    """
    if data.startswith(_BINARY):
        raise NotTextError(path)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, _plausible(data[len(mark) :].decode(name, "replace"), path)
    if b"\0" in data:
        wide = _wide_encoding(data)
        if wide:
            return wide, data.decode(wide, "replace")
    return _narrow(data, path)


_given: ContextVar[tuple[Path, bytes] | None] = ContextVar("_given", default=None)


@contextmanager
def given(path: Path, data: bytes) -> Iterator[None]:
    """Take these bytes for the file's, here inside: it was read already, and may be another by now."""
    token = _given.set((path, data))
    try:
        yield
    finally:
        _given.reset(token)


def given_bytes(path: Path) -> bytes | None:
    """Return the bytes that are to be taken for a file's; None where it is to be read from the disk."""
    known = _given.get()
    return known[1] if known is not None and known[0] == path else None


def beginning(path: Path, size: int) -> bytes:
    """Return the first bytes of a file; none of what is no ordinary file, or cannot be read."""
    known = given_bytes(path)
    if known is not None:
        return known[:size]
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(size)
    except (OSError, ValueError):  # reading the whole of it will say what is wrong
        return b""


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        MissingFileError, FolderError, UnreadableFileError, EmptyFileError, TooLargeError: as their
        names say.
    """
    known = given_bytes(path)
    if known is not None:
        return known
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FolderError(path)
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device may never end
            raise UnreadableFileError(path)
        most = MAX_PACKAGE_BYTES if beginning(path, 4) == b"PK\3\4" else MAX_FILE_BYTES
        if found.st_size > most:
            raise TooLargeError(path, most // 2**20)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError) as exc:  # ValueError: a zero byte in the name
        raise MissingFileError(path) from exc
    except OSError as exc:
        raise UnreadableFileError(path) from exc
    if not data.strip(b" \t\r\n\0"):
        raise EmptyFileError(path)
    return data


def _narrow(data: bytes, path: Path) -> tuple[str, str]:
    for start, name in _ESCAPED_ENCODINGS:
        if start in data[:SAMPLE_BYTES] and data[:SAMPLE_BYTES].isascii():
            try:
                return name, data.decode(name)
            except UnicodeDecodeError:
                log.debug("not %s after all", name)
    try:
        return "utf-8", _plausible(data.decode("utf-8"), path)
    except UnicodeDecodeError:
        pass
    known = data.decode("utf-8", "ignore")
    text = data.decode("utf-8", "surrogateescape")
    beyond_ascii = len(known) - len(known.encode("ascii", "ignore"))
    if (len(text) - len(known)) * 10 <= beyond_ascii:
        return "utf-8 with strange bytes", _plausible(text.translate(_LONE_BYTES), path)
    name = _guess(_sample(data))
    return name, _plausible(data.decode(name, "replace"), path)


def _plausible(text: str, path: Path) -> str:
    """Return the text, or refuse it: real control characters do not stand in texts."""
    part = text[: 4 * SAMPLE_BYTES]
    strange = len(_REAL_CONTROLS.findall(part)) + part.count("\ufffd")
    if strange > max(2, len(part) * _MAX_CONTROL_SHARE) or part.count("\0") > len(part) * _MAX_ZERO_SHARE:
        raise NotTextError(path)
    return text


def _wide_encoding(data: bytes) -> str:
    """Return the UTF-16 or UTF-32 that gives a text of few scripts; an empty string for none."""
    if _has_stray_zeros(data[:SAMPLE_BYTES]):
        return ""
    best, best_share = "", 0.85
    for name, width in _WIDE:
        part = data[: min(len(data), SAMPLE_BYTES) // width * width]
        try:
            text = part.decode(name, "strict" if width == 4 else "replace")
        except UnicodeDecodeError:
            continue
        share = _ordinary_share(text)
        if share > best_share:
            best, best_share = name, share
    return best


def _has_stray_zeros(part: bytes) -> bool:
    """Return whether the zero bytes stand between plain 8-bit text; in wide text every second is one."""
    rest = part.replace(b"\0", b"").decode("utf-8", "replace")
    strange = len(_REAL_CONTROLS.findall(rest)) + rest.count("\ufffd")
    return part.count(b"\0") < len(part) / 5 and strange <= len(rest) / 10


def _ordinary_share(text: str) -> float:
    """Return how much of a text is ordinary: plain signs, and the letters of its commonest page."""
    if not text:
        return 0.0
    pages: dict[int, int] = {}
    plain = 0
    for character in text:
        code = ord(character)
        if character in "\t\n\r\f" or 0x20 <= code < 0x7F:
            plain += 1
        elif code >= 0xA0 and code not in (0xFFFD, 0xFFFE, 0xFFFF) and not 0xD800 <= code < 0xF900:
            pages[_page(code)] = pages.get(_page(code), 0) + 1
    common = sorted(pages.values(), reverse=True)[:2]
    return (plain + sum(common)) / len(text)


def _page(code: int) -> int:
    """Return a number for the script block: CJK and kana are one, Hangul is one, the rest goes by 256s."""
    if 0xAC00 <= code < 0xD7B0:
        return 0xAC
    return 0x30 if 0x3000 <= code < 0xA000 or 0xFF00 <= code < 0xFFF0 else code >> 8


def _sample(data: bytes) -> bytes:
    """Return the lines of data that hold bytes beyond ASCII, cut at SAMPLE_BYTES."""
    lines: list[bytes] = []
    size = 0
    position = 0
    high = re.compile(rb"[\x80-\xff]")
    while size < SAMPLE_BYTES and (hit := high.search(data, position)):
        start = max(data.rfind(b"\n", max(0, hit.start() - 400), hit.start()) + 1, hit.start() - 400, position)
        end = data.find(b"\n", hit.start(), hit.start() + 1200)
        end = end + 1 if end >= 0 else min(len(data), hit.start() + 1200)
        lines.append(data[start:end])
        size += end - start
        position = end
    return b"".join(lines)[:SAMPLE_BYTES]


def _guess(sample: bytes) -> str:
    """Return the likeliest encoding of bytes that are no UTF-8; windows-1252 where nothing is likelier."""
    known = guess_latin(sample) or guess_japanese(sample)
    if known:
        return known
    from charset_normalizer import from_bytes  # at need: most files are UTF-8

    best = from_bytes(sample, cp_isolation=_GUESSES, preemptive_behaviour=False).best()
    return best.encoding if best is not None else "cp1252"
