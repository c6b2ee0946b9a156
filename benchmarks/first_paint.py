"""When a visitor sees something beside a bare Streamlit app: python -m benchmarks.first_paint [--slow]

First and largest contentful paint of a stop, in the browser's own milliseconds since navigation started; every visit
with a new profile, so with an empty cache, alternating between the two sites. The last largest paint counts: after the
app has replaced what the server painted, and the network is idle. Streamlit's scripts must be requested after the
first paint: those requested before it are counted. `--slow` is a phone's connection and processor: 1.6 Mbit/s, 150 ms,
four times slower.
"""

from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.baseline import baseline_site
from benchmarks.page_weight import DEVICES
from benchmarks.results import Options, Result, main
from tests.browsers import launch_chromium
from tests.conftest import running_site

PAINTS = """() => new Promise((done) => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/static/js/"));
  const early = scripts.filter(({ startTime }) => startTime < first).length;
  new PerformanceObserver((list) => done([first, list.getEntries().at(-1).startTime, early]))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
SLOW_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
FULL: Options = {"stop": "cathedral-ruins", "runs": 7, "slow": False}
QUICK: Options = {"runs": 1}


@dataclass(frozen=True)
class Paints:
    """First and largest contentful paint in milliseconds; number of Streamlit scripts requested before the first."""

    first: float
    largest: float
    early_scripts: int


def run(stop: str, runs: int, slow: bool) -> list[Result]:
    results = []
    with sync_playwright() as playwright, running_site() as tour, baseline_site() as baseline:
        browser = launch_chromium(playwright)
        for name, device in DEVICES.items():
            tour_paints, baseline_paints = [], []
            for _ in range(runs):
                tour_paints.append(_visit(browser, f"{tour}/?stop={stop}", device, slow))
                baseline_paints.append(_visit(browser, baseline, device, slow))
            results += _results(name, tour_paints, baseline_paints)
        browser.close()
    return results


def _results(device: str, tour: list[Paints], baseline: list[Paints]) -> list[Result]:
    def medians(paint: str) -> tuple[float, str, float, str]:
        ours, bare = (median(getattr(paints, paint) for paints in visits) for visits in (tour, baseline))
        return ours, "ms", bare, "bare"

    early = max(paints.early_scripts for paints in tour)
    return [
        Result(f"first contentful paint, {device}", *medians("first"), max_ratio=1),
        Result(f"largest contentful paint, {device}", *medians("largest"), max_ratio=1),
        Result(f"Streamlit's scripts loaded before the first paint, {device}", early, "", max_value=0),
    ]


def _visit(browser: Browser, address: str, device: dict, slow: bool) -> Paints:
    context = browser.new_context(**device)
    page = context.new_page()
    if slow:
        _slow_down(page)
    page.goto(address)
    page.locator("[data-testid=stApp] h1").wait_for()
    page.wait_for_load_state("networkidle")
    paints = Paints(*page.evaluate(PAINTS))
    context.close()
    return paints


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
