"""How much a visit weighs on the wire beside a bare Streamlit app: python -m benchmarks.weight [--stop SLUG]

Bytes as they arrive, heads and bodies: every answer over HTTP and every message over the websocket, until the network
is quiet; first with a cold cache, then once more with what the first visit left. Nothing is scrolled: what a browser
fetches later is not counted. Others have been there before: a file is packed best some seconds after it was first
asked for.
"""

import argparse
import math

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.bare import bare_site
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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stop", default="cathedral-ruins", help="default: cathedral-ruins")
    arguments.add_argument("--list", action="store_true", help="name the largest answers")
    chosen = arguments.parse_args()
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        print(f"{'':8}{'':8}{'stop':>10}{'bare app':>10}{'more by':>10}   KB")
        stop_address = f"{tour}/?stop={chosen.stop}"
        settle(browser, stop_address)
        for name, device in DEVICES.items():
            visits = [weigh(browser, stop_address, device), weigh(browser, bare, device)]
            for which, ours, floor in zip(("first", "second"), *visits, strict=True):
                stop, empty = sum(ours.values()) / 1000, sum(floor.values()) / 1000
                print(f"{name:8}{which:8}{stop:10.0f}{empty:10.0f}{stop - empty:10.0f}")
                if chosen.list:
                    for address, size in sorted(ours.items(), key=lambda each: -each[1])[:25]:
                        print(f"{'' if address in floor else '+':>10} {size / 1000:8.1f}  {address}")
        browser.close()


def settle(browser: Browser, address: str) -> None:
    """Go there until a visit is no lighter than the one before: all is packed best."""
    weights = [math.inf]
    while len(weights) < 3 or weights[-1] < weights[-2]:
        (visit,) = _visits(browser, address, DEVICES["desk"], 1)
        weights.append(sum(visit.values()))


def weigh(browser: Browser, address: str, device: dict) -> tuple[dict[str, int], dict[str, int]]:
    """Bytes by path, of a first visit and of a second."""
    first, second = _visits(browser, address, device, 2)
    return first, second


def _visits(browser: Browser, address: str, device: dict, count: int) -> list[dict[str, int]]:
    context = browser.new_context(**device)
    visits = [_visit(context, address) for _ in range(count)]
    context.close()
    return visits


def _visit(context: BrowserContext, address: str) -> dict[str, int]:
    page = context.new_page()
    wire = context.new_cdp_session(page)
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def add(path: str, size: float) -> None:
        sizes[path] = sizes.get(path, 0) + int(size)

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
    return sizes


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[-1].split("?")[0]


if __name__ == "__main__":
    main()
