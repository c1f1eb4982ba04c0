"""The reading process: it gets the bytes of files, one after the other, and gives back articles.

It is started by ``sandbox``, and ends with it: when its pipe closes. Whatever goes wrong in here is
a reply, or the end of this process, and no more.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from msgspec import structs

from reader.article.codec import encoded
from reader.article.model import Imported
from reader.errors import FileError, ReaderError
from reader.importers import confinement, registry
from reader.importers.encoding import given
from reader.importers.wire import (
    Done,
    Exhausted,
    Failed,
    Picture,
    Progress,
    Refused,
    Request,
    WireError,
    next_request,
    send,
    take,
)

PROGRESS_SECONDS = 0.05
"""Progress is told no oftener."""


def main() -> int:
    """Read files until the pipe closes."""
    incoming, outgoing = take_pipes()
    speak_the_persons_language()
    confinement.confine()
    gc.freeze()
    requests: SimpleQueue[tuple[Request, bytes]] = SimpleQueue()
    Thread(target=_listen, args=(incoming, requests), daemon=True).start()
    confinement.refuse_by_audit()
    while True:
        request, data = requests.get()
        _answer(outgoing, request, data)
        del data
        gc.collect()


def take_pipes() -> tuple[int, int]:
    """Return the two pipes, and leave nothing in their places that a library could print to or read from."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    else:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends this one
    pipes = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1):
        os.dup2(nowhere, place)
    os.close(nowhere)
    return pipes


def speak_the_persons_language() -> None:
    import gettext

    from reader.paths import APPLICATION, resources

    gettext.bindtextdomain(APPLICATION, str(resources() / "i18n"))
    gettext.textdomain(APPLICATION)


def _listen(pipe: int, requests: SimpleQueue[tuple[Request, bytes]]) -> None:
    """Hand on requests; at the end of the pipe nobody is left to read for, whatever is being read."""
    try:
        while (request := next_request(pipe)) is not None:
            requests.put((request, take(pipe, request.size)))
    except (WireError, OSError):
        pass
    os._exit(0)


def _answer(pipe: int, request: Request, data: bytes) -> None:
    confinement.allow_cpu(request.cpu_seconds)
    try:
        step = now_and_then(PROGRESS_SECONDS, lambda share: send(pipe, Progress(float(share))))
        done, parts = _read(Path(os.fsdecode(request.path)), data, step)
    except ReaderError as error:
        send(pipe, _refused(error))
    except MemoryError:
        gc.collect()
        send(pipe, Exhausted())
    except Exception as error:  # an importer's fault: the parent logs where, and says a sentence
        send(pipe, Failed(where_of(error)))
    else:
        send(pipe, done, *parts)


def _read(path: Path, data: bytes, step: Callable[[float], None]) -> tuple[Done, tuple[bytes, ...]]:
    with given(path, data):
        kind = registry.format_of(path)
        imported = _named(registry.read(path, step))
    compiled = encoded(imported.article)
    pictures = tuple({picture.name: picture for picture in imported.resources}.values())
    told = tuple(Picture(picture.name, picture.media_type, len(picture.data)) for picture in pictures)
    done = Done(kind, sum(map(len, compiled)), told, confinement.peak_memory())
    return done, (*compiled, *(picture.data for picture in pictures))


def now_and_then(seconds: float, tell: Callable[[float], object]) -> Callable[[float], None]:
    """Return a ``step`` that tells what is done, but no oftener than this."""
    last = 0.0

    def step(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= seconds:
            last = now
            tell(share)

    return step


def _named(imported: Imported) -> Imported:
    """Return the same with a title that can be stored: it may be the file's name, which need be no text."""
    article = imported.article
    title = article.metadata.title.encode("utf-8", "replace").decode()
    if title == article.metadata.title:
        return imported
    metadata = structs.replace(article.metadata, title=title)
    return structs.replace(imported, article=structs.replace(article, metadata=metadata))


def _refused(error: ReaderError) -> Refused:
    fields = {name: value for name, value in vars(error).items() if isinstance(value, (int, str))}
    kind = type(error).__name__ if isinstance(error, FileError) else ""
    sentence = str(error).encode("utf-8", "replace").decode()
    return Refused(kind, sentence, {name: _sendable(value) for name, value in fields.items()})


def _sendable(value: int | str) -> int | str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def where_of(error: Exception) -> str:
    """Return the lines of the program that the error went through; its own words may be the text's."""
    import traceback

    places = traceback.extract_tb(error.__traceback__)[-12:]
    return type(error).__name__ + "".join(f" < {Path(each.filename).name}:{each.lineno}" for each in reversed(places))


if __name__ == "__main__":
    sys.exit(main())
