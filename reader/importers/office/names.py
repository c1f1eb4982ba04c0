"""What the name of a style says a paragraph is, in the languages that office programs speak."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    HEADING = auto()
    TITLE = auto()
    SUBTITLE = auto()
    CONTENTS = auto()
    CAPTION = auto()
    QUOTATION = auto()
    CODE = auto()
    VERSE = auto()
    REFERENCE = auto()
    TERM = auto()
    DEFINITION = auto()
    NOTE = auto()
    BODY = auto()


class Role(NamedTuple):
    """What a paragraph is; ``level`` is 1 to 9 for a heading, else 0."""

    kind: Kind
    level: int = 0


# Word takes letters beyond ASCII out of the names of styles when it makes their ids: hence "berschrift".
_HEADINGS = frozenset((
    "heading", "überschrift", "berschrift", "titre", "título", "ttulo", "titulo", "titolo", "заголовок", "标题",
    "標題", "見出し", "제목", "kop", "rubrik", "overskrift", "otsikko", "nagłówek", "nagwek", "nadpis", "címsor",
    "cmsor", "başlık", "balk", "επικεφαλίδα", "titlu", "encabezado", "cabeçalho", "heading level", "titolo livello",
    "عنوان", "כותרת", "tiêu đề", "หัวเรื่อง", "antraštė", "virsraksts", "pealkiri", "naslov", "наслов", "заглавие",
    "título de sección", "chapter heading level",
))  # fmt: skip
_TITLES = frozenset((
    "title", "titel", "название", "表題", "document title", "tittel", "otsikko", "tytuł", "název", "názov", "cím",
    "konu başlığı", "τίτλος", "titolo documento", "titolo principale", "book title", "titre principal", "puesto",
))  # fmt: skip
_SUBTITLES = frozenset((
    "subtitle", "untertitel", "soustitre", "sous-titre", "subtítulo", "sottotitolo", "подзаголовок", "副标题", "副題",
    "ondertitel", "underrubrik", "undertitel", "undertittel", "alaotsikko", "podtytuł", "podtitul", "alcím",
))  # fmt: skip
_CONTENTS = frozenset((
    "toc", "verzeichnis", "contents", "table of contents", "tableofcontents", "inhaltsverzeichnis", "tdm", "tdc",
    "sommario", "оглавление", "目录", "目次", "toc heading", "tocheading", "contents heading", "table of figures",
    "tableoffigures", "abbildungsverzeichnis", "inhopg", "innehåll", "indholdsfortegnelse",
    "inhaltsverzeichnisüberschrift", "spis treści",
    "obsah", "illustration index", "illustration index heading", "table index", "table index heading",
    "titre tr", "titre de tdm", "table des matières", "table of authorities", "toa heading", "list of figures heading",
    "figure index", "figure index heading", "content heading", "tdc heading", "sumário",
))  # fmt: skip
_OTHERS = {
    Kind.CAPTION: (
        "caption", "beschriftung", "légende", "lgende", "legenda", "leyenda", "didascalia", "epígrafe", "descripción",
        "название объекта", "题注", "図表番号", "bijschrift", "beskrivning", "billedtekst", "bildetekst", "kuvaotsikko",
        "podpis", "titulek", "image caption", "imagecaption", "tablecaption", "figurecaption",
        "table caption", "figure caption", "captioned figure caption",
        "illustration", "figure title", "table title", "caption figure", "caption table",
    ),
    Kind.QUOTATION: (
        "quote", "intense quote", "intensequote", "block text", "blocktext", "quotations", "quotation", "block quote",
        "blockquote", "block quotation", "zitat", "intensives zitat", "intensiveszitat", "blockzitat", "citation",
        "citation intense", "citationintense", "cita", "cita destacada", "citadestacada", "citazione", "citat",
        "citazione intensa", "citação", "citao", "citação intensa", "цитата", "выделенная цитата", "citaat",
        "duidelijk citaat", "starkt citat", "stærkt citat", "sitat", "sterkt sitat", "lainaus", "erottuva lainaus",
        "cytat", "cytat intensywny", "výrazný citát", "citát", "引用", "引用文", "明显引用", "normal text quote",
        "texte de bloc", "texto de bloque", "testo del blocco", "extract", "long quote", "long quotation",
    ),
    Kind.CODE: (
        "code", "source code", "sourcecode", "preformatted text", "preformattedtext", "html preformatted",
        "htmlpreformatted", "html vorformatiert", "html préformaté", "code block", "codeblock", "verbatim", "listing",
        "program listing", "preformatted", "vorformatierter text", "макрос", "macro text", "quellcode", "code listing",
    ),
    Kind.VERSE: ("verse", "poem", "poetry", "line block", "lineblock", "gedicht", "vers", "strophe", "poème", "poesia"),
    Kind.REFERENCE: (
        "bibliography", "literaturverzeichnis", "bibliographie", "bibliografía", "bibliografia", "список литературы",
        "references", "reference", "reference list", "endnote bibliography", "bibliography 1",
        "citavi bibliography entry",
    ),
    Kind.TERM: ("definition term", "definitionterm", "definition term tight", "list heading"),
    Kind.DEFINITION: ("definition", "definition definition", "list contents"),
    Kind.NOTE: ("footnote text", "footnotetext", "endnote text", "endnotetext", "fußnotentext", "footnote", "endnote"),
    Kind.BODY: ("note level",),
}  # fmt: skip
_NUMBERED = re.compile(r"(.*?\D)\s*([1-9])")
_KINDS = {name: kind for kind, names in _OTHERS.items() for name in names}
_KINDS |= dict.fromkeys(_CONTENTS, Kind.CONTENTS)
_KINDS |= dict.fromkeys(_SUBTITLES, Kind.SUBTITLE)
_KINDS |= dict.fromkeys(_TITLES, Kind.TITLE)
_CODE_SPANS = frozenset((
    "html code", "htmlcode", "verbatim char", "verbatimchar", "source text", "html typewriter", "html keyboard",
    "html sample", "code char", "codechar", "inline code", "inlinecode", "code", "source code char", "teletype",
    "code in text", "html variable", "htmltypewriter", "htmlkeyboard", "htmlsample", "user entry", "user_20_entry",
))  # fmt: skip


def role_of(name: str) -> Role | None:
    """Return what a paragraph style's name (or id) says; None for one that says nothing known."""
    known = _folded(name)
    if not known:
        return None
    numbered = _NUMBERED.fullmatch(known)
    if numbered:
        stem = numbered[1].rstrip()
        if stem in _HEADINGS:
            return Role(Kind.HEADING, int(numbered[2]))
        kind = _KINDS.get(stem)
        return Role(kind) if kind in (Kind.CONTENTS, Kind.QUOTATION, Kind.REFERENCE, Kind.BODY) else None
    kind = _KINDS.get(known)
    return Role(kind) if kind else None


def is_code(name: str) -> bool:
    """Say whether a character style is for code."""
    return _folded(name) in _CODE_SPANS


def _folded(name: str) -> str:
    name = unicodedata.normalize("NFC", name).split(",")[0].split(";")[0]  # "heading 1,H1": aliases
    return " ".join(name.replace("_20_", " ").replace("_", " ").casefold().split())
