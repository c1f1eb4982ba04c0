"""A page of the web becomes an article: saved (with its folder of pictures), in a package, or pasted.

The page is parsed, told what it says of itself, made plain, and its notes are paired; then the
article is found and our own converter makes the blocks of all of it. What is no part of the article
is set aside with a reason.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.article.model import Article, Block, BlockKind, Imported, Metadata, Note
from reader.article.normal import normal
from reader.errors import EmptyFileError
from reader.importers.elements import tags
from reader.importers.elements.bare_headings import without_bare_headings
from reader.importers.elements.blocks import convert
from reader.importers.elements.index import Index
from reader.importers.elements.note_labels import names_note
from reader.importers.elements.notes import Notes, find_notes
from reader.importers.elements.rules import Rules
from reader.importers.elements.tidy import Tidy, is_safe_link
from reader.importers.encoding import read_bytes
from reader.importers.html import clutter
from reader.importers.html.article import Chosen
from reader.importers.html.blocks import with_masthead
from reader.importers.html.metadata import read_metadata
from reader.importers.html.mhtml import is_package, read_package
from reader.importers.html.pictures import PagePictures
from reader.importers.html.tree import decode_page, parse_page

log = logging.getLogger(__name__)

Step = Callable[[float], None]
PASTED = "pasted"
MAX_OWN_ADDRESSES = 10_000
"""How many addresses are looked at for those by which a page names itself."""
_KINDS: dict[str, BlockKind] = {
    **tags.CLASSES,
    **dict.fromkeys(
        ("standfirst", "lede", "dek", "article-summary", "article-lead", "vorspann", "chapo"), BlockKind.LEAD
    ),
    **dict.fromkeys(("poem", "stanza", "poetry", "linegroup", "ltx_verse"), BlockKind.VERSE),
}
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->|Page saved with SingleFile\s+url:\s*(https?://\S+)"
)


def read(path: Path, step: Step = lambda share: None) -> Imported:
    """Return the article on a saved page (HTML, XHTML or MHTML); pictures come from its folder only.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ReaderError: the file cannot be read, or holds no text.
    """
    data = read_bytes(path)
    if is_package(data[:8192]):
        package = read_package(data, path)
        pictures = PagePictures(path, package.pictures, package.address)
        text = _decoded(package.page, package.charset, path)
        return _Page(text, path, package.address, pictures, step).imported()
    text = decode_page(data, path)
    saved = _SAVED_FROM.search(text[:4096])
    address = (saved[1] or saved[2]) if saved else ""
    return _Page(text, path, address, PagePictures(path), step).imported()


def read_copied(path: Path) -> Imported:
    """Return the article of a part of a page that was copied, and kept as a file; without a title it is named so.

    Raises:
        ReaderError: it cannot be read, or holds no text.
    """
    imported = read_string(decode_page(read_bytes(path), path))
    if imported.article.metadata.title:
        return imported
    metadata = replace(imported.article.metadata, title=path.stem)
    return replace(imported, article=replace(imported.article, metadata=metadata))


def read_string(html: str, base: str | None = None) -> Imported:
    """Return the article of a page, or of a part of one, that was copied; ``base`` is its address.

    Raises:
        ReaderError: there is no text in it.
    """
    fragment = re.search(r"<!--StartFragment-->(.*)<!--EndFragment-->", html, re.DOTALL)
    text = fragment[1] if fragment else html
    return _Page(text, Path(PASTED), base or "", PagePictures(None), lambda share: None, whole=True).imported()


def _decoded(data: bytes, charset: str, path: Path) -> str:
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            log.debug("a part is not in the encoding that it names")
    return decode_page(data, path)


class _Page:
    """One page on its way to an article."""

    def __init__(
        self, text: str, path: Path, address: str, pictures: PagePictures, step: Step, *, whole: bool = False
    ) -> None:
        self.path = path
        self.step = step
        self.pictures = pictures
        self.whole = whole
        self.root = parse_page(text, path)
        step(0.2)
        self.told = read_metadata(self.root)
        self.address = self.told.address or address
        self.base = self._base_of()
        self.own = self._own_addresses()
        self.kicker = ""

    def _base_of(self) -> str:
        base = next((one.get("href") or "" for one in self.root.iter("base")), "")
        return urljoin(self.address, base) if base else self.address

    def _own_addresses(self) -> frozenset[str]:
        """Return by what other addresses the page's notes name it: it may have been moved, or not say its own."""
        named: dict[str, set[str]] = {}
        for link in self.root.iter("a"):
            page, _, name = (link.get("href") or "").partition("#")
            if page and name and len(named) < MAX_OWN_ADDRESSES:
                named.setdefault(page, set()).add(unquote(name))
        likely = {page: names for page, names in named.items() if len(names) > 1 and any(map(names_note, names))}
        if not likely:
            return frozenset()
        ids = {one.get("id") or one.get("name") for one in self.root.iter() if one.keys()}
        return frozenset(page for page, names in likely.items() if sum(name in ids for name in names) > 1)

    def imported(self) -> Imported:
        tidied = Tidy(self.root, self._link, self.pictures.draw)
        self.step(0.35)
        notes = find_notes(self.root, self._local)
        self.step(0.5)
        kept = frozenset(body for bodies in notes.bodies.values() for body in bodies)
        aside = dict(tidied.aside)
        if not self.whole:
            chosen = Chosen(
                notes.places if notes.places.fits() else Index(notes.places.root),
                kept,
                notes.marks,
                self.told.title,
                self.told.authors,
            )
            self.kicker = chosen.kicker
            sentences = clutter.reasons()
            aside |= {element: sentences[kind] for element, kind in chosen.aside.items()}
        self.step(0.7)
        # Where nothing is left, the page is of links only, or shows its text by a script.
        choices: tuple[dict[Element, str], ...] = (aside, tidied.aside, {})
        article = next((made for one in choices if (made := self._article(notes, one)).blocks), None)
        if article is None:
            raise EmptyFileError(self.path)
        log.info("read a page: %d blocks, %d notes", len(article.blocks), len(article.notes))
        return Imported(article, tuple(self.pictures.found.values()))

    # Addresses

    def _link(self, href: str) -> str | None:
        """Return an address as it is kept: to the web, to a person, or within the page; else None."""
        name = self._local(href)
        if name is not None:
            return "#" + name
        whole = urljoined(self.base, href)
        return whole if is_safe_link(whole) else None

    def _local(self, href: str) -> str | None:
        """Return the id that an address names on this very page; None for an address that leads elsewhere."""
        if href.startswith("#"):
            return unquote(href[1:]) or None
        if "#" not in href:
            return None
        page, name = urldefrag(href)
        own = page in self.own or page == self.path.name or unquote(page) == self.path.name
        for address in (self.address, self.base):
            own = own or (bool(address) and urljoined(address, page) == urldefrag(address)[0])
        return unquote(name) or None if own else None

    # The article

    def _article(self, notes: Notes, aside: Mapping[Element, str]) -> Article:
        rules = Rules(
            marks=notes.marks,
            elsewhere=notes.elsewhere,
            picture=self.pictures.name_of,
            kinds=_KINDS,
            aside=aside,
            breaks_part=True,
        )
        body = next((one for one in self.root if isinstance(one.tag, str) and one.tag.lower() == "body"), self.root)
        blocks, set_aside = convert(body, rules)
        made: list[Note] = []
        for key, elements in notes.bodies.items():
            inside: list[Block] = []
            for element in elements:
                inside += _of_note(convert(element, rules).blocks)
            made.append(Note(key, "", tuple(inside)))
        blocks, metadata = with_masthead(blocks, self._metadata(), self.told.summary)
        warnings = [*self.pictures.all_warnings()]
        return normal(without_bare_headings(Article(metadata, blocks, tuple(made), set_aside, tuple(warnings))))

    def _metadata(self) -> Metadata:
        told = self.told
        return Metadata(
            title=told.title,
            kicker=self.kicker,
            authors=told.authors,
            date=told.date,
            language=told.language,
            source=self.address or told.site,
            rights=told.rights,
        )


def _of_note(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a note; what was an entry of a list is a paragraph."""
    if not blocks or blocks[0].kind not in (BlockKind.LIST_ITEM, BlockKind.DEFINITION, BlockKind.TABLE_ROW):
        return list(blocks)
    if blocks[0].kind is BlockKind.TABLE_ROW:
        return [replace(one, kind=BlockKind.PARAGRAPH, text=one.text.strip("\t").replace("\t", " "), detail=None)
                if one.kind is BlockKind.TABLE_ROW else one for one in blocks]  # fmt: skip
    first = replace(blocks[0], kind=BlockKind.PARAGRAPH, detail=None)
    return [first, *(replace(one, within=one.within.removeprefix("-")) for one in blocks[1:])]


def urljoined(base: str, href: str) -> str:
    """Return an address made whole; as it is where it cannot be."""
    try:
        return urljoin(base, href)
    except ValueError:  # brackets that are no IPv6 address
        return href


__all__ = ["read", "read_string"]
