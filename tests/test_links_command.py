"""The curator's command: its output, its cache and its exit codes."""

import json

import pytest
from click.testing import CliRunner

from tests.misbehaving_server import misbehaving_server, plain
from tests.sample_exhibition import QUAY, replace_once
from tour.__main__ import main
from tour.content_store import ContentStore
from tour.curation.link_check.results import FILE


@pytest.fixture
def server():
    with misbehaving_server() as server:
        for path in ("/a", "/b", "/ledger", "/licenses/by/4.0/"):
            server.respond_with(path, plain("200 OK"))
        yield server


@pytest.fixture
def curated(folders, server, monkeypatch):
    """The sample exhibition, all of whose links lead to the server; its folder of files."""
    for path in [*folders[0].rglob("*.md"), *folders[0].rglob("*.toml")]:
        text = path.read_text("utf-8").replace("https://example.org", server.url("", "127.0.0.1"))
        path.write_text(text.replace("https://creativecommons.org", server.url("", "127.0.0.1")), "utf-8")
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return folders[0]


def run(*options: str):
    return CliRunner().invoke(main, ["links", "--pause", "0", "--allow-private", *options])


def cached(data) -> dict:
    return json.loads((data / FILE).read_text("utf-8"))


def test_good_links_are_counted_and_exit_with_zero(curated):
    result = run()

    assert (result.exit_code, result.stdout.strip().split("\n")[-1]) == (0, "4 addresses: 4 good.")


def test_each_url_is_requested_once(curated, server):
    run()

    assert sorted(path for _, path in server.requested_paths()) == ["/a", "/b", "/ledger", "/licenses/by/4.0/"]


def test_a_dead_link_is_reported_with_its_line_and_exits_with_one(curated, server):
    server.respond_with("/b", plain("404 Not Found"))
    result = run()
    address = server.url("/b", "127.0.0.1")

    assert result.exit_code == 1
    assert f"{QUAY}:27: links[2].address is dead: {address}: it answers 404 Not Found.\n" in result.stdout


def test_a_link_without_an_answer_exits_with_one(curated, server):
    server.handlers["/b"] = server.hang

    assert run("--timeout", "0.2").exit_code == 1


@pytest.mark.parametrize("status", ["403 Forbidden", "503 Service Unavailable"])
def test_a_link_that_may_be_good_exits_with_zero(curated, server, status):
    server.respond_with("/b", plain(status))

    assert run().exit_code == 0


def test_the_contact_is_in_the_user_agent(curated, server):
    run("--contact", "curator@example.org")

    assert {each.headers["user-agent"] for each in server.requests} == {
        "tour-links/1.0 (a virtual exhibition looks whether its links hold; curator@example.org)"
    }


@pytest.mark.parametrize("option", ["--pause", "--timeout"])
@pytest.mark.parametrize("seconds", ["inf", "nan", "-1", "1e20", "soon"])
def test_a_number_of_seconds_that_is_none_is_refused(curated, server, option, seconds):
    result = run(option, seconds)

    assert (result.exit_code, server.requested_paths()) == (2, [])
    assert f"Invalid value for '{option}'" in result.stderr


@pytest.mark.parametrize("days", ["inf", "nan", "-1", "0.5", "99999999999"])
def test_a_number_of_days_that_is_none_is_refused(curated, server, days):
    run()
    result = run("--stale", days)

    assert result.exit_code == 2
    assert "Invalid value for '--stale'" in result.stderr


@pytest.mark.parametrize("contact", ["a\r\nX-More: b", "(", "кто", "a b"])
def test_a_contact_that_fits_no_header_is_refused(curated, server, contact):
    result = run("--contact", contact)

    assert (result.exit_code, "Give a mail or web address" in result.stderr) == (2, True)
    assert server.requests == []


def test_this_machine_gets_requests_only_if_allowed(curated, server):
    result = CliRunner().invoke(main, ["links", "--pause", "0"])

    assert "127.0.0.1 is a private host, 127.0.0.1" in result.stdout
    assert server.requests == []


def test_the_result_of_each_url_is_cached(curated, server):
    server.respond_with("/b", plain("301 Moved Permanently", "Location: /a"))
    run()
    table = cached(curated)[server.url("/b", "127.0.0.1")]

    assert (table["outcome"], table["leads_to"]) == ("moved", server.url("/a", "127.0.0.1"))


def test_a_recent_good_result_is_not_checked_again(curated, server):
    run()
    server.requests.clear()
    server.respond_with("/b", plain("404 Not Found"))
    result = run()

    assert (server.requests, result.stdout) == ([], "4 addresses: 4 good.\n")


def test_everything_is_checked_again_on_demand(curated, server):
    run()
    server.requests.clear()
    run("--stale", "0")

    assert len(server.requests) == 4


def test_a_second_run_on_the_same_day_changes_no_file(curated):
    run()
    before = (curated / FILE).read_bytes()
    run("--stale", "0")

    assert (curated / FILE).read_bytes() == before


def test_what_the_content_no_longer_links_to_is_pruned(curated, server):
    run()
    for path in curated.rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace('/b"', '/a"'), "utf-8")
    result = run()

    assert server.url("/b", "127.0.0.1") not in cached(curated)
    assert result.stdout == "3 addresses: 3 good.\n"


def test_ctrl_c_keeps_the_results_so_far(curated, server):
    server.handlers["/b"] = server.interrupt
    result = run()
    checked = [url.removeprefix(server.url("", "127.0.0.1")) for url in cached(curated)]

    assert (result.exit_code, checked) == (130, ["/a", "/ledger", "/licenses/by/4.0/"]), repr(result.exception)
    assert "4 addresses: 3 good, 1 never asked." in result.stdout
    assert "Stopped. What was learnt is kept" in result.stderr


def test_the_run_after_ctrl_c_checks_the_rest(curated, server):
    server.handlers["/b"] = server.interrupt
    run()
    server.requests.clear()
    server.respond_with("/b", plain("200 OK"))

    assert run().exit_code == 0
    assert server.requested_paths() == [("HEAD", "/b")]


def test_a_corrupt_cache_is_an_error_and_left_as_it_is(curated, server):
    (curated / FILE).write_text("{", "utf-8")
    result = run()

    assert (result.exit_code, result.stderr.split("\n")[0]) == (1, "links.json: can't be read as JSON.")
    assert ((curated / FILE).read_text("utf-8"), server.requests) == ("{", [])


def test_content_with_problems_is_reported_and_nothing_is_requested(curated, server):
    replace_once(curated, QUAY, 'title = "The Quay"', 'title = ""')
    result = run()

    assert (result.exit_code, f"{QUAY}: title is empty." in result.stderr) == (1, True)
    assert server.requests == []


def test_the_cache_does_not_make_the_site_read_its_content_again(curated, folders):
    store = ContentStore(*folders)
    before = store.renderer().exhibition
    run()
    store.poll()
    store.poll()

    assert store.renderer().exhibition is before
