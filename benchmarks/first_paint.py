"""When a visitor sees something beside a bare Streamlit app: python -m benchmarks.first_paint [--stop SLUG] [--runs N]

First and largest contentful paint of a stop, in the browser's own milliseconds since it was asked for the page; every
visit with a new profile, so with an empty cache, the two sites by turns. The last largest paint is taken: after the
app has taken the place of what the server painted, and the network is quiet. `--slow` is a phone's connection and
processor: 1.6 Mbit/s, 150 ms, four times slower.
"""

import argparse
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bare import bare_site
from benchmarks.weight import DEVICES
from tests import chromium
from tests.conftest import running_site

PAINTS = """() => new Promise((done) => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  new PerformanceObserver((list) => done([first, list.getEntries().at(-1).startTime]))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stop", default="cathedral-ruins", help="default: cathedral-ruins")
    arguments.add_argument("--runs", type=int, default=7, help="visits to each site, default 7")
    arguments.add_argument("--slow", action="store_true", help="a phone's connection and processor")
    chosen = arguments.parse_args()
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        print(f"{'':8}{'':16}{'stop':>8}{'bare app':>10}{'ratio':>8}   ms, median of {chosen.runs}")
        for name, device in DEVICES.items():
            ours, floor = [], []
            for _ in range(chosen.runs):
                ours.append(_paints(browser, f"{tour}/?stop={chosen.stop}", device, chosen.slow))
                floor.append(_paints(browser, bare, device, chosen.slow))
            for at, paint in enumerate(("first paint", "largest paint")):
                stop, empty = (median(visit[at] for visit in visits) for visits in (ours, floor))
                print(f"{name:8}{paint:16}{stop:8.0f}{empty:10.0f}{stop / empty:8.2f}")
        browser.close()


def _paints(browser: Browser, address: str, device: dict, slow: bool) -> tuple[float, float]:
    """First and largest contentful paint in milliseconds."""
    context = browser.new_context(**device)
    page = context.new_page()
    if slow:
        _slow_down(page)
    page.goto(address)
    page.locator("[data-testid=stApp] h1").wait_for()
    page.wait_for_load_state("networkidle")
    first, largest = page.evaluate(PAINTS)
    context.close()
    return first, largest


def _slow_down(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})


if __name__ == "__main__":
    main()
