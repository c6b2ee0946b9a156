"""Links that lead out, asked of a server that misbehaves: each ends in an answer, soon, and nobody is harmed."""

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from tests.unruly import CERTIFICATE, head, plain, unruly
from tour.curation.link_check.checker import MOST_REDIRECTS, LinkChecker, check_all
from tour.curation.link_check.http_client import HttpClient
from tour.curation.link_check.results import CheckResult, Outcome
from tour.curation.link_check.throttle import HostThrottle

HERE = "127.0.0.1"
FORBIDDEN = "127.0.0.2"


@pytest.fixture
def server():
    with unruly() as server:
        yield server


async def everything_is_here(host: str, port: int) -> list[str]:
    return [HERE]


def answers(*addresses: str, pause: float = 0, patience: float = 1, at_once: int = 6, **options) -> list[CheckResult]:
    """The answers in the order of the addresses; unless told otherwise every host is the server's, which is allowed."""
    options = {"whole": 10, "resolve": everything_is_here, "is_allowed": lambda ip: ip == HERE, **options}
    found = {}

    async def run():
        asking = LinkChecker(HttpClient("tests/1.0", **options), HostThrottle(pause, at_once, patience))
        await check_all(addresses, asking, found.__setitem__)

    asyncio.run(run())
    return [found[address] for address in addresses]


def answer(address: str, **options) -> CheckResult:
    return answers(address, **options)[0]


def test_a_page_that_is_there_is_good(server):
    server.says("/", plain("200 OK"))

    assert answer(server.address("/")) == CheckResult(Outcome.GOOD)


def test_a_page_that_is_there_is_asked_for_by_head_alone(server):
    server.says("/", plain("200 OK"))
    answer(server.address("/"))

    assert server.paths() == [("HEAD", "/")]


def test_the_part_of_a_page_is_not_sent(server):
    server.says("/page?a=1", plain("200 OK"))
    answer(server.address("/page?a=1#part"))

    assert server.paths() == [("HEAD", "/page?a=1")]


def test_letters_beyond_ascii_are_asked_for_as_a_browser_does(server):
    server.says("/%D0%BC%D0%B8%D1%80", plain("200 OK"))

    assert answer(server.address("/мир", "музей.example")) == CheckResult(Outcome.GOOD)
    assert server.asked[0].host == "xn--e1adhj9a.example"


@pytest.mark.parametrize("way", ["get_only", "leave_head_unanswered"])
def test_a_server_that_refuses_head_is_asked_by_get(server, way):
    server.ways["/"] = getattr(server, way)

    assert answer(server.address("/")) == CheckResult(Outcome.GOOD)
    assert [method for method, _ in server.paths()] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "403 Forbidden", "404 Not Found", "400 Bad Request"])
def test_a_page_that_head_did_not_find_may_be_there_for_get(server, status):
    server.says("/", plain(status), plain("200 OK"))

    assert answer(server.address("/")) == CheckResult(Outcome.GOOD)


def test_a_terabyte_is_not_fetched(server):
    server.ways["/"] = server.pour

    assert answer(server.address("/")) == CheckResult(Outcome.GOOD)
    assert server.sent < 20_000_000  # what the two ends' buffers hold


STATUSES = [
    ("404 Not Found", Outcome.DEAD, "it answers 404 Not Found"),
    ("410 Gone", Outcome.DEAD, "it answers 410 Gone"),
    ("401 Unauthorized", Outcome.REFUSED, "it answers 401 Unauthorized"),
    ("403 Forbidden", Outcome.REFUSED, "it answers 403 Forbidden"),
    ("999 Nobody Knows", Outcome.NO_ANSWER, "it answers 999"),
    ("500 Internal Server Error", Outcome.NO_ANSWER, "it answers 500 Internal Server Error"),
    ("304 Not Modified", Outcome.NO_ANSWER, "it answers 304 Not Modified"),
    ("302 Found", Outcome.NO_ANSWER, "it answers 302 Found and not where to"),
    ("503 Service Unavailable", Outcome.BUSY, ""),
]


@pytest.mark.parametrize(("status", "outcome", "reason"), STATUSES, ids=[each[0] for each in STATUSES])
def test_each_status_has_its_outcome(server, status, outcome, reason):
    server.says("/", plain(status))

    assert answer(server.address("/")) == CheckResult(outcome, reason)


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_a_page_that_has_moved_for_good_names_its_new_address(server, status):
    server.says("/old", plain(status, "Location: /new"))
    server.says("/new", plain("200 OK"))

    assert answer(server.address("/old")) == CheckResult(Outcome.MOVED, "", server.address("/new"))


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
def test_a_redirect_for_now_is_told_apart(server, status):
    server.says("/page", plain(status, f"Location: {server.address('/today', 'other.example')}"))
    server.says("/today", plain("200 OK"))

    assert answer(server.address("/page")) == CheckResult(
        Outcome.REDIRECTED, "", server.address("/today", "other.example")
    )


def test_a_moved_page_that_redirects_for_now_has_moved_to_where_that_begins(server):
    server.says("/old", plain("301 Moved Permanently", "Location: /new"))
    server.says("/new", plain("302 Found", "Location: /new?today"))
    server.says("/new?today", plain("200 OK"))

    assert answer(server.address("/old")).leads_to == server.address("/new")


def test_the_part_of_a_page_moves_along(server):
    server.says("/old", plain("301 Moved Permanently", "Location: /new"))
    server.says("/new", plain("200 OK"))

    assert answer(server.address("/old#part")).leads_to == server.address("/new#part")


def test_a_page_that_has_moved_and_died_is_dead(server):
    server.says("/old", plain("301 Moved Permanently", "Location: /new"))
    server.says("/new", plain("404 Not Found"))

    assert answer(server.address("/old")) == CheckResult(
        Outcome.DEAD, "it answers 404 Not Found", server.address("/new")
    )


def test_a_circle_of_redirects_is_left(server):
    server.says("/a", plain("302 Found", "Location: /b"))
    server.says("/b", plain("302 Found", "Location: /a"))

    assert answer(server.address("/a")).outcome == Outcome.NO_ANSWER
    assert len(server.asked) == 2


def test_redirects_without_end_are_left(server):
    for number in range(30):
        server.says(f"/{number}", plain("302 Found", f"Location: /{number + 1}"))

    assert answer(server.address("/0")).reason == "it sends us from address to address without end"
    assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize("location", ["http://[", "http://a:b:c/", "/" + 3000 * "x", "/\x07"], ids=repr)
def test_a_redirect_to_no_address_is_no_answer(server, location):
    server.says("/", plain("302 Found", f"Location: {location}"))

    assert answer(server.address("/")).outcome == Outcome.NO_ANSWER


@pytest.mark.parametrize("location", ["ftp://museum.example/", "file:///etc/passwd"])
def test_a_redirect_away_from_the_web_is_not_followed(server, location):
    server.says("/", plain("302 Found", f"Location: {location}"))

    found = answer(server.address("/"))

    assert (found.outcome, found.reason) == (Outcome.NOT_ASKED, "it is not a web address")


@pytest.mark.parametrize("way", ["hang", "drip", "inform"])
def test_a_server_that_never_ends_is_let_go(server, way):
    server.ways["/"] = getattr(server, way)

    assert answer(server.address("/"), whole=0.2) == CheckResult(Outcome.NO_ANSWER, "it took longer than 0.2 seconds")


def test_a_handshake_that_never_ends_is_let_go(server):
    server.blurts = server.drip_handshake

    found = answer(server.address("/", scheme="https"), connect=0.2)

    assert found == CheckResult(Outcome.NO_ANSWER, "its host can't be reached in time")


NOT_HTTP = {
    "closes": (lambda client, method: None, "its answer is not HTTP"),
    "garbage": (lambda client, method: client.sendall(b"\x00\xff\x1b[31m nonsense\r\n\r\n"), "its answer is not HTTP"),
    "no status": (lambda client, method: client.sendall(b"HTTP/1.1 twohundred\r\n\r\n"), "its answer is not HTTP"),
    "half a head": (lambda client, method: client.sendall(b"HTTP/1.1 200 O"), "its answer is not HTTP"),
    "bad header": (lambda client, method: client.sendall(head("200 OK", "\x00: \x00")), "its answer is not HTTP"),
}


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_is_no_answer(server, name):
    server.ways["/"], reason = NOT_HTTP[name]

    assert answer(server.address("/")) == CheckResult(Outcome.NO_ANSWER, reason)


def test_a_connection_that_breaks_is_no_answer(server):
    server.ways["/"] = server.break_off

    assert answer(server.address("/")) == CheckResult(Outcome.NO_ANSWER, "it broke off without an answer")


def test_a_head_of_megabytes_is_no_answer(server):
    server.ways["/"] = server.widen

    assert answer(server.address("/")).outcome == Outcome.NO_ANSWER
    assert server.sent < 20_000_000


def test_a_host_that_nobody_knows_is_no_answer():
    found = answer("http://nobody.invalid/", resolve=HttpClient.resolve)

    assert (found.outcome, "nobody.invalid" in found.reason) == (Outcome.NO_ANSWER, True)


def test_a_port_where_nobody_listens_is_tried_once():
    looked_up = []

    async def noted(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [HERE]

    with unruly() as gone:
        pass

    assert answer(gone.address("/"), resolve=noted) == CheckResult(Outcome.NO_ANSWER, "its host can't be reached")
    assert looked_up == ["museum.example"]


def test_the_request_goes_to_the_ip_address_that_was_found():
    async def elsewhere(host: str, port: int) -> list[str]:
        return [FORBIDDEN]

    with unruly(ip=FORBIDDEN) as server:
        server.says("/", plain("200 OK"))

        assert answer(server.address("/", "localhost"), resolve=elsewhere, is_allowed=lambda ip: True).outcome == "good"


def test_the_second_ip_address_is_asked_where_the_first_is_out_of_reach(server):
    server.says("/", plain("200 OK"))

    async def two(host: str, port: int) -> list[str]:
        return [FORBIDDEN, HERE]

    assert answer(server.address("/"), resolve=two, is_allowed=lambda ip: True) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize(
    "address", ["http://a..b/", f"http://{70 * 'x'}.org/", "http://x:99999999/", "http://exa mple/"]
)
def test_what_is_no_address_is_not_asked(address):
    assert answer(address, resolve=HttpClient.resolve).outcome in (Outcome.NOT_ASKED, Outcome.NO_ANSWER)


@pytest.mark.parametrize("address", ["http://127.0.0.1", "http://localhost", "http://2130706433", "http://0x7f.1"])
def test_this_machine_is_not_asked(server, address):
    found = answer(f"{address}:{server.port}/", resolve=HttpClient.resolve, is_allowed=HttpClient.is_allowed)

    assert (found.outcome, "private" in found.reason) == (Outcome.NOT_ASKED, True)
    assert server.asked == []


def test_a_name_that_leads_to_this_machine_is_not_asked(server):
    found = answer(server.address("/"), is_allowed=HttpClient.is_allowed)

    assert found == CheckResult(Outcome.NOT_ASKED, "museum.example is a private host, 127.0.0.1")
    assert server.asked == []


def test_a_redirect_to_a_private_host_is_not_followed(server):
    with unruly(ip=FORBIDDEN) as private:
        inside = f"http://{FORBIDDEN}:{private.port}/"
        server.says("/", plain("302 Found", f"Location: {inside}"))

        found = answer(server.address("/"), resolve=as_written)

        assert found == CheckResult(Outcome.NOT_ASKED, f"{FORBIDDEN} is a private host, {FORBIDDEN}", inside)
        assert private.asked == []


async def as_written(host: str, port: int) -> list[str]:
    return [host] if host.startswith("127.") else [HERE]


def test_a_name_that_changes_its_mind_leads_nowhere_else():
    """The name is looked up once a request, and the request goes to what was found fit."""
    with unruly() as server, unruly(ip=FORBIDDEN) as private:
        server.says("/", plain("200 OK"))
        found = [HERE, FORBIDDEN]

        async def rebound(host: str, port: int) -> list[str]:
            return [found.pop(0)]

        assert answer(server.address("/"), resolve=rebound) == CheckResult(Outcome.GOOD)
        assert (len(server.asked), private.asked, found) == (1, [], [FORBIDDEN])


def test_of_a_name_with_private_addresses_too_the_public_one_is_asked(server):
    server.says("/", plain("200 OK"))

    async def both(host: str, port: int) -> list[str]:
        return [FORBIDDEN, HERE]

    assert answer(server.address("/"), resolve=both) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize("who", ["user:secret@", "user@"])
def test_a_name_and_a_password_are_not_sent(server, who):
    found = answer(server.address("/").replace("//", f"//{who}"))

    assert found == CheckResult(Outcome.NOT_ASKED, "it holds a name or a password")
    assert server.asked == []


def test_no_cookie_is_kept(server):
    server.says("/", plain("302 Found", "Location: /next", "Set-Cookie: who=we"))
    server.says("/next", plain("200 OK"))
    answer(server.address("/"))

    assert ["cookie" in each.headers for each in server.asked] == [False, False]


def test_every_request_says_who_asks(server):
    server.says("/", plain("404 Not Found"))
    answer(server.address("/"))

    assert [each.headers["user-agent"] for each in server.asked] == ["tests/1.0", "tests/1.0"]


def test_a_certificate_that_nobody_vouches_for_is_no_answer():
    with unruly(is_secure=True) as server:
        found = answer(server.address("/", "secure.example", "https"))

    assert found == CheckResult(Outcome.NO_ANSWER, "its certificate does not hold: self-signed certificate")


def test_a_certificate_is_held_against_the_name_that_was_asked_for():
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with unruly(is_secure=True) as server:
        server.says("/", plain("200 OK"))
        own, other = answers(
            server.address("/", "secure.example", "https"), server.address("/", "other.example", "https"), trust=trust
        )

    assert own == CheckResult(Outcome.GOOD)
    assert (other.outcome, "mismatch" in other.reason) == (Outcome.NO_ANSWER, True)


def test_a_server_without_encryption_is_no_answer_to_https(server):
    server.blurts = lambda client: client.sendall(plain("400 Bad Request"))

    found = answer(server.address("/", scheme="https"))

    assert found == CheckResult(Outcome.NO_ANSWER, "it can't agree with us on encryption")


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_a_short_rest_gets_it(server, status):
    server.says("/", plain(status, "Retry-After: 1"), plain("200 OK"))

    assert answer(server.address("/"), patience=1) == CheckResult(Outcome.GOOD)
    assert server.asked[1].began - server.asked[0].began >= 0.99


def test_a_date_until_which_to_rest_is_understood(server):
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    server.says("/", plain("429 Too Many Requests", f"Retry-After: {past}"), plain("200 OK"))

    assert answer(server.address("/")) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize(
    "line", ["Retry-After: 3600", "Retry-After: soon", f"Retry-After: {400 * '9'}", "X-Nothing: 1"]
)
def test_a_host_that_asks_for_a_long_rest_is_left_alone(server, line):
    for path in ("/a", "/b"):
        server.says(path, plain("429 Too Many Requests", line))

    assert answers(server.address("/a"), server.address("/b")) == 2 * [CheckResult(Outcome.BUSY)]
    assert len(server.asked) == 1


def test_a_host_that_stays_busy_is_left_alone(server):
    for path in ("/a", "/b"):
        server.says(path, plain("429 Too Many Requests", "Retry-After: 0"))

    assert answers(server.address("/a"), server.address("/b")) == 2 * [CheckResult(Outcome.BUSY)]
    assert len(server.asked) == 2


def test_a_host_is_never_asked_twice_at_once(server):
    def slow(client, method):
        server.over.wait(0.02)
        client.sendall(plain("200 OK"))

    addresses = [server.address(f"/{number}", f"{name}.example") for number in range(4) for name in "ab"]
    server.ways |= {f"/{number}": slow for number in range(4)}
    answers(*addresses)

    assert server.most == {"a.example": 1, "b.example": 1}


def test_a_host_that_is_redirected_to_is_not_asked_twice_at_once(server):
    def slow(client, method):
        server.over.wait(0.02)
        client.sendall(plain("200 OK"))

    goal = server.address("/goal", "goal.example")
    server.ways["/goal"] = slow
    server.says("/", plain("302 Found", f"Location: {goal}"))
    answers(*(server.address("/", f"{name}.example") for name in "abcd"), goal)

    assert server.most["goal.example"] == 1


def test_hosts_are_asked_in_parallel(server):
    both = threading.Barrier(2)

    def together(client, method):
        both.wait(10)
        client.sendall(plain("200 OK"))

    server.ways["/"] = together

    assert answers(*(server.address("/", f"{name}.example") for name in "ab")) == 2 * [CheckResult(Outcome.GOOD)]


def test_no_more_hosts_than_a_few_are_asked_at_once(server):
    alone = threading.Lock()

    def lonely(client, method):
        is_alone = alone.acquire(blocking=False)
        server.over.wait(0.02)
        client.sendall(plain("200 OK" if is_alone else "404 Not Found"))
        if is_alone:
            alone.release()

    server.ways["/"] = lonely
    found = answers(*(server.address("/", f"{name}.example") for name in "abcd"), at_once=1)

    assert found == 4 * [CheckResult(Outcome.GOOD)]


def test_there_is_a_pause_between_two_requests_to_a_host(server):
    server.says("/a", plain("404 Not Found"))
    server.says("/b", plain("200 OK"))
    answers(server.address("/a"), server.address("/b"), pause=0.1)
    began = sorted(each.began for each in server.asked)

    assert all(later - earlier >= 0.1 for earlier, later in pairwise(began))
    assert len(began) == 3
