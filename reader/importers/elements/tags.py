"""What the elements of HTML mean to a reader: the tables that ``html_blocks`` goes by."""

from __future__ import annotations

from reader.article.model import BlockKind, SpanKind

SPANS = {
    "em": SpanKind.EMPHASIS,
    "i": SpanKind.EMPHASIS,
    "cite": SpanKind.EMPHASIS,
    "dfn": SpanKind.EMPHASIS,
    "var": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "b": SpanKind.STRONG,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "sub": SpanKind.SUB,
    "sup": SpanKind.SUP,
}
VALUED_SPANS = {
    "a": (SpanKind.LINK, "href"),
    "abbr": (SpanKind.ABBREVIATION, "title"),
    "acronym": (SpanKind.ABBREVIATION, "title"),
}

HEADINGS = {f"h{level}": level for level in range(1, 7)}

# Elements that begin and end a block; those not named in ``KINDS`` only part paragraphs.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "plaintext",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
KINDS = {
    "dt": BlockKind.TERM,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
CLASSES = {
    "lead": BlockKind.LEAD,
    "caption": BlockKind.CAPTION,
    "verse": BlockKind.VERSE,
    "reference": BlockKind.REFERENCE,
    "term": BlockKind.TERM,
}
"""What a ``class`` makes of a paragraph."""

PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))

# Elements whose content is no text, or not for this kind of page. They are set aside whole.
LEFT_OUT = frozenset((
    "script", "style", "template", "iframe", "object", "embed", "applet", "noscript", "noframes", "frame",
    "frameset", "head", "title", "link", "meta", "base", "svg", "canvas", "audio", "video", "source", "track",
    "param", "map", "area", "button", "select", "textarea", "input", "datalist", "option",
))  # fmt: skip
VOID = frozenset((
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
))  # fmt: skip

# Elements that change nothing here: their text is read as if they were not there.
TRANSPARENT = frozenset((
    "a", "abbr", "acronym", "bdi", "bdo", "big", "blink", "br", "del", "font", "ins", "img", "label", "mark",
    "marquee", "math", "meter", "nobr", "output", "picture", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s",
    "slot", "small", "span", "strike", "time", "u", "wbr", "col", "colgroup", "data", "optgroup",
))  # fmt: skip
ALL = BLOCKS | LEFT_OUT | VOID | TRANSPARENT | frozenset(SPANS)
