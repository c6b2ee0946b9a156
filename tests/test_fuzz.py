"""Thousands of malformed files: check crashes on none, and what it passes can be shown."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from tests import full_exhibition
from tests.conftest import load_valid
from tests.fuzz import Fuzz, FuzzError
from tests.mutations import LEAK
from tests.render_checks import look_at_stop


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_malformed_files_are_rejected_or_can_be_shown(tmp_path, count):
    counts = Fuzz(tmp_path, seed=1).run(range(count))

    # Neither alone would say anything: a check that refuses all passes nothing that can't be shown.
    assert counts["passed"] > count / 10
    assert counts["refused"] > count / 2


def test_a_seed_and_a_number_reproduce_a_malformed_file(tmp_path):
    one, other = (Fuzz(tmp_path / name, seed=5) for name in ("one", "other"))

    assert [one.mutant(number) for number in range(50)] == [other.mutant(number) for number in range(50)]


def test_a_failure_says_how_to_reproduce_it(tmp_path):
    mutant = Fuzz(tmp_path, seed=5).mutant(3)

    assert str(FuzzError(mutant, "why")).startswith("python -m tests.fuzz --seed 5 --only 3\n")


@pytest.mark.parametrize("markup", [f"<{LEAK}>x</{LEAK}>", "<p>x", "1337"])
def test_markup_that_content_became_is_seen(tmp_path, markup):
    data, media = full_exhibition.write(tmp_path)
    exhibition = load_valid(data, media)
    stops = (replace(exhibition.stops[0], title=Markup(markup)), *exhibition.stops[1:])

    with pytest.raises(AssertionError):
        look_at_stop(replace(exhibition, stops=stops), media, "quay")
