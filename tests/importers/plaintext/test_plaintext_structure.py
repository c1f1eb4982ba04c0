"""What the lines of a plain text are: headings, paragraphs, verse, lists, quotations, captions, code."""

from __future__ import annotations

import pytest

from reader.article.model import Article, Block, BlockKind, ListItem, Span, SpanKind
from reader.importers.plaintext import importer as plaintext

PROSE = "The morning came slowly over the roofs, and nobody in the street could say whether the bell had rung."
WRAPPED = """\
The morning came slowly over the roofs, and nobody in the street was
able to say whether the bell had already rung or was about to ring; for
the ringer, who was old, rang it when he woke, as he had always done."""


def read(text: str) -> Article:
    return plaintext.parse(text, name="bell").article


def headings(text: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in read(text).blocks if block.kind is BlockKind.HEADING]


def kinds(article: Article) -> list[BlockKind]:
    return [block.kind for block in article.blocks]


def test_the_first_section_right_below_a_numbered_heading_makes_both_headings() -> None:
    text = (
        f"1. The Ringers\n\n1.1. Powers\n\n   A ringer may\n    1. ring when he wakes;\n    2. rest.\n\n"
        f"1.2. Pay\n\n{WRAPPED}\n\n2. The Bells\n\n2.1. Names\n\n{WRAPPED}\n"
    )

    assert headings(text) == [
        (1, "1. The Ringers"),
        (2, "1.1. Powers"),
        (2, "1.2. Pay"),
        (1, "2. The Bells"),
        (2, "2.1. Names"),
    ]


def test_a_numbered_question_that_runs_over_lines_is_a_heading() -> None:
    question = "1.1. Why does the bell of the old tower ring so late in the winter\nmonths? I thought it rang early!"
    text = f"{question} Does it?\n\n{WRAPPED}\n\n1.2. Who rings?\n\n{WRAPPED}\n"

    assert [text.split()[0] for _, text in headings(text)] == ["1.1.", "1.2."]


def test_a_section_may_be_named_by_a_program_that_is_written_small() -> None:
    text = f"1.1. Programs\n\n1.1.1. bell-ring\n\n{WRAPPED}\n\n1.1.2. Others\n\n{WRAPPED}\n"

    assert [text for _, text in headings(text)] == ["1.1. Programs", "1.1.1. bell-ring", "1.1.2. Others"]


def test_a_title_may_end_in_a_thing_that_was_said() -> None:
    text = f"{WRAPPED}\n\nTags for bell reports\n\n{WRAPPED}\n\nAs old Smith reports\n\n{WRAPPED}\n"

    assert headings(text) == [(1, "Tags for bell reports")]


def test_a_numbered_paragraph_of_a_contract_is_no_heading() -> None:
    clause = (
        "1.1. The ringer shall ring the bell of the old tower at dawn. He shall\nring it again at noon on every day."
    )
    text = f"The Contract\n\n{WRAPPED}\n\n{clause}\n\n{clause.replace('1.1.', '1.2.')}\n\n{WRAPPED}\n"

    assert not [text for _, text in headings(text) if text.startswith("1.")]


@pytest.mark.parametrize("empty", [100, 5000])
def test_however_many_empty_lines_part_the_same_text(empty: int) -> None:
    text = f"Chapter 1\n\n{PROSE}\n{{}}Chapter 2\n\n{PROSE}\n{{}}Share on Twitter\n"

    far, near = read(text.format("\n" * empty, "\n" * empty)), read(text.format("\n" * 4, "\n" * 4))

    assert far.blocks == near.blocks
    assert [item.line for item in far.set_aside] == [2 * empty + 7]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Chapter 1", "Chapter 2"),
        ("CHAPTER IV.", "CHAPTER V."),
        ("Chapter One: The Rope", "Chapter Two: The Ringer"),
        ("Erstes Kapitel", "Zweites Kapitel"),
        ("Première partie", "Deuxième partie"),
        ("Capítulo primero", "Capítulo II. De la cuerda"),
        ("Глава первая", "Глава 2. Верёвка"),
        ("I", "II"),
        ("I. The Rope", "II. The Ringer"),
        ("1. The Rope", "2. The Ringer"),
        ("THE ROPE", "THE RINGER"),
        ("The rope", "The ringer and his sons"),
        ("Introduction", "Conclusion"),
        ("Was bleibt?", "Fazit"),
    ],
)
@pytest.mark.parametrize("prose", [PROSE, WRAPPED], ids=["lines as paragraphs", "broken lines"])
def test_headings_are_found_in_every_form(first: str, second: str, prose: str):
    text = f"The Bell of Morrow\n\nby Ann Bell\n\n{prose}\n\n{first}\n\n{prose}\n\n{second}\n\n{prose}\n\n{prose}\n"

    assert headings(text) == [(1, first), (1, second)]


def test_a_chapters_title_on_the_next_line_belongs_to_its_heading():
    text = f"The Bell\n\n\nCHAPTER I.\nThe Rope\n\n\n{WRAPPED}\n\n\nCHAPTER II.\n\nThe Ringer\n\n\n{WRAPPED}\n"

    assert headings(text) == [(1, "CHAPTER I. The Rope"), (1, "CHAPTER II. The Ringer")]


def test_parts_hold_chapters():
    text = (
        f"The Bell\n\nPART I\n\nChapter 1\n\n{WRAPPED}\n\nChapter 2\n\n{WRAPPED}\n\nPART II\n\nChapter 3\n\n{WRAPPED}\n"
    )

    assert headings(text) == [(1, "PART I"), (2, "Chapter 1"), (2, "Chapter 2"), (1, "PART II"), (2, "Chapter 3")]


def test_numbered_sections_are_nested_by_their_numbers():
    text = f"Bells\n\n1. Ropes\n\n{WRAPPED}\n\n1.1. Long ropes\n\n{WRAPPED}\n\n1.2. Short ropes\n\n{WRAPPED}\n"
    text += f"\n2. Ringers\n\n{WRAPPED}\n"

    assert headings(text) == [(1, "1. Ropes"), (2, "1.1. Long ropes"), (2, "1.2. Short ropes"), (1, "2. Ringers")]


def test_underlined_lines_are_headings():
    text = f"The Bell\n========\n\n{WRAPPED}\n\nThe rope\n--------\n\n{WRAPPED}\n\nThe ringer\n--------\n\n{WRAPPED}\n"

    assert headings(text) == [(1, "The rope"), (1, "The ringer")]


def test_a_table_of_contents_is_text_and_no_headings():
    contents = "CONTENTS\n\nCHAPTER I. The Rope\nCHAPTER II. The Ringer\n"
    text = f"The Bell\n\n{contents}\n\nCHAPTER I. The Rope\n\n{WRAPPED}\n\nCHAPTER II. The Ringer\n\n{WRAPPED}\n"

    assert headings(text) == [(1, "CONTENTS"), (1, "CHAPTER I. The Rope"), (1, "CHAPTER II. The Ringer")]


@pytest.mark.parametrize(
    "line",
    [
        "Old Marsh said as much in 1933",
        "and nobody answered",
        "He waited,",
        "“Is it late?”",
        "Photo: Ann Bell / Morrow Press",
        "12 March 1904",
        "https://bells.example/morrow",
        "THE END",
    ],
)
def test_a_short_line_need_not_be_a_heading(line: str):
    assert headings(f"The Bell\n\nby Ann Bell\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\n{PROSE}\n") == []


def test_an_inscription_that_the_text_announces_is_no_heading():
    assert headings(f"The Bell\n\nby Ann Bell\n\n{WRAPPED} It said:\n\nBEWARE OF THE BELL\n\n{WRAPPED}\n") == []


def test_broken_lines_are_one_paragraph():
    article = read(f"The Bell\n\n{WRAPPED}\n\n{WRAPPED}\n")

    assert [block.text for block in article.blocks] == [WRAPPED.replace("\n", " ")] * 2


def test_indented_first_lines_begin_paragraphs():
    first = "    " + WRAPPED
    article = read(f"The Bell\n\n{first}\n{first}\n{first}\n")

    assert [block.text for block in article.blocks] == [WRAPPED.replace("\n", " ")] * 3


def test_a_hyphen_that_parts_a_word_goes_and_one_that_joins_two_stays():
    text = "The ringer of the church rang the church-\nbell. The well-known ringer was a well-\n"
    text += "known man, and the rin-\nger was old.\n"
    article = read("Bells\n\n" + text + "\n" + WRAPPED)

    assert (
        "the church-bell. The well-known ringer was a well-known man, and the ringer was old." in article.blocks[0].text
    )


def test_verse_keeps_its_lines():
    article = read("The Bell\n\nThe bell is old,\nThe bell is cold;\nIt rings no more,\nAs once of yore.\n")

    assert article.blocks == (
        Block(BlockKind.VERSE, "The bell is old,\nThe bell is cold;\nIt rings no more,\nAs once of yore."),
    )


def test_a_numbered_list_keeps_its_numbers():
    article = read(f"The Bell\n\n{PROSE}\n\n3. Take the rope.\n4. Pull it.\n\n{PROSE}\n")

    assert [(block.text, block.detail) for block in article.blocks[1:3]] == [
        ("Take the rope.", ListItem(3)),
        ("Pull it.", ListItem(4)),
    ]


def test_a_bulleted_list_is_items():
    article = read(f"The Bell\n\n{PROSE}\n\n- a rope\n- a bell\n")

    assert article.blocks[1:] == (
        Block(BlockKind.LIST_ITEM, "a rope", detail=ListItem()),
        Block(BlockKind.LIST_ITEM, "a bell", detail=ListItem()),
    )


def test_what_is_said_in_a_story_is_no_list():
    article = read(f"Колокол\n\n{PROSE}\n\n- Поздно? - спросил он.\n\n- Поздно!\n\n- Тогда идём...\n\n{PROSE}\n")

    assert BlockKind.LIST_ITEM not in kinds(article)


def test_an_indented_paragraph_is_a_quotation():
    quoted = "\n".join("    " + line for line in WRAPPED.split("\n"))
    article = read(f"The Bell\n\n{WRAPPED}\n\n{quoted}\n\n{WRAPPED}\n")

    assert kinds(article) == [BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.PARAGRAPH]
    assert article.blocks[1].within == ">"


def test_a_lead_in_announces_a_quotation():
    article = read(f"The Bell\n\n{PROSE}\n\nIn 1933 old Marsh wrote:\n\n{PROSE}\n\n{PROSE}\n")

    assert kinds(article) == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.PARAGRAPH]


def test_what_is_said_after_a_colon_in_a_story_is_no_quotation():
    article = read(f"The Bell\n\n{PROSE}\n\nThen he said:\n\n“{PROSE}”\n\n{PROSE}\n")

    assert BlockKind.QUOTATION not in kinds(article)


def test_a_line_set_off_as_the_sure_captions_are_is_a_caption():
    sure = "Morrow (1904), photo by Ann Bell"
    three = f"{PROSE}\n{PROSE}\n{PROSE}\n"
    text = f"The Bell\nby Ann Bell\n{three}\n{sure}\n\n{three}\nRingers of the old tower\n\n{three}"
    article = read(text)

    assert [block.text for block in article.blocks if block.kind is BlockKind.CAPTION] == [
        sure,
        "Ringers of the old tower",
    ]


def test_columns_and_drawings_stay_as_they_are():
    table = "  Room   Mon   Thu\n  A      1     2\n  B      3     4\n"
    drawing = "  +--+  +--+\n  |  |--|  |\n  +--+  +--+\n"
    article = read(f"The Bell\n\n{WRAPPED}\n\n{table}\n{drawing}")

    assert [block.text for block in article.blocks if block.kind is BlockKind.CODE] == [
        "Room   Mon   Thu\nA      1     2\nB      3     4",
        "+--+  +--+\n|  |--|  |\n+--+  +--+",
    ]


def test_underscores_are_emphasis_and_addresses_are_links():
    article = read(f"The Bell\n\nIt was _his_ bell (see https://bells.example/a.), and a_b_c was not. {PROSE}\n")

    block = article.blocks[0]
    assert block.text.startswith("It was his bell (see https://bells.example/a.), and a_b_c was not.")
    assert block.spans == (
        Span(7, 10, SpanKind.EMPHASIS),
        Span(21, 44, SpanKind.LINK, "https://bells.example/a"),
    )


def test_a_line_of_signs_alone_is_no_title():
    article = read("(1) the\n\n=====")

    assert headings("(1) the\n\n=====") == []
    assert article.blocks


def test_a_chapters_number_that_its_contents_give_without_the_word_ends_the_contents() -> None:
    text = (
        f"The Bell\n\nContents\n\n1. Of Bells\n2. Of Ropes\n\n"
        f"Chapter 1. Of Bells\n\n{WRAPPED}\n\nChapter 2. Of Ropes\n\n{WRAPPED}\n"
    )

    assert headings(text) == [(1, "Contents"), (1, "Chapter 1. Of Bells"), (1, "Chapter 2. Of Ropes")]


def test_comments_in_an_indented_program_are_no_headings() -> None:
    text = f"The Bell\n\n{WRAPPED}\n\n    # Ring it twice\n\n    ring 2\n\n{WRAPPED}\n"

    assert headings(text) == []


def test_a_lone_comment_among_settings_with_the_same_sign_is_no_heading() -> None:
    settings = "# Where the bell hangs.\n#bell tower=old\n#bell rope=new\n\n# Ring it twice\n\nring 2\n\n"

    assert headings(f"The Bell\n\n{WRAPPED}\n\n{settings}{WRAPPED}\n") == []


@pytest.mark.parametrize("line", ["Press <Enter>", ".bell.rope", "BELL_ROPE", "bell_rope", "ROPE=3", "ring(8)"])
def test_a_key_a_name_of_a_file_or_a_setting_is_no_heading(line: str) -> None:
    assert headings(f"The Bell\n\n{WRAPPED}\n\n{line}\n\n{WRAPPED}\n") == []


def test_a_term_that_indented_text_right_below_explains_is_no_heading() -> None:
    meaning = "\n".join("   " + line for line in WRAPPED.splitlines())

    assert headings(f"The Bell\n\n{WRAPPED}\n\n{WRAPPED}\n\nClapper\n{meaning}\n\nRope\n{meaning}\n\n{WRAPPED}\n") == []


def test_a_line_that_goes_on_in_the_list_below_it_is_no_heading() -> None:
    items = "* must be rung when the ringer wakes, and\n\n* may be rung when he does not.\n"

    assert headings(f"The Bell\n\n{WRAPPED}\n\nIn addition, the bells in the tower\n\n{items}\n{WRAPPED}\n") == []


def test_a_line_that_announces_verse_with_a_dash_makes_the_one_above_it_a_heading() -> None:
    verse = "    Ring low, ring high,\n    ring low.\n"

    text = f"The Bell\n\n{WRAPPED}\n\n\nTHE SONG.\n\nThe words of the song are these:--\n\n{verse}\n{WRAPPED}\n"

    assert headings(text) == [(1, "THE SONG.")]


def test_sections_one_empty_line_apart_stand_among_chapters_that_are_no_further_apart() -> None:
    chapters = [f"Chapter {n}. The {name}\n\n{WRAPPED}\n\n" for n, name in enumerate(("Bell", "Rope", "Clapper"), 1)]

    text = f"The Tower\n\n{WRAPPED}\n\n{chapters[0]}Names of Bells\n\n{WRAPPED}\n\n{chapters[1]}{chapters[2]}"

    assert headings(text)[1] == (2, "Names of Bells")


def test_a_title_in_a_manual_page_stands_right_above_its_indented_text() -> None:
    page = "BELL(1)   Ringers   BELL(1)\n\nName\n       bell - ring\n\nSynopsis\n       bell [-q]\n\n"
    indented = "\n".join("       " + line for line in WRAPPED.splitlines())

    text = f"{page}Description\n{indented}\n\n{indented}\n\nSee Also\n       rope(1)\n"

    assert [title for _, title in headings(text)] == ["Name", "Synopsis", "Description", "See Also"]


def test_a_file_that_is_indented_throughout_has_headings_as_any_other() -> None:
    text = f"The Tower\n\n1.  The Bell\n\n{WRAPPED}\n\n2.  The Rope\n\n{WRAPPED}\n"

    assert headings("\n".join("          " + line for line in text.splitlines())) == headings(text)
    assert len(headings(text)) == 2


@pytest.mark.parametrize("line", ["ここで鐘が鳴ります。", "もし X が鳴るなら、"])
def test_a_sentence_of_a_script_without_capitals_is_no_heading(line: str) -> None:
    prose = "朝は屋根の上にゆっくりと来た。通りの誰もが鐘が鳴ったかどうかを知らなかった。" * 3

    assert headings(f"鐘\n\n{prose}\n\n{prose}\n\n{line}\n\n{prose}\n") == []


def test_chapters_are_counted_in_han_characters() -> None:
    prose = "清晨慢慢地来到屋顶上。街上没有人知道钟是否已经敲过。" * 3

    text = f"钟\n\n第一章 钟楼\n\n{prose}\n\n第 2 章 绳子\n\n{prose}\n"

    assert headings(text) == [(1, "第一章 钟楼"), (1, "第 2 章 绳子")]


def test_a_line_that_is_torn_from_the_next_is_no_heading() -> None:
    torn = "Bell J, Rope K (1985). “Estimating the Weight of Old Clap-"

    assert headings(f"The Bell\n\n{PROSE}\n\n{torn}\n\n{PROSE}\n\n{PROSE}\n") == []


@pytest.mark.parametrize("line", ["Copyright © 1991 The Ringers", "Авторские права © 1991 Ringers", "Version 2.0", "j"])
def test_a_right_a_version_and_a_lone_letter_are_no_headings(line: str) -> None:
    assert headings(f"The Bell\n\n{WRAPPED}\n\n{line}\n\n{WRAPPED}\n") == []


def test_a_line_of_dots_as_long_as_the_line_above_underlines_it() -> None:
    text = f"The Bell\n\n{WRAPPED}\n\n1.1.1.1 Of ropes\n................\n\n{WRAPPED}\n"

    assert [title for _, title in headings(text)] == ["1.1.1.1 Of ropes"]


def test_a_line_that_a_mail_quotes_is_not_underlined() -> None:
    assert headings(f"The Bell\n\n{WRAPPED}\n\n> ring the bell\n---------------\n\n{WRAPPED}\n") == []
