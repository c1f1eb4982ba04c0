"""Find in one article: what finds what, exactly where, and where never."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.article import find as find_module
from reader.article.codec import Compiled, encode
from reader.article.find import Context, Finder, context, find
from reader.article.folding import bare, plain
from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.article.stored import StoredText
from reader.article.text import CanonicalText
from tests.strategies import WORDS, articles


def text(*passages: str, notes: tuple[str, ...] = ()) -> CanonicalText:
    blocks = tuple(Block(BlockKind.PARAGRAPH, passage) for passage in passages)
    kept = tuple(
        Note(str(number), str(number), (Block(BlockKind.PARAGRAPH, note),)) for number, note in enumerate(notes, 1)
    )
    return CanonicalText(Article(Metadata(), blocks, kept))


def words(canonical: CanonicalText, query: str, *, match_case: bool = False, whole_word: bool = False) -> list[str]:
    hits = find(canonical, query, match_case=match_case, whole_word=whole_word)
    return [canonical.string[start:end] for start, end in hits]


@pytest.mark.parametrize(
    ("query", "passage", "found"),
    [
        ("cafe", "A café, a cafe, a CAFÉ", ["café", "cafe", "CAFÉ"]),
        ("café", "A café, a cafe, a CAFÉ", ["café", "CAFÉ"]),
        ("cafe\N{COMBINING ACUTE ACCENT}", "A café, a cafe", ["café"]),
        ("resumé", "resume, resumé, résumé", ["resumé", "résumé"]),
        ("e", "ế", ["ế"]),
        ("é", "ế", []),
        ("smor", "smørrebrød", ["smør"]),
        ("smør", "smor, smør", ["smør"]),
        ("don't", "don’t don't don‘t", ["don’t", "don't", "don‘t"]),
        ('"so"', "“so” „so“ «so»", ["“so”", "„so“", "«so»"]),
        ("7-8", "7–8, 7—8, 7‑8, 7−8", ["7–8", "7—8", "7‑8", "7−8"]),
        ("final office", "ﬁnal oﬃce", ["ﬁnal oﬃce"]),
        ("strasse", "Straße, STRASSE, STRAẞE", ["Straße", "STRASSE", "STRAẞE"]),
        ("straße", "Strasse", ["Strasse"]),
        ("stras", "Straße", ["Straß"]),
        ("s", "ß", ["ß"]),
        ("encyclopaedia", "Encyclopædia", ["Encyclopædia"]),
        ("wait...", "Wait… wait...", ["Wait…", "wait..."]),
        ("a b", "a\xa0b a\u2009b a  b a \xa0 b", ["a\xa0b", "a\u2009b", "a  b", "a \xa0 b"]),
        ("a   b", "a b", ["a b"]),
        ("line two", "line\ntwo", ["line\ntwo"]),
        ("bolshevik", "Bol\N{SOFT HYPHEN}she\N{SOFT HYPHEN}vik", ["Bol\N{SOFT HYPHEN}she\N{SOFT HYPHEN}vik"]),
        ("bol\N{SOFT HYPHEN}she", "Bolshevik", ["Bolshe"]),
        ("bol", "Bol\N{SOFT HYPHEN}shevik", ["Bol"]),
        ("x", "x\N{COMBINING DOT BELOW}y", ["x\N{COMBINING DOT BELOW}"]),
        ("x\N{COMBINING DOT BELOW}", "x x\N{COMBINING DOT BELOW}", ["x\N{COMBINING DOT BELOW}"]),
        ("istanbul", "İstanbul, Istanbul, istanbul", ["İstanbul", "Istanbul", "istanbul"]),
        ("ırmak", "Irmak, ırmak", ["Irmak", "ırmak"]),
        ("σισυφος", "ΣΊΣΥΦΟΣ Σίσυφος", ["ΣΊΣΥΦΟΣ", "Σίσυφος"]),
        ("совет", "СОВЕТ Советы", ["СОВЕТ", "Совет"]),
        ("еще", "ещё", ["ещё"]),
        ("会", "委員会の会", ["会", "会"]),
        ("か", "かが", ["か"]),
        ("한", "한국", ["한"]),
        ("कु", "कु क", ["कु"]),
        ("ab", "abababa", ["ab", "ab", "ab"]),
        ("aá", "aaá", ["aá"]),
        ("x2", "x²", ["x²"]),
        ("fullwidth", "ｆｕｌｌｗｉｄｔｈ", ["ｆｕｌｌｗｉｄｔｈ"]),
        ("", "anything", []),
        (" \t\n", "a b", []),
        ("\N{COMBINING ACUTE ACCENT}", "é", []),
        ("\N{SOFT HYPHEN}", "a\N{SOFT HYPHEN}b", []),
    ],
)  # fmt: skip
def test_a_query_finds_all_its_spellings_and_no_other(query: str, passage: str, found: list[str]) -> None:
    canonical = text(passage)

    hits = words(canonical, query)

    assert hits == found


@pytest.mark.parametrize(
    ("query", "passage", "found"),
    [
        ("Soviet", "soviet Soviet SOVIET", ["Soviet"]),
        ("É", "é É E", ["É"]),
        ("E", "é É E", ["É", "E"]),
        ("Straße", "STRASSE Strasse Straße", ["Strasse", "Straße"]),
        ("Bol she", "Bol  she bol she", ["Bol  she"]),
        ("I", "I i ı İ", ["I", "İ"]),
    ],
)
def test_matched_case_finds_only_that_case(query: str, passage: str, found: list[str]) -> None:
    canonical = text(passage)

    hits = words(canonical, query, match_case=True)

    assert hits == found


@pytest.mark.parametrize(
    ("query", "passage", "found"),
    [
        ("people", "people peoples unpeople people’s (people)", ["people", "people", "people"]),
        ("cafe", "café, cafés", ["café"]),
        ("café", "cafés café", ["café"]),
        ("so", "so\N{SOFT HYPHEN}viet so", ["so"]),
        ("a a", "ba a a", ["a a"]),
        ("1917", "1917 19170 x1917 1917–1918", ["1917", "1917"]),
        ("(a", "x(a (ab", ["(a"]),
        ("snake", "snake_case", []),
        ("員", "委員会", ["員"]),
        ("stras", "Straße", []),
        ("क", "कु क", ["क"]),
    ],
)
def test_a_whole_word_begins_and_ends_between_words(query: str, passage: str, found: list[str]) -> None:
    canonical = text(passage)

    hits = words(canonical, query, whole_word=True)

    assert hits == found


def test_hits_are_told_in_canonical_offsets() -> None:
    canonical = text("ﬁne", "a ﬁne   day", notes=("Fine.",))

    hits = find(canonical, "fine")

    assert list(hits) == [(0, 3), (6, 9), (16, 20)]


def test_a_hit_does_not_reach_from_one_passage_into_the_next() -> None:
    canonical = text("all power", "to the soviets")

    hits = find(canonical, "power to")

    assert len(hits) == 0


def test_a_forced_line_break_does_not_end_a_passage() -> None:
    canonical = text("all power\nto", "the soviets")

    hits = find(canonical, "power to")

    assert list(hits) == [(4, 12)]


def test_a_query_is_cut_after_a_thousand_characters() -> None:
    canonical = text("x" * 1_500)

    hits = find(canonical, "x" * 1_200)

    assert list(hits) == [(0, 1_000)]


def test_the_next_hit_after_the_last_is_the_first() -> None:
    hits = find(text("one two one two one"), "one")

    assert [hits.after(0), hits.after(1), hits.after(16), hits.after(17)] == [0, 1, 2, 0]


def test_the_hit_before_the_first_is_the_last() -> None:
    hits = find(text("one two one two one"), "one")

    assert [hits.before(0), hits.before(8), hits.before(9)] == [2, 0, 1]


def test_the_hits_on_the_screen_are_those_that_touch_its_range() -> None:
    hits = find(text("one two one two one"), "one")

    assert [list(hits.within(2, 9)), list(hits.within(3, 8)), list(hits.within(0, 19))] == [[0, 1], [], [0, 1, 2]]


def test_a_context_has_whole_words_of_one_passage() -> None:
    canonical = text("before it", "The first congress of the soviets met in June\nof the year.", "after it")
    ((start, end),) = find(canonical, "soviets")

    shown = context(canonical, start, end, around=18)

    assert shown == Context("…congress of the ", "soviets", " met in June of…")


def test_a_context_that_is_the_whole_passage_has_no_ellipsis() -> None:
    canonical = text("one", "two words", "three")
    ((start, end),) = find(canonical, "two")

    shown = context(canonical, start, end)

    assert shown == Context("", "two", " words")


SOUP = st.text(st.sampled_from("aAbßẞﬁfiIİıéeE\N{COMBINING ACUTE ACCENT}\u00ad \u00a0\n\t’'–-…. æ委한ςσ"), max_size=24)
QUERIES = st.one_of(st.text(max_size=8), SOUP, st.sampled_from(WORDS))


def spread(string: str, match_case: bool) -> list[tuple[str, int, int]]:
    """Return each folded letter with the range of the text that it stands for: the slow, plain way."""
    letters: list[tuple[str, int, int]] = []
    for at, character in enumerate(string):
        folded = (bare if match_case else plain)(character)
        if not folded and unicodedata.category(character) in {"Mn", "Me"} and letters and letters[-1][2] == at:
            letters[-1] = (letters[-1][0], letters[-1][1], at + 1)
        for letter in folded:
            if letter == " " and letters and letters[-1][0] == " ":
                letters[-1] = (" ", letters[-1][1], at + 1)
            else:
                letters.append((letter, at, at + 1))
    return letters


@given(
    st.lists(SOUP.map(lambda soup: unicodedata.normalize("NFC", soup)), min_size=1, max_size=3), QUERIES, st.booleans()
)
@example(["ßß"], "s", False)
@example(["a\u00ad\n\u00ad b"], "a b", False)
def test_every_hit_is_one_that_a_plain_search_finds(passages: list[str], query: str, match_case: bool) -> None:
    canonical = text(*passages)

    hits = list(Finder(canonical).find(query, match_case=match_case))

    query = unicodedata.normalize("NFC", query).strip("\n\r\t")
    needle = "".join(letter for letter, _, _ in spread(query.replace("\n", " "), match_case))
    folds_alike: list[tuple[int, int]] = []
    for passage, shift in zip(passages, canonical.starts, strict=False):
        letters = spread(passage.replace("\n", " "), match_case)
        folded = "".join(letter for letter, _, _ in letters)
        folds_alike += [
            (letters[at][1] + shift, letters[at + len(needle) - 1][2] + shift)
            for at in range(len(folded) - len(needle) + 1)
            if needle.strip() and folded.startswith(needle, at)
        ]
    has_accents = unicodedata.normalize("NFKD", query) != "".join(
        character for character in unicodedata.normalize("NFKD", query) if unicodedata.category(character) != "Mn"
    )
    assert set(hits) <= set(folds_alike)
    if not has_accents:
        expected: list[tuple[int, int]] = []
        for start, end in folds_alike:
            if not expected or start >= expected[-1][1]:
                expected.append((start, end))
        assert len(hits) == len(expected)


@given(articles(), QUERIES, st.booleans(), st.booleans())
def test_any_query_gives_hits_in_order_inside_one_passage_each(
    article: Article, query: str, match_case: bool, whole_word: bool
) -> None:
    canonical = CanonicalText(article)

    hits = list(find(canonical, query, match_case=match_case, whole_word=whole_word))

    last = 0
    for start, end in hits:
        assert last <= start < end <= len(canonical)
        first, stop = canonical.span(canonical.place(start).passage)
        assert first <= start < end <= stop
        last = end


@given(articles(), st.data())
def test_a_word_of_the_text_finds_itself(article: Article, data: st.DataObject) -> None:
    canonical = CanonicalText(article)
    places = [span for span in map(canonical.span, range(len(canonical.passages))) if span[0] < span[1]]
    if not places:
        return
    first, stop = data.draw(st.sampled_from(places))
    start = data.draw(st.integers(first, stop - 1))
    end = data.draw(st.integers(start + 1, stop))
    word = canonical.string[start:end]

    hits = find(canonical, word, match_case=True)

    visible = "".join(bare(character) for character in word).strip()
    assert not visible or word[0].isspace() or unicodedata.combining(word[0]) or len(hits) > 0


# -- the first hit, before all are known --------------------------------------------------------------


@given(articles(), QUERIES, st.integers(0, 120), st.booleans(), st.booleans())
def test_the_first_hit_after_a_place_is_the_first_of_all_hits_there(
    article: Article, query: str, offset: int, match_case: bool, whole_word: bool
) -> None:
    finder = Finder(CanonicalText(article))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_module, "FIRST_LOOK_CHARACTERS", 1)
        found = finder.first_after(query, offset, match_case=match_case, whole_word=whole_word)

    hits = finder.find(query, match_case=match_case, whole_word=whole_word)
    assert found == next((hit for hit in hits if hit[0] >= offset), None)


def test_the_first_hit_is_found_without_a_look_at_the_rest() -> None:
    class Counted(CanonicalText):
        read = 0

        def slice(self, start: int, end: int) -> str:
            self.read += end - start
            return super().slice(start, end)

    passages = tuple(Block(BlockKind.PARAGRAPH, f"Passage {number} of many.") for number in range(5_000))
    canonical = Counted(Article(Metadata(), passages))

    found = Finder(canonical).first_after("passage 2500", 40_000)

    assert found == (canonical.starts[2500], canonical.starts[2500] + 12)
    assert canonical.read < len(canonical) // 2


def test_a_rare_word_is_looked_for_in_what_is_folded_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_module, "FIRST_LOOK_CHARACTERS", find_module.MAX_LOOK_CHARACTERS)
    finder = Finder(text("One passage.", "Another."))
    finder.prepare()

    assert finder.first_after("another", 3) == (13, 20)
    assert finder.first_after("one", 3) is None


def test_what_was_forgotten_is_folded_again() -> None:
    finder = Finder(text("The ice on the lake."))
    finder.prepare()

    finder.forget()

    assert list(finder.find("ICE")) == [(4, 7)]


@given(articles(max_blocks=4), QUERIES)
def test_a_text_in_the_store_is_searched_like_one_in_memory(article: Article, query: str) -> None:
    stored = StoredText(Compiled.over(encode(article)))

    hits = find(stored, query)

    assert list(hits) == list(find(CanonicalText(article), query))
    for start, end in hits:
        assert context(stored, start, end) == context(CanonicalText(article), start, end)


def test_the_first_hit_is_looked_for_no_farther_than_one_wants() -> None:
    text = CanonicalText(Article(Metadata(), tuple(Block(BlockKind.PARAGRAPH, "word " * 40) for _ in range(400))))
    far = Article(Metadata(), (*text.passages, Block(BlockKind.PARAGRAPH, "needle")))
    finder = Finder(CanonicalText(far))

    assert finder.first_after("needle", 0, within=20_000) is None
    assert finder.first_after("needle", 0) is not None
