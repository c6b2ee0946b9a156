"""Downloads come from allowed hosts alone, after delays, in limited size and time."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.fake_commons import Reply, running_fake_commons
from tour.curation.commons import http_client
from tour.curation.commons.http_client import DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER, MAX_TRIES, DownloadError, HttpClient

MAX_BYTES = 1_000_000


@pytest.fixture
def commons():
    with running_fake_commons() as server:
        yield server


@pytest.fixture
def delays():
    return []


@pytest.fixture
def client(commons, delays):
    return HttpClient([commons.root], "Test/1.0 (test@example.org)", delays.append)


def fault(client: HttpClient, url: str, **form: str) -> str:
    with pytest.raises(DownloadError) as caught:
        client.fetch(url, MAX_BYTES, form)
    return caught.value.message


def test_the_body_is_returned_and_the_user_agent_is_sent(commons, client):
    commons.images["/a"] = Reply(b"here")

    assert client.fetch(f"{commons.root}/a", MAX_BYTES) == b"here"
    assert commons.requests[0].user_agent.startswith("Test/1.0 (test@example.org) httpx2/")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a",
        "http://127.0.0.1/a",
        "file:///etc/passwd",
        "/a",
        "",
        "http://127.0.0.1:port@example.org/a",
        "http://127.0.0.1:port\\@example.org/a",
        "http://[::1/a",
        "http://127.0.0.1:port.example.org/a",
    ],
)
def test_another_host_gets_no_request(commons, client, address):
    message = fault(client, address.replace("127.0.0.1:port", commons.root.removeprefix("http://")))

    assert message.startswith(("which lies on another host", "which can't be reached"))
    assert commons.requests == []


def test_a_redirect_to_another_host_is_not_followed(commons, client):
    with running_fake_commons() as other:
        other.images["/b"] = Reply(b"there")
        commons.images["/a"] = Reply(status=302, headers={"Location": f"{other.root}/b"})

        assert fault(client, f"{commons.root}/a") == "which lies on another host (127.0.0.1)"
        assert other.requests == []


def test_a_redirect_on_the_same_host_is_followed(commons, client):
    commons.images |= {"/a": Reply(status=301, headers={"Location": "/b"}), "/b": Reply(b"there")}

    assert client.fetch(f"{commons.root}/a", MAX_BYTES) == b"there"


def test_a_redirect_loop_ends(commons, client):
    commons.images["/a"] = Reply(status=302, headers={"Location": "/a"})

    assert fault(client, f"{commons.root}/a") == "which leads from one address to the next"


def test_a_body_that_is_too_large_is_not_read(commons, client):
    commons.images["/a"] = Reply(b"x" * (MAX_BYTES + 1))

    assert fault(client, f"{commons.root}/a") == "which is larger than 1 MB"


def test_what_takes_too_long_times_out(commons, client, monkeypatch):
    monkeypatch.setattr(http_client, "DOWNLOAD_TIMEOUT", -1)
    commons.images["/a"] = Reply(b"here")

    assert fault(client, f"{commons.root}/a") == "which has not come in -1 seconds"


def test_an_error_without_a_text_is_named_by_its_type(client, monkeypatch):
    def read_timeout(*_, **__):
        raise http_client.httpx2.ReadTimeout("")

    monkeypatch.setattr(http_client.httpx2.Client, "send", read_timeout)

    assert fault(client, f"{client.allowed_hosts[0]}/a") == "which can't be reached (ReadTimeout)"


def test_a_truncated_response_is_an_error(commons, client):
    commons.images["/a"] = Reply(b"here", headers={"Content-Length": "40"})

    assert fault(client, f"{commons.root}/a").startswith("which can't be reached (")


def test_a_status_other_than_200_is_an_error(commons, client):
    assert fault(client, f"{commons.root}/nowhere") == "which is answered with status 404"


def test_a_missing_server_is_an_error(client):
    with running_fake_commons() as gone:
        client.allowed_hosts = [gone.root]

    assert fault(client, f"{gone.root}/a").startswith("which can't be reached (")


BUSY = [
    Reply(b"", 429, {"Retry-After": "7"}),
    Reply(b"", 503, {"Retry-After": "7"}),
    Reply(b"{}", 200, {"Retry-After": "7", "MediaWiki-API-Error": "maxlag"}),
    Reply(b"{}", 200, {"Retry-After": "7", "MediaWiki-API-Error": "ratelimited"}),
]


@pytest.mark.parametrize("busy", BUSY, ids=["429", "503", "maxlag", "ratelimited"])
def test_a_busy_server_gets_the_request_again_when_it_says(commons, client, delays, busy):
    commons.next_replies.extend([busy, Reply(b"here")])

    assert client.fetch(commons.api, MAX_BYTES, {"a": "b"}) == b"here"
    assert delays == [7]


def test_a_date_says_how_long_to_wait(commons, client, delays):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    commons.next_replies.extend([Reply(b"", 429, {"Retry-After": soon}), Reply(b"here")])

    client.fetch(commons.api, MAX_BYTES, {"a": "b"})

    assert 30 < delays[0] <= 40


def test_a_server_without_retry_after_gets_the_default_delay(commons, client, delays):
    commons.next_replies.extend([Reply(b"", 429), Reply(b"", 429, {"Retry-After": "soon"}), Reply(b"here")])

    client.fetch(commons.api, MAX_BYTES, {"a": "b"})

    assert delays == [DEFAULT_RETRY_AFTER, DEFAULT_RETRY_AFTER]


def test_a_server_that_stays_busy_gets_no_further_request(commons, client, delays):
    commons.next_replies.extend([Reply(b"", 429, {"Retry-After": "1"})] * MAX_TRIES)

    messages = {fault(client, commons.api, a="b"), fault(client, f"{commons.root}/a")}

    assert messages == {"whose server is busy and asks to wait 1 seconds"}
    assert len(commons.requests) == MAX_TRIES


def test_a_long_delay_is_not_waited_for(commons, client, delays):
    commons.next_replies.append(Reply(b"", 429, {"Retry-After": str(MAX_RETRY_AFTER + 1)}))

    assert fault(client, commons.api, a="b") == "whose server is busy and asks to wait 61 seconds"
    assert delays == []
