"""The walk through an OpenDocument text: what each element's beginning and end mean. It is no recursion."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.importers.odt import tables
from reader.importers.odt.frames import close_box, close_link, frame, open_link, open_shape
from reader.importers.odt.story import Paragraph, Story
from reader.importers.odt.styles import DC, DRAW, OFFICE, TABLE, TEXT, whole
from reader.importers.office.gathered import comment_reason
from reader.importers.office.line import Line
from reader.importers.office.names import Kind, Role
from reader.importers.office.placing import Whole, end, place

if TYPE_CHECKING:
    from lxml import etree

MAX_SPACES = 1000
MAX_ANCHOR_CHARS = 300
"""Of the text that a comment stands at."""
BOLD_SHARE = 0.95

_WHITE = re.compile(r"[ \t\r\n]+")
_SHAPES = tuple(DRAW + name for name in ("custom-shape", "rect", "ellipse", "polygon", "line", "path"))
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def walk(story: Story, root: etree._Element) -> None:
    """Put what an element holds into the story's flow."""
    path = [root]
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            done = path.pop()
            closer = _CLOSERS.get(done.tag)
            if closer is not None:
                closer(story, done)
            if path:
                _say(story, done.tail)
            continue
        opener = _OPENERS.get(child.tag)
        if opener is None or opener(story, child):
            path.append(child)
            waiting.append(iter(child))
            _say(story, child.text)
        else:
            _say(story, child.tail)
    end(story.gathered, story.flow)


def _say(story: Story, said: str | None) -> None:
    if said and story.paragraph is not None:
        say(story, _WHITE.sub(" ", said))


def say(story: Story, said: str) -> None:
    """Put text into the paragraph, as it is set here."""
    paragraph = story.paragraph
    look = story.look
    if paragraph is None or look.hidden:
        return
    said = said.replace(_SOFT_HYPHEN, "")
    letters = len(said) - said.count(" ")
    paragraph.letters += letters
    paragraph.bold_letters += letters if look.bold else 0
    if letters and look.size:
        paragraph.size = min(paragraph.size or look.size, look.size)
    for _index, _author, heard in story.comments.values():
        if sum(map(len, heard)) < MAX_ANCHOR_CHARS:
            heard.append(said)
    paragraph.line.put(said, story.format(said))


def plain(element: etree._Element) -> str:
    """Return all text in an element."""
    return "".join(map(str, element.itertext()))


def _open_paragraph(story: Story, element: etree._Element) -> bool:
    named = story.styles.of("paragraph", element.get(TEXT + "style-name") or "")
    role = named.role
    line = Line()
    item = story.lists.item()
    if element.tag == TEXT + "h":
        level = whole(element.get(TEXT + "outline-level"), 1)
        role = role if role is not None and role.kind in (Kind.TITLE, Kind.CONTENTS) else Role(Kind.HEADING, level)
        if element.get(TEXT + "is-list-header") != "true":
            line.prefix = story.outline.label(level)
    story.paragraph = Paragraph(line, named, role, item, bool(story.lists.open))
    return True


def _close_paragraph(story: Story, element: etree._Element) -> None:
    paragraph, story.paragraph = story.paragraph, None
    if paragraph is None:
        return
    place(
        story.gathered,
        story.flow,
        Whole(
            paragraph.line,
            paragraph.role,
            item=paragraph.item,
            inside=paragraph.in_list and paragraph.item is None,
            is_caption=paragraph.is_caption,
            in_body=story.is_body,
            free=not story.places and not story.tables,
            counted=paragraph.in_list,
            bold=paragraph.letters > 0 and paragraph.bold_letters >= BOLD_SHARE * paragraph.letters,
            size=paragraph.size,
            centred=paragraph.named.centred,
        ),
    )
    for box in paragraph.boxes:
        if len(box):
            story.flow.end_lists()
            story.flow.add(box)


def _open_span(story: Story, element: etree._Element) -> bool:
    own = story.styles.of("text", element.get(TEXT + "style-name") or "").look
    story.looks.append(own.over(story.look))
    return True


def _close_span(story: Story, element: etree._Element) -> None:
    story.looks.pop()


def _spaces(story: Story, element: etree._Element) -> bool:
    say(story, " " * min(whole(element.get(TEXT + "c"), 1), MAX_SPACES))
    return False


def _tab(story: Story, element: etree._Element) -> bool:
    say(story, "\t")
    return False


def _line_break(story: Story, element: etree._Element) -> bool:
    paragraph = story.paragraph
    if paragraph is not None and paragraph.role is not None and paragraph.role.kind is Kind.CODE:
        paragraph.line.put("\n")
    elif paragraph is not None:
        paragraph.line.brk()
    return False


def _counter(story: Story, element: etree._Element) -> bool:
    if story.paragraph is not None:
        story.paragraph.is_caption = True
    return True


def _ruby(story: Story, element: etree._Element) -> bool:
    base = "".join(plain(one) for one in element.iterfind(TEXT + "ruby-base"))
    above = "".join(plain(one) for one in element.iterfind(TEXT + "ruby-text"))
    say(story, f"{base}({above})" if above else base)
    return False


def _bookmark(story: Story, element: etree._Element) -> bool:
    name = element.get(TEXT + "name")
    if name:
        story.gathered.bookmarks.append(name)
    return False


# Lists


def _open_list(story: Story, element: etree._Element) -> bool:
    story.lists.begin(element)
    return True


def _close_list(story: Story, element: etree._Element) -> None:
    story.lists.end(element)
    story.flow.rise(len(story.lists.open))


def _open_item(story: Story, element: etree._Element) -> bool:
    story.lists.begin_item(element)
    return True


# Notes, comments, what is left out


def _note(story: Story, element: etree._Element) -> bool:
    """Put a mark; the body of the note is read next, apart from the paragraph."""
    body = element.find(TEXT + "note-body")
    if story.paragraph is None or body is None or story.look.hidden:
        return False
    citation = element.find(TEXT + "note-citation")
    said = (citation.get(TEXT + "label") or plain(citation)) if citation is not None else ""
    is_end = element.get(TEXT + "note-class") == "endnote"
    key = _free_key(story, said.strip(), "e" if is_end else "2")
    made = Element("sup")
    story.paragraph.line.thing(made)
    story.gathered.marks[made] = key
    into = Element("body")
    story.notes.append((key, into))
    story.push(into, is_body=False)
    return True


def _free_key(story: Story, label: str, scope: str) -> str:
    """Return a key that ends in the note's sign, and that no other note has."""
    key = label or scope
    if key in story.keys:
        key = f"{scope}:{label}"
    while key in story.keys:
        story.repeated += 1
        key = f"{scope}.{story.repeated}:{label}"
    story.keys.add(key)
    return key


def _close_note(story: Story, element: etree._Element) -> None:
    story.pop()


def _comment(story: Story, element: etree._Element) -> bool:
    said = "\n".join(filter(None, (plain(one).strip() for one in element.iter(TEXT + "p", TEXT + "h"))))
    author = (element.findtext(DC + "creator") or "").strip()
    if story.paragraph is None or not said:
        return False
    remark = story.gathered.aside(said, comment_reason(author, ""))
    story.paragraph.line.remark(remark)
    name = element.get(OFFICE + "name")
    if name:
        story.comments[name] = (int(remark), author, [])
    return False


def _comment_end(story: Story, element: etree._Element) -> bool:
    index, author, heard = story.comments.pop(element.get(OFFICE + "name") or "", (-1, "", []))
    if index >= 0:
        about = " ".join("".join(heard).split())[:MAX_ANCHOR_CHARS]
        remarks = story.gathered.remarks
        remarks[index] = replace(remarks[index], reason=comment_reason(author, about))
    return False


def _contents(story: Story, element: etree._Element) -> bool:
    for body in element.iterfind(TEXT + "index-body"):
        for line in body.iter(TEXT + "p", TEXT + "h"):
            story.gathered.contents.append(plain(line))
    return False


def _changes(story: Story, element: etree._Element) -> bool:
    story.gathered.deletions += sum(1 for _one in element.iter(TEXT + "deletion"))
    return False


def _section(story: Story, element: etree._Element) -> bool:
    return element.get(TEXT + "display") != "none"


def _pass_over(story: Story, element: etree._Element) -> bool:
    return False


_OPENERS: dict[object, Callable[[Story, etree._Element], bool]] = {
    TEXT + "p": _open_paragraph,
    TEXT + "h": _open_paragraph,
    TEXT + "span": _open_span,
    TEXT + "s": _spaces,
    TEXT + "tab": _tab,
    TEXT + "line-break": _line_break,
    TEXT + "a": open_link,
    TEXT + "sequence": _counter,
    TEXT + "ruby": _ruby,
    TEXT + "bookmark": _bookmark,
    TEXT + "bookmark-start": _bookmark,
    TEXT + "reference-mark": _bookmark,
    TEXT + "reference-mark-start": _bookmark,
    TEXT + "list": _open_list,
    TEXT + "list-item": _open_item,
    TEXT + "list-header": _open_item,
    TEXT + "note": _note,
    TEXT + "section": _section,
    TEXT + "tracked-changes": _changes,
    OFFICE + "annotation": _comment,
    OFFICE + "annotation-end": _comment_end,
    TABLE + "table": tables.open_table,
    TABLE + "table-header-rows": tables.open_head,
    TABLE + "table-row": tables.open_row,
    TABLE + "table-cell": tables.open_cell,
    TABLE + "covered-table-cell": tables.covered_cell,
    DRAW + "a": open_link,
    DRAW + "frame": frame,
    DRAW + "text-box": open_shape,
    **dict.fromkeys(_SHAPES, open_shape),
    **dict.fromkeys(
        (
            TEXT + name
            for name in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index")
        ),
        _contents,
    ),
    **dict.fromkeys(
        (
            TEXT + name
            for name in (
                "note-citation", "sequence-decls", "variable-decls", "user-field-decls", "hidden-text", "number",
                "placeholder", "script", "alphabetical-index-source", "bibliography-source", "dde-connection-decls",
                "alphabetical-index-auto-mark-file", "meta-source", "soft-page-break",
            )
        ),
        _pass_over,
    ),
    **dict.fromkeys((OFFICE + "forms", OFFICE + "scripts", TABLE + "table-columns", TABLE + "shapes"), _pass_over),
}  # fmt: skip
_CLOSERS: dict[object, Callable[[Story, etree._Element], None]] = {
    TEXT + "p": _close_paragraph,
    TEXT + "h": _close_paragraph,
    TEXT + "span": _close_span,
    TEXT + "a": close_link,
    TEXT + "list": _close_list,
    TEXT + "note": _close_note,
    TABLE + "table": tables.close_table,
    TABLE + "table-header-rows": tables.close_head,
    TABLE + "table-cell": tables.close_cell,
    DRAW + "a": close_link,
    DRAW + "text-box": close_box,
    **dict.fromkeys(
        (DRAW + name for name in ("custom-shape", "rect", "ellipse", "polygon", "line", "path")), close_box
    ),
}
