"""When a visitor sees something beside a bare Streamlit app: python -m benchmarks.first_paint [--slow]

First and largest contentful paint of a stop, in the browser's own milliseconds since it was asked for the page; every
visit with a new profile, so with an empty cache, the two sites by turns. The last largest paint is taken: after the
app has taken the place of what the server painted, and the network is quiet. Streamlit's scripts must come after the
first paint: those that were asked for before it are counted. `--slow` is a phone's connection and processor:
1.6 Mbit/s, 150 ms, four times slower.
"""

from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bare import bare_site
from benchmarks.figures import Figure, sizes, table
from benchmarks.weight import DEVICES
from tests import chromium
from tests.conftest import running_site

PAINTS = """() => new Promise((done) => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const scripts = performance.getEntriesByType("resource").filter((each) => each.name.includes("/static/js/"));
  const early = scripts.filter((each) => each.startTime < first).length;
  new PerformanceObserver((list) => done([first, list.getEntries().at(-1).startTime, early]))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}


FULL = {"stop": "cathedral-ruins", "runs": 7, "slow": False}
QUICK = {"runs": 1}


@dataclass(frozen=True)
class Visit:
    """First and largest contentful paint in milliseconds; how many of Streamlit's scripts came before the first."""

    first: float
    largest: float
    early: int


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(stop: str, runs: int, slow: bool) -> list[Figure]:
    found = []
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        for name, device in DEVICES.items():
            ours, floor = [], []
            for _ in range(runs):
                ours.append(_visit(browser, f"{tour}/?stop={stop}", device, slow))
                floor.append(_visit(browser, bare, device, slow))
            found += _told(name, ours, floor)
        browser.close()
    return found


def _told(name: str, ours: list[Visit], floor: list[Visit]) -> list[Figure]:
    def middle(paint: str) -> tuple[float, str, float, str]:
        mine, bare = (median(getattr(visit, paint) for visit in visits) for visits in (ours, floor))
        return mine, "ms", bare, "bare"

    return [
        Figure(f"first paint of a stop, {name}", *middle("first"), most_times=1),
        Figure(f"largest paint of a stop, {name}", *middle("largest"), most_times=1),
        Figure(f"Streamlit's scripts before the first paint, {name}", max(each.early for each in ours), "", most=0),
    ]


def _visit(browser: Browser, address: str, device: dict, slow: bool) -> Visit:
    context = browser.new_context(**device)
    page = context.new_page()
    if slow:
        _slow_down(page)
    page.goto(address)
    page.locator("[data-testid=stApp] h1").wait_for()
    page.wait_for_load_state("networkidle")
    seen = Visit(*page.evaluate(PAINTS))
    context.close()
    return seen


def _slow_down(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})


if __name__ == "__main__":
    main()
