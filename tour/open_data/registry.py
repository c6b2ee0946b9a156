"""The exhibition's data in the formats of its fields: where each is to be had, and for what."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tour.i18n import N_
from tour.model import Exhibition
from tour.model.navigation import locate
from tour.open_data import citations, geojson, gpx_kml, iiif


@dataclass(frozen=True)
class ExportFormat:
    """One way to take the data away; `write` makes it from exhibition, media folder and the site's root."""

    name: str
    file: str
    media_type: str
    use: str
    write: Callable[[Exhibition, Path, str], str]
    needs_base: bool = False


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)


EXPORT_FORMATS = (
    ExportFormat(
        "GeoJSON",
        "tour.geojson",
        "application/geo+json",
        N_("one feature a place, for maps and QGIS"),
        lambda exhibition, media, base: _json(geojson.geojson(exhibition, base)),
    ),
    ExportFormat(
        "GPX",
        "tour.gpx",
        "application/gpx+xml",
        N_("the walk and the places, for a phone or a handheld receiver"),
        lambda exhibition, media, base: gpx_kml.gpx(exhibition, base),
    ),
    ExportFormat(
        "KML",
        "tour.kml",
        "application/vnd.google-earth.kml+xml",
        N_("the same for globes and map programs"),
        lambda exhibition, media, base: gpx_kml.kml(exhibition, base),
    ),
    ExportFormat(
        "JSON",
        "tour.json",
        "application/json",
        N_("everything: stops, stories, pictures, links, claims, sources"),
        lambda exhibition, media, base: _json(geojson.tour_json(exhibition, media, base)),
    ),
    ExportFormat(
        N_("IIIF manifest"),
        "iiif/manifest.json",
        'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
        N_("one canvas a stop, for IIIF viewers"),
        lambda exhibition, media, base: _json(iiif.manifest(exhibition, media, base)),
        needs_base=True,
    ),
    ExportFormat(
        "BibTeX",
        "tour.bib",
        "application/x-bibtex",
        N_("a citation of every stop"),
        lambda exhibition, media, base: citations.all_bibtex(exhibition, base),
    ),
    ExportFormat(
        "CSL-JSON",
        "tour.csl.json",
        "application/vnd.citationstyles.csl+json",
        N_("the same for Zotero and its kin"),
        lambda exhibition, media, base: _json(citations.all_csl(exhibition, base)),
    ),
)


def citation(exhibition: Exhibition, name: str, base: str) -> tuple[str, str] | None:
    """A stop's citation by its file's name, lighthouse.bib or lighthouse.json: text and media type, if there is one."""
    slug, _, suffix = name.rpartition(".")
    here = locate(exhibition, slug)
    if not here.is_found:
        return None
    if suffix == "bib":
        return citations.bibtex(exhibition, here, base), "application/x-bibtex"
    if suffix == "json":
        return _json([citations.csl(exhibition, here, base)]), "application/vnd.citationstyles.csl+json"
    return None
