"""What was written and not saved is on the disk, and the newest of it is found again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from reader.mending.drafts import Draft, DraftFile, newest

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def draft(text: str, hour: int = 12) -> Draft:
    return Draft("abc", 1, NOON.replace(hour=hour), text)


def test_a_draft_is_found_again(tmp_path: Path) -> None:
    file = DraftFile(tmp_path, "abc")

    file.write(draft("One."), file.turn())

    found = newest(tmp_path, "abc")
    assert found is not None
    assert (found.path, found.draft) == (file.path, draft("One."))


def test_two_windows_keep_a_draft_each_and_the_newest_is_offered(tmp_path: Path) -> None:
    one, other = DraftFile(tmp_path, "abc"), DraftFile(tmp_path, "abc")
    one.write(draft("Late.", 14), one.turn())
    other.write(draft("Early.", 13), other.turn())

    found = newest(tmp_path, "abc")

    assert found is not None
    assert found.draft.text == "Late."


def test_an_older_text_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    file = DraftFile(tmp_path, "abc")
    first, second = file.turn(), file.turn()

    file.write(draft("New."), second)
    file.write(draft("Old."), first)

    found = newest(tmp_path, "abc")
    assert found is not None
    assert found.draft.text == "New."


def test_a_discarded_draft_does_not_come_back(tmp_path: Path) -> None:
    file = DraftFile(tmp_path, "abc")
    turn = file.turn()
    file.discard()

    file.write(draft("Too late."), turn)

    assert newest(tmp_path, "abc") is None


def test_a_damaged_draft_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "abc-1.json").write_bytes(b'{"article": ')

    assert newest(tmp_path, "abc") is None
