"""Hypothesis strategies for articles that keep every rule of the model."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from reader.article.model import (
    Article,
    Block,
    BlockKind,
    Code,
    Image,
    ListItem,
    Mark,
    Metadata,
    Note,
    SetAside,
    Span,
    SpanKind,
    TableRow,
)
from reader.article.notes import keys_in_reading_order, labels

# Drawing an article takes some 20 ms, and more on a busy machine: time is measured elsewhere.
settings.register_profile("articles", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("articles")

CONTAINERS = ("", "", "", ">", "-", "--", "->", ">-", ">>")

# Words that a text can go wrong with: folds that change its length, two scripts, wide characters.
WORDS = (
    "soviet", "Council", "the", "of", "a", "Öffentlichkeit", "café", "naïve", "ﬁnal", "Straße", "İstanbul",
    "ΣΊΣΥΦΟΣ", "Совет", "委員會", "東京", "👩‍🚀", "don’t", "“so”", "re-read", "1917–1918", "x\u00ady", "e\u0323\u0302",
)  # fmt: skip

_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def lines(min_size: int = 0) -> st.SearchStrategy[str]:
    """One line of NFC text: words one would meet, or anything at all."""
    words = st.lists(st.sampled_from(WORDS), min_size=max(1, min_size), max_size=6).map(" ".join)
    anything = st.text(_characters, min_size=min_size, max_size=16)
    return st.one_of(words, anything).map(nfc).filter(lambda text: len(text) >= min_size)


def texts() -> st.SearchStrategy[str]:
    """Text with forced line breaks."""
    return st.lists(lines(), min_size=1, max_size=3).map("\n".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    """Spans of a text in the model's order; they nest, touch and overlap, none is empty."""
    if not text:
        return ()
    drawn = draw(
        st.sets(
            st.tuples(
                st.integers(0, len(text) - 1),
                st.integers(1, len(text)),
                st.sampled_from(SpanKind),
                st.sampled_from(["#a", "https://example.org/x", "de"]),
            ),
            max_size=3,
        )
    )
    valued = {SpanKind.LINK, SpanKind.LANGUAGE, SpanKind.ABBREVIATION}
    found = {
        Span(start, end, kind, value if kind in valued else "") for start, end, kind, value in drawn if start < end
    }
    return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.kind, span.value)))


@st.composite
def marks(draw: st.DrawFn, text: str, keys: tuple[str, ...]) -> tuple[Mark, ...]:
    """Marks in a text, ordered by offset; several may share one."""
    if not keys:
        return ()
    drawn = draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(keys)), max_size=3))
    return tuple(Mark(offset, key) for offset, key in sorted(drawn, key=lambda mark: mark[0]))


@st.composite
def blocks(draw: st.DrawFn, keys: tuple[str, ...] = (), kinds: tuple[BlockKind, ...] = tuple(BlockKind)) -> Block:
    """One block of any kind, with marks of the given keys."""
    kind = draw(st.sampled_from(kinds))
    within = draw(st.sampled_from(CONTAINERS))
    anchor = draw(st.sampled_from(["", "", "a", "sec-2"]))
    level = 0
    detail: ListItem | TableRow | Image | Code | None = None
    match kind:
        case BlockKind.RULE:
            return Block(kind, within=within)
        case BlockKind.HEADING:
            level = draw(st.integers(1, 6))
            text = draw(lines(min_size=1))
        case BlockKind.TABLE_ROW:
            cells = draw(st.lists(lines(), min_size=1, max_size=3))
            text = "\t".join(cells)
            header = draw(st.booleans())
            detail = TableRow(header, "l" * len(cells) if header else "")
        case BlockKind.IMAGE:
            text = draw(lines())
            detail = Image("picture.svg", draw(st.sampled_from(["", "A title"])))
        case BlockKind.CODE:
            text = draw(texts())
            detail = Code(draw(st.sampled_from(["", "python"])))
        case BlockKind.LIST_ITEM:
            text = draw(texts())
            detail = ListItem(draw(st.none() | st.integers(0, 99)))
        case _:
            text = draw(texts())
    if kind is BlockKind.QUOTATION and not within.endswith(">"):
        within += ">"
    return Block(kind, text, draw(spans(text)), draw(marks(text, keys)), level, within, anchor, detail)


@st.composite
def articles(draw: st.DrawFn, *, max_blocks: int = 8, max_notes: int = 3) -> Article:
    """A valid article: notes within notes, orphans of both kinds, labels as ``notes`` counts them."""
    note_keys = tuple(draw(st.lists(_keys, max_size=max_notes, unique=True)))
    # A mark may name a note that there is not.
    keys = (*note_keys, draw(_keys)) if draw(st.booleans()) else note_keys
    body = tuple(draw(st.lists(blocks(keys), max_size=max_blocks)))
    inside = {key: tuple(draw(st.lists(blocks(keys, _NOTE_KINDS), max_size=2))) for key in note_keys}
    shown = labels(keys_in_reading_order(body, inside.items()))
    return Article(
        draw(_metadata),
        body,
        tuple(Note(key, shown[key], inside[key]) for key in note_keys),
        tuple(draw(st.lists(_set_aside(len(body)), max_size=2))),
        tuple(draw(st.lists(lines(), max_size=2))),
    )


_NOTE_KINDS = (BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.VERSE)

_keys = st.sampled_from(["1", "2", "10", "2:1", "iv", "*", "†", "lenin-1918", "a note", "b"])

_metadata = st.builds(
    Metadata,
    title=lines(),
    kicker=lines(),
    authors=st.lists(lines(min_size=1), max_size=2).map(tuple),
    translators=st.lists(lines(min_size=1), max_size=1).map(tuple),
    date=st.sampled_from(["", "1905", "1918-03", "2021-12-12", "Winter 1921"]),
    language=st.sampled_from(["", "en", "de-AT"]),
    source=st.sampled_from(["", "https://example.org/article"]),
    rights=lines(),
)


def _set_aside(blocks: int) -> st.SearchStrategy[SetAside]:
    return st.builds(SetAside, st.integers(0, 999), lines(min_size=1), lines(min_size=1), st.integers(0, blocks))
