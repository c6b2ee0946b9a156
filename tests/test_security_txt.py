"""security.txt: where to report a vulnerability."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tour.web.app import routes

ADDRESS = "/.well-known/security.txt"


def fields(response: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.splitlines())


@pytest.mark.parametrize(
    ("contact", "named"),
    [("ann@example.org", "mailto:ann@example.org"), ("https://example.org/holes", "https://example.org/holes")],
)
def test_the_contact_address_is_where_security_researchers_look(published_site, monkeypatch, contact, named):
    monkeypatch.setenv("TOUR_CONTACT", contact)

    response = published_site.get(ADDRESS)

    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields(response.text)["Contact"] == named


def test_the_address_holds_for_a_month_and_no_year(published_site, monkeypatch):
    monkeypatch.setenv("TOUR_CONTACT", "ann@example.org")

    expires = datetime.fromisoformat(fields(published_site.get(ADDRESS).text)["Expires"])

    assert timedelta(days=29) < expires - datetime.now(UTC) < timedelta(days=31)


@pytest.mark.parametrize("contact", ["", "Ann", "http://example.org/", "ann@example.org\nPolicy: none", "data:a@b"])
def test_what_is_no_address_is_not_passed_on(published_site, monkeypatch, contact):
    monkeypatch.setenv("TOUR_CONTACT", contact)

    response = published_site.get(ADDRESS)

    assert (response.status_code, "Contact" in response.text) == (404, False)


def test_it_stands_below_a_sites_own_path(monkeypatch):
    monkeypatch.setenv("TOUR_CONTACT", "ann@example.org")

    below = TestClient(Starlette(routes=routes("exhibition")))

    assert below.get("/exhibition" + ADDRESS).status_code == 200
