"""How long a step takes beside that of a bare Streamlit script, in one run of one browser.

    python -m benchmarks.step [--steps 20]

The step: from the click on the button until the new title is on the screen, its picture decoded, the map on the move;
what the app does after that is in benchmarks/anatomy.py. The floor: a script of one heading and one button under
Streamlit's own settings. They take turns, to meet the same weather.
"""

import re
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.bare import bare_server
from benchmarks.figures import Figure, sizes, table
from tests import chromium
from tests.conftest import running_site

# Clicks, then looks at every frame; the time is the browser's own, so that the driver's round trips don't count.
STEP = """
async ([picture, before]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const next = [...document.querySelectorAll("button")].find((each) => each.innerText.startsWith("Next"));
  const map = document.querySelector(".st-key-tour-map iframe")?.contentWindow.map;
  const moves = map && new Promise((done) => map.once("movestart moveend", done));
  const start = performance.now();
  next.click();
  do await frame(); while (document.querySelector("h1")?.innerText === before);
  if (picture) await document.querySelector(picture).decode();
  await moves;
  return performance.now() - start;
}
"""
READING = 1500  # milliseconds at each stop: nobody steps on before they have seen where they are
PICTURE = "article[data-stop] img"
FULL = {"steps": 20}
QUICK = {"steps": 2}


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(steps: int) -> list[Figure]:
    ours, floor = measured(steps)
    return [
        Figure(
            "a step: title, picture, map on the move",
            median(ours),
            "ms",
            median(floor),
            "bare, stock",
            most_times=0.6,
        )
    ]


def measured(steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each step, ours and the floor's."""
    with sync_playwright() as playwright, running_site() as tour, bare_server(tuned=False) as (bare, _):
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        taken = _side_by_side(browser.new_page(), tour, browser.new_page(), bare, steps)
        browser.close()
    return taken


def _side_by_side(our_page: Page, tour: str, bare_page: Page, bare: str, steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each step, ours and the floor's, taken in turns."""
    open_first(our_page, tour)
    open_first(bare_page, bare)
    ours, floor = [], []
    for _ in range(steps):
        # Neither begins while the other's server is still tidying up.
        bare_page.wait_for_timeout(READING)
        floor.append(bare_page.evaluate(STEP, [None, title(bare_page)]))
        our_page.wait_for_timeout(READING)
        ours.append(our_page.evaluate(STEP, [PICTURE, title(our_page)]))
    return ours, floor


def open_first(page: Page, address: str) -> None:
    """The page at its first stop, the app started; the bare script has no other."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("Start|Next")).first.wait_for()
    if (start := page.get_by_role("button", name="Start")).count():
        start.click()
        page.get_by_role("button", name="Next").wait_for()


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


if __name__ == "__main__":
    main()
