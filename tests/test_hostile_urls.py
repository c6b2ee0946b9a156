"""Hostile URLs get the tour or a friendly message, never a traceback, and nothing of them becomes markup."""

import re
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests.conftest import APP, is_drawn
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware, routes

NAMES = ("stop", "lang", "view", "view=find&words")
VALUES = {
    "traversal": "../../../../etc/passwd",
    "traversal, encoded": "..%2F..%2F..%2Fetc%2Fpasswd",
    "traversal, encoded twice": "%252e%252e%252fetc%252fpasswd",
    "Windows": "..%5C..%5Cwindows%5Cwin.ini",
    "NUL": "broadgate%00.md",
    "script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "attribute": "%22%20onmouseover=%22alert(1)",
    "image": "%3Cimg%20src=x%20onerror=alert(1)%3E",
    "expression": "%7B%7B7*191%7D%7D%24%7B7*191%7D",
    "Arabic digits": "%D9%A1%D9%A2",
    "fullwidth digits": "%EF%BC%91%EF%BC%92",
    "lone surrogate": "%ED%A0%80",
    "lone byte": "%FF%FE",
    "overlong slash": "%C0%AF",
    "broken escape": "%",
    "right to left": "%E2%80%AEgpj",
    "new lines": "a%0d%0aSet-Cookie:%20a=b",
    "pattern": "(a%2B)%2B$*%5B",
    "many": "9" * 400,
    "nothing": "",
    "table": "'%20OR%20'1'='1",
    "shell": "%24(id)%60id%60;id",
}
QUERIES = {
    **{f"{name}: {kind}": f"{name}={value}" for name in NAMES for kind, value in VALUES.items()},
    "repeated stop": "stop=broadgate&stop=../../x&stop=%00",
    "repeated lang": "lang=ru&lang=en&lang=%3Cscript%3E",
    "list": "stop[]=broadgate&stop[a]=b",
    "no name": "=broadgate&&&=&%00=%00",
    "thousand keys": "&".join(f"k{number}=v" for number in range(900)),
    "semicolons": "stop=broadgate;lang=ru",
    "all at once": "&".join(f"{name}=%3Cscript%3E%00%ED%A0%80" for name in NAMES),
}
PATHS = ("", "text", "print", "evidence", "tour.json", "sitemap.xml", "nowhere")
LEAKS = re.compile(
    r"Traceback|File \"/|site-packages|root:x:|onmouseover=\"|onerror=alert\(1\)>|<script>alert|\b1337\b"
)
each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(), middleware=middleware(MESSAGES)), follow_redirects=False)


def is_harmless(response) -> None:
    assert response.status_code < 500
    assert not LEAKS.search(response.text)
    assert "set-cookie" not in response.headers


@each_query
def test_a_hostile_query_gets_the_tour_or_a_friendly_message(client, query):
    is_harmless(client.get(f"/?{query}"))


@pytest.mark.parametrize("path", PATHS)
def test_every_page_accepts_every_value(client, path):
    for value in VALUES.values():
        is_harmless(client.get(f"/{path}?" + "&".join(f"{name}={value}" for name in NAMES)))


@pytest.mark.parametrize(
    "value", [value for value in VALUES.values() if value], ids=[kind for kind in VALUES if kind != "nothing"]
)
@pytest.mark.parametrize(
    "path", ["images/{}", "cards/{}", "maps/{}.geojson", "plans/{}.svg", "cite/{}.bib", "files/{}", "leaflet/{}", "{}"]
)
def test_every_address_accepts_every_value(client, path, value):
    is_harmless(client.get("/" + path.format(value)))


@pytest.mark.parametrize("header", ["host", "accept-language", "if-none-match", "accept-encoding", "x-forwarded-host"])
@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '"onerror=alert(1)>', "\xff\xfe", "a" * 5000, ",;=,q=q"]
)
def test_a_hostile_header_does_no_harm(client, header, value):
    is_harmless(client.get("/?stop=broadgate", headers={header: value.encode("latin-1")}))


@pytest.mark.parametrize("name", NAMES)
def test_a_query_of_a_megabyte_is_refused(client, name):
    assert client.get(f"/?{name}=" + "a" * 60_000).status_code == 414


@each_query
def test_the_app_draws_the_tour_or_a_friendly_message(query):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parse_qsl(query, keep_blank_values=True):
        app.query_params[name] = value
    app.run()

    shown = "\n".join(block.proto.body for block in app.get("html"))
    assert is_drawn(app)
    assert 'class="tour-header"' in shown
    assert not LEAKS.search(shown)


def test_the_app_accepts_a_value_of_a_megabyte():
    for name in ("stop", "lang", "view", "words"):
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update({"view": "find", name: "а" * 1_000_000})

        assert is_drawn(app.run())
