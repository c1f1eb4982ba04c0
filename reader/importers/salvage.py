"""A ZIP archive whose list of members is lost (a file not copied whole): the list is made anew.

Every member begins with a header of its own. Where these say their sizes, or the next header shows
where a member ends, an archive with the members that are whole can be written again, in memory.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_UTF8 = 0x800
_ENCRYPTED = 0x1
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_BYTES = 2**16 + 200  # the end of an archive may have a comment
MAX_SALVAGED_BYTES = 128 * 2**20
"""Of a damaged archive, and unpacked, of all its members."""


class _Member(NamedTuple):
    name: str
    data: bytes
    end: int


def directory_bytes(path: Path) -> int:
    """Return how large an archive says that the list of its members is; 0 where it does not say."""
    with path.open("rb") as file:
        file.seek(max(file.seek(0, 2) - _END_BYTES, 0))
        tail = file.read(_END_BYTES)
    short, long = tail.rfind(_END), tail.rfind(_END_64)
    size = int.from_bytes(tail[short + 12 : short + 16], "little") if short >= 0 else 0
    wide = int.from_bytes(tail[long + 40 : long + 48], "little") if long >= 0 else 0
    return max(wide, 0 if size == 0xFFFFFFFF else size)


def salvaged(data: bytes, max_members: int) -> bytes:
    """Return a whole archive with the members of a damaged one, the last as far as it goes.

    Raises:
        zipfile.BadZipFile: there is no member in it.
    """
    made = io.BytesIO()
    room = MAX_SALVAGED_BYTES
    count = 0
    with zipfile.ZipFile(made, "w") as archive:
        at = data.find(_SIGNATURE)
        while at >= 0 and count < max_members:
            member = _member_at(data, at, room)
            if member is not None:
                archive.writestr(zipfile.ZipInfo(member.name), member.data)
                room -= len(member.data)
                count += 1
            at = data.find(_SIGNATURE, max(member.end if member else 0, at + 4))
    if not count:
        raise zipfile.BadZipFile("no member in it")
    return made.getvalue()


def _member_at(data: bytes, at: int, room: int) -> _Member | None:
    if len(data) - at < _HEADER.size:
        return None
    _sign, _version, flags, method, _time, _date, _crc, packed, _size, name_size, extra = _HEADER.unpack_from(data, at)
    start = at + _HEADER.size + name_size + extra
    name = data[at + _HEADER.size : at + _HEADER.size + name_size].decode(
        "utf-8" if flags & _UTF8 else "cp437", "replace"
    )
    if flags & _ENCRYPTED or not name or name.endswith("/") or start > len(data):
        return None
    if method == _STORED:
        end = min(start + packed, len(data))
        return _Member(name, data[start:end][:room], end)
    return _inflated(name, data, start, room) if method == _DEFLATED else None


def _inflated(name: str, data: bytes, start: int, room: int) -> _Member | None:
    """Unpack as far as it goes; the stream itself says where it ends."""
    stream = zlib.decompressobj(-15)
    parts: list[bytes] = []
    at = start
    while at < len(data) and not stream.eof and room > 0:
        try:
            parts.append(stream.decompress(data[at : at + 2**16], room))
        except zlib.error:
            break
        room -= len(parts[-1])
        at += 2**16
    end = min(at, len(data)) - len(stream.unused_data)
    return _Member(name, b"".join(parts), end) if any(parts) else None
