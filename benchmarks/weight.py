"""How much a first visit weighs on the wire beside a bare Streamlit app: python -m benchmarks.weight [--stop SLUG]

Bytes as they arrive, heads and bodies, cold cache: every answer over HTTP and every message over the websocket, until
the network is quiet. Nothing is scrolled: what a browser fetches later is not counted.
"""

import argparse

from playwright.sync_api import Browser, sync_playwright

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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stop", default="cathedral-ruins", help="default: cathedral-ruins")
    arguments.add_argument("--list", action="store_true", help="name the largest answers")
    chosen = arguments.parse_args()
    with sync_playwright() as playwright, running_site() as tour, bare_site() as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        print(f"{'':8}{'stop':>10}{'bare app':>10}{'more by':>10}   KB")
        for name, device in DEVICES.items():
            ours = _weigh(browser, f"{tour}/?stop={chosen.stop}", device)
            floor = _weigh(browser, bare, device)
            stop, empty = sum(ours.values()) / 1000, sum(floor.values()) / 1000
            print(f"{name:8}{stop:10.0f}{empty:10.0f}{stop - empty:10.0f}")
            if chosen.list:
                for address, size in sorted(ours.items(), key=lambda each: -each[1])[:25]:
                    print(f"{'' if address in floor else '+':>10} {size / 1000:8.1f}  {address}")
        browser.close()


def _weigh(browser: Browser, address: str, device: dict) -> dict[str, int]:
    """Bytes by path."""
    context = browser.new_context(**device)
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
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    return sizes


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[-1].split("?")[0]


if __name__ == "__main__":
    main()
