"""Links that lead out, checked at a server that misbehaves: each check ends in a result, soon, and harms nobody."""

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from tests.misbehaving_server import CERTIFICATE, head, misbehaving_server, plain
from tour.curation.link_check.checker import MAX_REDIRECTS, LinkChecker
from tour.curation.link_check.http_client import HttpClient
from tour.curation.link_check.results import CheckResult, Outcome

LOCALHOST = "127.0.0.1"
OTHER_IP = "127.0.0.2"


@pytest.fixture
def server():
    with misbehaving_server() as server:
        yield server


async def resolve_to_localhost(host: str, port: int) -> list[str]:
    return [LOCALHOST]


def check_all(*urls: str, pause: float = 0, max_delay: float = 1, max_hosts: int = 6, **options) -> list[CheckResult]:
    """The results in the order of the URLs; by default every host is the server's, which is allowed."""
    options = {"timeout": 10, "resolve": resolve_to_localhost, "is_allowed": lambda ip: ip == LOCALHOST, **options}
    results = {}

    async def run():
        checker = LinkChecker(HttpClient("tests/1.0", **options), pause, max_hosts, max_delay)
        await checker.check_all(urls, results.__setitem__)

    asyncio.run(run())
    return [results[url] for url in urls]


def check(url: str, **options) -> CheckResult:
    return check_all(url, **options)[0]


def test_a_page_that_is_there_is_good(server):
    server.respond_with("/", plain("200 OK"))

    assert check(server.url("/")) == CheckResult(Outcome.GOOD)


def test_a_page_that_is_there_gets_a_head_request_alone(server):
    server.respond_with("/", plain("200 OK"))
    check(server.url("/"))

    assert server.requested_paths() == [("HEAD", "/")]


def test_the_part_of_a_page_is_not_sent(server):
    server.respond_with("/page?a=1", plain("200 OK"))
    check(server.url("/page?a=1#part"))

    assert server.requested_paths() == [("HEAD", "/page?a=1")]


def test_non_ascii_characters_are_encoded_as_a_browser_does(server):
    server.respond_with("/%D0%BC%D0%B8%D1%80", plain("200 OK"))

    assert check(server.url("/мир", "музей.example")) == CheckResult(Outcome.GOOD)
    assert server.requests[0].host == "xn--e1adhj9a.example"


@pytest.mark.parametrize("way", ["get_only", "leave_head_unanswered"])
def test_a_server_that_refuses_head_gets_a_get_request(server, way):
    server.handlers["/"] = getattr(server, way)

    assert check(server.url("/")) == CheckResult(Outcome.GOOD)
    assert [method for method, _ in server.requested_paths()] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "403 Forbidden", "404 Not Found", "400 Bad Request"])
def test_a_page_that_head_did_not_find_may_be_there_for_get(server, status):
    server.respond_with("/", plain(status), plain("200 OK"))

    assert check(server.url("/")) == CheckResult(Outcome.GOOD)


def test_a_terabyte_is_not_fetched(server):
    server.handlers["/"] = server.send_endless_body

    assert check(server.url("/")) == CheckResult(Outcome.GOOD)
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
    server.respond_with("/", plain(status))

    assert check(server.url("/")) == CheckResult(outcome, reason)


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_a_page_that_has_moved_for_good_names_its_new_address(server, status):
    server.respond_with("/old", plain(status, "Location: /new"))
    server.respond_with("/new", plain("200 OK"))

    assert check(server.url("/old")) == CheckResult(Outcome.MOVED, "", server.url("/new"))


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
def test_a_temporary_redirect_is_no_move(server, status):
    server.respond_with("/page", plain(status, f"Location: {server.url('/today', 'other.example')}"))
    server.respond_with("/today", plain("200 OK"))

    assert check(server.url("/page")) == CheckResult(Outcome.REDIRECTED, "", server.url("/today", "other.example"))


def test_a_moved_page_that_redirects_temporarily_has_moved_to_where_that_begins(server):
    server.respond_with("/old", plain("301 Moved Permanently", "Location: /new"))
    server.respond_with("/new", plain("302 Found", "Location: /new?today"))
    server.respond_with("/new?today", plain("200 OK"))

    assert check(server.url("/old")).leads_to == server.url("/new")


def test_the_part_of_a_page_moves_along(server):
    server.respond_with("/old", plain("301 Moved Permanently", "Location: /new"))
    server.respond_with("/new", plain("200 OK"))

    assert check(server.url("/old#part")).leads_to == server.url("/new#part")


def test_a_page_that_has_moved_and_died_is_dead(server):
    server.respond_with("/old", plain("301 Moved Permanently", "Location: /new"))
    server.respond_with("/new", plain("404 Not Found"))

    assert check(server.url("/old")) == CheckResult(Outcome.DEAD, "it answers 404 Not Found", server.url("/new"))


def test_a_redirect_loop_ends(server):
    server.respond_with("/a", plain("302 Found", "Location: /b"))
    server.respond_with("/b", plain("302 Found", "Location: /a"))

    assert check(server.url("/a")).outcome == Outcome.NO_ANSWER
    assert len(server.requests) == 2


def test_too_many_redirects_end(server):
    for number in range(30):
        server.respond_with(f"/{number}", plain("302 Found", f"Location: /{number + 1}"))

    assert check(server.url("/0")).reason == "it sends us from address to address without end"
    assert len(server.requests) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("location", ["http://[", "http://a:b:c/", "/" + 3000 * "x", "/\x07"], ids=repr)
def test_a_redirect_to_no_address_is_no_answer(server, location):
    server.respond_with("/", plain("302 Found", f"Location: {location}"))

    assert check(server.url("/")).outcome == Outcome.NO_ANSWER


@pytest.mark.parametrize("location", ["ftp://museum.example/", "file:///etc/passwd"])
def test_a_redirect_away_from_the_web_is_not_followed(server, location):
    server.respond_with("/", plain("302 Found", f"Location: {location}"))

    result = check(server.url("/"))

    assert (result.outcome, result.reason) == (Outcome.NOT_ASKED, "it is not a web address")


@pytest.mark.parametrize("way", ["hang", "drip_headers", "send_early_hints"])
def test_a_server_that_never_ends_times_out(server, way):
    server.handlers["/"] = getattr(server, way)

    assert check(server.url("/"), timeout=0.2) == CheckResult(Outcome.NO_ANSWER, "it took longer than 0.2 seconds")


def test_a_handshake_that_never_ends_times_out(server):
    server.on_connect = server.drip_handshake

    result = check(server.url("/", scheme="https"), connect_timeout=0.2)

    assert result == CheckResult(Outcome.NO_ANSWER, "its host can't be reached in time")


NOT_HTTP = {
    "closes": (lambda client, method: None, "its answer is not HTTP"),
    "garbage": (lambda client, method: client.sendall(b"\x00\xff\x1b[31m nonsense\r\n\r\n"), "its answer is not HTTP"),
    "no status": (lambda client, method: client.sendall(b"HTTP/1.1 twohundred\r\n\r\n"), "its answer is not HTTP"),
    "half a head": (lambda client, method: client.sendall(b"HTTP/1.1 200 O"), "its answer is not HTTP"),
    "bad header": (lambda client, method: client.sendall(head("200 OK", "\x00: \x00")), "its answer is not HTTP"),
}


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_is_no_answer(server, name):
    server.handlers["/"], reason = NOT_HTTP[name]

    assert check(server.url("/")) == CheckResult(Outcome.NO_ANSWER, reason)


def test_a_connection_that_breaks_is_no_answer(server):
    server.handlers["/"] = server.reset

    assert check(server.url("/")) == CheckResult(Outcome.NO_ANSWER, "it broke off without an answer")


def test_a_head_of_megabytes_is_no_answer(server):
    server.handlers["/"] = server.send_wide_header

    assert check(server.url("/")).outcome == Outcome.NO_ANSWER
    assert server.sent < 20_000_000


def test_an_unknown_host_is_no_answer():
    result = check("http://nobody.invalid/", resolve=HttpClient.resolve)

    assert (result.outcome, "nobody.invalid" in result.reason) == (Outcome.NO_ANSWER, True)


def test_a_closed_port_is_tried_once():
    looked_up = []

    async def recording_resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [LOCALHOST]

    with misbehaving_server() as gone:
        pass

    assert check(gone.url("/"), resolve=recording_resolve) == CheckResult(
        Outcome.NO_ANSWER, "its host can't be reached"
    )
    assert looked_up == ["museum.example"]


def test_the_request_goes_to_the_resolved_ip_address():
    async def resolve_elsewhere(host: str, port: int) -> list[str]:
        return [OTHER_IP]

    with misbehaving_server(ip=OTHER_IP) as server:
        server.respond_with("/", plain("200 OK"))

        assert (
            check(server.url("/", "localhost"), resolve=resolve_elsewhere, is_allowed=lambda ip: True).outcome == "good"
        )


def test_the_second_ip_address_is_tried_if_the_first_is_out_of_reach(server):
    server.respond_with("/", plain("200 OK"))

    async def two(host: str, port: int) -> list[str]:
        return [OTHER_IP, LOCALHOST]

    assert check(server.url("/"), resolve=two, is_allowed=lambda ip: True) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize(
    "address", ["http://a..b/", f"http://{70 * 'x'}.org/", "http://x:99999999/", "http://exa mple/"]
)
def test_an_invalid_url_is_not_requested(address):
    assert check(address, resolve=HttpClient.resolve).outcome in (Outcome.NOT_ASKED, Outcome.NO_ANSWER)


@pytest.mark.parametrize("address", ["http://127.0.0.1", "http://localhost", "http://2130706433", "http://0x7f.1"])
def test_this_machine_gets_no_request(server, address):
    result = check(f"{address}:{server.port}/", resolve=HttpClient.resolve, is_allowed=HttpClient.is_allowed)

    assert (result.outcome, "private" in result.reason) == (Outcome.NOT_ASKED, True)
    assert server.requests == []


def test_a_name_that_resolves_to_this_machine_gets_no_request(server):
    result = check(server.url("/"), is_allowed=HttpClient.is_allowed)

    assert result == CheckResult(Outcome.NOT_ASKED, "museum.example is a private host, 127.0.0.1")
    assert server.requests == []


def test_a_redirect_to_a_private_host_is_not_followed(server):
    with misbehaving_server(ip=OTHER_IP) as private:
        inside = f"http://{OTHER_IP}:{private.port}/"
        server.respond_with("/", plain("302 Found", f"Location: {inside}"))

        result = check(server.url("/"), resolve=resolve_ip_literals)

        assert result == CheckResult(Outcome.NOT_ASKED, f"{OTHER_IP} is a private host, {OTHER_IP}", inside)
        assert private.requests == []


async def resolve_ip_literals(host: str, port: int) -> list[str]:
    return [host] if host.startswith("127.") else [LOCALHOST]


def test_dns_rebinding_leads_nowhere_else():
    """The name is resolved once a request, and the request goes to the IP address that was checked."""
    with misbehaving_server() as server, misbehaving_server(ip=OTHER_IP) as private:
        server.respond_with("/", plain("200 OK"))
        answers = [LOCALHOST, OTHER_IP]

        async def rebound(host: str, port: int) -> list[str]:
            return [answers.pop(0)]

        assert check(server.url("/"), resolve=rebound) == CheckResult(Outcome.GOOD)
        assert (len(server.requests), private.requests, answers) == (1, [], [OTHER_IP])


def test_of_a_name_with_private_addresses_too_the_public_one_is_requested(server):
    server.respond_with("/", plain("200 OK"))

    async def both(host: str, port: int) -> list[str]:
        return [OTHER_IP, LOCALHOST]

    assert check(server.url("/"), resolve=both) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize("userinfo", ["user:secret@", "user@"])
def test_user_names_and_passwords_are_not_sent(server, userinfo):
    result = check(server.url("/").replace("//", f"//{userinfo}"))

    assert result == CheckResult(Outcome.NOT_ASKED, "it holds a name or a password")
    assert server.requests == []


def test_no_cookie_is_stored(server):
    server.respond_with("/", plain("302 Found", "Location: /next", "Set-Cookie: who=we"))
    server.respond_with("/next", plain("200 OK"))
    check(server.url("/"))

    assert ["cookie" in each.headers for each in server.requests] == [False, False]


def test_every_request_has_the_user_agent(server):
    server.respond_with("/", plain("404 Not Found"))
    check(server.url("/"))

    assert [each.headers["user-agent"] for each in server.requests] == ["tests/1.0", "tests/1.0"]


def test_an_untrusted_certificate_is_no_answer():
    with misbehaving_server(is_secure=True) as server:
        result = check(server.url("/", "secure.example", "https"))

    assert result == CheckResult(Outcome.NO_ANSWER, "its certificate does not hold: self-signed certificate")


def test_the_certificate_is_compared_with_the_requested_name():
    ssl_context = ssl.create_default_context(cafile=CERTIFICATE)
    with misbehaving_server(is_secure=True) as server:
        server.respond_with("/", plain("200 OK"))
        own, other = check_all(
            server.url("/", "secure.example", "https"),
            server.url("/", "other.example", "https"),
            ssl_context=ssl_context,
        )

    assert own == CheckResult(Outcome.GOOD)
    assert (other.outcome, "mismatch" in other.reason) == (Outcome.NO_ANSWER, True)


def test_a_server_without_encryption_is_no_answer_to_https(server):
    server.on_connect = lambda client: client.sendall(plain("400 Bad Request"))

    result = check(server.url("/", scheme="https"))

    assert result == CheckResult(Outcome.NO_ANSWER, "it can't agree with us on encryption")


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_asks_for_a_short_delay_gets_it(server, status):
    server.respond_with("/", plain(status, "Retry-After: 1"), plain("200 OK"))

    assert check(server.url("/"), max_delay=1) == CheckResult(Outcome.GOOD)
    assert server.requests[1].started - server.requests[0].started >= 0.99


def test_a_date_in_retry_after_is_understood(server):
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    server.respond_with("/", plain("429 Too Many Requests", f"Retry-After: {past}"), plain("200 OK"))

    assert check(server.url("/")) == CheckResult(Outcome.GOOD)


@pytest.mark.parametrize(
    "line", ["Retry-After: 3600", "Retry-After: soon", f"Retry-After: {400 * '9'}", "X-Nothing: 1"]
)
def test_a_host_that_asks_for_a_long_delay_is_blocked(server, line):
    for path in ("/a", "/b"):
        server.respond_with(path, plain("429 Too Many Requests", line))

    assert check_all(server.url("/a"), server.url("/b")) == 2 * [CheckResult(Outcome.BUSY)]
    assert len(server.requests) == 1


def test_a_host_that_stays_busy_is_blocked(server):
    for path in ("/a", "/b"):
        server.respond_with(path, plain("429 Too Many Requests", "Retry-After: 0"))

    assert check_all(server.url("/a"), server.url("/b")) == 2 * [CheckResult(Outcome.BUSY)]
    assert len(server.requests) == 2


def test_a_host_gets_one_request_at_a_time(server):
    def slow(client, method):
        server.stopped.wait(0.02)
        client.sendall(plain("200 OK"))

    addresses = [server.url(f"/{number}", f"{name}.example") for number in range(4) for name in "ab"]
    server.handlers |= {f"/{number}": slow for number in range(4)}
    check_all(*addresses)

    assert server.max_concurrent == {"a.example": 1, "b.example": 1}


def test_a_host_that_is_redirected_to_gets_one_request_at_a_time(server):
    def slow(client, method):
        server.stopped.wait(0.02)
        client.sendall(plain("200 OK"))

    goal = server.url("/goal", "goal.example")
    server.handlers["/goal"] = slow
    server.respond_with("/", plain("302 Found", f"Location: {goal}"))
    check_all(*(server.url("/", f"{name}.example") for name in "abcd"), goal)

    assert server.max_concurrent["goal.example"] == 1


def test_hosts_are_checked_in_parallel(server):
    both = threading.Barrier(2)

    def together(client, method):
        both.wait(10)
        client.sendall(plain("200 OK"))

    server.handlers["/"] = together

    assert check_all(*(server.url("/", f"{name}.example") for name in "ab")) == 2 * [CheckResult(Outcome.GOOD)]


def test_no_more_hosts_than_allowed_are_checked_in_parallel(server):
    alone = threading.Lock()

    def lonely(client, method):
        is_alone = alone.acquire(blocking=False)
        server.stopped.wait(0.02)
        client.sendall(plain("200 OK" if is_alone else "404 Not Found"))
        if is_alone:
            alone.release()

    server.handlers["/"] = lonely
    result = check_all(*(server.url("/", f"{name}.example") for name in "abcd"), max_hosts=1)

    assert result == 4 * [CheckResult(Outcome.GOOD)]


def test_there_is_a_pause_between_two_requests_to_a_host(server):
    server.respond_with("/a", plain("404 Not Found"))
    server.respond_with("/b", plain("200 OK"))
    check_all(server.url("/a"), server.url("/b"), pause=0.1)
    began = sorted(each.started for each in server.requests)

    assert all(later - earlier >= 0.1 for earlier, later in pairwise(began))
    assert len(began) == 3
