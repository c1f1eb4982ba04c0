"""Back and forward through the places a person has been."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.reading.navigation import MAX_PLACES, Stop, Trail


def trail_of(*offsets: int) -> Trail:
    trail = Trail()
    for offset in offsets:
        trail.push(Stop(1, offset))
    return trail


def test_a_new_trail_leads_nowhere() -> None:
    trail = Trail()

    assert trail.empty
    assert (trail.back(), trail.forward()) == (None, None)


def test_the_first_stop_is_nowhere_to_go_back_from() -> None:
    trail = trail_of(10)

    assert not trail.can_go_back
    assert trail.back() is None


def test_back_leads_to_the_stop_before_and_forward_returns() -> None:
    trail = trail_of(10, 20, 30)

    assert trail.back() == Stop(1, 20)
    assert trail.back() == Stop(1, 10)
    assert trail.forward() == Stop(1, 20)
    assert trail.can_go_forward


def test_scrolling_replaces_the_current_stop_and_keeps_what_is_ahead() -> None:
    trail = trail_of(10, 20, 30)
    trail.back()

    trail.replace(Stop(1, 25))

    assert trail.stops == (Stop(1, 10), Stop(1, 25), Stop(1, 30))
    assert trail.now == 1


def test_scrolling_before_any_jump_makes_the_first_stop() -> None:
    trail = Trail()

    trail.replace(Stop(1, 5))

    assert trail.stops == (Stop(1, 5),)


def test_a_jump_forgets_what_was_ahead() -> None:
    trail = trail_of(10, 20, 30)
    trail.back()
    trail.back()

    trail.push(Stop(1, 99))

    assert trail.stops == (Stop(1, 10), Stop(1, 99))
    assert not trail.can_go_forward


def test_the_oldest_stops_are_dropped() -> None:
    trail = trail_of(*range(MAX_PLACES + 50))

    assert len(trail.stops) == MAX_PLACES
    assert trail.stops[0] == Stop(1, 50)
    assert trail.now == MAX_PLACES - 1


def test_an_article_that_was_removed_leaves_the_trail_at_the_stop_before() -> None:
    trail = Trail()
    for article in (1, 2, 1, 3):
        trail.push(Stop(article, 0))
    trail.back()

    trail.forget(1)

    assert trail.stops == (Stop(2, 0), Stop(3, 0))
    assert trail.now == 0


def test_a_trail_of_one_removed_article_is_empty() -> None:
    trail = trail_of(1, 2)

    trail.forget(1)

    assert trail.empty
    assert trail.stops == ()


def test_a_trail_that_was_too_long_is_taken_up_at_the_same_stop() -> None:
    stops = tuple(Stop(1, offset) for offset in range(MAX_PLACES + 3))
    trail = Trail()

    trail.restore(stops, MAX_PLACES + 1)

    assert trail.stops[trail.now] == Stop(1, MAX_PLACES + 1)


@given(st.lists(st.sampled_from(["push", "back", "forward", "replace", "forget"]), max_size=40))
def test_wherever_one_goes_there_is_one_current_stop(steps: list[str]) -> None:
    trail = Trail()

    for number, step in enumerate(steps):
        if step in ("push", "replace"):
            getattr(trail, step)(Stop(number % 3, number))
        elif step == "forget":
            trail.forget(number % 3)
        else:
            getattr(trail, step)()

        assert trail.now == -1 if not trail.stops else 0 <= trail.now < len(trail.stops)
        assert trail.can_go_back == (trail.now > 0)
        assert trail.can_go_forward == (trail.now < len(trail.stops) - 1)
