"""An element tree from the web is made plain before it is read: what no one sees goes, what stands for text speaks.

Every change keeps the words that a reader would see. What goes and has words is told, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import gettext as _
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import classes_of
from reader.importers.elements.mathml import text_of_math
from reader.importers.elements.text import name_of

WAS_LINK = "data-was-link"
"""The attribute of a link that was not kept: it still tells menus from text."""
MAX_CELL_CHARS = 900
"""A table with a cell longer than this lays out a page."""

# Elements that hold nothing a reader sees; their text is no text.
_MACHINE = frozenset((
    "script", "style", "template", "head", "title", "link", "meta", "base", "param", "source", "track", "map", "area",
    "noframes", "datalist",
))  # fmt: skip
_CONTROLS = frozenset(("button", "select", "textarea", "input", "optgroup", "option", "progress", "meter", "dialog"))
_PLAYERS = frozenset(("iframe", "video", "audio", "object", "embed", "applet", "frame"))
_PICTURED = frozenset(("img", "figure", "figcaption", "caption", "picture", "table"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_ANYWAY = re.compile(r"lazy|fade|animat|reveal|scroll|mw-collapsible|tab-?pane|accordion", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:(?:wp-|image-?|img-?|photo-?|figure-?|media-?|article-?|picture-?|thumb)?caption(?:[_-]*text|s)?|thumbcaption|"
    r"gallerytext|bildunterschrift|legende|figcaption|.*__caption|.*-caption(?:-text)?)$",
    re.IGNORECASE,
)
_PERMALINK = frozenset(("headerlink", "anchorjs-link", "header-anchor", "heading-anchor", "permalink", "mw-editsection",
                        "anchor-link", "headinganchor", "hash-link", "edit-link", "editsection"))  # fmt: skip
_TEX_TWICE = frozenset(("katex-html", "mathjax_preview", "mathjax_display", "mathjax", "mjx-chtml", "mathjax_chtml",
                        "mathjax_svg", "mjx-container", "mwe-math-fallback-image-inline",
                        "mwe-math-fallback-image-display"))  # fmt: skip
_OFF_SCREEN = frozenset((
    "off-screen", "offscreen", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text",
    "screenreader-only", "u-visually-hidden", "element-invisible", "screen-reader-only",
))  # fmt: skip
MAX_OFF_SCREEN_CHARS = 80
MIN_CAPTION_CHARS = 20
CAPTIONED = "data-captioned"
"""The attribute of a picture below which a caption says what it shows."""
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+$", re.IGNORECASE)


class Tidy:
    """What was found while a tree was made plain: ``aside`` has elements to be set aside, with why.

    ``draw`` keeps a drawing as a picture and returns its name and what it says; None for a mere sign.
    """

    def __init__(
        self,
        root: Element,
        link: Callable[[str], str | None],
        draw: Callable[[Element], tuple[str, str] | None] = lambda svg: None,
    ) -> None:
        self.aside: dict[Element, str] = {}
        self._link = link
        self._draw = draw
        self._heading: str | None = None  # the id of the heading whose children are looked at
        self._walk(root)

    def _walk(self, root: Element) -> None:
        stack = [root]
        while stack:
            element = stack.pop()
            gone: list[Element] = []
            self._heading = element.get("id") if name_of(element) in tags.HEADINGS else None
            for child in list(element):
                verdict = self._child(child)
                if verdict is None:
                    gone.append(child)
                elif verdict:
                    stack.append(child)
            if gone:
                _remove(element, gone)

    def _child(self, element: Element) -> bool | None:
        """Make one element plain; return whether to look into it, or None where it goes."""
        name = name_of(element)
        if not name or name in _MACHINE:
            return None
        if name in _CONTROLS:
            return self._control(element, name)
        if element.keys():
            if _TEX_TWICE.intersection(classes_of(element)):
                return None
            if self._is_hidden(element):
                self.aside[element] = _("It is hidden on the page.")
                return False
        if name in _READ:
            return _READ[name](self, element)
        if name in ("p", "section", "td") and _is_caption(element):
            element.tag = "figcaption"
        return True

    def _control(self, element: Element, name: str) -> bool | None:
        if name == "input" and ("toggle" in (element.get("class") or "") or element.get("type") == "checkbox"):
            return False  # a side note's box: its mark may be this very element
        if name in ("button", "dialog", "textarea") and "".join(element.itertext()).strip():
            if name == "button" and element.find(".//img") is not None:
                element.tag = "span"  # pictures that open when pressed
                return True
            self.aside[element] = _("It is a control of the page.")
            return False
        return None

    def _is_hidden(self, element: Element) -> bool:
        classes = element.get("class") or ""
        if element.get("hidden") is not None and element.get("hidden") != "until-found":
            return True
        if _HIDDEN_STYLE.search(element.get("style") or "") and not _SHOWN_ANYWAY.search(classes):
            return element.find(".//math") is None and not _names_note(element)
        if classes and not _OFF_SCREEN.isdisjoint(classes_of(element)) and not _names_note(element):
            return len("".join(element.itertext()).strip()) <= MAX_OFF_SCREEN_CHARS
        return element.get("aria-hidden") == "true" and self._is_decoration(element, classes.lower())

    def _is_decoration(self, element: Element, classes: str) -> bool:
        if "katex-html" in classes or name_of(element) in ("svg", "i") or "icon" in classes:
            return True
        said = "".join(element.itertext()).strip()
        return bool(_PERMALINK.intersection(classes.split())) or (len(said) <= 1 and not said.isalnum())

    # One kind of element each

    def _math(self, element: Element) -> bool | None:
        said = text_of_math(element)
        _become(element, "span", said)
        return False

    def _span(self, element: Element) -> bool | None:
        classes = set(classes_of(element))
        if classes & _PERMALINK:
            return None
        if _is_caption(element):
            element.tag = "figcaption"
        return True

    def _anchor(self, element: Element) -> bool | None:
        said = "".join(element.itertext()).strip()
        href = element.get("href")
        if said in ("¶", "#", "§", "🔗") and (href or "").startswith("#") and "fn" not in (href or ""):
            return None
        if _PERMALINK.intersection(classes_of(element)):
            return None
        if href is not None and self._is_own_place(element, href):
            del element.attrib["href"]
        elif href is not None:
            link = self._link(href.strip())
            if link:
                element.set("href", link)
            else:
                del element.attrib["href"]
                element.set(WAS_LINK, "")
        return True

    def _is_own_place(self, link: Element, href: str) -> bool:
        """Say whether a link only names the place where it stands, as links of headings do."""
        return href.startswith("#") and len(href) > 1 and href[1:] in (link.get("id"), link.get("name"), self._heading)

    def _image(self, element: Element) -> bool | None:
        source = best_source(element)
        if not source and not element.get("alt"):
            return None
        width, height = element.get("width") or "", element.get("height") or ""
        if width in ("0", "1") or height in ("0", "1"):
            return None
        element.set("src", source)
        return False

    def _figure(self, element: Element) -> bool | None:
        """Tell the pictures of a figure that its caption says what they show."""
        caption = "".join("".join(one.itertext()) for one in element.iter("figcaption"))
        if len(caption.strip()) >= MIN_CAPTION_CHARS:
            for image in element.iter("img"):
                image.set(CAPTIONED, "")
        return True

    def _cite(self, element: Element) -> bool | None:
        """Take a whole reference for no title: only titles are set in italics."""
        if {"citation", "ltx_cite", "csl-entry"} & set(classes_of(element)) or element.find(".//i") is not None:
            element.tag = "span"
        return True

    def _picture(self, element: Element) -> bool | None:
        image = next((one for one in element.iter() if name_of(one) == "img"), None)
        if image is None:
            return None
        if not best_source(image):
            found = (one.get("srcset") or one.get("data-srcset") for one in element.iter() if name_of(one) == "source")
            image.set("srcset", next(filter(None, found), ""))
        return True

    def _noscript(self, element: Element) -> bool | None:
        """Keep the picture that a page shows without scripts, if the one before it is only a place for it."""
        element.tag = "span"
        images = [one for one in element.iter() if name_of(one) == "img"]
        said = "".join(element.itertext()).strip()
        return True if images and not said else None

    def _player(self, element: Element) -> bool | None:
        source = element.get("src") or element.get("data") or ""
        for one in element:
            source = source or one.get("src") or ""
        title = element.get("title") or element.get("aria-label") or ""
        link = self._link(source)
        said = " ".join("".join(element.itertext()).split())
        if not title and not said:
            return None
        tail = element.tail
        for child in list(element):
            element.remove(child)
        _become(element, "p", "")
        inner = element.makeelement("a", {"href": link} if link else {})
        inner.text = title or said
        element.append(inner)
        element.tail = tail
        return False

    def _table(self, element: Element) -> bool | None:
        if lays_out(element):
            for one in _rows(element):
                one.tag = "div"
        return True

    def _drawing(self, element: Element) -> bool | None:
        drawn = self._draw(element)
        if drawn is not None:
            _become(element, "img", "")
            element.set("src", drawn[0])
            element.set("alt", drawn[1])
            return False
        title = next((one.text for one in element.iter() if name_of(one) == "title" and one.text), "")
        if title and element.get("role") == "img":
            _become(element, "span", title)
            return False
        said = " ".join(" ".join(element.itertext()).split())
        if said and said != title:
            self.aside[element] = _("It is writing in a drawing.")
            return False
        return None


_READ: dict[str, Callable[[Tidy, Element], bool | None]] = {
    "math": Tidy._math,
    "span": Tidy._span,
    "div": Tidy._span,
    "mjx-container": lambda tidy, element: None,
    "a": Tidy._anchor,
    "img": Tidy._image,
    "amp-img": lambda tidy, element: _renamed(tidy, element),
    "picture": Tidy._picture,
    "figure": Tidy._figure,
    "cite": Tidy._cite,
    "noscript": Tidy._noscript,
    "table": Tidy._table,
    "svg": Tidy._drawing,
    **dict.fromkeys(_PLAYERS, Tidy._player),
}


def _renamed(tidy: Tidy, element: Element) -> bool | None:
    element.tag = "img"
    return tidy._image(element)


def _is_caption(element: Element) -> bool:
    """Say whether a class makes an element the caption of a picture; one that holds the picture is more."""
    if not any(map(_CAPTION.match, classes_of(element))):
        return False
    return not any(name_of(one) in _PICTURED for one in element.iter())


def _names_note(element: Element) -> bool:
    return "note" in f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()


def _become(element: Element, tag: str, text: str) -> None:
    tail, name = element.tail, element.get("id")
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail
    if name:
        element.set("id", name)


def _remove(parent: Element, gone: list[Element]) -> None:
    """Take children out of their parent, but leave the text behind each."""
    leaving = set(gone)
    kept = [(child, child.tail) for child in parent if child not in leaving]
    text = parent.text or ""
    last: Element | None = None
    tails: dict[Element, str] = {}
    for child in parent:
        if child in leaving:
            if last is None:
                text += child.tail or ""
            else:
                tails[last] += child.tail or ""
        else:
            last = child
            tails[child] = child.tail or ""
    for child in gone:
        parent.remove(child)
    parent.text = text
    for child, _tail in kept:
        child.tail = tails[child]


def _rows(table: Element) -> Iterator[Element]:
    """Yield a table and its parts, without those of tables inside it."""
    yield table
    stack = list(table)
    while stack:
        one = stack.pop()
        if name_of(one) in ("tbody", "thead", "tfoot", "tr", "colgroup"):
            yield one
            stack += list(one)
        elif name_of(one) in ("td", "th"):
            yield one


def lays_out(table: Element) -> bool:
    """Say whether a table only lays out a page: it says so, holds tables or articles, or has one column."""
    if table.get("role") in ("presentation", "none"):
        return True
    parts = list(_rows(table))
    cells = [one for one in parts if name_of(one) in ("td", "th")]
    rows = sum(name_of(one) == "tr" for one in parts)
    if not cells or any(name_of(one) == "th" for one in cells):
        return bool(cells) and any(name_of(one) in ("h1", "article") for one in table.iter())
    if len(cells) <= rows or (rows == 1 and any(_holds_text(cell) for cell in cells)):
        return True
    inner = {name_of(one) for one in table.iter()} - {"tr", "td", "tbody"}
    if inner & {"h1", "h2", "article", "main", "form"} or sum(name_of(one) == "table" for one in table.iter()) > 1:
        return True
    return any(len("".join(cell.itertext())) > MAX_CELL_CHARS for cell in cells)


def _holds_text(cell: Element) -> bool:
    """Say whether a cell holds paragraphs rather than a value."""
    return any(name_of(one) in ("p", "ul", "ol", "blockquote", "center", "div", "br") for one in cell.iter())


def best_source(image: Element) -> str:
    """Return the address of a picture: what is shown at once, or later, or the largest of a choice."""
    source = (image.get("src") or "").strip()
    later = next(
        filter(
            None, (image.get(name) for name in ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url"))
        ),
        "",
    )
    if source and not (later and (source.startswith("data:") or "placeholder" in source or "blank." in source)):
        return source
    if later:
        return later.strip()
    choice = image.get("srcset") or image.get("data-srcset") or ""
    return largest_of(choice) or source


def largest_of(choice: str) -> str:
    """Return the address of the largest picture in a ``srcset``."""
    best, width = "", -1.0
    for entry in re.split(r",\s+|,(?=https?:)", choice)[:50]:
        parts = entry.split()
        if not parts:
            continue
        number = re.match(r"[\d.]{1,9}", parts[1]) if len(parts) > 1 else None
        size = float(number[0]) if number and number[0].count(".") < 2 and number[0] != "." else 0.0
        if size > width:
            best, width = parts[0], size
    return best


def is_safe_link(link: str) -> bool:
    """Say whether a link may be kept: to the web or to a person."""
    return _SAFE_LINK.match(link) is not None
