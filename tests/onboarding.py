"""A newcomer's path from nothing to a stop of their own in the browser, timed: python -m tests.newcomer"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests import chromium
from tests.conftest import HOUSE, running_site

TITLE = "The Mill"
STOP = "stops/crumbury/04-the-mill.md"
# What a person would write into the empty fields, in their order.
BLANKS = (
    *("The mill that grinds the rye of Crumbury.", "the-mill.png"),
    *("A round stone mill with four sails on a low green hill.", "The mill in May. A drawing.", "Drawn by us"),
    "https://creativecommons.org/licenses/by/4.0/",
    *("The mill", "Town of Crumbury", "https://example.org/mill", "en", "page"),
    *("Grinding", "Crumbury Film Club", "https://example.org/grinding", "en", "film"),
)
STORY = "The mill was built in three summers.[^crumbury-gazette]\n"


def path(folder: Path, browser: Browser) -> Iterator[tuple[str, float]]:
    """Each leg of the path with the seconds it took; a leg that doesn't lead on raises."""
    data, media = folder / "data", folder / "media"
    place = ("--city", "crumbury", "--title", TITLE, "--latitude", "46.305, -29.61", "--yes")
    yield _timed("a new exhibition", lambda: _tour(folder, "new-exhibition", str(folder)))
    yield _timed("checked", lambda: _tour(folder, "check"))
    yield _timed("a stop begun", lambda: _tour(folder, "new-stop", *place))
    yield _timed("its blanks named", lambda: _tour(folder, "check", faulty=True))
    fill_in(data / STOP)
    # A photograph would do as well: any picture that nobody else shows.
    yield _timed(
        "a picture dropped in", lambda: shutil.copyfile(HOUSE / "tour/static/icon.png", media / "the-mill.png")
    )
    yield _timed("checked again", lambda: _tour(folder, "check"))
    started = time.perf_counter()
    with running_site(TOUR_DATA=str(data), TOUR_MEDIA=str(media)) as site:
        yield "the site started", time.perf_counter() - started
        page = browser.new_page()
        yield _timed("the stop in the browser", lambda: _see(page, f"{site}/?stop=the-mill&lang=en"))
        page.close()


def fill_in(file: Path) -> None:
    """The empty fields filled, the first with the first of the words, and a story below them."""
    text = file.read_text("utf-8")
    for words in BLANKS:
        text = text.replace('= ""\n', f'= "{words}"\n', 1)
    file.write_text(text + STORY, "utf-8")


def _timed(leg: str, go: Callable[[], object]) -> tuple[str, float]:
    started = time.perf_counter()
    go()
    return leg, time.perf_counter() - started


def _tour(folder: Path, *words: str, faulty: bool = False) -> None:
    """One of the curator's commands; raises where it ends otherwise than it should."""
    environment = {"TOUR_DATA": str(folder / "data"), "TOUR_MEDIA": str(folder / "media")}
    command = [sys.executable, "-m", "tour", *words]
    ended = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True)
    if (ended.returncode != 0) is not faulty:
        raise RuntimeError(f"{' '.join(words)} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")


def _see(page, address: str) -> None:
    """Wait until the app shows the stop: its title, its picture, its pin."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_role("img", name=BLANKS[2])).to_be_visible()
    expect(page.frame_locator("iframe").locator(".tour-here")).to_contain_text("4")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        legs = []
        for leg, seconds in path(Path(folder) / "ours", browser):
            legs.append(seconds)
            print(f"{seconds:6.1f} s  {leg}")
        print(f"{sum(legs):6.1f} s  in all, without the minutes that writing takes")
        browser.close()


if __name__ == "__main__":
    main()
