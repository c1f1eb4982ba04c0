from __future__ import annotations

from reader.article.model import Article, Block, BlockKind, ListItem, Mark, Metadata, Note, SetAside
from reader.inspection import inspection, quotations, summary


def quoted(text: str, within: str = ">", kind: BlockKind = BlockKind.QUOTATION) -> Block:
    return Block(kind, text, within=within)


def said(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def test_paragraphs_that_stand_together_are_one_quotation() -> None:
    assert list(quotations([said("He wrote:"), quoted("One."), quoted("Two."), said("So he did.")])) == ["One.\nTwo."]


def test_quotations_with_words_between_them_are_two() -> None:
    assert list(quotations([quoted("One."), said("And:"), quoted("Two.")])) == ["One.", "Two."]


def test_a_quotation_in_a_quotation_is_told_apart() -> None:
    assert list(quotations([quoted("Outer."), quoted("Inner.", ">>")])) == ["Outer.", "Inner."]


def test_a_list_in_a_quotation_belongs_to_it() -> None:
    item = Block(BlockKind.LIST_ITEM, "First,", within=">", detail=ListItem(1))
    more = quoted("and more of it.", ">-", BlockKind.PARAGRAPH)

    assert list(quotations([quoted("They want:"), item, more])) == ["They want:\nFirst,\nand more of it."]


def test_a_quotation_in_a_list_is_one() -> None:
    assert list(quotations([Block(BlockKind.LIST_ITEM, "Item", detail=ListItem()), quoted("One.", "->")])) == ["One."]


def test_notes_that_are_counted_anew_in_each_chapter_are_told_by_their_labels() -> None:
    article = Article(
        Metadata(),
        (
            Block(BlockKind.PARAGRAPH, "One.", marks=(Mark(4, "1:1"), Mark(4, "1:7"))),
            Block(BlockKind.PARAGRAPH, "Two.", marks=(Mark(4, "2:1"),)),
        ),
        (
            Note("1:1", "1", (said("First."),)),
            Note("2:1", "1", (said("Second."),)),
            Note("2:2", "2", (said("Third."),)),
        ),
    )

    found = inspection(article)

    assert [(note["label"], note["marks"]) for note in found["notes"]] == [("1", 1), ("1", 1), ("2", 0)]
    assert (found["orphan_notes"], found["marks_without_note"]) == (["2"], ["7"])


def test_an_article_of_nothing_is_told_too() -> None:
    assert inspection(Article(Metadata(), ()))["text"] == ""
    assert summary(Article(Metadata(), ())) == "(no title)"


def test_what_was_set_aside_is_told_with_its_line_and_reason() -> None:
    article = Article(Metadata("T"), (said("A word."),), set_aside=(SetAside(7, "Share  this\npage", "clutter", 1),))

    assert summary(article) == "T\n\n2 words\n\nSet aside:\n  line 7: Share this page (clutter)"
