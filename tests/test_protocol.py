"""Messages of a browser: what our pages send is accepted, and nothing on which Streamlit would fail."""

import re
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.conftest import APP, PROJECT_ROOT, running_site
from tests.websocket_echo import websocket_url
from tour.maps.live_map import stop_number
from tour.ui.protocol import MAX_LINKS, is_used

NEXT, MAP, ARRIVAL = "$$ID-0a1b-tour-next", "$$ID-0a1b-86a1d1aa", "$$ID-0a1b-tour-page-sync"
LINKS = f"$$STREAMLIT_INTERNAL_KEY_{ARRIVAL}__events"
PRESS = {"trigger_value": True}
CLICK = {"json_value": '{"last_object_clicked_count":2,"last_object_clicked_tooltip":"3. The Quay"}'}
NO_PIN = {"json_value": '{"last_object_clicked_count":1,"last_object_clicked_tooltip":null}'}
LINK = '{"event":"link","value":"./?stop=quay&lang=en"}'
FOLLOWED = {"json_trigger_value": f"[{LINK}]"}
SENT = {
    "next": (NEXT, PRESS),
    "previous": ("$$ID-0a1b-tour-previous", PRESS),
    "start": ("$$ID-0a1b-start", PRESS),
    "pin": (MAP, CLICK),
    "land": (MAP, NO_PIN),
    "pin of a version that tells more": (MAP, {"json_value": '{"last_object_clicked_tooltip":"3. Кран","zoom":7}'}),
    "pin of a version that tells less": (MAP, {"json_value": "{}"}),
    "link": (LINKS, FOLLOWED),
    "two links at once": (LINKS, {"json_trigger_value": f"[{LINK},{LINK}]"}),
    "search": (LINKS, {"json_trigger_value": '[{"event":"link","value":"./?view=find&words=кран"}]'}),
}
OTHER_KINDS = {
    "bool": {"bool_value": True},
    "double": {"double_value": float("nan")},
    "int": {"int_value": 3},
    "string": {"string_value": "x"},
    "doubles": {"double_array_value": {"data": [1.5]}},
    "ints": {"int_array_value": {"data": [1]}},
    "strings": {"string_array_value": {"data": ["x"]}},
    "arrow": {"arrow_value": {}},
    "bytes": {"bytes_value": b"x"},
    "files": {"file_uploader_state_value": {}},
    "string trigger": {"string_trigger_value": {"data": "x"}},
    "chat": {"chat_input_value": {}},
    "none": {},
}
OPENED = BackMsg(rerun_script={"query_string": "stop=broadgate"}).SerializeToString()
DEEP, LONG = "[" * 30_000 + "]" * 30_000, "9" * 5_000
NO_VALUES = {
    "no JSON": "{{{",
    "nothing": "",
    "deep": DEEP,
    "long": LONG,
    "number": "5",
    "null": "null",
    "text": '"x"',
}
INVALID_CLICKS = {
    **NO_VALUES,
    "list": "[1]",
    "tooltip of another kind": '{"last_object_clicked_tooltip":5}',
    "deep within": f'{{"last_object_clicked_tooltip":null,"more":{"[" * 500}{"]" * 500}}}',
    "not a number": '{"last_object_clicked_tooltip":null,"last_object_clicked_count":NaN}',
}
INVALID_LINKS = {
    **NO_VALUES,
    "link that stands alone": LINK,
    "another event": '[{"event":"press","value":"./"}]',
    "no address": '[{"event":"link"}]',
    "address of another kind": '[{"event":"link","value":5}]',
    "no word": '[{"event":"link","value":null}]',
    "address elsewhere": '[{"event":"link","value":"//["}]',
    "lone surrogate": '[{"event":"link","value":"./?stop=\\ud800"}]',
    "too many": f"[{','.join([LINK] * (MAX_LINKS + 1))}]",
}


def rerun(id: str, value: dict, **state: object) -> bytes:
    return BackMsg(rerun_script={"widget_states": {"widgets": [{"id": id, **value}]}, **state}).SerializeToString()


@pytest.mark.parametrize(("id", "value"), SENT.values(), ids=SENT)
def test_what_our_pages_send_is_accepted(id, value):
    assert is_used(rerun(id, value))


@pytest.mark.parametrize("id", [NEXT, MAP, LINKS])
@pytest.mark.parametrize("value", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_a_value_of_a_kind_that_no_page_of_ours_sends_is_not(id, value):
    assert not is_used(rerun(id, value))


@pytest.mark.parametrize("value", [PRESS, CLICK, FOLLOWED], ids=["press", "click", "link"])
@pytest.mark.parametrize("id", [NEXT, MAP, ARRIVAL, LINKS, "", "x", f"x{NEXT}", f"{NEXT}x"])
def test_a_value_of_another_widget_is_not(id, value):
    own = (id, value) in SENT.values()

    assert is_used(rerun(id, value)) is own


@pytest.mark.parametrize("written", INVALID_CLICKS.values(), ids=INVALID_CLICKS)
def test_what_is_no_click_is_not(written):
    assert not is_used(rerun(MAP, {"json_value": written}))


@pytest.mark.parametrize("written", INVALID_LINKS.values(), ids=INVALID_LINKS)
def test_what_is_no_link_of_ours_is_not(written):
    assert not is_used(rerun(LINKS, {"json_trigger_value": written}))


def test_one_invalid_value_is_enough():
    sound, wrong = WidgetState(id=NEXT, **PRESS), WidgetState(id=NEXT, string_value="x")

    assert not is_used(BackMsg(rerun_script={"widget_states": {"widgets": [sound, wrong]}}).SerializeToString())


def test_a_part_of_the_page_alone_is_for_curators(monkeypatch):
    message = BackMsg(rerun_script={"fragment_id": "0a1b"}).SerializeToString()

    assert not is_used(message)
    monkeypatch.setenv("TOUR_EDITOR_PANEL", "1")
    assert is_used(message)


def test_a_tooltip_of_more_digits_than_python_reads_is_no_pin():
    assert stop_number(LONG + ".") is None


def opened(site: str, **options: object) -> ClientConnection:
    return connect(websocket_url(site), subprotocols=["streamlit"], **options)


def drawn(line: ClientConnection, message: bytes) -> Iterator[Element]:
    """All that the app draws for this message."""
    line.send(message)
    while (forward := ForwardMsg.FromString(line.recv(60))).WhichOneof("type") != "script_finished":
        if forward.WhichOneof("type") == "delta":
            yield forward.delta.new_element


def kinds(elements: Iterator[Element]) -> set[str]:
    return {each.WhichOneof("type") for each in elements}


@pytest.fixture(scope="module")
def ids(site):
    """The real ids of the widgets beside a stop."""
    with opened(site) as line:
        elements = list(drawn(line, OPENED))
    button = next(each.button.id for each in elements if each.button.id.endswith("tour-next"))
    arrival = next(each.bidi_component.id for each in elements if each.bidi_component.id)
    shown = next(each.component_instance.id for each in elements if each.component_instance.id)
    return {NEXT: button, MAP: shown, ARRIVAL: arrival, LINKS: LINKS.replace(ARRIVAL, arrival)}


INVALID = {
    **{f"{kind} of a button": (NEXT, value) for kind, value in OTHER_KINDS.items()},
    **{f"{kind} of the map": (MAP, value) for kind, value in OTHER_KINDS.items()},
    **{f"{kind} of a link": (LINKS, value) for kind, value in OTHER_KINDS.items()},
    **{f"{kind} for a click": (MAP, {"json_value": written}) for kind, written in INVALID_CLICKS.items()},
    **{f"{kind} for a link": (LINKS, {"json_trigger_value": written}) for kind, written in INVALID_LINKS.items()},
    "click of a button": (NEXT, CLICK),
    "press of the map": (MAP, PRESS),
    "link of the map": (MAP, FOLLOWED),
    "press of a link": (LINKS, PRESS),
    "click of a link": (LINKS, CLICK),
    "press of the page": (ARRIVAL, PRESS),
    "click of the page": (ARRIVAL, CLICK),
}


@pytest.mark.parametrize(("id", "value"), INVALID.values(), ids=INVALID)
def test_the_site_accepts_nothing_that_is_invalid(site, ids, id, value):
    with opened(site) as line, pytest.raises(ConnectionClosed) as closed:
        list(drawn(line, OPENED))
        list(drawn(line, rerun(ids[id], value)))

    assert closed.value.rcvd.code == 1008


VALID = {
    "press": (NEXT, PRESS),
    "click": (MAP, CLICK),
    "click on no pin": (MAP, NO_PIN),
    "link": (LINKS, FOLLOWED),
    "click that tells nothing": (MAP, {"json_value": "{}"}),
    "click on a long number": (MAP, {"json_value": f'{{"last_object_clicked_tooltip":"{LONG}."}}'}),
    # Streamlit lets no app set it.
    "link that says how to embed": (LINKS, {"json_trigger_value": '[{"event":"link","value":"./?embed=true"}]'}),
}


@pytest.mark.parametrize(("id", "value"), VALID.values(), ids=VALID)
def test_all_that_it_accepts_is_answered_with_a_page(site, ids, id, value):
    with opened(site) as line:
        list(drawn(line, OPENED))
        elements = list(drawn(line, rerun(ids[id], value)))

    assert "exception" not in kinds(elements)
    assert any('class="tour-header"' in each.html.body for each in elements)


@pytest.fixture
def unprotected(tmp_path):
    """The address of the site as it would be without its middleware."""
    script, count = re.subn(r"middleware=middleware\(.*\)", "middleware=[]", APP.read_text("utf-8"))
    assert count == 1
    (tmp_path / "app.py").write_text(script, "utf-8")
    with running_site(script=tmp_path / "app.py", folder=PROJECT_ROOT, PYTHONPATH=str(PROJECT_ROOT)) as address:
        yield address


def test_an_error_before_a_page_is_drawn_is_a_friendly_one_in_its_language(unprotected):
    with opened(unprotected) as line:
        elements = list(drawn(line, OPENED))
        shown = next(each.component_instance.id for each in elements if each.component_instance.id)
        elements = list(drawn(line, rerun(shown, {"json_value": "{{{"}, query_string="stop=broadgate&lang=ru")))

    assert "exception" not in kinds(elements)
    assert any("Что-то пошло" in each.html.body for each in elements)
