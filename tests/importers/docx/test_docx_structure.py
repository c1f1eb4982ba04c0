"""Headings, lists, tables, links and all else that gives a Word file its shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article.model import SpanKind
from reader.importers.docx.importer import read
from tests.importers.docx.word_files import STYLES, article, called, field, note, p, r, shown, write


def named(style: str, name: str, properties: str = "", based: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def level(depth: int, form: str, text: str, more: str = "") -> str:
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def numbering(*levels: str, overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


def item(text: str, depth: int = 0, of: int = 1, style: str = "") -> str:
    return p(text, style, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{of}"/></w:numPr>')


@pytest.mark.parametrize(
    ("style", "name"), [("berschrift2", "Überschrift 2"), ("Titre2", "Titre 2"), ("Heading2", "heading 2,H2")]
)
def test_a_heading_is_known_by_its_style_in_any_language(tmp_path: Path, style: str, name: str) -> None:
    made = article(tmp_path, p("Head", style) + p("Text."), styles=named(style, name))

    assert shown(made) == ["heading 2: Head", "paragraph: Text."]


def test_a_style_based_on_a_heading_is_one_unless_it_says_otherwise(tmp_path: Path) -> None:
    mine = named("Mine", "Chapter", based="Heading1")
    plain = named("Plain", "Looks Like It", '<w:outlineLvl w:val="9"/>', based="Heading1")

    made = article(tmp_path, p("Head", "Mine") + p("No head", "Plain"), styles=STYLES + mine + plain)

    assert shown(made) == ["heading 1: Head", "paragraph: No head"]


def test_an_outline_level_makes_a_heading(tmp_path: Path) -> None:
    made = article(tmp_path, p("Head", properties='<w:outlineLvl w:val="2"/>') + p("Text."))

    assert shown(made) == ["heading 3: Head", "paragraph: Text."]


def test_title_and_subtitle_are_title_and_lead(tmp_path: Path) -> None:
    core = "<dc:title>Microsoft Word - Document1</dc:title><dc:creator>Ann Other; python-docx</dc:creator>"

    made = article(tmp_path, p("The Title", "Title") + p("Below it", "Subtitle") + p("Text."), core=core)

    assert (made.metadata.title, made.metadata.authors) == ("The Title", ("Ann Other",))
    assert shown(made) == ["lead: Below it", "paragraph: Text."]


def test_the_contents_table_is_set_aside(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    done = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p(begin + r("One 1"), "TOC1") + p(r("Two 2"), "TOC1") + p(done) + p("One", "Heading1") + p("Text.")

    made = article(tmp_path, body)

    assert shown(made) == ["heading 1: One", "paragraph: Text."]
    assert made.set_aside[0].text == "One 1\nTwo 2"


def test_a_contents_field_without_an_end_hides_nothing(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'

    made = article(tmp_path, p(begin) + p("Text."))

    assert shown(made) == ["paragraph: Text."]


def test_numbers_of_headings_are_text(tmp_path: Path) -> None:
    numbers = numbering(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))

    made = article(
        tmp_path, item("One", style="Heading1") + item("Two", style="Heading1") + item("Methods", 1, style="Heading2"),
        numbering=numbers,
    )  # fmt: skip

    assert shown(made) == ["heading 1: 1 One", "heading 1: 2 Two", "heading 2: 2.1 Methods"]


BOLD = "<w:b/>"
LARGE = '<w:b/><w:sz w:val="32"/>'
TEXT = "A sentence that goes on for long enough to be the text of a section, and then some more."


def test_headings_are_known_by_their_look_where_no_style_is_used(tmp_path: Path) -> None:
    heads = ("First part", "Second part", "Third part")
    body = "".join(p(r(head, BOLD)) + p(TEXT) + p(TEXT) for head in heads)

    made = article(tmp_path, body)

    assert [block.text for block in made.blocks if block.level] == list(heads)


@pytest.mark.parametrize(("look", "times"), [(BOLD, 2), (LARGE, 1)])
def test_a_look_that_does_not_come_again_makes_no_heading(tmp_path: Path, look: str, times: int) -> None:
    body = "".join(p(r(f"Part {i}", look)) + p(TEXT) + p(TEXT) for i in range(times))

    made = article(tmp_path, body)

    assert not any(block.level for block in made.blocks)


def test_a_first_line_that_is_larger_and_bold_is_the_title(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("On Swallows", LARGE)) + p(TEXT) + p(TEXT))

    assert made.metadata.title == "On Swallows"


def test_two_lines_that_are_bold_and_larger_are_headings(tmp_path: Path) -> None:
    body = "".join(p(r(head, LARGE)) + p(TEXT) + p(TEXT) for head in ("First part", "Second part"))

    made = article(tmp_path, body)

    assert [block.text for block in made.blocks if block.level] == ["First part", "Second part"]


def test_bold_labels_with_a_few_words_below_are_no_headings(tmp_path: Path) -> None:
    body = "".join(p(r(f"Field {name}", BOLD)) + p("What stands in it.") + p(TEXT) for name in "ABCDE")

    made = article(tmp_path, body)

    assert not any(block.level for block in made.blocks)


def test_an_outline_level_alone_counts_for_nothing_beside_headings_with_styles(tmp_path: Path) -> None:
    level = '<w:outlineLvl w:val="1"/>'
    body = p("Head", "Heading1") + p("Only text", properties=level) + p(r("A bold head", BOLD), properties=level)

    made = article(tmp_path, body + p(TEXT))

    assert [block.text for block in made.blocks if block.level] == ["Head", "A bold head"]


def test_an_outline_level_of_all_text_makes_no_headings(tmp_path: Path) -> None:
    every = named("Normal", "Normal", '<w:outlineLvl w:val="0"/>').replace("<w:style ", '<w:style w:default="1" ', 1)

    made = article(tmp_path, p("One.") + p("Two.", "Normal"), styles=every)

    assert shown(made) == ["paragraph: One.", "paragraph: Two."]


def test_a_soft_hyphen_alone_in_its_run_is_nothing(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("Foot") + r("\u00ad") + r("note")))

    assert shown(made) == ["paragraph: Footnote"]


def test_a_bold_sentence_is_no_heading(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("Mind the gap.", "<w:b/>")) + p("A sentence that is plain text.") * 4)

    assert not any(block.level for block in made.blocks)


def test_a_bold_line_with_an_arrow_is_a_step_and_no_heading(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("On submit → draw the table", "<w:b/>")) + p("A sentence that is plain text.") * 4)

    assert not any(block.level for block in made.blocks)


def test_lists_are_nested_counted_and_go_on(tmp_path: Path) -> None:
    numbers = numbering(level(0, "decimal", "%1."), level(1, "bullet", "•"))
    body = item("one") + item("inner", 1) + item("two") + p("Between.") + item("three")

    made = article(tmp_path, body, numbering=numbers)

    assert shown(made) == [
        "list_item: one", "list_item -: inner", "list_item: two", "paragraph: Between.", "list_item: three",
    ]  # fmt: skip
    assert [getattr(block.detail, "number", None) for block in made.blocks] == [1, None, 2, None, 3]


def test_a_list_begins_anew_where_it_says_so(tmp_path: Path) -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = numbering(level(0, "decimal", "%1."), overrides=start)

    made = article(tmp_path, item("a") + item("b") + item("c", of=2) + item("d", of=2), numbering=numbers)

    assert [getattr(block.detail, "number", None) for block in made.blocks] == [1, 2, 1, 2]


def test_numbers_in_words_are_kept_as_text(tmp_path: Path) -> None:
    made = article(tmp_path, item("Of names"), numbering=numbering(level(0, "upperRoman", "Article %1.")))

    assert shown(made) == ["paragraph: Article I. Of names"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_cells_that_span_rows_and_columns_keep_the_grid(tmp_path: Path) -> None:
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('a')}{cell('b')}{cell('c')}</w:tr>"
    span, merged = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    wide = f"<w:tr>{cell('x', span)}{cell('y', merged)}</w:tr>"
    below = f"<w:tr>{cell('p')}{cell('q')}{cell('hidden', '<w:vMerge/>')}</w:tr>"

    made = article(tmp_path, f"<w:tbl>{head}{wide}{below}</w:tbl>")

    assert shown(made) == ["table_row: a\tb\tc", "table_row: x\t\ty", "table_row: p\tq\t"]
    assert [getattr(block.detail, "header", None) for block in made.blocks] == [True, False, False]


def test_a_table_of_one_cell_is_no_table(tmp_path: Path) -> None:
    made = article(tmp_path, f"<w:tbl><w:tr>{cell('Boxed.')}</w:tr></w:tbl>")

    assert shown(made) == ["paragraph: Boxed."]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    made = article(tmp_path, p(r("Around ") + box + r("it.")))

    assert shown(made) == ["paragraph: Around it.", "paragraph: In the box."]


def test_links_lead_out_or_to_a_place_in_the_text(tmp_path: Path) -> None:
    links = (
        '<Relationship Id="out" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        '<Relationship Id="bad" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    )
    body = p(
        f'<w:hyperlink r:id="out">{r("out")}</w:hyperlink><w:hyperlink r:id="bad">{r(" bad")}</w:hyperlink>'
        f'<w:hyperlink w:anchor="there">{r(" in")}</w:hyperlink>' + field('HYPERLINK "https://e.org"', r(" by field"))
    ) + p('<w:bookmarkStart w:id="1" w:name="there"/>' + r("There."))

    made = article(tmp_path, body, links=links)

    assert made.blocks[0].text == "out bad in by field"
    assert [span.value for span in made.blocks[0].spans] == ["https://example.org/", "#there", "https://e.org"]
    assert made.blocks[1].anchor == "there"


def test_hidden_text_is_left_out_and_special_signs_are_read(tmp_path: Path) -> None:
    body = p(
        r("hidden", "<w:vanish/>")
        + "<w:r><w:t>soft</w:t><w:softHyphen/><w:t>ly</w:t><w:noBreakHyphen/>"
        + '<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )

    made = article(tmp_path, body)

    assert shown(made) == ["paragraph: softly\N{NON-BREAKING HYPHEN}α✓"]


def test_spans_say_how_text_is_set(tmp_path: Path) -> None:
    made = article(
        tmp_path, p(r("bold", "<w:b/>") + r(" not", '<w:b w:val="0"/>') + r("2", '<w:vertAlign w:val="superscript"/>'))
    )

    assert [(span.kind, span.start, span.end) for span in made.blocks[0].spans] == [
        (SpanKind.STRONG, 0, 4), (SpanKind.SUP, 8, 9),
    ]  # fmt: skip


def test_foreign_words_have_their_language(tmp_path: Path) -> None:
    english, german = '<w:lang w:val="en-GB"/>', '<w:lang w:val="de-DE"/>'

    made = article(tmp_path, p(r("A long English sentence with ", english) + r("Weltschmerz", german)))

    assert made.metadata.language == "en-GB"
    assert [(span.kind, span.value) for span in made.blocks[0].spans] == [(SpanKind.LANGUAGE, "de-DE")]


def test_a_drop_cap_belongs_to_its_paragraph(tmp_path: Path) -> None:
    made = article(tmp_path, p("O", properties='<w:framePr w:dropCap="drop"/>') + p("nce upon a time."))

    assert shown(made) == ["paragraph: Once upon a time."]


def test_lines_of_code_are_one_block(tmp_path: Path) -> None:
    tab = "<w:r><w:tab/><w:t>pass</w:t></w:r>"

    made = article(tmp_path, p("def f():", "Code") + p(tab, "Code") + p("", "Code") + p("f()", "Code"))

    assert shown(made) == ["code: def f():\n\tpass\n\nf()"]


def test_an_equation_is_a_line_of_text(tmp_path: Path) -> None:
    def t(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{t('x')}</m:e><m:sup>{t('2')}</m:sup></m:sSup>"

    made = article(tmp_path, p(f"<m:oMath>{fraction}{t('=')}{power}</m:oMath>"))

    assert shown(made) == ["paragraph: (a+b)/2=x²"]


def test_a_caption_is_known_by_its_counter(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("Figure ") + field(" SEQ Figure ", r("1")) + r(": A river")) + p("Text."))

    assert shown(made) == ["caption: Figure 1: A river", "paragraph: Text."]


def test_a_document_in_the_strict_form_is_read_alike(tmp_path: Path) -> None:
    made = write(tmp_path / "a.docx", p(r("Head") + called(1), "Heading1"), {"footnotes": note(1, "One")})
    import zipfile

    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            data = data.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, data)

    assert shown(read(strict).article) == ["heading 1: Head[1]"]
    assert len(read(strict).article.notes) == 1


def test_what_is_left_out_for_memory_says_nothing_of_the_text(tmp_path: Path) -> None:
    spoken = '&lt;w:t xml:space="preserve"&gt; w:rsidR="00A1B2C3"'
    carried = '<w:r><w:t><![CDATA[ <w:p w:rsidR="00A1B2C3">]]></w:t></w:r>'
    sitting = '<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3">{}</w:p>'

    plain = article(tmp_path, sitting.format(r("One ") + r("two ") + r(spoken)))
    with_data = article(tmp_path, sitting.format(r("One ") + carried))

    assert shown(plain) == ['paragraph: One two <w:t xml:space="preserve"> w:rsidR="00A1B2C3"']
    assert shown(with_data) == ['paragraph: One <w:p w:rsidR="00A1B2C3">']
