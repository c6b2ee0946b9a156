"""The exhibition as a folder of plain files: for a USB stick, a kiosk, an archive, or any web server."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

from tour.atomic_write import write_atomic
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.maps.route_overview import city_legs, route_overview
from tour.maps.static_map import city_map, stop_map
from tour.model import Exhibition
from tour.open_data.registry import EXPORT_FORMATS, citation
from tour.paths import STATIC_DIR, STREAMLIT_STATIC_DIR, sans_font_path
from tour.settings import DEFAULT_LANGUAGE
from tour.static_export.sitemap import robots, sitemap
from tour.urls import localized_filename
from tour.views.renderer import SiteRenderer
from tour.views.routing import Page, all_pages
from tour.views.standalone_pages import STANDALONE_PAGES, standalone_pages

# The names that an export wrote: the next one into the same folder takes away what it no longer writes.
MANIFEST = "files-of-this-exhibition.txt"

# What a file holds, once it is wanted: its text, or the file that it is a copy of.
Content = Callable[[], str | Path]


class FolderNotEmptyError(Exception):
    """The folder holds files, and no export wrote them."""


class LinkOutsideFolderError(Exception):
    """A link in the folder leads out of it, and what should be written there would land elsewhere."""


def export(contents: Mapping[str, Content], folder: Path) -> Iterator[str]:
    """Write every file, one at each step; raises NotOurs, before anything is written, rather than mix with others.

    Raises LedOut rather than write through a link, and writing.Unwritten where the disk is full, or shut.
    """
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise FolderNotEmptyError
    _remove_stale(folder, keep=contents)
    write_atomic(folder / MANIFEST, ("\n".join(contents) + "\n").encode())
    for name, content in contents.items():
        if not (folder / name).parent.resolve().is_relative_to(folder.resolve()):
            raise LinkOutsideFolderError(folder / name)
        _write(folder / name, content())
        yield name


def _remove_stale(folder: Path, keep: Iterable[str]) -> None:
    """Remove what an earlier export wrote and this one doesn't."""
    known = (folder / MANIFEST).read_text("utf-8").splitlines() if (folder / MANIFEST).is_file() else []
    for name in set(known) - set(keep):
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()


def _write(path: Path, content: str | Path) -> None:
    write_atomic(path, content.read_bytes() if isinstance(content, Path) else content.encode())


def site_files(exhibitions: Iterable[Exhibition], media: Path, base: str) -> dict[str, Content]:
    """Every file of the exhibition by its name, in each language, the original's first; `base`: see SiteRenderer.

    Without one there is no file that needs absolute URLs.
    """
    formats = tuple(each for each in EXPORT_FORMATS if base or not each.needs_base)
    renderers = [SiteRenderer(each, media, formats) for each in exhibitions]
    files: dict[str, Content] = {}
    for renderer in renderers:
        files |= _pages(renderer, base) | _data(renderer, base) | _cards(renderer, base) | _maps(renderer)
    return {**files, **_shared(renderers[0], base), **_assets()}


def _pages(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    files = {
        filename(page): partial(renderer.document, page, base)
        for page in all_pages(renderer.exhibition)
        if page.name != "find"
    }
    files |= {
        localized_filename(f"{name}.html", renderer.exhibition.language): write
        for name, write in standalone_pages(renderer, base).items()
    }
    files |= {
        _file({"stop": each.old, "lang": renderer.exhibition.language}): partial(renderer.redirect, each.new)
        for each in renderer.exhibition.redirects
    }
    return {name: lambda html=html: self_contained(html(), base) for name, html in files.items()}


def _data(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    exhibition = renderer.exhibition
    files = {each.file: partial(each.write, exhibition, renderer.media, base) for each in renderer.formats}
    for name in (f"{stop.slug}.{suffix}" for stop in exhibition.stops for suffix in ("bib", "json")):
        files[f"cite/{name}"] = lambda name=name: citation(exhibition, name, base)[0]
    return {
        localized_filename(name, exhibition.language): lambda text=text: rewrite_links(text(), base)
        for name, text in files.items()
    }


def _cards(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    wanted = social_cards.needed(renderer.exhibition, renderer.media) if base else ()
    return {f"cards/{card.name}": partial(derivative_cache(renderer.media).get_or_create_file, card) for card in wanted}


def _maps(renderer: SiteRenderer) -> dict[str, Content]:
    exhibition = renderer.exhibition
    files = {f"plans/{stop.slug}.svg": partial(stop_map, exhibition, stop) for stop in exhibition.stops}
    files |= {f"plans/city/{city.slug}.svg": partial(city_map, exhibition, city) for city in exhibition.cities}
    return {localized_filename(name, exhibition.language): content for name, content in files.items()}


def _shared(renderer: SiteRenderer, base: str) -> dict[str, Content]:
    """What is the same in every language."""
    exhibition = renderer.exhibition
    pictures = derivatives.needed(exhibition, renderer.media)
    files = {
        f"images/{each.name}": partial(derivative_cache(renderer.media).get_or_create_file, each) for each in pictures
    }
    if city_legs(exhibition):
        files["maps/thread.svg"] = partial(route_overview, exhibition)
    if base:
        ways = {"sitemap.xml": partial(sitemap, exhibition, base), "robots.txt": partial(robots, base)}
        files |= {name: lambda text=text: rewrite_links(text(), base) for name, text in ways.items()}
    return files


def _assets() -> dict[str, Content]:
    """Style sheets, scripts, fonts, icon."""
    files = (path for path in STATIC_DIR.rglob("*") if path.is_file())
    files = {f"files/{path.relative_to(STATIC_DIR).as_posix()}": lambda path=path: path for path in files}
    files["favicon.png"] = lambda: STATIC_DIR / "icon.png"
    if sans_font_path():
        files[sans_font_path()] = lambda: STREAMLIT_STATIC_DIR / sans_font_path()
    return files


def self_contained(html: str, base: str) -> str:
    """A page that needs no server: its links are names of files."""
    html = rewrite_links(html, base)
    papers_named = rf'href="({"|".join(STANDALONE_PAGES)})\?lang=(\w+)"'
    html = re.sub(papers_named, lambda way: f'href="{localized_filename(f"{way[1]}.html", way[2])}"', html)
    # From a disk a browser takes every file for another origin's, and asks for none of them ahead of time.
    return re.sub(r'<link rel="preload"[^>]* crossorigin>\n?', "", html)


def rewrite_links(text: str, base: str) -> str:
    """The text with our pages' addresses as names of files; those under `base` stay whole."""

    def named(address: re.Match) -> str:
        root = "" if address["root"] == "./" else address["root"]
        return root + _file(dict(parse_qsl(unescape(address["query"]))))

    roots = "|".join(re.escape(root) for root in ("./", base) if root)
    return re.sub(rf"(?P<root>{roots})\?(?P<query>[\w=&;%+-]+)", named, text)


def filename(page: Page) -> str:
    """The name of a page's file."""
    return _file(dict(parse_qsl(page.url.partition("?")[2])))


def _file(asked: Mapping[str, str]) -> str:
    name = asked.get("stop") or asked.get("view") or "index"
    # Without a server nobody searches: whoever wants to find words is led to all of them on one page.
    name = "text" if name == "find" else name
    return localized_filename(f"{name}.html", asked.get("lang", DEFAULT_LANGUAGE))
