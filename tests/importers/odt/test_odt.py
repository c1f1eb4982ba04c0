"""Notes, lists, tables, comments and tracked changes of OpenDocument texts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.errors import EmptyFileError
from reader.importers.archive import EncryptedArchiveError
from reader.importers.odt.importer import read
from reader.importers.registry import format_of
from tests.importers.docx.word_files import shown

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def write(path: Path, body: str, styles: str = "", **files: str) -> Path:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def article(folder: Path, body: str, styles: str = "") -> Article:
    return read(write(folder / "a.odt", body, styles)).article


def note(label: str, text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{text}</text:note-body></text:note>"
    )


def test_notes_keep_their_signs_and_paragraphs(tmp_path: Path) -> None:
    body = (
        f"<text:p>A{note('1', '<text:p>One.</text:p><text:p>More.</text:p>')} and"
        f" b{note('i', '<text:p>At the end.</text:p>', 'endnote')}.</text:p>"
    )

    made = article(tmp_path, body)

    assert shown(made) == ["paragraph: A[1] and b[i]."]
    assert [[block.text for block in one.blocks] for one in made.notes] == [["One.", "More."], ["At the end."]]


def test_headings_have_the_level_of_their_outline(tmp_path: Path) -> None:
    made = article(tmp_path, '<text:h text:outline-level="2">Head</text:h><text:p>Text.</text:p>')

    assert shown(made) == ["heading 2: Head", "paragraph: Text."]


def test_lists_are_nested_and_counted(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        '<text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list>"
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:p>more</text:p></text:list-item>'
        f"<text:list-item><text:p>two</text:p>{inner}<text:p>still two</text:p></text:list-item></text:list>"
        "<text:p>After.</text:p>"
    )

    made = article(tmp_path, body, styles)

    assert shown(made) == [
        "list_item: one", "paragraph -: more", "list_item: two", "list_item -: inner", "paragraph -: still two",
        "paragraph: After.",
    ]  # fmt: skip
    assert [getattr(block.detail, "number", None) for block in made.blocks] == [1, None, 2, None, None, None]


def test_covered_cells_keep_their_places(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    row = f"<table:table-row>{cell('a')}{cell('b')}</table:table-row>"
    wide = f"<table:table-row>{cell('wide')}<table:covered-table-cell/></table:table-row>"

    made = article(
        tmp_path,
        f"<table:table><table:table-header-rows>{row}</table:table-header-rows>{wide}</table:table>",
    )

    assert shown(made) == ["table_row: a\tb", "table_row: wide\t"]
    assert [getattr(block.detail, "header", None) for block in made.blocks] == [True, False]


def test_comments_are_set_aside_and_deletions_left_out(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    comment = (
        '<office:annotation office:name="c"><dc:creator>Eve</dc:creator><text:p>Sure?</text:p></office:annotation>'
        'these words<office:annotation-end office:name="c"/>'
    )

    made = article(tmp_path, f"{changes}<text:p>All {comment} stay.</text:p>")

    assert shown(made) == ["paragraph: All these words stay."]
    assert [(one.text, one.reason) for one in made.set_aside] == [("Sure?", "a comment by Eve on “these words”")]
    assert made.warnings == ("1 deletion that was tracked in the file is left out.",)


def test_the_contents_table_is_set_aside(tmp_path: Path) -> None:
    table = (
        "<text:table-of-content><text:table-of-content-source/><text:index-body><text:p>One 1</text:p>"
        "</text:index-body></text:table-of-content>"
    )

    made = article(tmp_path, f'{table}<text:h text:outline-level="1">One</text:h>')

    assert shown(made) == ["heading 1: One"]
    assert [one.text for one in made.set_aside] == ["One 1"]


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )

    made = article(tmp_path, '<text:p>Seen<text:span text:style-name="T1"> hidden</text:span>.</text:p>', styles)

    assert shown(made) == ["paragraph: Seen."]


def test_a_text_is_known_by_its_content(tmp_path: Path) -> None:
    assert format_of(write(tmp_path / "letter.bin", "<text:p>Text.</text:p>")) == "odt"


def test_a_locked_text_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.odt", "", **{"META-INF/manifest.xml": "<m:encryption-data/>"})

    with pytest.raises(EncryptedArchiveError):
        read(path)


def test_a_text_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        read(write(tmp_path / "a.odt", ""))
