"""How pages are filled, told by heights alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.paper.paginator import Box, Page, Paginator, Room

ROOM = Room(height=100, rule=10, line=10)
BODY, NOTES = 0, 1


def lines(count: int, *, keep: Sequence[int] = (), notes: Mapping[int, str] | None = None) -> list[Box]:
    """Lines of 10; ``keep`` are those that stay with the next, ``notes`` the key that a line marks."""
    marked = notes or {}
    return [
        Box(BODY, number, 10, keep=number in keep, notes=(marked[number],) if number in marked else ())
        for number in range(count)
    ]


def note(count: int, start: int = 0, *, bound: bool = True) -> list[Box]:
    """A note of so many lines of 10, of which two stay together at either end."""
    last = count - 1
    return [
        Box(NOTES, start + number, 10, keep=bound and number < last and (number == 0 or number == last - 1))
        for number in range(count)
    ]


def paginate(boxes: Sequence[Box], notes: Mapping[str, Sequence[Box]] | None = None, room: Room = ROOM) -> list[Page]:
    found = notes or {}
    return list(Paginator(room, boxes, lambda key: found.get(key, ())).pages())


def indices(page: Page) -> list[int]:
    return [placed.box.index for placed in page.body]


def at_foot(page: Page) -> list[int]:
    return [placed.box.index for placed in page.notes]


def test_a_page_holds_as_many_lines_as_fit() -> None:
    pages = paginate(lines(25))

    assert [indices(page) for page in pages] == [[*range(10)], [*range(10, 20)], [*range(20, 25)]]


def test_space_above_falls_away_at_the_top_of_a_page() -> None:
    boxes = [Box(BODY, number, 40, above=5) for number in range(4)]

    pages = paginate(boxes)

    assert [[placed.top for placed in page.body] for page in pages] == [[0, 45], [0, 45]]


def test_a_heading_goes_to_the_next_page_with_its_text() -> None:
    boxes = lines(12, keep=(8, 9))

    pages = paginate(boxes)

    assert [indices(page) for page in pages] == [[*range(8)], [*range(8, 12)]]


def test_what_is_bound_over_more_than_a_page_is_divided_where_the_page_ends() -> None:
    boxes = lines(15, keep=range(15))

    pages = paginate(boxes)

    assert [indices(page) for page in pages] == [[*range(10)], [*range(10, 15)]]


def test_a_box_higher_than_a_page_stands_alone() -> None:
    boxes = [Box(BODY, 0, 10), Box(BODY, 1, 150), Box(BODY, 2, 10)]

    pages = paginate(boxes)

    assert [indices(page) for page in pages] == [[0], [1], [2]]


def test_a_table_that_goes_on_repeats_its_header() -> None:
    head = Box(BODY, 0, 20, keep=True)
    boxes = [head, *(Box(BODY, number, 20, head=head) for number in range(1, 7))]

    pages = paginate(boxes)

    assert [indices(page) for page in pages] == [[0, 1, 2, 3, 4], [0, 5, 6]]
    assert [placed.top for placed in pages[1].body] == [0, 20, 40]


def test_a_note_stands_at_the_foot_of_its_page() -> None:
    pages = paginate(lines(3, notes={0: "a"}), {"a": note(2)})

    assert [placed.top for placed in pages[0].notes] == [80, 90]
    assert pages[0].rule == 70


def test_a_line_whose_note_has_no_room_goes_to_the_next_page_with_it() -> None:
    pages = paginate(lines(9, notes={8: "a"}), {"a": note(2)})

    assert [indices(page) for page in pages] == [[*range(8)], [8]]
    assert [at_foot(page) for page in pages] == [[], [0, 1]]


def test_a_long_note_goes_on_at_the_foot_of_the_next_page() -> None:
    pages = paginate(lines(8, notes={1: "a"}), {"a": note(12)})

    assert [indices(page) for page in pages] == [[*range(7)], [7], []]
    assert [at_foot(page) for page in pages] == [[0, 1], [*range(2, 10)], [10, 11]]


def test_a_short_note_is_not_divided_for_the_sake_of_a_line() -> None:
    pages = paginate(lines(9, notes={0: "a"}), {"a": note(4)})

    assert [indices(page) for page in pages] == [[*range(5)], [*range(5, 9)]]
    assert at_foot(pages[0]) == [0, 1, 2, 3]


def test_a_note_marked_twice_is_printed_at_its_first_mark() -> None:
    pages = paginate(lines(12, notes={0: "a", 11: "a"}), {"a": note(1)})

    assert [at_foot(page) for page in pages] == [[0], []]


def test_a_mark_without_a_note_takes_no_room() -> None:
    pages = paginate(lines(10, notes={0: "lost"}))

    assert indices(pages[0]) == [*range(10)]
    assert pages[0].rule is None


def test_a_note_that_a_note_marks_follows_it() -> None:
    outer = [Box(NOTES, 0, 10, notes=("inner",))]

    pages = paginate(lines(1, notes={0: "outer"}), {"outer": outer, "inner": note(1, 7)})

    assert at_foot(pages[0]) == [0, 7]


def test_notes_that_mark_each_other_are_printed_once() -> None:
    one, other = Box(NOTES, 0, 10, notes=("other",)), Box(NOTES, 1, 10, notes=("one",))

    pages = paginate(lines(1, notes={0: "one"}), {"one": [one], "other": [other]})

    assert at_foot(pages[0]) == [0, 1]


def test_notes_that_lead_from_one_to_the_next_may_be_thousands() -> None:
    chain = {str(number): [Box(NOTES, number, 10, notes=(str(number + 1),))] for number in range(3_000)}

    pages = paginate(lines(1, notes={0: "0"}), chain)

    assert [index for page in pages for index in at_foot(page)] == [*range(3_000)]


def test_no_more_notes_are_laid_out_than_a_page_and_a_line_hold() -> None:
    asked: list[str] = []
    boxes = lines(10, notes={number: str(number) for number in range(10)})

    def find(key: str) -> list[Box]:
        asked.append(key)
        return note(4, 10 * int(key))

    next(Paginator(ROOM, boxes, find).pages())

    assert set(asked) == {"0", "1", "2"}


# -- what holds for every text ---------------------------------------------------------------------


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[Box], dict[str, list[Box]]]:
    """A text of paragraphs and headings with notes of up to two pages, all bound as a text is."""
    notes: dict[str, list[Box]] = {}
    count = 0
    for key in draw(st.lists(st.sampled_from("abcdefgh"), unique=True)):
        length = draw(st.integers(1, 18))
        notes[key] = note(length, count)
        count += length
    boxes: list[Box] = []
    for _ in range(draw(st.integers(0, 12))):
        length = draw(st.integers(1, 25))
        height = draw(st.sampled_from((10.0, 12.5, 7.3)))
        for number in range(length):
            keep = number < length - 1 and (number == 0 or number == length - 2)
            marks = tuple(draw(st.lists(st.sampled_from("abcdefghx"), max_size=2)) if draw(st.booleans()) else ())
            above = draw(st.sampled_from((0.0, 6.1))) if number == 0 else 0.0
            boxes.append(Box(BODY, len(boxes), height, above, keep, marks))
        if draw(st.booleans()):
            boxes.append(Box(BODY, len(boxes), 18, 9, keep=True))
    return boxes, notes


@given(texts())
def test_every_line_is_printed_once_and_in_order(text: tuple[list[Box], dict[str, list[Box]]]) -> None:
    boxes, notes = text

    pages = paginate(boxes, notes)

    assert [placed.box for page in pages for placed in page.body] == boxes


@given(texts())
def test_every_note_that_is_marked_is_printed_once_and_in_the_order_of_the_marks(
    text: tuple[list[Box], dict[str, list[Box]]],
) -> None:
    boxes, notes = text

    pages = paginate(boxes, notes)

    marked = dict.fromkeys(key for box in boxes for key in box.notes if key in notes)
    assert [placed.box for page in pages for placed in page.notes] == [line for key in marked for line in notes[key]]


@given(texts())
def test_no_page_is_overfull_and_none_is_empty(text: tuple[list[Box], dict[str, list[Box]]]) -> None:
    pages = paginate(*text)

    for page in pages:
        assert page.body or page.notes
        bottom = page.body[-1].top + page.body[-1].box.height if page.body else 0
        assert bottom <= (ROOM.height if page.rule is None else page.rule) + 0.02
        assert not page.notes or page.notes[-1].top + page.notes[-1].box.height <= ROOM.height + 0.02


@given(texts())
def test_a_note_begins_on_the_page_of_its_first_mark(text: tuple[list[Box], dict[str, list[Box]]]) -> None:
    boxes, notes = text

    pages = paginate(boxes, notes)

    first_page: dict[str, int] = {}
    for number, page in enumerate(pages):
        for placed in page.body:
            for key in placed.box.notes:
                first_page.setdefault(key, number)
    for key, lines_of in notes.items():
        if key not in first_page:
            continue
        page = pages[first_page[key]]
        begins = any(placed.box == lines_of[0] for placed in page.notes)
        # Where a single line marks more than a page can begin, the rest follows on the next one.
        assert begins or len(page.body) == 1


@given(texts())
def test_no_line_stands_alone_where_it_need_not(text: tuple[list[Box], dict[str, list[Box]]]) -> None:
    boxes, notes = text

    pages = paginate(boxes, notes)

    for page in pages:
        if page.body and page.body[-1].box.keep and page.body[-1].box is not boxes[-1]:
            # Only where what is bound together, with its notes, is more than a page holds.
            assert len(page.body) == 1 or all(placed.box.keep for placed in page.body)
