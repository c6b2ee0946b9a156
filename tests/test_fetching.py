"""Asked of the trusted hosts alone, with patience, in bounded size and time."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.stand_in import Reply, running_stand_in
from tour.curation.commons import http_client
from tour.curation.commons.api import DownloadError
from tour.curation.commons.http_client import PATIENCE, PAUSE, TRIES, HttpClient

MOST = 1_000_000


@pytest.fixture
def kept():
    with running_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetcher(kept, waits):
    return HttpClient([kept.root], "Test/1.0 (test@example.org)", waits.append)


def fault(fetcher: HttpClient, address: str, **fields: str) -> str:
    with pytest.raises(DownloadError) as caught:
        fetcher.fetch(address, MOST, fields)
    return caught.value.fault


def test_what_stands_there_comes_and_who_asks_is_said(kept, fetcher):
    kept.pictures["/a"] = Reply(b"here")

    assert fetcher.fetch(f"{kept.root}/a", MOST) == b"here"
    assert kept.asked[0].agent.startswith("Test/1.0 (test@example.org) httpx2/")


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
def test_another_host_is_not_asked(kept, fetcher, address):
    told = fault(fetcher, address.replace("127.0.0.1:port", kept.root.removeprefix("http://")))

    assert told.startswith(("which lies on another host", "which can't be reached"))
    assert kept.asked == []


def test_a_redirect_to_another_host_is_not_followed(kept, fetcher):
    with running_stand_in() as other:
        other.pictures["/b"] = Reply(b"there")
        kept.pictures["/a"] = Reply(status=302, headers={"Location": f"{other.root}/b"})

        assert fault(fetcher, f"{kept.root}/a") == "which lies on another host (127.0.0.1)"
        assert other.asked == []


def test_a_redirect_on_the_same_host_is_followed(kept, fetcher):
    kept.pictures |= {"/a": Reply(status=301, headers={"Location": "/b"}), "/b": Reply(b"there")}

    assert fetcher.fetch(f"{kept.root}/a", MOST) == b"there"


def test_a_circle_of_redirects_ends(kept, fetcher):
    kept.pictures["/a"] = Reply(status=302, headers={"Location": "/a"})

    assert fault(fetcher, f"{kept.root}/a") == "which leads from one address to the next"


def test_too_much_is_not_read(kept, fetcher):
    kept.pictures["/a"] = Reply(b"x" * (MOST + 1))

    assert fault(fetcher, f"{kept.root}/a") == "which is larger than 1 MB"


def test_what_takes_too_long_is_given_up(kept, fetcher, monkeypatch):
    monkeypatch.setattr(http_client, "DEADLINE", -1)
    kept.pictures["/a"] = Reply(b"here")

    assert fault(fetcher, f"{kept.root}/a") == "which has not come in -1 seconds"


def test_half_an_answer_is_none(kept, fetcher):
    kept.pictures["/a"] = Reply(b"here", headers={"Content-Length": "40"})

    assert fault(fetcher, f"{kept.root}/a").startswith("which can't be reached (")


def test_an_answer_that_is_no_success_is_none(kept, fetcher):
    assert fault(fetcher, f"{kept.root}/nowhere") == "which is answered with status 404"


def test_a_server_that_is_not_there_is_told(fetcher):
    with running_stand_in() as gone:
        fetcher.trusted = frozenset({gone.root})

    assert fault(fetcher, f"{gone.root}/a").startswith("which can't be reached (")


BUSY = [
    Reply(b"", 429, {"Retry-After": "7"}),
    Reply(b"", 503, {"Retry-After": "7"}),
    Reply(b"{}", 200, {"Retry-After": "7", "MediaWiki-API-Error": "maxlag"}),
    Reply(b"{}", 200, {"Retry-After": "7", "MediaWiki-API-Error": "ratelimited"}),
]


@pytest.mark.parametrize("busy", BUSY, ids=["429", "503", "maxlag", "ratelimited"])
def test_a_busy_server_is_asked_again_when_it_says(kept, fetcher, waits, busy):
    kept.next_answers.extend([busy, Reply(b"here")])

    assert fetcher.fetch(kept.api, MOST, {"a": "b"}) == b"here"
    assert waits == [7]


def test_a_date_says_how_long_to_wait(kept, fetcher, waits):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    kept.next_answers.extend([Reply(b"", 429, {"Retry-After": soon}), Reply(b"here")])

    fetcher.fetch(kept.api, MOST, {"a": "b"})

    assert 30 < waits[0] <= 40


def test_a_server_that_names_no_time_is_given_some(kept, fetcher, waits):
    kept.next_answers.extend([Reply(b"", 429), Reply(b"", 429, {"Retry-After": "soon"}), Reply(b"here")])

    fetcher.fetch(kept.api, MOST, {"a": "b"})

    assert waits == [PAUSE, PAUSE]


def test_a_server_that_stays_busy_is_left_in_peace(kept, fetcher, waits):
    kept.next_answers.extend([Reply(b"", 429, {"Retry-After": "1"})] * TRIES)

    told = {fault(fetcher, kept.api, a="b"), fault(fetcher, f"{kept.root}/a")}

    assert told == {"whose server is busy and asks to wait 1 seconds"}
    assert len(kept.asked) == TRIES


def test_nobody_waits_for_hours(kept, fetcher, waits):
    kept.next_answers.append(Reply(b"", 429, {"Retry-After": str(PATIENCE + 1)}))

    assert fault(fetcher, kept.api, a="b") == "whose server is busy and asks to wait 61 seconds"
    assert waits == []
