"""Whatever a page is made of: nothing is lost, nothing comes twice, nothing breaks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article.model import Article
from reader.article.normal import normal
from reader.errors import ReaderError
from reader.importers.html.importer import read, read_string

DATA = Path(__file__).resolve().parents[2] / "data" / "html"
PAGES = sorted(DATA.rglob("*.*htm*"))

_INLINE = st.sampled_from(
    ["{}", "<em>{}</em>", "<b>{}</b>", '<a href="https://example.org/">{}</a>', "<span>{}</span>", "{}<br>"]
)
_BLOCK = st.sampled_from([
    "<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>",
    "<nav>{}</nav>", '<div class="sidebar">{}</div>',
    '<div class="comments"><p>{}</p></div>', "<table><tr><td>{}</td></tr></table>",
    "<figure><figcaption>{}</figcaption></figure>",
    "<pre>{}</pre>", "<center>{}", "<section>{}</section>", "<p hidden>{}</p>",
    "<aside>{}</aside>", "<footer>{}</footer>", "<p>{}", "<dl><dt>{}</dt></dl>", "{}",
])  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page in which every word occurs once."""
    number = 0
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        inner = ""
        for _ in range(draw(st.integers(1, 3))):
            words = []
            for _ in range(draw(st.integers(1, 12))):
                number += 1
                words.append(f"word{number}x")
            inner += draw(_INLINE).format(" ".join(words)) + " "
        parts.append(draw(_BLOCK).format(inner))
    return "<html><body>" + "\n".join(parts) + "</body></html>"


def _words(article: Article) -> Counter[str]:
    said = [block.text for block in article.blocks]
    said += [block.text for note in article.notes for block in note.blocks]
    said += [item.text for item in article.set_aside]
    return Counter(re.findall(r"word\d+x", " ".join(said)))


@given(pages())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_is_in_the_article_or_set_aside_once(tmp_path_factory: pytest.TempPathFactory, html: str) -> None:
    file = tmp_path_factory.getbasetemp() / "whole.html"
    file.write_text(html, encoding="utf-8")

    article = read(file).article

    assert _words(article) == Counter(re.findall(r"word\d+x", html))


@given(st.sampled_from(PAGES), st.data())
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_that_was_damaged_is_read_or_refused_with_a_sentence(page: Path, data: st.DataObject) -> None:
    html = page.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(html)))
    end = data.draw(st.integers(start, min(len(html), start + 300)))
    put = data.draw(
        st.sampled_from(
            ["", "<", ">", '"', "<b>", "</div>", "<table>", "<!--", "&", "\0", "<sup>", html[start:end] * 3]
        )
    )

    try:
        article = read_string(html[:start] + put + html[end:]).article
    except ReaderError as error:
        assert str(error)
        return

    assert normal(article) == article
