from __future__ import annotations

from reader.store.kinship import likeness, same_article

OLD = " ".join(f"word{number}" for number in range(200))
MENDED = OLD.replace("word50", "WORD fifty").replace("word120 word121 ", "")
LONGER = OLD + " " + " ".join(f"more{number}" for number in range(600))
OTHER = " ".join(f"other{number}" for number in range(200))
# Two articles of one site: the same frame around another text.
FRAME = " ".join(f"frame{number}" for number in range(60))


def test_a_text_is_like_itself_in_any_case_and_spacing() -> None:
    assert likeness(OLD, OLD.upper().replace(" ", "\n  ")) == (1.0, 1.0, 197)


def test_other_words_are_not_alike() -> None:
    assert likeness(OLD, OTHER)[:2] == (0.0, 0.0)


def test_an_empty_text_is_like_nothing() -> None:
    assert likeness("", OLD) == (0.0, 0.0, 0)


def test_a_mended_text_is_a_revision_by_its_place_or_by_its_title() -> None:
    assert same_article(OLD, MENDED, same_title=False, same_place=True)
    assert same_article(OLD, MENDED, same_title=True, same_place=False)


def test_a_text_that_grew_at_its_place_is_a_revision() -> None:
    assert same_article(OLD, LONGER, same_title=True, same_place=True)
    assert same_article(OLD, LONGER, same_title=False, same_place=True)


def test_a_part_of_a_book_elsewhere_is_an_article_of_its_own() -> None:
    assert not same_article(LONGER, OLD, same_title=True, same_place=False)


def test_the_same_title_alone_says_nothing() -> None:
    assert not same_article(OLD, OTHER, same_title=True, same_place=False)


def test_another_text_saved_over_the_same_path_is_another_article() -> None:
    assert not same_article(OLD, OTHER, same_title=False, same_place=True)
    assert not same_article(f"{FRAME} {OLD}", f"{FRAME} {OTHER}", same_title=False, same_place=True)


def test_reports_of_one_title_that_fill_in_one_form_are_articles_of_their_own() -> None:
    form = " ".join(f"form{number}" for number in range(150))

    assert not same_article(f"{form} {OTHER[:600]}", f"{form} {OLD[:600]}", same_title=True, same_place=False)


def test_alike_without_place_or_title_is_another_article() -> None:
    assert not same_article(OLD, MENDED, same_title=False, same_place=False)


def test_texts_too_short_to_compare_go_by_place_and_title() -> None:
    assert same_article("Buy milk.", "Buy bread.", same_title=True, same_place=True)
    assert not same_article("Buy milk.", "Buy bread.", same_title=True, same_place=False)


def test_a_book_is_told_by_a_sample() -> None:
    book = " ".join(f"word{number}" for number in range(80_000))
    mended = book.replace("word7", "Word seven")

    assert same_article(book, mended, same_title=True, same_place=False)
    assert not same_article(book, book.replace("word", "other"), same_title=True, same_place=False)


def test_chinese_is_compared_sign_by_sign() -> None:
    old = "苏维埃是工人和士兵的代表会议,一九一七年在彼得格勒重新建立。" * 3
    new = old.replace("工人", "农民", 1)

    assert same_article(old, new, same_title=True, same_place=False)
