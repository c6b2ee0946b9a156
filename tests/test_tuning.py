"""What visitors are spared: the same messages, sooner."""

import gc
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from tour.ui import streamlit_patches

SECTIONS = ("theme", *(f"theme.{each.value}" for each in config.CustomThemeCategories))


@pytest.fixture
def fill(monkeypatch):
    """Streamlit's own, which is put back afterwards."""
    own = getattr(app_session, streamlit_patches.FILL)
    monkeypatch.setattr(app_session, streamlit_patches.FILL, own)
    return own


@pytest.fixture(autouse=True)
def flush(monkeypatch):
    """Streamlit's own, which is put back afterwards."""
    own = getattr(AppSession, streamlit_patches.FLUSH)
    monkeypatch.setattr(AppSession, streamlit_patches.FLUSH, own)
    return own


@pytest.fixture(autouse=True)
def collector():
    """Python's own, which is put back afterwards."""
    own = gc.get_threshold()
    yield own
    gc.set_threshold(*own)
    gc.unfreeze()


@pytest.mark.parametrize("section", SECTIONS)
def test_the_kept_theme_is_streamlits_own(fill, section):
    own, kept = CustomThemeConfig(), CustomThemeConfig()
    fill(own, section)

    streamlit_patches.cached(fill)(kept, section)

    assert kept == own


def test_a_theme_that_is_empty_is_not_sent(fill):
    message = NewSession()

    streamlit_patches.cached(lambda theme, section: None)(message.custom_theme.dark, "theme.dark")

    assert not message.HasField("custom_theme")


def test_the_theme_is_worked_out_once(fill):
    worked_out = []
    quickly = streamlit_patches.cached(lambda theme, section: worked_out.append(section))

    for _ in range(3):
        quickly(CustomThemeConfig(), "theme.light")

    assert worked_out == ["theme.light"]


def test_a_queue_with_something_in_it_is_emptied_by_streamlit(flush):
    session = talking(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))

    assert streamlit_patches.skip_if_empty(flush)(session) == [
        ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    ]
    assert session._browser_queue.is_empty()


def test_a_queue_with_nothing_in_it_is_left_alone():
    assert streamlit_patches.skip_if_empty(lambda session: pytest.fail("asked"))(talking()) == []


def talking(*messages):
    """All of a session that its queue is emptied by."""
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(message)
    return SimpleNamespace(_browser_queue=queue)


def test_this_streamlit_is_tuned(fill, flush, caplog):
    streamlit_patches.apply()

    assert getattr(app_session, streamlit_patches.FILL) is not fill
    assert getattr(AppSession, streamlit_patches.FLUSH) is not flush
    assert not caplog.messages


def test_the_collector_passes_over_what_the_server_begins_with(fill):
    here = len(gc.get_objects())

    streamlit_patches.apply()

    assert gc.get_freeze_count() > here / 2
    assert len(gc.get_objects()) < here / 2


def test_the_collector_looks_at_the_rest_less_often(fill, collector):
    streamlit_patches.apply()

    assert gc.isenabled()
    assert gc.get_threshold()[0] > collector[0]


def test_another_streamlit_is_left_as_it_is_and_the_log_says_so(fill, caplog, monkeypatch):
    def otherwise(theme):
        """Fills in a theme or empties a queue, as a later Streamlit may."""

    monkeypatch.setattr(app_session, streamlit_patches.FILL, otherwise)
    monkeypatch.setattr(AppSession, streamlit_patches.FLUSH, otherwise)

    streamlit_patches.apply()

    assert getattr(app_session, streamlit_patches.FILL) is otherwise
    assert getattr(AppSession, streamlit_patches.FLUSH) is otherwise
    assert caplog.messages == [
        streamlit_patches.UNSUPPORTED % streamlit_patches.THEME,
        streamlit_patches.UNSUPPORTED % streamlit_patches.QUEUES,
    ]


def test_it_can_be_switched_off(fill, flush, collector, monkeypatch):
    monkeypatch.setenv("TOUR_TUNING", "0")

    streamlit_patches.apply()

    assert getattr(app_session, streamlit_patches.FILL) is fill
    assert getattr(AppSession, streamlit_patches.FLUSH) is flush
    assert (gc.get_threshold(), gc.get_freeze_count()) == (collector, 0)
