"""The exhibition as a folder of plain files: for a USB stick, a kiosk, an archive, or any web server."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

from tour.atomic_write import write_atomic
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.maps.route_overview import city_legs, route_overview
from tour.maps.static_map import city_map, stop_map
from tour.open_data.registry import EXPORT_FORMATS, citation
from tour.paths import STATIC_DIR, STREAMLIT_STATIC_DIR, sans_font_path
from tour.static_export.sitemap import robots, sitemap
from tour.urls import DEFAULT_LANGUAGE, localized_filename
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


def site_files(desks: Sequence[SiteRenderer]) -> dict[str, Content]:
    """Every file of the exhibition by its name; `desks` are one a language, the original's first.

    Without a base address there is none that needs whole addresses.
    """
    made: dict[str, Content] = {}
    for desk in desks:
        formats = tuple(each for each in EXPORT_FORMATS if desk.base or not each.needs_base)
        desk = replace(desk, formats=formats)
        made |= _pages(desk) | _data(desk) | _cards(desk) | _maps(desk)
    return {**made, **_shared(desks[0]), **_assets()}


def _pages(desk: SiteRenderer) -> dict[str, Content]:
    made = {filename(page): partial(desk.document, page) for page in all_pages(desk.exhibition) if page.name != "find"}
    made |= {
        localized_filename(f"{name}.html", desk.exhibition.language): write
        for name, write in standalone_pages(desk).items()
    }
    made |= {
        _file({"stop": each.old, "lang": desk.exhibition.language}): partial(desk.moved, each.new)
        for each in desk.exhibition.redirects
    }
    return {name: lambda html=html: self_contained(html(), desk.base) for name, html in made.items()}


def _data(desk: SiteRenderer) -> dict[str, Content]:
    exhibition = desk.exhibition
    made = {each.file: partial(each.write, exhibition, desk.media, desk.base) for each in desk.formats}
    for name in (f"{stop.slug}.{suffix}" for stop in exhibition.stops for suffix in ("bib", "json")):
        made[f"cite/{name}"] = lambda name=name: citation(exhibition, name, desk.base)[0]
    return {
        localized_filename(name, exhibition.language): lambda text=text: rewrite_links(text(), desk.base)
        for name, text in made.items()
    }


def _cards(desk: SiteRenderer) -> dict[str, Content]:
    wanted = social_cards.needed(desk.exhibition, desk.media) if desk.base else ()
    return {f"cards/{card.name}": partial(social_cards.card_path, card, desk.media) for card in wanted}


def _maps(desk: SiteRenderer) -> dict[str, Content]:
    exhibition = desk.exhibition
    made = {f"plans/{stop.slug}.svg": partial(stop_map, exhibition, stop) for stop in exhibition.stops}
    made |= {f"plans/city/{city.slug}.svg": partial(city_map, exhibition, city) for city in exhibition.cities}
    return {localized_filename(name, exhibition.language): content for name, content in made.items()}


def _shared(desk: SiteRenderer) -> dict[str, Content]:
    """What is the same in every language."""
    exhibition = desk.exhibition
    pictures = derivatives.needed(exhibition, desk.media)
    made = {f"images/{each.name}": partial(derivative_cache(desk.media).path, each) for each in pictures}
    if city_legs(exhibition):
        made["maps/thread.svg"] = partial(route_overview, exhibition)
    if desk.base:
        ways = {"sitemap.xml": partial(sitemap, exhibition, desk.base), "robots.txt": partial(robots, desk.base)}
        made |= {name: lambda text=text: rewrite_links(text(), desk.base) for name, text in ways.items()}
    return made


def _assets() -> dict[str, Content]:
    """Style sheets, script, typefaces, emblem."""
    files = (path for path in STATIC_DIR.rglob("*") if path.is_file())
    made = {f"files/{path.relative_to(STATIC_DIR).as_posix()}": lambda path=path: path for path in files}
    made["files/page.js"] = lambda: (STATIC_DIR / "page.js").read_text("utf-8").replace("export function", "function")
    made["favicon.png"] = lambda: STATIC_DIR / "icon.png"
    if sans_font_path():
        made[sans_font_path()] = lambda: STREAMLIT_STATIC_DIR / sans_font_path()
    return made


def self_contained(html: str, base: str) -> str:
    """A page that needs no server: its links are names of files, its script one that a browser runs from a disk."""
    html = rewrite_links(html, base)
    papers_named = rf'href="({"|".join(STANDALONE_PAGES)})\?lang=(\w+)"'
    html = re.sub(papers_named, lambda way: f'href="{localized_filename(f"{way[1]}.html", way[2])}"', html)
    html = html.replace('<script type="module"', "<script defer")
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
    return _file(dict(parse_qsl(page.address.partition("?")[2])))


def _file(asked: Mapping[str, str]) -> str:
    name = asked.get("stop") or asked.get("view") or "index"
    # Without a server nobody searches: whoever wants to find words is led to all of them on one page.
    name = "text" if name == "find" else name
    return localized_filename(f"{name}.html", asked.get("lang", DEFAULT_LANGUAGE))
