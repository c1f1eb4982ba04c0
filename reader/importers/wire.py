"""What a reading process and the program that started it say to each other, over two pipes.

A message is its length (u32, little-endian) and its MessagePack. Large things (the file itself, the
article, pictures) follow their message as they are; how long they are stands in it. Nothing that
comes from the reading process can run code here: no pickles, only the values below.
"""

from __future__ import annotations

import os
from struct import Struct as Layout

import msgspec
from msgspec import Struct

MAX_MESSAGE_BYTES = 16 * 2**20
CHUNK_BYTES = 2**20

_LENGTH = Layout("<I")


class Request(Struct, frozen=True, array_like=True, tag="read"):
    """Read the file whose ``size`` bytes follow. ``path`` is in the system's own bytes, and absolute."""

    path: bytes
    size: int
    cpu_seconds: int


class Progress(Struct, frozen=True, array_like=True, tag="progress"):
    """The share that is done, 0 to 1."""

    share: float


class Picture(Struct, frozen=True, array_like=True):
    """A ``model.Resource`` without its bytes."""

    name: str
    media_type: str
    size: int


class Done(Struct, frozen=True, array_like=True, tag="done"):
    """It was read. ``compiled`` bytes of ``codec.encode`` follow, then each picture's bytes."""

    format: str
    compiled: int
    pictures: tuple[Picture, ...] = ()
    peak: int = 0
    """The most memory that the process has had until now, in bytes; 0 where it is not known."""


class Refused(Struct, frozen=True, array_like=True, tag="refused"):
    """A ``ReaderError``: the name of its class, what it was made of, and its sentence."""

    kind: str
    sentence: str
    fields: dict[str, int | str] = {}


class Exhausted(Struct, frozen=True, array_like=True, tag="exhausted"):
    """There was not enough memory."""


class Failed(Struct, frozen=True, array_like=True, tag="failed"):
    """An importer failed; ``where`` names the lines of the program, and nothing of the text."""

    where: str


Reply = Progress | Done | Refused | Exhausted | Failed

_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


class WireError(Exception):
    """What came is no message, or the pipe ended in the middle of one."""


def send(pipe: int, message: Request | Reply, *parts: bytes) -> None:
    """Write a message and what follows it.

    Raises:
        OSError: the other side is gone.
    """
    body = _encoder.encode(message)
    for part in (_LENGTH.pack(len(body)) + body, *parts):
        _write(pipe, part)


def next_request(pipe: int) -> Request | None:
    """Return the next request, or None at the end.

    Raises:
        WireError, OSError: see there.
    """
    body = _body(pipe)
    try:
        return None if body is None else _requests.decode(body)
    except msgspec.MsgspecError as exc:
        raise WireError from exc


def next_reply(pipe: int) -> Reply | None:
    """Return the next reply, or None where the process has ended.

    Raises:
        WireError, OSError: see there.
    """
    body = _body(pipe)
    try:
        return None if body is None else _replies.decode(body)
    except msgspec.MsgspecError as exc:
        raise WireError from exc


def take(pipe: int, size: int) -> bytes:
    """Return exactly so many bytes.

    Raises:
        WireError: the pipe ended before.
    """
    parts = bytearray()
    while len(parts) < size:
        part = os.read(pipe, min(size - len(parts), CHUNK_BYTES))
        if not part:
            raise WireError
        parts += part
    return bytes(parts)


def _body(pipe: int) -> bytes | None:
    first = os.read(pipe, 1)
    if not first:
        return None
    (length,) = _LENGTH.unpack(first + take(pipe, _LENGTH.size - 1))
    if length > MAX_MESSAGE_BYTES:
        raise WireError
    return take(pipe, length)


def _write(pipe: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(pipe, rest[:CHUNK_BYTES]) :]
