"""All that visitors are shown of an exhibition, made and looked at: well-formed, nothing of the content as markup."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.mutations import LEAK
from tour.images import social_cards
from tour.maps.live_map import base_map, stop_layer
from tour.maps.route_overview import city_legs, route_overview
from tour.maps.static_map import city_map, stop_map
from tour.model import Exhibition
from tour.model.navigation import locate
from tour.open_data.context import ExportContext
from tour.open_data.registry import EXPORT_FORMATS, citation
from tour.static_export.sitemap import sitemap
from tour.views.renderer import SiteRenderer
from tour.views.routing import all_pages, resolve
from tour.views.standalone_pages import standalone_pages

BASE = "https://example.org/tour/"
UNKNOWN_TAG = 801  # libxml2 knows HTML 4: main, section and their kin are new to it
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
IDS = re.compile(r'\sid="([^"]*)"')


def look_at_stop(exhibition: Exhibition, media: Path, slug: str) -> None:
    """The stop's own page, as far as content has a part in it; raises whatever is wrong."""
    renderer = SiteRenderer(exhibition, media)
    page = resolve(exhibition, {"stop": slug})
    _html(f"<!doctype html><html><head>{renderer.head(page, BASE)}</head><body>{renderer.body(page)}</body></html>")


def look_at_all(exhibitions: dict[str, Exhibition], media: Path) -> None:
    """Every page, paper, picture of a map and format, in every language; raises whatever is wrong."""
    for exhibition in exhibitions.values():
        others = tuple(each for each in exhibitions.values() if each is not exhibition)
        renderer = SiteRenderer(exhibition, media, others=others)
        for document in _documents(renderer):
            _html(document)
        for written in _xml(renderer):
            _no_leak(etree.fromstring(written.encode()))
        for written in _json(renderer):
            json.loads(written, parse_constant=_not_json)
        _rest(renderer)


def _documents(renderer: SiteRenderer) -> Iterator[str]:
    exhibition = renderer.exhibition
    for page in all_pages(exhibition):
        yield renderer.document(page, BASE)
    for words in ("quay", "kai 1899", f"<{LEAK}>"):
        yield renderer.document(resolve(exhibition, {"view": "find", "words": words}), BASE)
    for write in standalone_pages(renderer, BASE).values():
        yield write()
    # folium's figure is a document too, in which a browser runs what it is told to.
    for stop in exhibition.stops:
        base = base_map(exhibition)
        base.add_child(stop_layer(exhibition, locate(exhibition, stop.slug)))
        base.get_root().render()


def _xml(renderer: SiteRenderer) -> Iterator[str]:
    exhibition = renderer.exhibition
    yield sitemap(exhibition, BASE)
    if city_legs(exhibition):
        yield route_overview(exhibition)
    yield from (stop_map(exhibition, stop) for stop in exhibition.stops)
    yield from (city_map(exhibition, city) for city in exhibition.cities)
    context = ExportContext(exhibition, renderer.media, BASE)
    yield from (each.write(context) for each in EXPORT_FORMATS if each.file.endswith(("gpx", "kml")))


def _json(renderer: SiteRenderer) -> Iterator[str]:
    context = ExportContext(renderer.exhibition, renderer.media, BASE)
    yield from (each.write(context) for each in EXPORT_FORMATS if each.file.endswith("json"))
    for stop in renderer.exhibition.stops:
        record = citation(context, f"{stop.slug}.json")
        assert record, f"{stop.slug} can't be cited"
        yield record[0]


def _rest(renderer: SiteRenderer) -> None:
    """What has no form to be looked at: citations in braces, the words of social cards set in type."""
    exhibition = renderer.exhibition
    for each in EXPORT_FORMATS:
        each.write(ExportContext(exhibition, renderer.media, BASE)).encode()
    for card in social_cards.needed(exhibition, renderer.media):
        social_cards.layout(card)


def _html(document: str) -> None:
    parser = etree.HTMLParser()
    root = etree.fromstring(document, parser)
    faults = [each for each in parser.error_log if each.type != UNKNOWN_TAG]
    assert not faults, f"the page is not well-formed: {faults[0]}"
    repeated = IDS.findall(document)
    assert len(repeated) == len(set(repeated)), "an id stands twice on the page"
    assert "1337" not in document, "an expression was run"
    assert not CONTROL.search(document), "the page holds a control character"
    document.encode()
    _no_leak(root)


def _no_leak(root: etree._Element) -> None:
    leaks: Any = root.xpath(f"//*[local-name() = '{LEAK}' or @{LEAK}]")
    assert not leaks, f"content became markup: {etree.tostring(leaks[0], encoding='unicode')[:200]}"


def _not_json(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")
