from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.store.catalogue import MAX_NAME, Catalogue, Collection, Description, Labels
from reader.store.connection import Database, transaction


@pytest.fixture
def catalogue(database: Database) -> Catalogue:
    return Catalogue(database)


@pytest.fixture
def shelve(database: Database) -> Callable[..., int]:
    def put() -> int:
        with transaction(database) as connection:
            count = connection.execute("SELECT count(*) FROM article").fetchone()[0]
            connection.execute("INSERT INTO article (uuid, added) VALUES (?, '')", (f"article {count}",))
            return int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])

    return put


def test_what_is_said_of_an_article_is_kept_beside_what_its_file_says(
    catalogue: Catalogue, shelve: Callable[..., int]
) -> None:
    article = shelve()

    catalogue.describe([article], Description(title="The Ferry", authors=("A. Writer", "B. Writer")))

    assert catalogue.description(article) == Description("The Ferry", ("A. Writer", "B. Writer"), None, None)


def test_the_same_is_said_of_several_and_the_rest_stays(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    one, other = shelve(), shelve()
    catalogue.describe([one], Description(title="One"))

    catalogue.describe([one, other, 99], Description(language="fr"))

    assert catalogue.description(one) == Description(title="One", language="fr")
    assert catalogue.description(other) == Description(language="fr")


def test_what_is_said_can_be_taken_back(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    article = shelve()
    catalogue.describe([article], Description(title="One", date="1918"))

    catalogue.set_descriptions({article: Description(date="1918")})

    assert catalogue.description(article) == Description(date="1918")


def test_a_tag_is_one_in_whatever_capitals(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    one, other = shelve(), shelve()
    catalogue.tag([one], ["History"])

    catalogue.tag([one, other], ["history", "  river \n trade "])

    assert catalogue.labels() == {
        one: Labels(("History", "river trade")),
        other: Labels(("History", "river trade")),
    }
    assert catalogue.tags() == {"History": 2, "river trade": 2}


def test_a_tag_that_is_renamed_to_another_becomes_one_with_it(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    one, other = shelve(), shelve()
    catalogue.tag([one], ["trade"])
    catalogue.tag([one, other], ["commerce"])

    catalogue.rename_tag("commerce", "Trade")

    assert catalogue.tags() == {"Trade": 2}


def test_tags_are_taken_away(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    article = shelve()
    catalogue.tag([article], ["one", "other"])

    catalogue.untag([article], ["one"])

    assert catalogue.tags() == {"other": 1}


def test_a_name_is_one_line_of_bounded_length(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    article = shelve()

    catalogue.tag([article], ["a\nb" + "c" * 1000, " \n "])

    (name,) = catalogue.tags()
    assert name.startswith("a bc")
    assert len(name) == MAX_NAME


def test_collections_count_what_is_on_the_shelf(
    catalogue: Catalogue, database: Database, shelve: Callable[..., int]
) -> None:
    one, other = shelve(), shelve()
    autumn = catalogue.make_collection("Autumn")
    catalogue.collect(autumn, [one, other, 99])

    with transaction(database) as connection:
        connection.execute("UPDATE article SET removed = 'now' WHERE id = ?", (other,))

    (found,) = catalogue.collections()
    assert (found.id, found.name, found.count) == (autumn, "Autumn", 1)
    assert catalogue.labels()[one] == Labels((), (autumn,))


def test_a_collection_of_the_same_name_is_the_same(catalogue: Catalogue) -> None:
    assert catalogue.make_collection("Autumn") == catalogue.make_collection(" autumn ")


def test_a_collection_takes_no_name_of_another(catalogue: Catalogue) -> None:
    autumn = catalogue.make_collection("Autumn")
    spring = catalogue.make_collection("Spring")

    assert not catalogue.rename_collection(spring, "autumn")
    assert catalogue.rename_collection(autumn, "AUTUMN")

    assert [each.name for each in catalogue.collections()] == ["AUTUMN", "Spring"]


def test_a_deleted_collection_leaves_its_articles(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    article = shelve()
    autumn = catalogue.make_collection("Autumn")
    catalogue.collect(autumn, [article])

    catalogue.delete_collection(autumn)

    assert catalogue.collections() == ()
    assert catalogue.labels() == {}


def test_a_deleted_collection_is_brought_back_as_the_same_with_all_that_was_in_it(
    catalogue: Catalogue, shelve: Callable[..., int]
) -> None:
    autumn = catalogue.make_collection("Autumn")
    catalogue.collect(autumn, [shelve()])
    before, labels = catalogue.collections(), catalogue.labels()

    deleted = catalogue.delete_collection(autumn)
    assert deleted is not None
    catalogue.bring_back(deleted)

    assert catalogue.collections() == before
    assert catalogue.labels() == labels


def test_a_collection_is_brought_back_beside_one_that_has_its_number_and_into_one_that_has_its_name(
    catalogue: Catalogue, shelve: Callable[..., int]
) -> None:
    autumn = catalogue.make_collection("Autumn")
    catalogue.collect(autumn, [shelve()])
    deleted = catalogue.delete_collection(autumn)
    assert deleted is not None

    assert catalogue.make_collection("Spring") == autumn
    catalogue.bring_back(deleted)
    catalogue.bring_back(deleted)

    assert [(each.name, each.count) for each in catalogue.collections()] == [("Autumn", 1), ("Spring", 0)]


def test_a_collection_that_is_gone_already_is_deleted_by_nobody(catalogue: Catalogue) -> None:
    assert catalogue.delete_collection(7) is None


def test_what_is_taken_out_of_a_collection_leaves_the_others_in(
    catalogue: Catalogue, shelve: Callable[..., int]
) -> None:
    one, other = shelve(), shelve()
    autumn = catalogue.make_collection("Autumn")
    catalogue.collect(autumn, [one, other])

    catalogue.take_out(autumn, [one])

    (found,) = catalogue.collections()
    assert isinstance(found, Collection)
    assert found.count == 1


def test_a_search_that_is_kept_under_a_name_again_is_replaced(catalogue: Catalogue) -> None:
    first = catalogue.keep_search("ferries", "ferry")
    kept = catalogue.keep_search("ferries", "ferry OR boat")

    assert catalogue.searches() == (kept,)
    assert kept.uuid == first.uuid
    catalogue.forget_search(kept.uuid)
    assert catalogue.searches() == ()


def test_a_folder_is_watched_until_it_is_not(catalogue: Catalogue) -> None:
    catalogue.watch("/texts")
    catalogue.watch("/texts")

    assert catalogue.watched() == ("/texts",)
    catalogue.unwatch("/texts")
    assert catalogue.watched() == ()


def test_what_was_said_of_several_is_said_again_at_once(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    one, other = shelve(), shelve()
    catalogue.describe([one], Description(title="One"))
    before = catalogue.descriptions([one, other])
    catalogue.describe([one, other], Description(title="Both", language="de"))

    catalogue.set_descriptions(before)

    assert catalogue.descriptions([one, other]) == {one: Description(title="One"), other: Description()}


def test_articles_are_found_by_a_tag_in_whatever_capitals(catalogue: Catalogue, shelve: Callable[..., int]) -> None:
    one, other = shelve(), shelve()
    catalogue.tag([one], ["Économie"])
    catalogue.tag([other], ["water"])

    assert catalogue.tagged("ÉCONOMIE") == (one,)
    assert catalogue.tagged("nothing") == ()
