"""The curator's command: what it tells, what it keeps, and how it ends."""

import json

import pytest
from click.testing import CliRunner

from tests.small import QUAY, spoil
from tests.unruly import plain, unruly
from tour.__main__ import main
from tour.content_store import ContentStore
from tour.curation.link_check.results import FILE


@pytest.fixture
def server():
    with unruly() as server:
        for path in ("/a", "/b", "/ledger", "/licenses/by/4.0/"):
            server.says(path, plain("200 OK"))
        yield server


@pytest.fixture
def curated(folders, server, monkeypatch):
    """The small exhibition, all of whose links lead to the server; its folder of files."""
    for path in [*folders[0].rglob("*.md"), *folders[0].rglob("*.toml")]:
        text = path.read_text("utf-8").replace("https://example.org", server.address("", "127.0.0.1"))
        path.write_text(text.replace("https://creativecommons.org", server.address("", "127.0.0.1")), "utf-8")
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return folders[0]


def run(*options: str):
    return CliRunner().invoke(main, ["links", "--pause", "0", "--allow-private", *options])


def kept(data) -> dict:
    return json.loads((data / FILE).read_text("utf-8"))


def test_sound_links_are_counted_and_end_well(curated):
    result = run()

    assert (result.exit_code, result.stdout.strip().split("\n")[-1]) == (0, "4 addresses: 4 good.")


def test_each_address_is_asked_for_once(curated, server):
    run()

    assert sorted(path for _, path in server.paths()) == ["/a", "/b", "/ledger", "/licenses/by/4.0/"]


def test_a_dead_link_is_told_with_its_line_and_ends_with_one(curated, server):
    server.says("/b", plain("404 Not Found"))
    result = run()
    address = server.address("/b", "127.0.0.1")

    assert result.exit_code == 1
    assert f"{QUAY}:27: links[2].address is dead: {address}: it answers 404 Not Found.\n" in result.stdout


def test_a_link_without_an_answer_ends_with_one(curated, server):
    server.ways["/b"] = server.hang

    assert run("--timeout", "0.2").exit_code == 1


@pytest.mark.parametrize("status", ["403 Forbidden", "503 Service Unavailable"])
def test_a_link_that_may_be_sound_ends_well(curated, server, status):
    server.says("/b", plain(status))

    assert run().exit_code == 0


def test_the_curator_is_named_to_the_server(curated, server):
    run("--contact", "curator@example.org")

    assert {each.headers["user-agent"] for each in server.asked} == {
        "tour-links/1.0 (a virtual exhibition looks whether its links hold; curator@example.org)"
    }


@pytest.mark.parametrize("contact", ["a\r\nX-More: b", "(", "кто", "a b"])
def test_a_contact_that_a_server_can_t_be_told_is_refused(curated, server, contact):
    result = run("--contact", contact)

    assert (result.exit_code, "Give a mail or web address" in result.stderr) == (2, True)
    assert server.asked == []


def test_this_machine_is_asked_only_if_that_is_wanted(curated, server):
    result = CliRunner().invoke(main, ["links", "--pause", "0"])

    assert "127.0.0.1 is a private host, 127.0.0.1" in result.stdout
    assert server.asked == []


def test_what_became_of_each_address_is_kept(curated, server):
    server.says("/b", plain("301 Moved Permanently", "Location: /a"))
    run()
    table = kept(curated)[server.address("/b", "127.0.0.1")]

    assert (table["outcome"], table["leads_to"]) == ("moved", server.address("/a", "127.0.0.1"))


def test_what_was_sound_lately_is_not_asked_for_again(curated, server):
    run()
    server.asked.clear()
    server.says("/b", plain("404 Not Found"))
    result = run()

    assert (server.asked, result.stdout) == ([], "4 addresses: 4 good.\n")


def test_everything_is_asked_for_again_if_that_is_wanted(curated, server):
    run()
    server.asked.clear()
    run("--stale", "0")

    assert len(server.asked) == 4


def test_a_second_run_on_the_same_day_changes_no_file(curated):
    run()
    before = (curated / FILE).read_bytes()
    run("--stale", "0")

    assert (curated / FILE).read_bytes() == before


def test_what_the_content_no_longer_links_to_is_forgotten(curated, server):
    run()
    for path in curated.rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace('/b"', '/a"'), "utf-8")
    result = run()

    assert server.address("/b", "127.0.0.1") not in kept(curated)
    assert result.stdout == "3 addresses: 3 good.\n"


def test_ctrl_c_keeps_what_was_learnt(curated, server):
    server.ways["/b"] = server.interrupt
    result = run()
    known = [address.removeprefix(server.address("", "127.0.0.1")) for address in kept(curated)]

    assert (result.exit_code, known) == (130, ["/a", "/ledger", "/licenses/by/4.0/"])
    assert "4 addresses: 3 good, 1 never asked." in result.stdout
    assert "Stopped. What was learnt is kept" in result.stderr


def test_the_run_after_ctrl_c_asks_for_the_rest(curated, server):
    server.ways["/b"] = server.interrupt
    run()
    server.asked.clear()
    server.says("/b", plain("200 OK"))

    assert run().exit_code == 0
    assert server.paths() == [("HEAD", "/b")]


def test_a_record_that_can_t_be_read_is_told_and_left_as_it_is(curated, server):
    (curated / FILE).write_text("{", "utf-8")
    result = run()

    assert (result.exit_code, result.stderr.split("\n")[0]) == (1, "links.json: can't be read as JSON.")
    assert ((curated / FILE).read_text("utf-8"), server.asked) == ("{", [])


def test_content_with_problems_is_told_and_nobody_is_asked(curated, server):
    spoil(curated, QUAY, 'title = "The Quay"', 'title = ""')
    result = run()

    assert (result.exit_code, f"{QUAY}: title is empty." in result.stderr) == (1, True)
    assert server.asked == []


def test_the_record_does_not_make_the_site_read_its_content_again(curated, folders):
    edition = ContentStore(*folders)
    before = edition.current()
    run()
    edition.look()
    edition.look()

    assert edition.current() is before
