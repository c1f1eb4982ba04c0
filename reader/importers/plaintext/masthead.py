"""What stands above a text: its title, kicker, byline and date, its lead, and a web page's lines around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from gettext import gettext as _

from reader.article.model import BlockKind
from reader.importers.dates import find_date
from reader.importers.plaintext.byline import Byline, is_role_alone, read_byline, read_date_line
from reader.importers.plaintext.clutter import asides_of, clutter_reason, is_clutter
from reader.importers.plaintext.frame import Hints
from reader.importers.plaintext.lines import Aside, Layout, Piece, ends_sentence
from reader.importers.plaintext.names import is_name, split_names
from reader.importers.plaintext.titles import Form, is_capitals, shape_of
from reader.importers.plaintext.words import CONTENTS_HEADING, FUNCTION_WORDS

MAX_TITLE_LETTERS = 180
MAX_HEAD_PIECES = 14
"""How many pieces at the top may belong to the masthead."""
MAX_LEAD_PIECES = 2

_PIPE = re.compile(r"^(.{2,60}?)\s+[|»›]\s+(.{3,})$")
_KICKER = re.compile(
    r"^(?:(?:special|an? )?(?:essays?|opinion|analysis|features?|interview|reviews?|comment(?:ary)?|news|history|"
    r"culture|politics|science|books?|arts?|society|world|special|report(?:age)?|editorial|column|blog|archive|debate|theory|"
    r"meinung|kommentar|analyse|reportage|kultur|politik|geschichte|wissenschaft|gesellschaft|gespräch|"
    r"opinión|análisis|entrevista|reportaje|cultura|política|historia|ciencia|sociedad|crónica|"
    r"opinion|entretien|enquête|culture|politique|histoire|société|chronique|tribune|"
    r"opinione|analisi|intervista|storia|politica|società|opinião|análise|história|ensaio|ensayo|saggio|essai|"
    r"мнение|интервью|очерк|эссе|рецензия|история|культура|политика|общество)|(?-i:[A-ZÀ-ÞА-Я]{4,}))$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?:[-*•+–—>#|]|\(?\d{1,3}[.)]|\[)\s*")
_INITIALS = re.compile(r"^(?:[A-Z]\. ?)+(?:[a-z]{2,3} )?[A-Z][\w’'-]+(?:, (?:Ed|Jr)\.?)?$")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a text's top says, what of it was set aside, and the pieces that are left."""

    hints: Hints
    pieces: list[Piece]
    kicker: str = ""
    asides: list[Aside] = field(default_factory=list)


class _Reading:
    """The state of reading down a text's top."""

    def __init__(self, pieces: list[Piece], layout: Layout, hints: Hints) -> None:
        self.pieces = _apart(pieces)
        self.layout = layout
        self.hints = hints
        self.kicker = ""
        self.asides: list[Aside] = []
        self.gone: set[int] = set()
        self.signed = False

    def learn(self, byline: Byline) -> None:
        self.hints = replace(
            self.hints,
            authors=self.hints.authors or byline.authors,
            translators=self.hints.translators or byline.translators,
            date=self.hints.date or byline.date,
        )

    def take(self, i: int, byline: Byline, pieces: int = 1) -> None:
        """Learn what a line says, and take it out of the text; names for which there is no room are not lost."""
        said = (self.hints.authors, byline.authors), (self.hints.translators, byline.translators)
        again = [(old, new) for old, new in said if old and new]
        # What the fields of the file say is kept with them: their names may be said once more.
        if again and (self.signed or any(old != new for old, new in again)):
            for each in range(i, i + pieces):
                self.set_aside(each, _("Who wrote or translated the text is told elsewhere, too."))
        self.learn(byline)
        self.signed = True
        self.gone.update(range(i, i + pieces))

    def set_aside(self, i: int, reason: str) -> None:
        self.asides += asides_of([self.pieces[i]], reason)
        self.gone.add(i)


def read_masthead(pieces: list[Piece], layout: Layout, hints: Hints) -> Masthead:
    """Read the top of a text; ``hints`` is what the file said about itself, and is believed first."""
    reading = _Reading(pieces, layout, hints)
    title = _find_title(reading)
    if title >= 0:
        _read_above(reading, title)
        _read_title(reading, title)
        _read_below(reading, title)
    else:
        _read_untitled(reading)
    left = [piece for i, piece in enumerate(reading.pieces) if i not in reading.gone]
    return Masthead(reading.hints, left, reading.kicker, reading.asides)


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, lines of the top that were taken for verse apart where a byline or a date is among them."""
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        named = i < 4 and piece.kind in (BlockKind.VERSE, BlockKind.PARAGRAPH) and 2 <= len(piece.rows) <= 8
        if named and any(_is_masthead_line(row.strip()) for row in piece.rows):
            rows = [row.strip() for row in piece.rows]
            out += [
                Piece(BlockKind.PARAGRAPH, row, piece.line + k, (row,), indent=piece.indent)
                for k, row in enumerate(rows)
            ]
            out[-len(rows)].blanks, out[-1].blanks_after = piece.blanks, piece.blanks_after
        else:
            out.append(piece)
    return out


def _is_masthead_line(row: str) -> bool:
    return bool(read_byline(row) or read_date_line(row)) or is_clutter(row)


def _find_title(reading: _Reading) -> int:
    """Return the index of the piece that is the title, or -1."""
    pieces = reading.pieces[:MAX_HEAD_PIECES]
    if reading.hints.title:
        return next((i for i, p in enumerate(pieces) if _same(p.text, reading.hints.title)), -1)
    for i, piece in enumerate(pieces[: len(reading.pieces) - 1]):
        text = piece.text
        if piece.kind is BlockKind.HEADING and piece.sure:
            return i
        if piece.kind is BlockKind.CODE and _is_memo_head(piece):
            _read_memo_head(reading, piece)
            continue
        if piece.kind is BlockKind.RULE or read_date_line(text) or is_clutter(text) or read_byline(text):
            continue
        return _title_or_kicker(reading, i)
    return -1


def _title_or_kicker(reading: _Reading, i: int) -> int:
    """Return where the title is: here, or below a word or two that stand above it."""
    if not _may_be_title(reading, i):
        return -1
    piece, after = reading.pieces[i], reading.pieces[i + 1]
    third = reading.pieces[i + 2].text if i + 2 < len(reading.pieces) else ""
    signed = bool(read_byline(third) or read_date_line(third))
    if signed and _KICKER.match(piece.text) and after.text.count(" ") and _may_be_title(reading, i + 1):
        reading.kicker = piece.text
        reading.gone.add(i)
        return i + 1
    return i


def _may_be_title(reading: _Reading, i: int) -> bool:
    piece = reading.pieces[i]
    text = piece.text
    if len(text) > MAX_TITLE_LETTERS or len(piece.rows) > 4 or piece.within or not _may_be_title_kind(reading, i):
        return False
    if i + 1 >= len(reading.pieces) or text[-1] in ",;:" or _LISTED.match(text) or CONTENTS_HEADING.match(text):
        return False
    shape = shape_of(text)
    if shape and shape.form not in (Form.CAPITALS, Form.PLAIN):
        return False
    if ends_sentence(text) and (text.count(" ") > 12 or text[-1] in '.…”"') and not is_capitals(text):
        return _is_signed(reading, i)
    if text[0].islower() or (reading.layout.width and len(piece.rows) > 1 and not _is_title_rows(reading, piece)):
        return False
    return _is_followed(reading, i)


def _may_be_title_kind(reading: _Reading, i: int) -> bool:
    """Return whether a piece is a paragraph, or lines in the middle of the page that are no poem's."""
    piece = reading.pieces[i]
    if piece.kind is BlockKind.VERSE and i + 1 < len(reading.pieces):
        centred = piece.indent >= 6 or is_capitals(piece.text.replace("\n", " "))
        return centred and reading.pieces[i + 1].kind is not BlockKind.VERSE
    return piece.kind is BlockKind.PARAGRAPH


def _is_signed(reading: _Reading, i: int) -> bool:
    after = reading.pieces[i + 1].text
    return bool(read_byline(after) or read_date_line(after))


def _is_followed(reading: _Reading, i: int) -> bool:
    """Return whether what comes after a title shows that it is one: space, a byline, or longer text."""
    piece, after = reading.pieces[i], reading.pieces[i + 1]
    if piece.blanks_after > 0 or _is_signed(reading, i):
        return True
    if is_capitals(piece.text) and after.blanks_after > 0 and len(after.text) < 100:
        return True  # the title's second line, in other letters
    return after.is_prose and len(after.text) > 2 * len(piece.text)


def _is_title_rows(reading: _Reading, piece: Piece) -> bool:
    """Return whether several lines are one title: set in the middle, in capitals, or short."""
    short = max(map(len, piece.rows)) < 0.85 * reading.layout.width
    return (
        is_capitals(piece.text)
        or (piece.indent >= 6 and not ends_sentence(piece.text))
        or (short and not ends_sentence(piece.text))
    )


def _read_above(reading: _Reading, title: int) -> None:
    """Read the lines above a title: a date there is the page's, where another stands below."""
    dates: list[int] = []
    for i in range(title):
        if i in reading.gone:
            continue
        text = reading.pieces[i].text
        byline = read_byline(text)
        if read_date_line(text):
            dates.append(i)
        elif byline:
            reading.learn(byline)
            reading.gone.add(i)
        elif is_clutter(text):
            reading.set_aside(i, clutter_reason())
    below = [p.text for p in reading.pieces[title + 1 : title + 6] if len(p.text) < 200]
    dated = reading.hints.date or any(read_date_line(text) or (read_byline(text) or Byline()).date for text in below)
    if dates and not dated:
        last = dates.pop()
        reading.learn(Byline(date=read_date_line(reading.pieces[last].text)))
        reading.gone.add(last)
    for i in dates:
        reading.set_aside(i, _("A date above the title: when the page was printed or copied, not when it was written."))


def _read_title(reading: _Reading, title: int) -> None:
    text = " ".join(reading.pieces[title].text.split())
    reading.gone.add(title)
    if reading.hints.title:
        return
    hit = _PIPE.match(text)
    if hit and not reading.kicker:
        first, second = hit.groups()
        if first.count(" ") <= 2 and len(first) < len(second):
            reading.kicker, text = first, second
        elif second.count(" ") <= 3 and len(second) < len(first):
            text, reading.kicker = first, second
    reading.hints = replace(reading.hints, title=text.strip())


def _read_below(reading: _Reading, title: int) -> None:
    """Read byline and date below a title; a paragraph or two before the byline is the lead."""
    lead: list[int] = []
    i = title + 1
    while i < min(len(reading.pieces), title + 8) and len(lead) <= MAX_LEAD_PIECES:
        if not _read_line(reading, i, not lead):
            if not _may_be_lead(reading, i):
                break
            lead.append(i)
        elif lead and not read_date_line(reading.pieces[i].text) and i not in lead:
            for k in lead:
                reading.pieces[k].kind = BlockKind.LEAD
            lead = []
        i += 1


def _may_be_lead(reading: _Reading, i: int) -> bool:
    piece = reading.pieces[i]
    if piece.kind is not BlockKind.PARAGRAPH or piece.within or _LISTED.match(piece.text):
        return False
    shape = shape_of(piece.text)
    return shape is None or shape.form is Form.CAPITALS


def _read_line(reading: _Reading, i: int, near: bool) -> bool:
    """Read one line below the title; return whether it belongs to the masthead."""
    piece = reading.pieces[i]
    text = piece.text
    if i in reading.gone:
        return True
    if piece.kind is BlockKind.RULE and near:
        reading.gone.add(i)
        return True
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.VERSE) or len(text) > 240:
        return False
    if is_role_alone(text) and i + 1 < len(reading.pieces) and split_names(reading.pieces[i + 1].text):
        return _take_split_byline(reading, i)
    return _read_signed(reading, i, near)


def _read_signed(reading: _Reading, i: int, near: bool) -> bool:
    text = reading.pieces[i].text
    day = read_date_line(text)
    byline = read_byline(" ".join(reading.pieces[i].rows))
    if day:
        reading.learn(Byline(date=day))
    elif byline:
        reading.take(i, byline)
    elif near and is_clutter(text):
        reading.set_aside(i, clutter_reason())
        return True
    elif near and _is_bare_author(reading, i):
        reading.learn(Byline(authors=split_names(text)))
    else:
        return False
    reading.gone.add(i)
    return True


def _take_split_byline(reading: _Reading, i: int) -> bool:
    byline = read_byline(f"{reading.pieces[i].text} {reading.pieces[i + 1].text}")
    if byline is None:
        return False
    reading.take(i, byline, 2)
    return True


def _is_bare_author(reading: _Reading, i: int) -> bool:
    """Return whether a line below the title is a name alone: its words stand in no other form in the text."""
    text = reading.pieces[i].text
    if reading.hints.authors or not split_names(text) or not all(2 <= n.count(" ") + 1 <= 4 for n in split_names(text)):
        return False
    known = reading.hints.authors
    if text in known:
        return True
    words = {word.strip(".,").lower() for word in text.split()}
    if words & FUNCTION_WORDS - {
        "de",
        "la",
        "le",
        "y",
        "e",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "do",
        "du",
        "and",
        "und",
        "et",
    }:
        return False
    after = reading.pieces[i + 1].text if i + 1 < len(reading.pieces) else ""
    if read_date_line(after) or read_date_line(reading.pieces[i - 1].text):
        return True
    following = " ".join(piece.text for piece in reading.pieces[i + 1 : i + 60])[:20_000]
    seen = set(re.findall(r"[^\W\d_]+", following))
    return bool(seen) and not any(word in seen for word in words if len(word) > 2) and is_name(split_names(text)[0])


def _read_untitled(reading: _Reading) -> None:
    """Read the top of a text that has no title of its own: a byline, a date, the author's name again."""
    for i, piece in enumerate(reading.pieces[:MAX_HEAD_PIECES]):
        if piece.kind is not BlockKind.PARAGRAPH or len(reading.pieces) < 2 or len(piece.text) > 240:
            break
        byline = read_byline(piece.text)
        if byline and (i < 4 or byline.authors == reading.hints.authors):
            reading.take(i, byline)
        elif is_clutter(piece.text) and i < 4:
            reading.set_aside(i, clutter_reason())
        elif piece.is_prose:
            break


def _same(text: str, title: str) -> bool:
    a, b = (re.sub(r"\W+", " ", value).strip().casefold() for value in (text, title))
    return bool(a) and (
        a == b or (len(a) > 12 and b.startswith(a)) or (len(b) > 12 and a.startswith(b) and len(a) < 2 * len(b))
    )


def _is_memo_head(piece: Piece) -> bool:
    """Return whether lines in two columns are the head of a memo: who on the right, what on the left."""
    rows = piece.rows
    return 2 <= len(rows) <= 20 and sum(bool(re.search(r"\S {3,}\S", row)) for row in rows) >= 0.5 * len(rows)


def _read_memo_head(reading: _Reading, piece: Piece) -> None:
    cells = [re.split(r" {3,}", row.strip())[-1] for row in piece.rows]
    names = tuple(re.sub(r", Ed\.?$", "", cell) for cell in cells if _INITIALS.match(cell))
    days = [found.iso for cell in cells if (found := find_date(cell))]
    reading.learn(Byline(names, (), days[-1] if days else ""))
