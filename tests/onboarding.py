"""A new curator's steps from nothing to a stop of their own in the browser, timed: python -m tests.onboarding"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browsers import launch_chromium
from tests.conftest import PROJECT_ROOT, running_site

TITLE = "The Mill"
STOP = "stops/crumbury/04-the-mill.md"
# For the empty fields of the stop, in their order.
FIELD_VALUES = (
    *("The mill that grinds the rye of Crumbury.", "the-mill.png"),
    *("A round stone mill with four sails on a low green hill.", "The mill in May. A drawing.", "Drawn by us"),
    "https://creativecommons.org/licenses/by/4.0/",
    *("The mill", "Town of Crumbury", "https://example.org/mill", "en", "page"),
    *("Grinding", "Crumbury Film Club", "https://example.org/grinding", "en", "film"),
)
STORY = "The mill was built in three summers.[^crumbury-gazette]\n"


def steps(folder: Path, browser: Browser) -> Iterator[tuple[str, float]]:
    """Each step with the seconds it took; a step that fails raises."""
    data, media = folder / "data", folder / "media"
    place = ("--city", "crumbury", "--title", TITLE, "--latitude", "46.305, -29.61", "--yes")
    yield _timed("a new exhibition", lambda: _tour(folder, "new-exhibition", str(folder)))
    yield _timed("checked", lambda: _tour(folder, "check"))
    yield _timed("a stop begun", lambda: _tour(folder, "new-stop", *place))
    yield _timed("its empty fields reported", lambda: _tour(folder, "check", fails=True))
    fill_in(data / STOP)
    # A photograph would do as well: any picture that nobody else shows.
    yield _timed(
        "a picture copied in", lambda: shutil.copyfile(PROJECT_ROOT / "tour/static/icon.png", media / "the-mill.png")
    )
    yield _timed("checked again", lambda: _tour(folder, "check"))
    started = time.perf_counter()
    with running_site(TOUR_DATA=str(data), TOUR_MEDIA=str(media)) as site:
        yield "the site started", time.perf_counter() - started
        page = browser.new_page()
        yield _timed("the stop in the browser", lambda: _see(page, f"{site}/?stop=the-mill&lang=en"))
        page.close()


def fill_in(file: Path) -> None:
    """Fill the empty fields in their order, and add a story."""
    text = file.read_text("utf-8")
    for value in FIELD_VALUES:
        text = text.replace('= ""\n', f'= "{value}"\n', 1)
    file.write_text(text + STORY, "utf-8")


def _timed(step: str, run: Callable[[], object]) -> tuple[str, float]:
    started = time.perf_counter()
    run()
    return step, time.perf_counter() - started


def _tour(folder: Path, *arguments: str, fails: bool = False) -> None:
    """Run one of the curator's commands; raises RuntimeError where it unexpectedly fails or succeeds."""
    environment = {"TOUR_DATA": str(folder / "data"), "TOUR_MEDIA": str(folder / "media")}
    command = [sys.executable, "-m", "tour", *arguments]
    process = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True)
    if (process.returncode != 0) is not fails:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{process.stdout}{process.stderr}")


def _see(page, address: str) -> None:
    """Wait until the app shows the stop: its title, its picture, its pin."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_role("img", name=FIELD_VALUES[2])).to_be_visible()
    expect(page.frame_locator("iframe").locator(".tour-pin.tour-current")).to_contain_text("4")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        durations = []
        for step, seconds in steps(Path(folder) / "ours", browser):
            durations.append(seconds)
            print(f"{seconds:6.1f} s  {step}")
        print(f"{sum(durations):6.1f} s  in all, without the time for writing")
        browser.close()


if __name__ == "__main__":
    main()
