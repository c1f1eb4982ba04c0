from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.paper.font_text import Shape, as_written, cmap, texts, widths
from reader.ui.paper.pdf_update import Entry, NoWholePdfError, append
from tests.ui.paper.pdf_reading import Pdf

BARE = (
    b"%PDF-1.4\n1 0 obj\n<<\n/Type /Catalog\n/Pages 2 0 R\n>>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
)


def bare(path: Path) -> Path:
    places = [BARE.index(b"1 0 obj"), BARE.index(b"2 0 obj")]
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<<\n/Size 3\n/Root 1 0 R\n>>\nstartxref\n%d\n%%%%EOF\n" % len(BARE)
    path.write_bytes(BARE + table + end)
    return path


def test_the_outline_nests_without_a_gap(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.pdf")

    append(path, [Entry(1, "One", "p1"), Entry(3, "Deep", "p2"), Entry(2, "Less", "p3"), Entry(1, "Zwö", "p4")], "", {})

    assert Pdf(path).outline() == [(0, "One"), (1, "Deep"), (1, "Less"), (0, "Zwö")]


def test_an_outline_that_begins_deep_has_no_empty_parents(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.pdf")

    append(path, [Entry(3, "Deep", "p1"), Entry(1, "Top", "p2")], "de", {})

    assert Pdf(path).outline() == [(0, "Deep"), (0, "Top")]


def test_without_headings_there_is_no_outline(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.pdf")

    append(path, [], "de", {})

    assert b"/Outlines" not in Pdf(path).catalog
    assert b"/Pages 2 0 R" in Pdf(path).catalog


def test_what_was_there_stays_in_front(tmp_path: Path) -> None:
    path = bare(tmp_path / "a.pdf")
    before = path.read_bytes()

    append(path, [Entry(1, "One", "p1")], "en", {})

    assert path.read_bytes().startswith(before)


@pytest.mark.parametrize("content", [b"%PDF-1.4\nhalf a fi", b"x" * 5000, BARE + b"startxref\n12\n%%EOF\n"])
def test_half_a_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)

    with pytest.raises(NoWholePdfError):
        append(tmp_path / "a.pdf", [], "", {})

    assert (tmp_path / "a.pdf").read_bytes() == content


def test_a_table_of_texts_has_a_line_a_glyph() -> None:
    table = cmap({1: "a", 2: "ffi", 300: "𝔸"})

    assert b"3 beginbfchar\n<0001> <0061>\n<0002> <006600660069>\n<012C> <D835DD38>\nendbfchar" in table


def test_qts_own_table_is_understood() -> None:
    table = (
        b"2 beginbfrange\n<0000> <0000> <0000>\n<0001> <0003> [<00B9> <0041> <FB03> ]\n"
        b"<0004> <0005> <0061>\nendbfrange\n"
    )

    assert texts(table) == {0: "\0", 1: "¹", 2: "A", 3: "ﬃ", 4: "a", 5: "b"}


def test_widths_are_lists_or_ranges() -> None:
    assert widths(b"<< /W [0 [640 ]\n1 3 371 \n4 [669 596 ]\n]\n>>") == {0: 640, 1: 371, 2: 371, 3: 371, 4: 669, 5: 596}


def test_shapes_are_the_same_but_for_rounding() -> None:
    assert Shape(1, 2, 3, 4, 500).is_near(Shape(1, 3, 2, 4, 501))
    assert not Shape(1, 2, 3, 4, 500).is_near(Shape(1, 4, 3, 4, 500))


@pytest.mark.parametrize(
    ("sign", "text"),
    [("\t", " "), ("\ufb03", "ffi"), ("\ufed4", "\u0641"), ("\u2f00", "\u4e00"), ("é", "é"), ("²", "²")],
)
def test_a_sign_for_what_is_written_with_others_is_written_so(sign: str, text: str) -> None:
    assert as_written(sign) == text
