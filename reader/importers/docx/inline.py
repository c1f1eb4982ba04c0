"""What stands in a paragraph: runs, text, breaks, fields, links, marks, comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.importers.docx.fields import Field, shown_without_result
from reader.importers.docx.maths import linear
from reader.importers.docx.notes import ENDNOTE, FOOTNOTE
from reader.importers.docx.parts import R, W
from reader.importers.docx.story import MAX_ANCHOR_CHARS, MAX_OPEN_COMMENTS, Mark, Run, Story
from reader.importers.docx.styles import Look, look_of
from reader.importers.office.gathered import comment_reason
from reader.importers.office.line import Format
from reader.importers.office.names import Kind
from reader.importers.office.symbols import in_font, symbol
from reader.importers.office.targets import safe_target

if TYPE_CHECKING:
    from lxml import etree

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_EASTERN = "\u2e80"
_SEQUENCE = re.compile(r"\s*SEQ\s+(?!Equation|Gleichung|MTEqn)", re.IGNORECASE)
MAX_SIGN = 8
"""Characters of a note's own sign; what is longer is text behind it."""


def open_run(story: Story, element: etree._Element) -> bool:
    if story.paragraph is None:
        return False
    properties = element.find(W + "rPr")
    styles = story.source.styles
    if properties is None:  # most runs: they look as their paragraph does
        story.run = Run(styles.plain(story.paragraph.style.look))
        return not story.run.look.hidden
    direct = look_of(properties)
    named = properties.find(W + "rStyle")
    if named is not None:
        direct = direct.over(styles.character(named.get(W + "val") or ""))
    look = direct.over(story.paragraph.style.look).over(styles.defaults)
    if look.hidden:
        return False
    story.run = Run(look, _format(story, direct))
    return True


def _format(story: Story, look: Look) -> Format:
    role = story.paragraph.role if story.paragraph is not None else None
    kind = role.kind if role is not None else None
    heading = kind in (Kind.HEADING, Kind.TITLE)
    return Format(
        strong=bool(look.bold) and not heading,
        emphasis=bool(look.italic),
        code=bool(look.code) and kind is not Kind.CODE,
        sub=look.vertical == "subscript",
        sup=look.vertical == "superscript",
    )


def close_run(story: Story, element: etree._Element) -> None:
    end_mark(story)
    story.run = Run()


def text(story: Story, element: etree._Element) -> bool:
    say(story, element.text or "")
    return False


def say(story: Story, said: str) -> None:
    """Put text into the paragraph, as the run that is open is set."""
    paragraph, run = story.paragraph, story.run
    if paragraph is None or not said:
        return
    if story.hidden:
        if story.fields[-1].in_contents:
            paragraph.contents.append(said)
        return
    said = in_font(said, run.look.font or "").replace(SOFT_HYPHEN, "")
    if story.mark is not None:
        story.mark.sign.append(said)
        return
    if story.sign:
        said = _without_sign(story, said)
    if not said:  # it was a soft hyphen, or the sign of a note
        return
    _hear(story, said)
    _measure(story, said)
    link, language = story.link, _language(story, said)
    plain = not link and not language
    paragraph.line.put(said, run.form if plain else run.form._replace(link=link, language=language))


def _hear(story: Story, said: str) -> None:
    """Remember what comments are about."""
    for heard in story.ranges.values():
        if sum(map(len, heard)) < MAX_ANCHOR_CHARS:
            heard.append(said)


def _without_sign(story: Story, said: str) -> str:
    """Return a note's first words without the sign that its mark shows too."""
    sign, story.sign = story.sign, ""
    rest = said.lstrip()
    if rest.startswith(sign):
        return rest.removeprefix(sign)
    if not rest:
        story.sign = sign
    return said


def _measure(story: Story, said: str) -> None:
    paragraph = story.paragraph
    letters = len(said) - said.count(" ")
    if paragraph is None or not letters:
        return
    paragraph.letters += letters
    paragraph.bold_letters += letters if story.run.look.bold else 0
    size = story.run.look.size or 0
    paragraph.size = size if not paragraph.size else min(paragraph.size, size)


def _language(story: Story, said: str) -> str:
    """Return the language of text where it is not the document's usual one."""
    look = story.run.look
    if look.right_to_left:
        language = look.bidi_language
    elif max(said) >= _EASTERN:
        language = look.east_language
    else:
        language = look.language
    return story.source.hear(language or "", said, story.source.styles.defaults.language or "")


def tab(story: Story, element: etree._Element) -> bool:
    say(story, "\t")
    return False


def line_break(story: Story, element: etree._Element) -> bool:
    if element.get(W + "type") in ("page", "column"):
        say(story, " ")
    elif story.paragraph is not None and not story.hidden:
        if story.paragraph.role is not None and story.paragraph.role.kind is Kind.CODE:
            story.paragraph.line.put("\n")
        else:
            story.paragraph.line.brk()
    return False


def no_break_hyphen(story: Story, element: etree._Element) -> bool:
    say(story, "\N{NON-BREAKING HYPHEN}")
    return False


def sign(story: Story, element: etree._Element) -> bool:
    """Put what ``w:sym`` shows in its font."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return False
    say(story, symbol(element.get(W + "font") or "", code))
    return False


def ruby(story: Story, element: etree._Element) -> bool:
    above = "".join(one.text or "" for part in element.iterfind(W + "rt") for one in part.iter(W + "t"))
    base = "".join(one.text or "" for part in element.iterfind(W + "rubyBase") for one in part.iter(W + "t"))
    say(story, f"{base}({above})" if above else base)
    return False


def equation(story: Story, element: etree._Element) -> bool:
    said = linear(element)
    if story.paragraph is None or not said or story.hidden:
        return False
    before = element.getprevious()
    if before is not None and before.tag == element.tag:
        story.paragraph.line.brk()
    _measure(story, said)
    story.paragraph.line.put(said)
    return False


# Links and fields


def open_link(story: Story, element: etree._Element) -> bool:
    relation = story.relations.get(element.get(R + "id") or "")
    place = element.get(W + "anchor") or element.get(W + "docLocation") or ""
    target = relation.target if relation is not None and relation.external else ""
    story.links.append(safe_target(f"{target}#{place}" if place and "#" not in target else target))
    return True


def close_link(story: Story, element: etree._Element) -> None:
    if story.links:
        story.links.pop()


def field_character(story: Story, element: etree._Element) -> bool:
    kind = element.get(W + "fldCharType")
    if kind == "begin" and element in story.complete:
        story.fields.append(story.fields[-1].inner() if story.fields else Field())
    elif kind == "separate" and story.fields and not story.fields[-1].in_result:
        _begin_result(story, story.fields[-1])
    elif kind == "end" and story.fields:
        done = story.fields.pop()
        if not done.in_result:
            say(story, shown_without_result("".join(done.parts)))
    return False


def _begin_result(story: Story, one: Field) -> None:
    one.begin_result()
    one.link = safe_target(one.link)
    if one.hides:
        story.flow.end_lists()
    if _SEQUENCE.match("".join(one.parts)) and story.paragraph is not None:
        story.paragraph.is_caption = True


def instruction(story: Story, element: etree._Element) -> bool:
    if story.fields:
        story.fields[-1].say(element.text or "")
    return False


def open_simple_field(story: Story, element: etree._Element) -> bool:
    one = story.fields[-1].inner() if story.fields else Field()
    one.say(element.get(W + "instr") or "")
    _begin_result(story, one)
    story.fields.append(one)
    return True


def close_simple_field(story: Story, element: etree._Element) -> None:
    if story.fields:
        story.fields.pop()


def bookmark(story: Story, element: etree._Element) -> bool:
    name = element.get(W + "name") or ""
    if name and name != "_GoBack":
        story.source.bookmarks.append(name)
    return False


# Notes and comments


def footnote_mark(story: Story, element: etree._Element) -> bool:
    return _mark(story, element, FOOTNOTE)


def endnote_mark(story: Story, element: etree._Element) -> bool:
    return _mark(story, element, ENDNOTE)


def _mark(story: Story, element: etree._Element, kind: str) -> bool:
    if story.paragraph is None or story.hidden:
        return False
    made = Element("sup")
    note_id = element.get(W + "id") or ""
    story.paragraph.line.thing(made)
    custom = element.get(W + "customMarkFollows") in ("1", "true", "on")
    if custom and story.mark is None:
        story.source.marks[made] = ""
        story.mark = Mark(made, kind, note_id)
    else:
        story.source.marks[made] = story.source.notes.call(kind, note_id)
    return False


def end_mark(story: Story) -> None:
    """Give a mark its key, now that the sign that stands for its number is read, if there is one."""
    mark, story.mark = story.mark, None
    if mark is None:
        return
    said = "".join(mark.sign).strip()
    is_sign = 0 < len(said) <= MAX_SIGN
    story.source.marks[mark.element] = story.source.notes.call(mark.kind, mark.note_id, said if is_sign else None)
    if said and not is_sign:
        say(story, "".join(mark.sign))


def begin_comment(story: Story, element: etree._Element) -> bool:
    if len(story.ranges) < MAX_OPEN_COMMENTS:
        story.ranges[element.get(W + "id") or ""] = []
    return False


def comment(story: Story, element: etree._Element) -> bool:
    """Set a comment aside at the place where it is, with who wrote it and what it is about."""
    key = element.get(W + "id") or ""
    heard = "".join(story.ranges.pop(key, []))
    known = story.source.comments.known.get(key)
    if known is None or story.paragraph is None or key not in story.source.comments.left:
        return False
    del story.source.comments.left[key]
    author, said = known
    story.paragraph.line.remark(
        story.source.aside(said, comment_reason(author, " ".join(heard.split())[:MAX_ANCHOR_CHARS]))
    )
    return False


def end_comment(story: Story, element: etree._Element) -> bool:
    """Hear no more of what a comment is about: its reference, which comes next, will say it."""
    key = element.get(W + "id") or ""
    if key in story.ranges and sum(map(len, story.ranges[key])) < MAX_ANCHOR_CHARS:
        story.ranges[key].append(" " * MAX_ANCHOR_CHARS)
    return False
