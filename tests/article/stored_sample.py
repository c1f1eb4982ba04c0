"""The article in ``tests/data/articles/version_1.bin``, which version 1 of the codec wrote. Never change it."""

from __future__ import annotations

from reader.article.model import (
    Article,
    Block,
    BlockKind,
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

SAMPLE = Article(
    Metadata(title="The ice on the lake", kicker="Winter", authors=("Anna Reed",), date="1921-01", language="en"),
    (
        Block(BlockKind.LEAD, "It held until March."),
        Block(BlockKind.HEADING, "The north shore", level=1, anchor="north"),
        Block(
            BlockKind.PARAGRAPH,
            "Nobody walked there; the café was shut.",
            (Span(22, 26, SpanKind.EMPHASIS), Span(22, 26, SpanKind.LINK, "#north")),
            (Mark(6, "2:1"), Mark(39, "*")),
        ),
        Block(BlockKind.QUOTATION, "“Thin ice,” they said.", within=">"),
        Block(BlockKind.HEADING, "Quoted", level=2, within=">"),
        Block(BlockKind.RULE),
        Block(BlockKind.HEADING, "Boats", level=3),
        Block(BlockKind.LIST_ITEM, "a ferry", detail=ListItem(1)),
        Block(BlockKind.TABLE_ROW, "Year\tBoats", detail=TableRow(header=True, align="lr")),
        Block(BlockKind.TABLE_ROW, "1921\t2", marks=(Mark(4, "2:1"),), detail=TableRow()),
        Block(BlockKind.IMAGE, "A boat", detail=Image("boat.svg")),
        Block(BlockKind.CAPTION, "A boat 👩‍🚀 in the ice.", marks=(Mark(6, "lost"),)),
    ),
    (
        Note("2:1", "1", (Block(BlockKind.PARAGRAPH, "See the log."), Block(BlockKind.VERSE, "Cold\nand grey."))),
        Note("empty", "2", ()),
        Note("*", "*", (Block(BlockKind.PARAGRAPH, "It opened in May.", marks=(Mark(17, "deep"),)),)),
        Note("deep", "3", (Block(BlockKind.PARAGRAPH, "In some years.", anchor="years"),)),
    ),
    (SetAside(12, "Share this page", "a button", 4),),
    ("One line was set aside.",),
)
