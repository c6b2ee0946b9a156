"""The journeys that every browser must let a visitor make: Chromium, Firefox and WebKit."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import LOG_CSP_VIOLATIONS
from tests.browsers import launch_firefox
from tests.conftest import slow, wait_until
from tests.visitors import MAP, PlaywrightVisitor, virtual_screen, webkit_visitor

pytestmark = pytest.mark.browser
# In Chromium other tests make these journeys too.
ENGINES = (*slow("chromium"), "firefox", "webkit")


@pytest.fixture(scope="session")
def firefox(playwright) -> Iterator[Browser]:
    with launch_firefox(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with virtual_screen() as display:
        yield display


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    return request.param


@pytest.fixture
def visitor(request, engine, site):
    if engine == "webkit":
        with webkit_visitor(site, request.getfixturevalue("display")) as visitor:
            yield visitor
    else:
        browser = request.getfixturevalue("browser" if engine == "chromium" else engine)
        # Firefox reports to its own console alone what a policy refuses.
        visitor = PlaywrightVisitor(browser, site, script=LOG_CSP_VIOLATIONS)
        yield visitor
        visitor.context.close()
        assert visitor.errors == []


@pytest.fixture
def reader(request, engine, site):
    """Scripts don't run in this visitor's browser."""
    if engine == "webkit":
        with webkit_visitor(site, request.getfixturevalue("display"), has_scripts=False) as visitor:
            yield visitor
    else:
        browser = request.getfixturevalue("browser" if engine == "chromium" else engine)
        yield PlaywrightVisitor(browser, site, has_scripts=False)


def is_at(visitor, stop) -> None:
    visitor.sees("heading", re.compile(f"^{re.escape(stop.title)}$"))
    visitor.sees_picture(stop.figures[0].alt)
    wait_until(lambda: f"stop={stop.slug}&" in f"{visitor.address()}&")


@pytest.mark.slow
def test_the_whole_tour_by_next(visitor, exhibition):
    visitor.open()
    visitor.press("button", "Start")

    for stop in exhibition.stops[:-1]:
        is_at(visitor, stop)
        visitor.press("button", "Next")

    is_at(visitor, exhibition.stops[-1])


@pytest.mark.slow
def test_a_deep_link(visitor, exhibition):
    visitor.open("?stop=the-vote")

    is_at(visitor, exhibition.stop("the-vote"))


def test_back_and_forward(visitor, exhibition):
    first, second = exhibition.stops[:2]
    visitor.open(f"?stop={first.slug}")
    is_at(visitor, first)
    visitor.press("button", "Next")
    is_at(visitor, second)

    visitor.back()
    is_at(visitor, first)
    visitor.forward()

    is_at(visitor, second)


@pytest.mark.slow
def test_the_other_language(visitor, exhibitions):
    visitor.open("?stop=gerhardts-mill")
    visitor.press("link", "Русский")

    is_at(visitor, exhibitions["ru"].stop("gerhardts-mill"))
    assert visitor.evaluate("document.documentElement.lang") == "ru"


@pytest.mark.slow
def test_a_picture_enlarged(visitor):
    visitor.open("?stop=gerhardts-mill")
    visitor.press("link", re.compile("^Enlarge: A five-storey mill"))
    visitor.sees("dialog", "")

    visitor.press("button", "Close")

    visitor.sees_no("dialog")


@pytest.mark.slow
def test_then_and_now(visitor):
    visitor.open("?stop=broadgate")

    visitor.key("slider", "", "End")

    assert visitor.value("slider", "") == "100"


@pytest.mark.slow
def test_a_picture_looked_at_closely(visitor, exhibition):
    visitor.open("?stop=panorama-museum")

    visitor.press("button", "Look on")

    region = exhibition.stop("panorama-museum").detail_images[0].regions[1]
    visitor.sees("heading", f"Look here: {region.title}")


@pytest.mark.slow
def test_a_pin_of_the_map(visitor, exhibition):
    visitor.open("?stop=gerhardts-mill")

    visitor.press("button", "Pavlov’s House", frame=MAP)

    is_at(visitor, exhibition.stop("pavlovs-house"))


@pytest.mark.slow
def test_a_search(visitor, exhibition):
    visitor.open("?view=find")

    visitor.type("searchbox", "", "gerhart")
    visitor.press("link", "16 Gerhardt’s Mill")

    is_at(visitor, exhibition.stop("gerhardts-mill"))


@pytest.mark.slow
def test_the_whole_tour_without_scripts(reader, exhibition):
    reader.open()
    reader.press("link", "Start the tour")

    for stop in exhibition.stops[:-1]:
        is_at(reader, stop)
        reader.press("link", re.compile("^Next: "))

    is_at(reader, exhibition.stops[-1])
