"""Bookmarks as Web Annotations (JSON-LD), which other programs read too: https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.store import times

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"reader": "urn:study-reader:"}]
_URN = "urn:uuid:"


class Annotated(Struct, frozen=True):
    """A bookmark, and when it was removed, if it was and can still be brought back."""

    bookmark: Bookmark
    removed: datetime | None = None


class _Selector(Struct, frozen=True):
    type: str
    start: int = 0
    end: int = 0
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


class _Target(Struct, frozen=True):
    source: str
    selector: tuple[_Selector, ...]


class _Body(Struct, frozen=True):
    value: str
    purpose: str = "commenting"


class _Annotation(Struct, frozen=True):
    id: str
    created: datetime
    modified: datetime
    target: _Target
    body: tuple[_Body, ...] = ()
    lost: bool = msgspec.field(name="reader:lost", default=False)
    removed: datetime | None = msgspec.field(name="reader:removed", default=None)


class _Page(Struct, frozen=True):
    items: tuple[_Annotation, ...]


def write(article: str, annotated: Iterable[Annotated]) -> bytes:
    """Return the bookmarks of the article with this UUID as a page of annotations."""
    page = {"@context": CONTEXT, "id": f"{_URN}{article}#annotations", "type": "AnnotationPage"}
    page["items"] = [_annotation(article, each) for each in annotated]
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def _annotation(article: str, annotated: Annotated) -> dict[str, Any]:
    bookmark, place = annotated.bookmark, annotated.bookmark.target
    said = (("describing", bookmark.label), ("commenting", bookmark.remark))
    made: dict[str, Any] = {
        "id": _URN + bookmark.id,
        "type": "Annotation",
        "motivation": "commenting" if bookmark.remark else "bookmarking",
        "created": times.written(bookmark.created),
        "modified": times.written(bookmark.changed),
        "body": [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in said if value],
        "target": {
            "source": _URN + article,
            "selector": [
                {"type": "TextPositionSelector", "start": place.start, "end": place.end},
                {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
            ],
        },
    }
    if bookmark.lost:
        made["reader:lost"] = True
    if annotated.removed is not None:
        made["reader:removed"] = times.written(annotated.removed)
    return made


def read(data: bytes) -> Iterator[Annotated]:
    """Yield the bookmarks of a page of annotations.

    Raises:
        msgspec.MsgspecError: it is none.
        ValueError: it says what cannot be.
    """
    for each in msgspec.json.decode(data, type=_Page, strict=True).items:
        position = next((one for one in each.target.selector if one.type == "TextPositionSelector"), None)
        quote = next((one for one in each.target.selector if one.type == "TextQuoteSelector"), None)
        if position is None or quote is None or not 0 <= position.start <= position.end < 2**40:
            raise ValueError(each.id)
        said = {body.purpose: body.value for body in each.body}
        place = Locator(position.start, position.end, quote.exact, quote.prefix, quote.suffix)
        bookmark = Bookmark(
            each.id.removeprefix(_URN),
            place,
            said.get("describing", ""),
            said.get("commenting", ""),
            each.created,
            each.modified,
            each.lost,
        )
        yield Annotated(bookmark, each.removed)
