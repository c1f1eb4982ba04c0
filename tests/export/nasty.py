"""Articles whose text is full of signs that mean something in Markdown."""

from __future__ import annotations

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

_PIECES = (
    "*", "**", "_", "__", "`", "``", "[", "]", "](", "![", "^[", "[^1]", "<", ">", "<b>", "</b>", "<!--", "-->",
    "<a:b>", "&", "&amp;", "#", "##", " #", "\\", "|", "~", "~~", "~~~", "^", ":", ": ", "+", "+ ", "-", "- ",
    "---", "===", ".", "1.", "1. ", "2) ", "!", "{", "}", "{: .lead}", "{#x}", "%", "% ", "$", "=", "(", ")", "'",
    '"', "\n", " ", "  ", "\t", "a", "word", "é", "\u0301", "\u0338", "\u00a0", "\u200b", "http://a.b/c",
    "www.x.org", "x@y.z", "Title: x", "[a]: b", "*[A]: b", "| a |", "|---|", "[!NOTE]", "```", "0", "A", "人", "“",
    "—", "\r", "\x00", "\u2028", "<br>", "<span lang=x>", "[^1]: y",
)  # fmt: skip
_VALUES = (
    "#a",
    "http://a.b/c?d=e&amp;f",
    "a b",
    "(x",
    "<y>",
    "\\",
    "mailto:q@r.s",
    "x|y",
    '"',
    "fr",
    "word",
    "http://a.b/c",
)
_KEYS = ("1", "2:1", "a-z", "*", "†", "A", "a", "weird|key", "x y", "#", "inline-1")
_ANCHORS = ("", "", "", "a", "b.c", "-x", "é", "a b")

texts = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(BlockKind))
    text = draw(texts)
    end = len(text)
    spans = draw(
        st.lists(
            st.builds(
                Span,
                st.integers(0, end),
                st.integers(0, end),
                st.sampled_from(SpanKind),
                st.sampled_from(_VALUES),
            ),
            max_size=5,
        )
    )
    marks = draw(st.lists(st.builds(Mark, st.integers(0, end), st.sampled_from(_KEYS)), max_size=2))
    detail: ListItem | TableRow | Image | Code | None = None
    if kind is BlockKind.LIST_ITEM:
        detail = ListItem(draw(st.none() | st.integers(0, 12)))
    elif kind is BlockKind.TABLE_ROW:
        detail = TableRow(draw(st.booleans()), draw(st.text("lcr-", max_size=3)))
    elif kind is BlockKind.IMAGE:
        detail = Image(draw(st.sampled_from(("a.png", "b c.svg", "http://x/y.png", "(", "../z.png"))), draw(texts))
    elif kind is BlockKind.CODE:
        detail = Code(draw(st.sampled_from(("", "python", "c++", "c#", "{r, echo=FALSE}", "a b"))))
    within = draw(st.text(">-", max_size=4))
    anchor = draw(st.sampled_from(_ANCHORS))
    return Block(kind, text, tuple(spans), tuple(marks), draw(st.integers(0, 7)), within, anchor, detail)


def articles() -> st.SearchStrategy[Article]:
    """Articles of any shape, not in normal form."""
    names = st.lists(texts, max_size=2).map(tuple)
    return st.builds(
        Article,
        st.builds(
            Metadata,
            title=texts,
            kicker=texts,
            authors=names,
            translators=names,
            date=st.sampled_from(("", "1905", "2021-12-12T10:30", "c. 1900: #x")),
            language=st.sampled_from(("", "en")),
            source=texts,
            rights=texts,
        ),
        st.lists(blocks(), max_size=8).map(tuple),
        st.lists(
            st.builds(Note, st.sampled_from(_KEYS), st.just(""), st.lists(blocks(), max_size=3).map(tuple)), max_size=3
        ).map(tuple),
        st.lists(st.builds(SetAside, st.integers(0, 9), texts, texts, st.integers(0, 9)), max_size=2).map(tuple),
        st.lists(texts, max_size=2).map(tuple),
    )
