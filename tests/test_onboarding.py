"""A newcomer comes from nothing to a stop of their own in the browser."""

from tests.newcomer import path


def test_the_path_of_a_newcomer_leads_to_a_stop_of_their_own(tmp_path, browser):
    legs = [leg for leg, _ in path(tmp_path / "ours", browser)]

    assert legs == [
        "a new exhibition",
        "checked",
        "a stop begun",
        "its blanks named",
        "a picture dropped in",
        "checked again",
        "the site started",
        "the stop in the browser",
    ]
