"""Screenshots of every view: python -m tests.screenshots [FOLDER] [--stop SLUG] [--screen NAME] [--language CODE]"""

import argparse
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers import launch_chromium
from tests.conftest import PROJECT_ROOT, load_valid, running_site
from tour.content.translations import languages as languages_of

SIZES = {"desk": (1280, 800), "wall": (1920, 1080), "tablet": (820, 1180), "phone": (390, 844)}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
README = {
    "docs/desk.png": ("desk", "?stop=cathedral-ruins&lang=en"),
    "docs/phone.png": ("phone", "?stop=panorama-museum&lang=en"),
    "docs/phone-ru.png": ("phone", "?stop=panorama-museum&lang=ru"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="pictures", type=Path)
    parser.add_argument("--stop", help="this stop alone")
    parser.add_argument("--screen", choices=SIZES, help="this screen alone")
    parser.add_argument("--language", help="this language alone")
    parser.add_argument("--readme", action="store_true", help="only the screenshots in the README")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        if options.readme:
            for path, (size, query) in README.items():
                _take(browser, size, "light", [(f"{site}/{query}", PROJECT_ROOT / path)])
        else:
            languages = languages_of(PROJECT_ROOT / "data") if options.language is None else (options.language,)
            for size, theme, language in product([options.screen] if options.screen else SIZES, THEMES, languages):
                _take(browser, size, theme, _views(site, options.folder, (size, theme, language), options.stop))
        browser.close()


def _views(site: str, folder: Path, how: tuple[str, str, str], only: str | None) -> list[tuple[str, Path]]:
    """Address and file of every view."""
    exhibition = load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media")
    stops = [(f"?stop={stop.slug}", f"{n:02}-{stop.slug}") for n, stop in enumerate(exhibition.stops, 1)]
    names = ("stops", "find&words=Stalingrad", "timeline", "gallery", "sources", "lesson", "about")
    others = [(f"?view={name}", f"9{n}-{name.partition('&')[0]}") for n, name in enumerate(names)]
    views = (
        [view for view in stops if view[0] == f"?stop={only}"]
        if only
        else [("?view=home", "00-entry"), *others, *stops]
    )
    return [(f"{site}/{query}&lang={how[-1]}", folder / f"{name}-{'-'.join(how)}.png") for query, name in views]


def _take(browser: Browser, size: str, theme: Theme, views: list[tuple[str, Path]]) -> None:
    width, height = SIZES[size]
    is_phone = size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, is_mobile=is_phone, has_touch=is_phone
    )
    page = context.new_page()
    for address, path in views:
        page.goto(address)
        _wait_until_ready(page)
        page.screenshot(path=path)
        print(path)
    context.close()


def _wait_until_ready(page: Page) -> None:
    """Wait until everything that the view shows is there: title, fonts, pictures in view, the map's pins."""
    page.get_by_role("heading", level=1).wait_for()
    if page.locator("article[data-stop]").count():
        page.frame_locator("iframe").locator(".tour-pin.tour-current").wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main()
