"""How long a step to the next stop takes beside that of a bare Streamlit script, in one run of one browser.

    python -m benchmarks.step [--steps 20]

The step: from the click on the button until the new title is on the screen, its image decoded, the map moving;
what the app does after that is in benchmarks/step_breakdown.py. The baseline: a script of one heading and one button
under Streamlit's own settings. Steps of both alternate, so that a busy machine slows down both alike.
"""

import re
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.baseline import baseline_server
from benchmarks.results import Result, main
from tests.browsers import launch_chromium
from tests.conftest import running_site

# Clicks, then looks at every frame; the time is the browser's own, so that the driver's round trips don't count.
STEP = """
async ([image, before]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const next = [...document.querySelectorAll("button")].find((button) => button.innerText.startsWith("Next"));
  const map = document.querySelector(".st-key-tour-map iframe")?.contentWindow.map;
  const moves = map && new Promise((done) => map.once("movestart moveend", done));
  const start = performance.now();
  next.click();
  do await frame(); while (document.querySelector("h1")?.innerText === before);
  if (image) await document.querySelector(image).decode();
  await moves;
  return performance.now() - start;
}
"""
READING_TIME = 1500  # milliseconds at each stop: nobody steps on before they have seen where they are
IMAGE = "article[data-stop] img"
FULL = {"steps": 20}
QUICK = {"steps": 2}


def run(steps: int) -> list[Result]:
    tour, baseline = map(median, measure(steps))
    return [Result("a step: title, picture, map moving", tour, "ms", baseline, "bare, stock", max_ratio=0.6)]


def measure(steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each step, the tour's and the baseline's."""
    with sync_playwright() as playwright, running_site() as tour, baseline_server(tuned=False) as (baseline, _):
        browser = launch_chromium(playwright)
        times = _alternate(browser.new_page(), tour, browser.new_page(), baseline, steps)
        browser.close()
    return times


def _alternate(
    tour_page: Page, tour: str, baseline_page: Page, baseline: str, steps: int
) -> tuple[list[float], list[float]]:
    open_first_stop(tour_page, tour)
    open_first_stop(baseline_page, baseline)
    tour_times, baseline_times = [], []
    for _ in range(steps):
        # Neither begins while the other's server is still tidying up.
        baseline_page.wait_for_timeout(READING_TIME)
        baseline_times.append(baseline_page.evaluate(STEP, [None, title(baseline_page)]))
        tour_page.wait_for_timeout(READING_TIME)
        tour_times.append(tour_page.evaluate(STEP, [IMAGE, title(tour_page)]))
    return tour_times, baseline_times


def open_first_stop(page: Page, address: str) -> None:
    """The page at its first stop, the app started; the bare script has no other."""
    page.goto(address)
    page.get_by_role("button", name=re.compile("Start|Next")).first.wait_for()
    if (start := page.get_by_role("button", name="Start")).count():
        start.click()
        page.get_by_role("button", name="Next").wait_for()


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
