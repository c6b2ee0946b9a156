"""Where every millisecond of a step goes, in browser, wire and server: python -m benchmarks.anatomy [--steps 20]

Times since the press, medians, by turns with a bare Streamlit script under its own settings. The server's processor is
that of its process, what comes after the last answer included.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from subprocess import Popen

from playwright.sync_api import Page, sync_playwright

from benchmarks.bare import bare_server
from benchmarks.figures import Figure, sizes, table
from benchmarks.measure import use
from benchmarks.step import READING, open_first, title
from tests import chromium
from tests.conftest import running_server

FULL = {"steps": 20}
QUICK = {"steps": 2}
QUIET = 600  # milliseconds after which nothing more comes of a step
# Notes when messages leave and come, and when an article or a title is put into the page.
EARS = """
window.heard = [];
const hear = (what) => window.heard.push([what, performance.now()]);
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  if (!this.isHeard) this.addEventListener("message", () => hear("answer"));
  this.isHeard = true;
  hear("asked");
  return send.call(this, message);
};
const isTitle = (node) => (node.querySelector ? node : node.parentElement)?.closest("h1") || node.querySelector?.("h1");
new MutationObserver((changes) => {
  if (changes.some(({ target, addedNodes }) => [target, ...addedNodes].some(isTitle))) hear("drawn");
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
STEP = """
async ([before, quiet]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const next = [...document.querySelectorAll("button")].find((each) => each.innerText.startsWith("Next"));
  const map = document.querySelector(".st-key-tour-map iframe")?.contentWindow.map;
  map?.once("movestart moveend", () => heard.push(["map", performance.now()]));
  heard.length = 0;
  const start = performance.now();
  next.click();
  heard.push(["handled", performance.now()]);
  do await frame(); while (document.querySelector("h1").innerText === before);
  heard.push(["title", performance.now()]);
  await document.querySelector("article[data-stop] img")?.decode();
  heard.push(["picture", performance.now()]);
  await new Promise((done) => setTimeout(done, quiet));
  return heard.map(([what, at]) => [what, at - start]);
}
"""
ROWS = {
    "the press is dealt with, in the page": lambda heard: heard["handled"][0],
    "the new title is on the screen": lambda heard: heard["title"][0],
    "its picture is decoded": lambda heard: heard["picture"][0],
    "the map sets out": lambda heard: heard["map"][0] if "map" in heard else None,
    "the server has been asked": lambda heard: heard["asked"][0],
    "its first answer is there": lambda heard: heard["answer"][0],
    "its last answer is there": lambda heard: heard["answer"][-1],
    "the app has drawn it": lambda heard: heard["drawn"][-1],
}


@dataclass
class Walk:
    """A page, the process that answers it, what each step was heard to do, and the processor's milliseconds for all."""

    page: Page
    process: Popen
    steps: list[dict[str, list[float]]] = field(default_factory=list)
    used: float = 0.0

    def step(self) -> None:
        before = use([self.process.pid]).cpu
        heard = defaultdict(list)
        for what, at in self.page.evaluate(STEP, [title(self.page), QUIET]):
            heard[what].append(at)
        self.steps.append(heard)
        self.used += 1000 * (use([self.process.pid]).cpu - before)

    def middle(self, of: Callable[[dict], float | None]) -> float | None:
        found = [of(heard) for heard in self.steps]
        return None if None in found else median(found)


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(steps: int) -> list[Figure]:
    with sync_playwright() as playwright, running_server() as tour, bare_server(tuned=False) as bare:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        ours, floor = (_walk(browser.new_page(), *site) for site in (tour, bare))
        for _ in range(steps):
            ours.page.wait_for_timeout(READING)
            floor.step()
            ours.step()
        browser.close()
    rows = {**ROWS, "answers": lambda heard: len(heard["answer"])}
    units = defaultdict(lambda: "ms", answers="")
    return [
        *(_row(name, ours.middle(of), units[name], floor.middle(of)) for name, of in rows.items()),
        _row("the server's processor", ours.used / steps, "ms", floor.used / steps),
    ]


def _walk(page: Page, address: str, process: Popen) -> Walk:
    page.add_init_script(EARS)
    open_first(page, address)
    return Walk(page, process)


def _row(name: str, ours: float, unit: str, floor: float | None) -> Figure:
    return Figure(f"of a step: {name}", ours, unit, floor, "bare, stock")


if __name__ == "__main__":
    main()
