"""What languages are called."""

from __future__ import annotations

import pytest

from reader.ui.languages import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("de", "Deutsch"), ("fr", "Français"), ("en", "English"), ("es", "Español"), ("zh", "中文"), ("xq", "xq")],
)
def test_a_language_is_called_as_it_calls_itself_whatever_the_country(code: str, name: str) -> None:
    assert language_name(code) == name
