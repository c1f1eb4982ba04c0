"""What a page says of its article: title, authors, date, language, in JSON-LD, meta tags, microdata or its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from reader.importers.dates import find_date
from reader.importers.elements.index import classes_of, text_of
from reader.importers.elements.text import name_of

MAX_JSON_CHARS = 2_000_000
MAX_AUTHORS = 12
MAX_NAME_CHARS = 80
MAX_JSON_ITEMS = 2000
_ARTICLE = re.compile(
    r"article|posting|report|essay|book|chapter|creativework|webpage|thesis|review|recipe", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d])")
_PACKED = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T|$)")
_PARTING = re.compile(r"\s+[|–—·•»›«/:]+\s+|\s+-{1,2}\s+|\s*\|\s*|\s[:]\s")
_BY = re.compile(
    r"^(?:(?:written|words|story|text|posted|published|reported|review(?:ed)?)\s+)?(?:by|von|par|por|"
    r"di|da|door|av|af|автор)\s*:?\s+|^authors?\s*:\s*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?://|www\.|@|^(?:admin|administrator|(?:.{0,30}\s)?staff(?: writer| reporter)?|"
    r"(?:news ?|web |national )?desk|editors?|editorial(?: (?:board|team))?|unknown|anonymous|guest|"
    r"webmaster|none|null|newsroom|redaktion|redaction)$|"
    r"^(?:updated|published|posted|\d)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:;|,?\s+(?:and|und|et|y|e|en|och|og|и)\s+|\s+&\s+|,\s+(?!jr|sr|ph\.?d|m\.?d|esq|ii|iii))\s*", re.IGNORECASE
)
_NAME_CLASSES = frozenset(("byline-name", "author-name", "p-author", "byline__name"))
_BYLINE_CLASSES = frozenset(("byline", "author", "article-author", "post-author", "entry-author"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_TITLES = (
    "citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title",
    "sailthru.title", "title",
)  # fmt: skip
_AUTHORS = (
    "citation_author", "citation_authors", "author", "dc.creator", "dcterms.creator", "article:author_name",
    "byl", "parsely-author", "sailthru.author", "article:author", "og:article:author", "twitter:data1-author",
)  # fmt: skip
_DATES = (
    "citation_publication_date", "citation_date", "article:published_time", "og:article:published_time",
    "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued",
    "pubdate", "publishdate", "publication_date", "parsely-pub-date", "sailthru.date", "article.published",
    "last-modified-x",
)  # fmt: skip
_SUMMARIES = ("og:description", "description", "dc.description", "twitter:description")


class Told(NamedTuple):
    """What a page says of itself; unknown is empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    site: str = ""
    summary: str = ""
    address: str = ""
    section: str = ""
    rights: str = ""


def read_metadata(root: Element) -> Told:
    """Return what a page says of its article, before anything of the page is left out."""
    meta = _meta(root)
    data = _linked_data(root)
    site = _first(meta, ("og:site_name", "application-name")) or _name(data.get("publisher"))
    headings = [text_of(one).rstrip("¶#§ ") for one in root.iter("h1")][:8]
    said = _text(data.get("headline")) or _first(meta, _TITLES[:-1]) or _text(data.get("name"))
    titles = [text_of(one).replace("¶", "") for one in root.iter("title")][:1]
    title = best_title(said, titles[0] if titles else "", headings, site)
    page = root if name_of(root) == "html" else None
    language = (
        (page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "") if page is not None else ""
    )
    language = (
        language
        or _text(data.get("inLanguage"))
        or _first(meta, ("content-language", "og:locale", "dc.language", "language"))
    )
    hit = _LANGUAGE.fullmatch(language.strip())
    return Told(
        title=title,
        authors=_authors(data, meta, root),
        date=_day(_text(data.get("datePublished")) or _first(meta, _DATES) or _dated(root)),
        language=hit[0].replace("_", "-") if hit else "",
        site=site,
        summary=_first(meta, _SUMMARIES) or _text(data.get("description")),
        address=_address(root, meta),
        section=_text(data.get("articleSection")) or _first(meta, ("article:section",)),
    )


def _meta(root: Element) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for one in root.iter("meta"):
        content = " ".join((one.get("content") or "").split())
        for name in (one.get("name"), one.get("property"), one.get("itemprop"), one.get("http-equiv")):
            if name and content:
                made.setdefault(name.lower(), []).append(content)
    return made


def _first(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


# JSON-LD


def _linked_data(root: Element) -> dict[str, Any]:
    """Return what JSON-LD says of the thing that is most like an article; empty for none."""
    best: dict[str, Any] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_JSON_CHARS:
            continue
        try:
            found = json.loads(script.text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _things(found):
            if _rank(item) > _rank(best):
                best = item
    return best


def _things(found: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [found], 0
    while waiting and seen < MAX_JSON_ITEMS:
        one = waiting.pop()
        seen += 1
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in one]


def _rank(item: Mapping[str, Any]) -> int:
    kind = str(item.get("@type") or "")
    if not _ARTICLE.search(kind):
        return 0
    return 1 + 4 * ("headline" in item) + 2 * ("author" in item) + ("datePublished" in item) - 2 * ("WebPage" in kind)


def _text(value: Any) -> str:
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    if not isinstance(value, str):
        return ""
    return " ".join(_unescaped(value).split())


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _name(value: Any) -> str:
    return _text(value)


# Title


def best_title(said: str, page: str, headings: list[str], site: str) -> str:
    """Return the title of the article: without the site's name, as the heading has it where it has it."""
    for candidate in filter(None, (said, page)):
        for heading in headings:
            if len(heading) > 3 and _alike(heading, candidate):
                return heading
    if said:
        return without_site(said, site, page)
    if page:
        return without_site(page, site, "")
    return headings[0] if len(headings) == 1 else ""


def _alike(heading: str, candidate: str) -> bool:
    """Say whether a heading is a title, or the title with a site's name cut off."""
    small, whole = _bare(heading), _bare(candidate)
    if small == whole or (small and small == _bare(_PARTING.split(candidate)[0])):
        return True
    return (len(small) >= 8 and (whole.startswith(small + " ") or whole.endswith(" " + small))) or (
        len(small) >= 15 and len(whole) >= 15 and small.startswith(whole)
    )


def without_site(title: str, site: str, page: str) -> str:
    """Return a title without the name of its site, which stands before or behind a sign."""
    parts = [(hit.start(), hit.end()) for hit in _PARTING.finditer(title)]
    if not parts:
        return title
    first, last = title[: parts[0][0]], title[parts[-1][1] :]
    if site and _bare(site) == _bare(first):
        return title[parts[0][1] :]
    if site and (_bare(site) == _bare(last) or _bare(last) in _bare(site)):
        return title[: parts[-1][0]]
    head = title[: parts[-1][0]]
    if (not page and len(last.split()) <= 4 and len(head.split()) >= 3) or (len(head) > 3 * len(last) and not page):
        return head
    return title


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


# People and days


def _authors(data: Mapping[str, Any], meta: Mapping[str, list[str]], root: Element) -> tuple[str, ...]:
    said = data.get("author") or data.get("creator")
    names = [_text(one) for one in (said if isinstance(said, list) else [said])]
    found = names_of(names)
    if found:
        return found
    for name in _AUTHORS:
        found = names_of(meta.get(name, []))
        if found:
            return found
    return names_of([text_of(one) for one in _bylines(root)][:3])


def _bylines(root: Element) -> Iterator[Element]:
    """Yield elements that name an author, by ``rel``, microdata or class, the surest first."""
    found: list[tuple[int, Element]] = []
    for one in root.iter():
        if not name_of(one):
            continue
        classes = classes_of(one)
        if one.get("rel") == "author" or one.get("itemprop") == "author":
            found.append((0, one))
        elif classes and not _NAME_CLASSES.isdisjoint(classes):
            found.append((1, one))
        elif classes and not _BYLINE_CLASSES.isdisjoint(classes):
            found.append((2, one))
    found.sort(key=lambda pair: pair[0])
    best = found[0][0] if found else 0
    return (one for rank, one in found if rank == best)


def names_of(said: list[str]) -> tuple[str, ...]:
    """Return names of people: without “By”, split where several stand in one line, none twice."""
    made: dict[str, None] = {}
    for line in said:
        line = _BY.sub("", line.strip()).split(" | ")[0].strip(" ,.|·")
        if any(map(str.isdigit, line)) and find_date(line) is not None:
            continue
        for name in _AND.split(line) if line.count(",") != 1 or " " in line.split(",")[0].strip() else [line]:
            name = _BY.sub("", name.strip(" ,|·"))
            if (
                name
                and len(name) <= MAX_NAME_CHARS
                and not _NO_NAME.search(name)
                and not re.search(r"\d{3}|[.!?]\s+\w", name)
            ):
                made.setdefault(name)
    return tuple(made)[:MAX_AUTHORS]


def _dated(root: Element) -> str:
    for one in root.iter("time"):
        if one.get("datetime") and (one.get("pubdate") is not None or one.get("itemprop") == "datePublished"):
            return one.get("datetime") or ""
    for one in root.iter():
        if isinstance(one.tag, str) and one.get("itemprop") == "datePublished":
            return one.get("content") or one.get("datetime") or text_of(one)
    times = [one.get("datetime") or "" for one in root.iter("time")]
    return times[0] if len(times) == 1 else ""


def _day(said: str) -> str:
    """Return a date as ISO 8601 as far as it is known; as the page says it where that cannot be told."""
    hit = _DATE.match(said.strip().replace("/", "-"))
    if hit:
        return hit[0]
    packed = _PACKED.match(said.strip())
    if packed:
        return f"{packed[1]}-{packed[2]}-{packed[3]}"
    found = find_date(said[:200])
    return found.iso if found else said.strip()[:40]


def _address(root: Element, meta: Mapping[str, list[str]]) -> str:
    links = (one.get("href") or "" for one in root.iter("link") if (one.get("rel") or "").lower() == "canonical")
    found = next(links, "") or _first(meta, ("og:url",))
    return found if found.startswith(("http://", "https://")) else ""
