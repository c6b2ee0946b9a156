"""Bytes that a visit transfers beside a bare Streamlit app: python -m benchmarks.page_weight [--stop SLUG]

Bytes on the wire, headers and bodies: every HTTP response and every websocket message until the network is idle; first
with a cold cache, then once more with what the first visit cached. Nothing is scrolled: what a browser loads lazily is
not counted. The site is warm: a file is compressed best some seconds after its first request.
`--largest 25` names so many of the first visit, with a + where the bare app has none.
"""

import math
import sys
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.baseline import baseline_site
from benchmarks.results import Options, Result, main
from tests.browsers import launch_chromium
from tests.conftest import running_site

DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
}
# The last response in the page, or in a frame of it, came two seconds ago.
IS_IDLE = """() => [window, ...Array.from(frames)].every(({ performance }) => performance
  .getEntriesByType("resource").every(({ responseEnd }) => responseEnd < performance.now() - 2000))"""
VISITS = ("first", "second")
MAX_KILOBYTES = {
    ("first", "desktop"): 1200,
    ("first", "phone"): 1000,
    ("second", "desktop"): 70,
    ("second", "phone"): 70,
}
FULL: Options = {"stop": "cathedral-ruins", "largest": 0}
QUICK: Options = {}

Weights = Counter[str]  # bytes by path


def run(stop: str, largest: int) -> list[Result]:
    weights = measure(stop)
    if largest:
        print(*(_largest(name, *first, largest) for name, (first, _) in weights.items()), sep="\n", file=sys.stderr)
    return [
        Result(
            f"{visit} visit, {name}, transferred",
            tour.total() / 1000,
            "KB",
            baseline.total() / 1000,
            "bare",
            max_value=MAX_KILOBYTES[visit, name],
        )
        for name, visits in weights.items()
        for visit, (tour, baseline) in zip(VISITS, visits, strict=True)
    ]


def measure(stop: str) -> dict[str, list[tuple[Weights, Weights]]]:
    """The stop and the bare app, a first visit and a second, by device."""
    with sync_playwright() as playwright, running_site() as tour, baseline_site() as baseline:
        browser = launch_chromium(playwright)
        address = f"{tour}/?stop={stop}"
        warm_up(browser, address)
        weights = {
            name: list(zip(weigh(browser, address, device), weigh(browser, baseline, device), strict=True))
            for name, device in DEVICES.items()
        }
        browser.close()
    return weights


def warm_up(browser: Browser, address: str) -> None:
    """Visit until a visit transfers no less than the one before: all files are compressed best."""
    totals = [math.inf]
    while len(totals) < 3 or totals[-1] < totals[-2]:
        (visit,) = weigh(browser, address, DEVICES["desktop"], visits=1)
        totals.append(visit.total())


def weigh(browser: Browser, address: str, device: dict, visits: int = len(VISITS)) -> list[Weights]:
    """Bytes by path of each visit, one after another with the same cache."""
    context = browser.new_context(**device)
    weights = [_visit(context, address) for _ in range(visits)]
    context.close()
    return weights


def _visit(context: BrowserContext, address: str) -> Weights:
    page = context.new_page()
    session = context.new_cdp_session(page)
    urls: dict[str, str] = {}
    weights = Weights()

    def on_request(event: dict) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def on_finished(event: dict) -> None:
        weights[_path(urls.get(event["requestId"], "?"))] += int(event["encodedDataLength"])

    def on_frame(event: dict) -> None:
        # Binary messages are reported in base64, four characters for three bytes.
        weights["websocket"] += int(len(event["response"]["payloadData"]) * 3 / 4)

    session.on("Network.requestWillBeSent", on_request)
    session.on("Network.loadingFinished", on_finished)
    session.on("Network.webSocketFrameReceived", on_frame)
    session.send("Network.enable")
    page.goto(address)
    page.locator("[data-testid=stApp] h1").wait_for()
    page.wait_for_function(IS_IDLE)
    page.close()
    return weights


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[-1].split("?")[0]


def _largest(name: str, tour: Weights, baseline: Weights, count: int) -> str:
    largest = tour.most_common(count)
    lines = [f"{'' if path in baseline else '+':>10} {size / 1000:8.1f}  {path}" for path, size in largest]
    return "\n".join((name, *lines))


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
