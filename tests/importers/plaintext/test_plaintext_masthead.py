"""What stands above and below a text: title, kicker, byline, date, lead, and a page's own lines."""

from __future__ import annotations

import pytest

from reader.article.model import Article, BlockKind
from reader.importers.plaintext import importer as plaintext

PROSE = "The morning came slowly over the roofs, and nobody in the street could say whether the bell had rung."


def read(text: str) -> Article:
    return plaintext.parse(text, name="bell-2").article


@pytest.mark.parametrize(
    ("line", "authors", "translators"),
    [
        ("By Ann Bell", ["Ann Bell"], []),
        ("by Ann Bell and Tom de Graaf", ["Ann Bell", "Tom de Graaf"], []),
        ("By Ann Bell, Tom Reyer, and J. R. Quill", ["Ann Bell", "Tom Reyer", "J. R. Quill"], []),
        ("Von Jana Hollenbeck und Peter Ström", ["Jana Hollenbeck", "Peter Ström"], []),
        ("Par Lucie Armand, traduit de l’anglais par Hugues Vidal", ["Lucie Armand"], ["Hugues Vidal"]),
        ("Por Inés Quiroga. Traducción de Ana Ruiz".replace(".", " |"), ["Inés Quiroga"], ["Ana Ruiz"]),
        ("di Chiara Bellandi", ["Chiara Bellandi"], []),
        ("Автор: Анна Верескова", ["Анна Верескова"], []),
        ("by Ann Bell, translated from the French by Tom Reyer", ["Ann Bell"], ["Tom Reyer"]),
        ("Ann Bell | March 3, 2021", ["Ann Bell"], []),
    ],
)
def test_a_byline_is_read(line: str, authors: list[str], translators: list[str]):
    article = read(f"The Bell of Morrow\n\n{line}\n\n{PROSE}\n\n{PROSE}\n")

    assert list(article.metadata.authors) == authors
    assert list(article.metadata.translators) == translators
    assert [block.text for block in article.blocks] == [PROSE, PROSE]


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("December 12, 2021", "2021-12-12"),
        ("Sun Dec 12, 2021", "2021-12-12"),
        ("12 December 2021", "2021-12-12"),
        ("12th of December 2021", "2021-12-12"),
        ("12. Dezember 2021", "2021-12-12"),
        ("12.12.2021", "2021-12-12"),
        ("12 décembre 2021", "2021-12-12"),
        ("1er janvier 2020", "2020-01-01"),
        ("12 de diciembre de 2021", "2021-12-12"),
        ("12 dicembre 2021", "2021-12-12"),
        ("12 декабря 2021 г.", "2021-12-12"),
        ("2021-12-12", "2021-12-12"),
        ("31/12/2021", "2021-12-31"),
        ("Published on March 3, 2021", "2021-03-03"),
        ("March 2020", "2020-03"),
        ("05/06/2021", "05/06/2021"),
    ],
)
def test_a_date_is_read(line: str, iso: str):
    article = read(f"The Bell of Morrow\n\nBy Ann Bell\n\n{line}\n\n{PROSE}\n\n{PROSE}\n")

    assert article.metadata.date == iso
    assert article.blocks[0].text == PROSE


def test_a_date_above_the_title_is_the_pages_where_another_stands_below():
    article = read(f"November 16, 2024\n\nThe Bell\n\nDecember 12, 2021\n\n{PROSE}\n\n{PROSE}\n")

    assert article.metadata.date == "2021-12-12"
    assert [(item.line, item.text) for item in article.set_aside] == [(1, "November 16, 2024")]


def test_a_date_above_the_title_is_the_texts_where_no_other_is():
    article = read(f"November 16, 2024\n\nThe Bell\n\n{PROSE}\n\n{PROSE}\n")

    assert article.metadata.date == "2024-11-16"
    assert article.set_aside == ()


def test_a_word_before_a_bar_is_the_kicker():
    article = read(f"Essay | The Bell of Morrow and Its Ringers\n\n{PROSE}\n\n{PROSE}\n")

    assert article.metadata.kicker == "Essay"
    assert article.metadata.title == "The Bell of Morrow and Its Ringers"


def test_a_paragraph_between_title_and_byline_is_the_lead():
    article = read(f"The Bell\n\n{PROSE}\n\nBy Ann Bell\n\n{PROSE}\n")

    assert [block.kind for block in article.blocks] == [BlockKind.LEAD, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("text", [PROSE, f"{PROSE}\n\n{PROSE}\n", f"CHAPTER I\n\n{PROSE}\n", "- a rope\n- a bell\n"])
def test_a_text_without_a_title_is_called_as_its_file(text: str):
    assert read(text).metadata.title == "bell-2"


def test_a_pages_own_lines_are_set_aside_with_the_reason():
    top = "Skip to content\nMenu\n\nThe Bell\n\nBy Ann Bell\n\nShare this\n\n"
    bottom = "Tags: bells, ropes\n\n3 Comments\n\nRelated articles\n\nA rope in spring\n\nThe ringer’s sons\n"
    article = read(f"{top}{PROSE}\n\n{PROSE}\n\n{bottom}")

    assert [(item.line, item.text) for item in article.set_aside] == [
        (1, "Skip to content"),
        (2, "Menu"),
        (8, "Share this"),
        (14, "Tags: bells, ropes"),
        (16, "3 Comments"),
        (18, "Related articles"),
        (20, "A rope in spring"),
        (22, "The ringer’s sons"),
    ]
    assert all(item.reason.endswith(".") for item in article.set_aside)
    assert [block.text for block in article.blocks] == [PROSE, PROSE]


def test_a_phrase_of_a_page_in_the_midst_of_a_text_stays():
    article = read(f"The Bell\n\n{PROSE}\n\nShare this\n\n{PROSE}\n")

    assert "Share this" in [block.text for block in article.blocks]
    assert article.set_aside == ()


def test_fields_at_the_top_are_read():
    article = read(f"Title: The Bell\nAuthor: Ann Bell\nDate: 2021-03-03\n\n{PROSE}\n\n{PROSE}\n")

    assert (article.metadata.title, article.metadata.authors) == ("The Bell", ("Ann Bell",))
    assert article.metadata.date == "2021-03-03"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bell was old and nobody in the street could say who had made it or what it was for.", "en"),
        ("Die Glocke war alt, und niemand in der Straße wusste, wer sie gemacht hatte oder wozu sie da war.", "de"),
        (
            "La cloche était vieille et personne dans la rue ne savait qui l’avait faite ni pour quoi elle était là.",
            "fr",
        ),
        ("La campana era vieja y nadie en la calle sabía quién la había hecho ni para qué servía en el pueblo.", "es"),
        (
            "La campana era vecchia e nessuno nella strada sapeva chi l’avesse fatta né che cosa ci facesse.",
            "it",
        ),
        (
            "O sino era velho e ninguém na rua sabia quem o tinha feito nem para que servia, mas não se falava disso.",
            "pt",
        ),
        (
            "De klok was oud en niemand in de straat wist wie hem gemaakt had of waar hij voor was, maar het was zo.",
            "nl",
        ),
        ("Колокол был старый, и никто на улице не знал, кто его сделал и для чего он был, но это было так.", "ru"),
        ("鐘は古く、通りの誰もそれを作った人を知らなかった。", "ja"),
        ("1 2 3", ""),
    ],
)
def test_the_language_is_guessed(text: str, language: str):
    assert read(text).metadata.language == language


def test_the_line_that_starts_a_gutenberg_text_may_run_over_two_lines() -> None:
    text = (
        "The Project Gutenberg eBook of The Bell\n\nTitle: The Bell\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE BELL AND ALL THAT\nHANGS ON IT ***\n\n\n"
        "CHAPTER I\n\nThe morning came slowly over the roofs, and nobody in the street could say more.\n"
    )

    article = plaintext.parse(text).article

    assert article.blocks[0].text == "CHAPTER I"
