"""Changes of Streamlit: the same messages, at less cost."""

import gc
import sys
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from tour.ui import streamlit_patches


@pytest.fixture(autouse=True)
def flush(monkeypatch):
    """Streamlit's own, which is put back afterwards."""
    own = AppSession.flush_browser_queue
    monkeypatch.setattr(AppSession, "flush_browser_queue", own)
    return own


@pytest.fixture(autouse=True)
def collector():
    """Python's own, which is put back afterwards."""
    own = gc.get_threshold()
    yield own
    gc.set_threshold(*own)
    gc.unfreeze()


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


def test_this_streamlit_is_patched(flush, caplog):
    streamlit_patches.apply()

    assert AppSession.flush_browser_queue is not flush
    assert not caplog.messages


def test_the_collector_passes_over_what_the_server_begins_with():
    objects = len(gc.get_objects())

    streamlit_patches.apply()

    assert gc.get_freeze_count() > objects / 2
    assert len(gc.get_objects()) < objects / 2


def test_the_collector_looks_at_the_rest_less_often(collector):
    streamlit_patches.apply()

    assert gc.isenabled()
    assert gc.get_threshold()[0] > collector[0]


def a_later_flush(session):
    """Flushes a queue as a later Streamlit may."""


@pytest.mark.parametrize(
    "change",
    [
        lambda monkeypatch: monkeypatch.setattr(AppSession, "flush_browser_queue", a_later_flush),
        lambda monkeypatch: monkeypatch.delattr(AppSession, "flush_browser_queue"),
        lambda monkeypatch: monkeypatch.setitem(sys.modules, "streamlit.runtime.app_session", None),
        lambda monkeypatch: monkeypatch.setattr(ForwardMsgQueue, "__init__", lambda self: None),
    ],
    ids=["another-flush", "no-flush", "no-module", "another-queue"],
)
def test_another_streamlit_is_left_as_it_is_and_one_line_of_the_log_says_so(caplog, monkeypatch, change):
    change(monkeypatch)
    before = vars(AppSession).get("flush_browser_queue")

    streamlit_patches.apply()

    assert vars(AppSession).get("flush_browser_queue") is before
    assert caplog.messages == [streamlit_patches.UNSUPPORTED]


def test_it_can_be_switched_off(flush, collector, monkeypatch):
    monkeypatch.setenv("TOUR_STREAMLIT_PATCHES", "0")

    streamlit_patches.apply()

    assert AppSession.flush_browser_queue is flush
    assert (gc.get_threshold(), gc.get_freeze_count()) == (collector, 0)
