"""A new curator comes from nothing to a stop of their own in the browser."""

import pytest

from tests.onboarding import steps


@pytest.mark.slow
def test_a_new_curator_gets_a_stop_of_their_own_into_the_browser(tmp_path, browser):
    names = [name for name, _ in steps(tmp_path / "ours", browser)]

    assert names == [
        "a new exhibition",
        "checked",
        "a stop begun",
        "its empty fields reported",
        "a picture copied in",
        "checked again",
        "the site started",
        "the stop in the browser",
    ]
