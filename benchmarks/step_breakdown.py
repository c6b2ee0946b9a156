"""When each part of a step happens, in browser, wire and server: python -m benchmarks.step_breakdown [--steps 20]

Medians of the times since the click, alternating with a bare Streamlit script under its own settings. The server's CPU
time is that of its process, what it does after the last message included.
"""

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from subprocess import Popen

from playwright.sync_api import Page, sync_playwright

from benchmarks.baseline import baseline_server
from benchmarks.metrics import resource_usage
from benchmarks.results import Result, main
from benchmarks.step import READING_TIME, open_first_stop, title
from tests.browsers import launch_chromium
from tests.conftest import running_server

FULL = {"steps": 20}
QUICK = {"steps": 2}
SETTLE_TIME = 600  # milliseconds after which nothing more comes of a step
# Records when messages leave and come, and when an article or a title is put into the page.
RECORDER = """
window.events = [];
const record = (event) => window.events.push([event, performance.now()]);
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  if (!this.isRecorded) this.addEventListener("message", () => record("message"));
  this.isRecorded = true;
  record("request");
  return send.call(this, message);
};
const isTitle = (node) => (node.querySelector ? node : node.parentElement)?.closest("h1") || node.querySelector?.("h1");
new MutationObserver((changes) => {
  if (changes.some(({ target, addedNodes }) => [target, ...addedNodes].some(isTitle))) record("drawn");
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
STEP = """
async ([before, settleTime]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const next = [...document.querySelectorAll("button")].find((button) => button.innerText.startsWith("Next"));
  const map = document.querySelector(".st-key-tour-map iframe")?.contentWindow.map;
  map?.once("movestart moveend", () => events.push(["map", performance.now()]));
  events.length = 0;
  const start = performance.now();
  next.click();
  events.push(["handled", performance.now()]);
  do await frame(); while (document.querySelector("h1").innerText === before);
  events.push(["title", performance.now()]);
  await document.querySelector("article[data-stop] img")?.decode();
  events.push(["image", performance.now()]);
  await new Promise((done) => setTimeout(done, settleTime));
  return events.map(([event, at]) => [event, at - start]);
}
"""
Events = dict[str, list[float]]  # milliseconds since the click, of each time that it happened
ROWS: dict[str, Callable[[Events], float | None]] = {
    "click handled in the page": lambda events: events["handled"][0],
    "new title on the screen": lambda events: events["title"][0],
    "picture decoded": lambda events: events["image"][0],
    "map starts to move": lambda events: events["map"][0] if "map" in events else None,
    "request sent to the server": lambda events: events["request"][0],
    "first response received": lambda events: events["message"][0],
    "last response received": lambda events: events["message"][-1],
    "drawn by the app": lambda events: events["drawn"][-1],
}


@dataclass
class Walk:
    """A page, the process that serves it, the events of each step, and the process's CPU milliseconds for all steps."""

    page: Page
    process: Popen
    steps: list[Events] = field(default_factory=list)
    cpu: float = 0.0

    def step(self) -> None:
        before = resource_usage([self.process.pid]).cpu
        events = defaultdict(list)
        for event, at in self.page.evaluate(STEP, [title(self.page), SETTLE_TIME]):
            events[event].append(at)
        self.steps.append(events)
        self.cpu += 1000 * (resource_usage([self.process.pid]).cpu - before)

    def median(self, value: Callable[[Events], float | None]) -> float | None:
        values = [number for events in self.steps if (number := value(events)) is not None]
        return median(values) if len(values) == len(self.steps) else None


def run(steps: int) -> list[Result]:
    with sync_playwright() as playwright, running_server() as tour_server, baseline_server(tuned=False) as bare_server:
        browser = launch_chromium(playwright)
        tour, baseline = (_start_walk(browser.new_page(), *server) for server in (tour_server, bare_server))
        for _ in range(steps):
            tour.page.wait_for_timeout(READING_TIME)
            baseline.step()
            tour.step()
        browser.close()
    return [
        *(_result(name, tour.median(value), "ms", baseline.median(value)) for name, value in ROWS.items()),
        _result("number of responses", tour.median(_message_count), "", baseline.median(_message_count)),
        _result("server's CPU time", tour.cpu / steps, "ms", baseline.cpu / steps),
    ]


def _message_count(events: Events) -> int:
    return len(events["message"])


def _start_walk(page: Page, address: str, process: Popen) -> Walk:
    page.add_init_script(RECORDER)
    open_first_stop(page, address)
    return Walk(page, process)


def _result(name: str, value: float | None, unit: str, baseline: float | None) -> Result:
    return Result(f"step breakdown: {name}", math.nan if value is None else value, unit, baseline, "bare, stock")


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
