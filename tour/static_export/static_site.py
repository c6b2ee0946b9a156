"""The exhibition as a folder of plain files: for a USB stick, a kiosk, an archive, or any web server."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl

from tour.atomic_write import FolderNotEmptyError, write_atomic
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.maps.route_overview import city_legs, route_overview
from tour.maps.static_map import city_map, stop_map
from tour.model import Exhibition
from tour.open_data.context import ExportContext
from tour.open_data.registry import CITATION_FORMATS, EXPORT_FORMATS
from tour.paths import STATIC_DIR, STREAMLIT_STATIC_DIR, sans_font_path
from tour.settings import DEFAULT_LANGUAGE
from tour.static_export.sitemap import robots, sitemap
from tour.urls import STANDALONE_PAGES, localized_filename
from tour.views.renderer import SiteRenderer
from tour.views.routing import Page, all_pages
from tour.views.standalone_pages import standalone_pages

# The names that an export wrote: the next one into the same folder takes away what it no longer writes.
MANIFEST = "files-of-this-exhibition.txt"

# What a file holds, once it is wanted: its text, or the file that it is a copy of.
Content = Callable[[], str | Path]


class LinkOutsideFolderError(Exception):
    """A link in the folder leads out of it: what is written there would be stored elsewhere."""


def export(contents: Mapping[str, Content], folder: Path) -> Iterator[str]:
    """Write every file, one at each step; raises FolderNotEmptyError before anything is written.

    Raises LinkOutsideFolderError rather than write through a link, and atomic_write.WriteError where the disk is full.
    """
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise FolderNotEmptyError
    _remove_stale(folder, keep=contents)
    write_atomic(folder / MANIFEST, ("\n".join(contents) + "\n").encode())
    for name, content in contents.items():
        if not (folder / name).parent.resolve().is_relative_to(folder.resolve()):
            raise LinkOutsideFolderError(folder / name)
        written = content()
        write_atomic(folder / name, written.read_bytes() if isinstance(written, Path) else written.encode())
        yield name


def _remove_stale(folder: Path, keep: Iterable[str]) -> None:
    """Remove what an earlier export wrote and this one doesn't."""
    manifest = (folder / MANIFEST).read_text("utf-8").splitlines() if (folder / MANIFEST).is_file() else []
    for name in set(manifest) - set(keep):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()


def site_files(exhibitions: Iterable[Exhibition], media: Path, base: str) -> dict[str, Content]:
    """Every file of the exhibition by its name, in each language, the original's first; `base`: see SiteRenderer.

    Without one there is no file that needs absolute URLs.
    """
    formats = tuple(each for each in EXPORT_FORMATS if base or not each.needs_base)
    renderers = [SiteRenderer(each, media, formats) for each in exhibitions]
    files: dict[str, Content] = {}
    for renderer in renderers:
        files |= _pages(renderer, base) | _data(renderer, base) | _images(renderer, base) | _maps(renderer)
    return {**files, **_shared(renderers[0].exhibition, base), **_assets()}


def _pages(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    exhibition, language = renderer.exhibition, renderer.language
    pages: dict[str, Callable[[], str]] = {
        filename(page): partial(renderer.document, page, base) for page in all_pages(exhibition) if page.name != "find"
    }
    standalone = standalone_pages(renderer, base).items()
    pages |= {localized_filename(f"{name}.html", language): render for name, render in standalone}
    for redirect in exhibition.redirects:
        pages[_filename({"stop": redirect.old, "lang": language})] = partial(renderer.redirect, redirect.new)
    return {name: _conversion(self_contained, render, base) for name, render in pages.items()}


def _data(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    exhibition = renderer.exhibition
    context = ExportContext(exhibition, renderer.media, base)
    data = {each.file: partial(each.write, context) for each in renderer.formats}
    for position, (suffix, format) in product(context.positions(), CITATION_FORMATS.items()):
        data[f"cite/{position.stop.slug}.{suffix}"] = partial(format.write, context, position)
    return {
        localized_filename(name, exhibition.language): _conversion(rewrite_links, write, base)
        for name, write in data.items()
    }


def _conversion(convert: Callable[[str, str], str], write: Callable[[], str], base: str) -> Content:
    return lambda: convert(write(), base)


def _images(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    """Derivatives, and with a base social cards: pages name them by their absolute URLs."""
    exhibition, media, cache = renderer.exhibition, renderer.media, derivative_cache(renderer.media)
    images = {f"images/{each.name}": each for each in derivatives.needed(exhibition, media)}
    cards = {f"cards/{card.name}": card for card in (social_cards.needed(exhibition, media) if base else ())}
    return {name: partial(cache.get_or_create_file, image) for name, image in (images | cards).items()}


def _maps(renderer: SiteRenderer) -> dict[str, Content]:
    exhibition = renderer.exhibition
    maps = {f"plans/{stop.slug}.svg": partial(stop_map, exhibition, stop) for stop in exhibition.stops}
    maps |= {f"plans/city/{city.slug}.svg": partial(city_map, exhibition, city) for city in exhibition.cities}
    return {localized_filename(name, exhibition.language): content for name, content in maps.items()}


def _shared(exhibition: Exhibition, base: str) -> dict[str, Content]:
    """What is the same in every language."""
    files: dict[str, Content] = {}
    if city_legs(exhibition):
        files["maps/route-overview.svg"] = partial(route_overview, exhibition)
    if base:
        files["sitemap.xml"] = lambda: rewrite_links(sitemap(exhibition, base), base)
        files["robots.txt"] = lambda: robots(base)
    return files


def _assets() -> dict[str, Content]:
    """Style sheets, scripts, fonts, icon."""
    paths = {f"files/{path.relative_to(STATIC_DIR).as_posix()}": path for path in STATIC_DIR.rglob("*")}
    paths["favicon.png"] = STATIC_DIR / "icon.png"
    if sans_font_path():
        paths[sans_font_path()] = STREAMLIT_STATIC_DIR / sans_font_path()
    return {name: partial(Path, path) for name, path in paths.items() if path.is_file()}


def self_contained(html: str, base: str) -> str:
    """A page that needs no server: its links are names of files."""
    html = rewrite_links(html, base)
    standalone = rf'href="({"|".join(STANDALONE_PAGES)})\?lang=(\w+)"'
    html = re.sub(standalone, lambda link: f'href="{localized_filename(f"{link[1]}.html", link[2])}"', html)
    # From a disk a browser takes every file for another origin's, and asks for none of them ahead of time.
    return re.sub(r'<link rel="preload"[^>]* crossorigin>\n?', "", html)


def rewrite_links(text: str, base: str) -> str:
    """The text with the URLs of pages as names of files; those under `base` stay absolute."""

    def renamed(url: re.Match[str]) -> str:
        root = "" if url["root"] == "./" else url["root"]
        return root + _filename(dict(parse_qsl(unescape(url["query"]))))

    roots = "|".join(re.escape(root) for root in ("./", base) if root)
    return re.sub(rf"(?P<root>{roots})\?(?P<query>[\w=&;%+-]+)", renamed, text)


def filename(page: Page) -> str:
    """The name of a page's file."""
    return _filename(dict(parse_qsl(page.url.partition("?")[2])))


def _filename(query: Mapping[str, str]) -> str:
    name = query.get("stop") or query.get("view") or "index"
    # Without a server nobody searches: the link to the search leads to the whole text on one page.
    name = "text" if name == "find" else name
    return localized_filename(f"{name}.html", query.get("lang", DEFAULT_LANGUAGE))
