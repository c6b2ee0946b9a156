"""How much a first visit weighs on the wire beside a bare Streamlit app: python -m benchmarks.weight [--stop SLUG]

Bytes as they arrive, heads and bodies, cold cache: every answer over HTTP and every message over the websocket, until
the network is quiet. Nothing is scrolled: what a browser fetches later is not counted. `--largest 25` names so
many of them, with a + where the bare app has none.
"""

import sys

from playwright.sync_api import Browser, sync_playwright

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


MOST = {"desk": 1200, "phone": 1000}  # KB
FULL = {"stop": "cathedral-ruins", "largest": 0}
QUICK = {}

Bytes = dict[str, int]  # by path


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(stop: str, largest: int) -> list[Figure]:
    weighed = measured(stop)
    if largest:
        print(*(_largest(name, *each, largest) for name, each in weighed.items()), sep="\n", file=sys.stderr)
    return [
        Figure(f"a first visit, {name}, on the wire", *_kilobytes(*each), "bare", most=MOST[name])
        for name, each in weighed.items()
    ]


def measured(stop: str) -> dict[str, tuple[Bytes, Bytes]]:
    """The stop and the bare app, by device."""
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        weighed = {
            name: (_weigh(browser, f"{tour}/?stop={stop}", device), _weigh(browser, bare, device))
            for name, device in DEVICES.items()
        }
        browser.close()
    return weighed


def _weigh(browser: Browser, address: str, device: dict) -> Bytes:
    context = browser.new_context(**device)
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
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
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
