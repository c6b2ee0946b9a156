"""How much a visit weighs on the wire beside a bare Streamlit app: python -m benchmarks.weight [--stop SLUG]

Bytes as they arrive, heads and bodies: every answer over HTTP and every message over the websocket, until the network
is quiet; first with a cold cache, then once more with what the first visit left. Nothing is scrolled: what a browser
fetches later is not counted. Others have been there before: a file is packed best some seconds after it was first
asked for. `--largest 25` names so many of the first visit, with a + where the bare app has none.
"""

import math
import sys

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.bare import bare_site
from benchmarks.figures import Figure, sizes, table
from tests import chromium
from tests.conftest import running_site

DEVICES = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
}
# The last answer in the page, or in a frame of it, came two seconds ago.
QUIET = """() => [window, ...Array.from(frames)].every(({ performance }) => performance
  .getEntriesByType("resource").every((each) => each.responseEnd < performance.now() - 2000))"""
WHICH = ("first", "second")
MOST = {("first", "desk"): 1200, ("first", "phone"): 1000, ("second", "desk"): 70, ("second", "phone"): 70}  # KB
FULL = {"stop": "cathedral-ruins", "largest": 0}
QUICK = {}

Bytes = dict[str, int]  # by path


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(stop: str, largest: int) -> list[Figure]:
    weighed = measured(stop)
    if largest:
        print(*(_largest(name, *first, largest) for name, (first, _) in weighed.items()), sep="\n", file=sys.stderr)
    return [
        Figure(f"a {which} visit, {name}, on the wire", *_kilobytes(*visit), "bare", most=MOST[which, name])
        for name, visits in weighed.items()
        for which, visit in zip(WHICH, visits, strict=True)
    ]


def measured(stop: str) -> dict[str, list[tuple[Bytes, Bytes]]]:
    """The stop and the bare app, a first visit and a second, by device."""
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        address = f"{tour}/?stop={stop}"
        settle(browser, address)
        weighed = {
            name: list(zip(weigh(browser, address, device), weigh(browser, bare, device), strict=True))
            for name, device in DEVICES.items()
        }
        browser.close()
    return weighed


def settle(browser: Browser, address: str) -> None:
    """Go there until a visit is no lighter than the one before: all is packed best."""
    weights = [math.inf]
    while len(weights) < 3 or weights[-1] < weights[-2]:
        (visit,) = _visits(browser, address, DEVICES["desk"], 1)
        weights.append(sum(visit.values()))


def weigh(browser: Browser, address: str, device: dict) -> tuple[Bytes, Bytes]:
    """Bytes by path, of a first visit and of a second."""
    first, second = _visits(browser, address, device, 2)
    return first, second


def _visits(browser: Browser, address: str, device: dict, count: int) -> list[Bytes]:
    context = browser.new_context(**device)
    visits = [_visit(context, address) for _ in range(count)]
    context.close()
    return visits


def _visit(context: BrowserContext, address: str) -> Bytes:
    page = context.new_page()
    wire = context.new_cdp_session(page)
    paths: dict[str, str] = {}
    weights: Bytes = {}

    def add(path: str, size: float) -> None:
        weights[path] = weights.get(path, 0) + int(size)

    wire.on("Network.requestWillBeSent", lambda event: paths.update({event["requestId"]: event["request"]["url"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: add(_path(paths.get(event["requestId"], "?")), event["encodedDataLength"]),
    )
    wire.on(
        "Network.webSocketFrameReceived", lambda event: add("websocket", len(event["response"]["payloadData"]) * 3 / 4)
    )
    wire.send("Network.enable")
    page.goto(address)
    page.locator("[data-testid=stApp] h1").wait_for()
    page.wait_for_function(QUIET)
    page.close()
    return weights


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[-1].split("?")[0]


def _kilobytes(ours: Bytes, floor: Bytes) -> tuple[float, str, float]:
    return sum(ours.values()) / 1000, "KB", sum(floor.values()) / 1000


def _largest(name: str, ours: Bytes, floor: Bytes, count: int) -> str:
    largest = sorted(ours.items(), key=lambda each: -each[1])[:count]
    lines = [f"{'' if path in floor else '+':>10} {size / 1000:8.1f}  {path}" for path, size in largest]
    return "\n".join((name, *lines))


if __name__ == "__main__":
    main()
