"""Files that want to do harm, one maker each; every maker takes the address that nobody may call."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>'
    "<dc:title>The ferry</dc:title><dc:language>en</dc:language></metadata><manifest>"
    '<item id="c" href="chapter.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="p" href="picture.png" media-type="image/png"/>'
    '</manifest><spine><itemref idref="c"/></spine></package>'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)

Members = dict[str, str | bytes]


def zipped(members: Members, *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def page(body: str, prolog: str = "", head: str = "") -> str:
    return (
        f'{prolog}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The ferry</title>{head}</head>'
        f"<body><p>The river rose in the night.</p>{body}<p>The ferry did not cross.</p></body></html>"
    )


def epub(body: str = "", prolog: str = "", more: Members | None = None, head: str = "") -> bytes:
    members: Members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/package.opf": PACKAGE,
        "OPS/chapter.xhtml": page(body, prolog, head),
    }
    return zipped(members | (more or {}))


def docx(body: str = "", prolog: str = "", more: Members | None = None) -> bytes:
    document = (
        f'{prolog}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>The river rose.</w:t></w:r></w:p>{body}'
        "<w:p><w:r><w:t>The ferry did not cross.</w:t></w:r></w:p></w:body></w:document>"
    )
    members: Members = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    return zipped(members | (more or {}))


def odt(body: str = "", prolog: str = "", more: Members | None = None) -> bytes:
    content = (
        f"{prolog}<office:document-content {OFFICE}><office:body><office:text><text:p>The river rose.</text:p>{body}"
        "<text:p>The ferry did not cross.</text:p></office:text></office:body></office:document-content>"
    )
    members: Members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(members | (more or {}))


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


PLAIN = "The river rose in the night. The ferry did not cross.\n\n"
LAUGHS = '<!DOCTYPE {root} [<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 11)
)
BILLION_LAUGHS = '<?xml version="1.0"?>' + LAUGHS + "]>"
QUADRATIC = '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "' + "a" * 60_000 + '">]>'


def external(address: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE {{root}} SYSTEM "{address}/a.dtd" [<!ENTITY % remote SYSTEM "{address}/b.dtd">'
        f'%remote; <!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "{address}/c">]>'
    )


def traps(address: str) -> str:
    """Return markup that calls out in all the ways that a browser would follow."""
    return (
        f'<script src="{address}/s.js"></script><script>fetch("{address}/f")</script>'
        f'<link rel="stylesheet" href="{address}/s.css"/><style>@import url({address}/i.css);</style>'
        f'<img src="{address}/i.png" alt="A map"/><img src="file:///etc/passwd" alt="F"/>'
        f'<img src="//127.0.0.1/x" alt=""/>'
        f'<iframe src="{address}/frame"></iframe><object data="{address}/o"></object><embed src="{address}/e"/>'
        f'<form action="{address}/form"><input name="a" value="b"/></form><svg><image href="{address}/v.png"/></svg>'
        f'<video src="{address}/v" poster="{address}/p"></video><base href="{address}/"/>'
        f'<p><a href="javascript:alert(1)">run</a> <a href="file:///etc/passwd">file</a>'
        f' <a href="data:text/html,&lt;script&gt;1&lt;/script&gt;">data</a> <a href="vbscript:x">vb</a></p>'
        f'<p onclick="x()" style="background:url({address}/b.png)">styled</p>'
        f'<meta http-equiv="refresh" content="0;url={address}/r"/>'
    )


def overridden() -> str:
    return "Title \u202egnp.exe\u2066 end"


Maker = Callable[[str], bytes]
MAKERS: dict[str, tuple[str, Maker]] = {}


def add(name: str, suffix: str, maker: Maker) -> None:
    MAKERS[name] = (suffix, maker)


WRAPPED: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "html": (".html", lambda body: page(body).encode()),
    "epub": (".epub", lambda body: epub(body)),
}
for _kind, (_suffix, _wrap) in WRAPPED.items():
    add(f"{_kind}: calls out", _suffix, lambda address, wrap=_wrap: wrap(traps(address)))
    add(f"{_kind}: nested 100,000 deep", _suffix, lambda _a, wrap=_wrap: wrap("<div>" * 100_000 + "x"))
    add(f"{_kind}: nested and closed", _suffix, lambda _a, wrap=_wrap: wrap("<b>" * 50_000 + "x" + "</b>" * 50_000))
    add(
        f"{_kind}: quotations in quotations",
        _suffix,
        lambda _a, wrap=_wrap: wrap("<blockquote><ul><li>" * 20_000 + "x" + "</li></ul></blockquote>" * 20_000),
    )
    add(f"{_kind}: a long line", _suffix, lambda _a, wrap=_wrap: wrap("<p>" + "word " * (10 * 2**20 // 5) + "</p>"))
    add(
        f"{_kind}: 10,000 notes",
        _suffix,
        lambda _a, wrap=_wrap: wrap(
            "".join(f'<p>T<a id="r{n}" href="#n{n}"><sup>{n}</sup></a></p>' for n in range(10_000))
            + "".join(f'<p id="n{n}"><a href="#r{n}">{n}</a> A note.</p>' for n in range(10_000))
        ),
    )
    add(
        f"{_kind}: notes in a circle",
        _suffix,
        lambda _a, wrap=_wrap: wrap(
            '<p>T<a id="r1" href="#n1"><sup>1</sup></a></p>'
            '<aside id="n1" role="doc-footnote"><p>A<a href="#n2"><sup>2</sup></a></p></aside>'
            '<aside id="n2" role="doc-footnote"><p>B<a href="#n1"><sup>1</sup></a></p></aside>'
        ),
    )
    add(
        f"{_kind}: one id for all",
        _suffix,
        lambda _a, wrap=_wrap: wrap('<p id="n">T<a href="#n"><sup>1</sup></a></p>' * 5_000),
    )
    add(
        f"{_kind}: a table of one row and 100,000 cells, spanning",
        _suffix,
        lambda _a, wrap=_wrap: wrap(
            "<table><tr>" + '<td colspan="1000" rowspan="65534">x</td>' * 100_000 + "</tr></table>"
        ),
    )
    add(
        f"{_kind}: attributes",
        _suffix,
        lambda _a, wrap=_wrap: wrap("<p " + " ".join(f'a{n}="x"' for n in range(50_000)) + ">x</p>"),
    )

for _name, _prolog, _body in (
    ("a billion laughs", lambda _a: BILLION_LAUGHS, "&l10;"),
    ("quadratic entities", lambda _a: QUADRATIC, "&a;" * 20_000),
    ("external entities", external, "&file;&net;"),
):
    add(
        f"html: {_name}",
        ".xhtml",
        lambda a, p=_prolog, b=_body: page(f"<p>{b}</p>", p(a).replace("{root}", "html")).encode(),
    )
    add(f"epub: {_name}", ".epub", lambda a, p=_prolog, b=_body: epub(f"<p>{b}</p>", p(a).replace("{root}", "html")))
    add(
        f"docx: {_name}",
        ".docx",
        lambda a, p=_prolog, b=_body: docx(
            f"<w:p><w:r><w:t>{b}</w:t></w:r></w:p>", p(a).replace("{root}", "w:document")
        ),
    )
    add(
        f"odt: {_name}",
        ".odt",
        lambda a, p=_prolog, b=_body: odt(f"<text:p>{b}</text:p>", p(a).replace("{root}", "office:document-content")),
    )

BOMB_BYTES = 400 * 2**20
OUTSIDE: Members = {
    "../outside.txt": "x", "/absolute.txt": "x", "..\\outside.txt": "x", "C:\\outside.txt": "x",
    "%2e%2e/outside.txt": "x", "OPS/../../outside.txt": "x",
}  # fmt: skip


def linked(data: bytes) -> bytes:
    """Return the archive with a symbolic link to a file of the system in it."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        for name in ("OPS/picture.png", "word/media/image1.png", "Pictures/1.png"):
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return made.getvalue()


for _kind, _suffix, _make, _main in (
    ("epub", ".epub", epub, "OPS/chapter.xhtml"),
    ("docx", ".docx", docx, "word/document.xml"),
    ("odt", ".odt", odt, "content.xml"),
):
    add(f"{_kind}: a bomb in its main part", _suffix, lambda _a, m=_make, n=_main: m(more={n: b"\0" * BOMB_BYTES}))
    add(f"{_kind}: a bomb beside it", _suffix, lambda _a, m=_make: m(more={"OPS/picture.png": b"\0" * BOMB_BYTES}))
    add(f"{_kind}: archives in archives", _suffix, lambda _a, m=_make: m(more={"a.zip": zipped({"b.zip": m()})}))
    add(f"{_kind}: its main part an archive", _suffix, lambda _a, m=_make, n=_main: m(more={n: m()}))
    add(f"{_kind}: names that lead out", _suffix, lambda _a, m=_make: m(more=OUTSIDE))
    add(f"{_kind}: links", _suffix, lambda _a, m=_make: linked(m()))
    add(f"{_kind}: 60,000 members", _suffix, lambda _a, m=_make: m(more={f"f{n}": "" for n in range(60_000)}))
    add(
        f"{_kind}: a picture of 60,000 by 60,000",
        _suffix,
        lambda _a, m=_make: m(more={"OPS/picture.png": png(60_000, 60_000)}),
    )
    add(f"{_kind}: cut in half", _suffix, lambda _a, m=_make: m()[: len(m()) // 2])
    add(f"{_kind}: without its end", _suffix, lambda _a, m=_make: m()[:-30])
    add(f"{_kind}: only a beginning", _suffix, lambda _a: b"PK\x03\x04")
    add(f"{_kind}: noise", _suffix, lambda _a: random.Random(1).randbytes(100_000))
    add(f"{_kind}: a text by a wrong name", _suffix, lambda _a: PLAIN.encode())
    add(f"text: {_kind} by a wrong name", ".txt", lambda _a, m=_make: m())

add(
    "docx: nested 100,000 deep",
    ".docx",
    lambda _a: docx("<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000),
)
add("docx: smart tags", ".docx", lambda _a: docx("<w:smartTag>" * 100_000 + "</w:smartTag>" * 100_000))
add(
    "odt: nested 100,000 deep",
    ".odt",
    lambda _a: odt("<text:list><text:list-item>" * 50_000 + "</text:list-item></text:list>" * 50_000),
)
add(
    "epub: a font",
    ".epub",
    lambda a: epub(
        more={"OPS/f.ttf": b"\0\1\0\0" + b"\xff" * 100_000}, head=f"<style>@font-face{{src:url({a}/f)}}</style>"
    ),
)
add(
    "markdown: calls out",
    ".md",
    lambda a: (PLAIN + traps(a) + f"\n\n![a]({a}/x.png) ![b](../../../etc/passwd) [c](javascript:x)\n").encode(),
)
add("markdown: quotations in quotations", ".md", lambda _a: (">" * 100_000 + " x\n").encode())
add("markdown: brackets", ".md", lambda _a: b"[" * 100_000 + b"x" + b"](" * 50_000)
add("markdown: emphasis", ".md", lambda _a: b"*a _b " * 50_000)
add("markdown: back quotes", ".md", lambda _a: b"".join(b"`" * n + b"a" for n in range(1, 1_200)))
add("markdown: lists in lists", ".md", lambda _a: "".join("  " * n + "- x\n" for n in range(2_000)).encode())
add("markdown: tags", ".md", lambda _a: b"<div>\n" * 100_000 + b"x")
add("markdown: comments left open", ".md", lambda _a: b"<!-- " * 100_000)
add(
    "markdown: 10,000 notes",
    ".md",
    lambda _a: "".join(f"T.[^{n}]\n\n[^{n}]: Note[^{(n + 1) % 10_000}].\n\n" for n in range(10_000)).encode(),
)
add("markdown: one label for all", ".md", lambda _a: b"T.[^1]\n\n[^1]: Note.\n\n" * 5_000)
add(
    "markdown: a table",
    ".md",
    lambda _a: b"|" + b"a|" * 20_000 + b"\n|" + b"-|" * 20_000 + b"\n" + (b"|" + b"b|" * 200 + b"\n") * 500,
)
add(
    "markdown: references",
    ".md",
    lambda _a: b"[a][b] " * 50_000 + b"\n\n" + b"".join(b"[a%d]: x\n" % n for n in range(20_000)),
)
add(
    "markdown: a header of aliases",
    ".md",
    lambda _a: b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\n" + PLAIN.encode(),
)
add("markdown: a title that turns around", ".md", lambda _a: f"# {overridden()}\n\n{PLAIN}".encode())
add("html: a title that turns around", ".html", lambda _a: page(f"<h1>{overridden()}</h1>").encode())
add("text: a line of 50 MB", ".txt", lambda _a: b"the council met again and again " * (50 * 2**20 // 32))
add("text: one letter 20 million times", ".txt", lambda _a: b"a" * 20_000_000)
add(
    "text: notes",
    ".txt",
    lambda _a: (
        "".join(f"Text [{n}].\n\n" for n in range(10_000)).encode()
        + b"Notes\n\n"
        + "".join(f"[{n}] Note.\n" for n in range(10_000)).encode()
    ),
)
add("text: empty lines", ".txt", lambda _a: b"a\n" + b"\n" * 5_000_000 + b"b\n")
add("text: white space", ".txt", lambda _a: (b" " * 5_000 + b"\t\xc2\xa0" * 5_000 + b"a\n") * 100)
add("text: combining marks", ".txt", lambda _a: ("a" + "\u0301\u0323" * 1_000_000).encode())
add("text: bytes", ".txt", lambda _a: random.Random(2).randbytes(1_000_000))


def write(name: str, folder: Path, address: str) -> Path:
    suffix, maker = MAKERS[name]
    path = folder / f"hostile{suffix}"
    path.write_bytes(maker(address))
    return path
