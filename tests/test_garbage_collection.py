"""The garbage collector while the site runs: it passes over what the server begins with."""

import gc

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tour.ui.lifespan import freeze_gc, lifespan


@pytest.fixture(autouse=True)
def collector():
    """Python's own, which is put back afterwards."""
    own = gc.get_threshold()
    yield own
    gc.set_threshold(*own)
    gc.unfreeze()


def test_the_collector_passes_over_what_the_server_begins_with():
    objects = len(gc.get_objects())

    freeze_gc()

    assert gc.get_freeze_count() > objects / 2
    assert len(gc.get_objects()) < objects / 2


def test_the_collector_looks_at_the_rest_less_often(collector):
    freeze_gc()

    assert gc.isenabled()
    assert gc.get_threshold()[0] > collector[0]


@pytest.mark.parametrize(("setting", "is_frozen"), [("1", True), ("0", False)])
def test_it_can_be_switched_off(folders, collector, monkeypatch, setting, is_frozen):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.setenv("TOUR_OPTIMIZATIONS", setting)

    with TestClient(Starlette(lifespan=lifespan)):
        assert (gc.get_freeze_count() > 0, gc.get_threshold() != collector) == (is_frozen, is_frozen)
