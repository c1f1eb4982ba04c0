"""More files that want to do harm: Word and OpenDocument files that call out, notes without end, pictures that lie."""

from __future__ import annotations

import base64

from tests.importers.hostile_files import MAKERS, PLAIN, Maker, Members, add, docx, epub, odt, page, png, write

__all__ = ["MAKERS", "write"]

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
DRAWN = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><a:graphic xmlns:a="{DRAWING}/main">'
    f'<a:graphicData><a:blip xmlns:r="{RELATED}" r:{{how}}="{{target}}"/></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKED = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
LEADING = ("javascript:alert(1)", "vbscript:x", "data:text/html,&lt;script&gt;1&lt;/script&gt;", "file:///etc/passwd")
MANY = 10_000


def related(parts: dict[str, tuple[str, str, bool]]) -> Members:
    """Return the relations of a Word file's main part: of each its kind, its target, and whether it lies outside."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for name, (kind, target, outside) in parts.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{listed}</Relationships>'}


def calling_docx(address: str) -> bytes:
    links = {f"l{number}": ("hyperlink", target, True) for number, target in enumerate(LEADING)}
    relations = {
        **links,
        "template": ("attachedTemplate", f"{address}/t.dotm", True),
        "picture": ("image", f"{address}/i.png", True),
        "inside": ("image", "file:///etc/passwd", True),
        "above": ("image", "../../../../etc/passwd", False),
        "frame": ("frame", f"{address}/frame", True),
        "chunk": ("aFChunk", f"{address}/chunk.html", True),
        "notes": ("footnotes", f"{address}/notes.xml", True),
        "object": ("oleObject", f"{address}/o", True),
    }
    body = "".join(
        f'<w:p><w:hyperlink xmlns:r="{RELATED}" r:id="{name}"><w:r><w:t>run</w:t></w:r></w:hyperlink></w:p>'
        for name in links
    )
    body += "".join(DRAWN.format(how=how, target=name) for how in ("link", "embed") for name in relations)
    body += f'<w:altChunk xmlns:r="{RELATED}" r:id="chunk"/>'
    for field in (
        f"INCLUDEPICTURE {address}/f.png",
        'HYPERLINK "javascript:x"',
        "DDEAUTO c:\\\\cmd.exe /c",
        "INCLUDETEXT /etc/passwd",
    ):
        body += f"<w:p><w:fldSimple w:instr='{field}'><w:r><w:t>field</w:t></w:r></w:fldSimple></w:p>"
    return docx(body, more=related(relations))


def calling_odt(address: str) -> bytes:
    body = "".join(f'<text:p {LINKED}><text:a xlink:href="{target}">run</text:a></text:p>' for target in LEADING)
    for target in (f"{address}/i.png", "file:///etc/passwd", "../../../etc/passwd", "/etc/passwd"):
        body += f'<text:p {LINKED}><draw:frame><draw:image xlink:href="{target}"/></draw:frame></text:p>'
        body += f'<text:section {LINKED}><text:section-source xlink:href="{target}"/></text:section>'
        body += f'<text:p {LINKED}><draw:frame><draw:object xlink:href="{target}"/></draw:frame></text:p>'
    return odt(body)


def noted_docx(body: str, notes: str) -> bytes:
    space = f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'
    return docx(body, more=related({"notes": ("footnotes", "footnotes.xml", False)}) | {"word/footnotes.xml": space})


def marked(number: int) -> str:
    return f'<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'


def noted(number: int, body: str = "<w:p><w:r><w:t>Note.</w:t></w:r></w:p>") -> str:
    return f'<w:footnote w:id="{number}">{body}</w:footnote>'


def noted_in_odt(number: int, body: str = "<text:p>Note.</text:p>") -> str:
    return (
        f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{body}</text:note-body></text:note>"
    )


add("docx: calls out", ".docx", calling_docx)
add("odt: calls out", ".odt", calling_odt)
add(
    "docx: 10,000 notes",
    ".docx",
    lambda _a: noted_docx("".join(map(marked, range(2, MANY + 2))), "".join(map(noted, range(2, MANY + 2)))),
)
add("docx: notes in a circle", ".docx", lambda _a: noted_docx(marked(2), noted(2, marked(3)) + noted(3, marked(2))))
add("docx: one id for all", ".docx", lambda _a: noted_docx(marked(2) * MANY, noted(2) * MANY))
add(
    "odt: 10,000 notes",
    ".odt",
    lambda _a: odt("".join(f"<text:p>Text{noted_in_odt(number)}</text:p>" for number in range(MANY))),
)
add("odt: one id for all", ".odt", lambda _a: odt(f"<text:p>Text{noted_in_odt(1)}</text:p>" * MANY))
add(
    "odt: notes in notes",
    ".odt",
    lambda _a: odt(
        "<text:p>Text<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>" * 5_000
        + "</text:p></text:note-body></text:note></text:p>" * 5_000
    ),
)
add(
    "markdown: notes in a circle",
    ".md",
    lambda _a: (PLAIN + "Text.[^1]\n\n[^1]: One.[^2]\n[^2]: Two.[^1]\n[^3]: Itself.[^3]\n").encode(),
)
add("markdown: a line of 50 MB", ".md", lambda _a: b"the council met again and again " * (50 * 2**20 // 32))
add("markdown: a line of many links", ".md", lambda _a: b"it met *again* and [again](x) " * (2 * 2**20 // 30))


def always(made: bytes) -> Maker:
    return lambda _address: made


LYING = png(60_000, 60_000)
CARRIED = f'<img alt="A map" src="data:image/png;base64,{base64.b64encode(LYING).decode()}"/>'
for _kind, _suffix, _made in (
    ("html", ".html", page(CARRIED).encode()),
    ("epub", ".epub", epub('<img src="picture.png" alt="A map"/>', more={"OPS/picture.png": LYING})),
    (
        "docx",
        ".docx",
        docx(
            DRAWN.format(how="embed", target="r1"),
            more=related({"r1": ("image", "media/1.png", False)}) | {"word/media/1.png": LYING},
        ),
    ),
    (
        "odt",
        ".odt",
        odt(
            f'<text:p {LINKED}><draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>',
            more={"Pictures/1.png": LYING},
        ),
    ),
):  # fmt: skip
    add(f"{_kind}: a shown picture of 60,000 by 60,000", _suffix, always(_made))
