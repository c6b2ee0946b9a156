"""The open data formats on offer: file name, media type, description, and how each is written."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tour.i18n import N_
from tour.model.navigation import Position, locate
from tour.open_data.bibtex_csl import bibtex, csl
from tour.open_data.context import ExportContext
from tour.open_data.geojson import GEOJSON, geojson, tour_json
from tour.open_data.gpx_kml import gpx, kml
from tour.open_data.iiif import manifest

IIIF_MEDIA_TYPE = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'


@dataclass(frozen=True)
class ExportFormat:
    """`build` returns the text of the file, or values to be written as JSON."""

    name: str
    file: str
    media_type: str
    description: str
    build: Callable[..., object]
    needs_base: bool = False

    def write(self, context: ExportContext, *positions: Position) -> str:
        """The whole file; a citation format writes those positions alone."""
        content = self.build(context, *positions)
        return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)


BIBTEX = ExportFormat("BibTeX", "tour.bib", "application/x-bibtex", N_("a citation of every stop"), bibtex)
CSL_JSON = ExportFormat(
    "CSL-JSON", "tour.csl.json", "application/vnd.citationstyles.csl+json", N_("the same for Zotero and its kin"), csl
)
EXPORT_FORMATS = (
    ExportFormat("GeoJSON", GEOJSON, "application/geo+json", N_("one feature a place, for maps and QGIS"), geojson),
    ExportFormat(
        "GPX", "tour.gpx", "application/gpx+xml", N_("the walk and the places, for a phone or a handheld receiver"), gpx
    ),
    ExportFormat(
        "KML", "tour.kml", "application/vnd.google-earth.kml+xml", N_("the same for globes and map programs"), kml
    ),
    ExportFormat(
        "JSON",
        "tour.json",
        "application/json",
        N_("everything: stops, stories, pictures, links, claims, sources"),
        tour_json,
    ),
    ExportFormat(
        N_("IIIF manifest"),
        "iiif/manifest.json",
        IIIF_MEDIA_TYPE,
        N_("one canvas a stop, for IIIF viewers"),
        manifest,
        needs_base=True,
    ),
    BIBTEX,
    CSL_JSON,
)
CITATION_FORMATS = {"bib": BIBTEX, "json": CSL_JSON}  # by suffix


def citation(context: ExportContext, name: str) -> tuple[str, str] | None:
    """A stop's citation by its file's name, lighthouse.bib or lighthouse.json: text and media type, if there is one."""
    slug, _, suffix = name.rpartition(".")
    position, format = locate(context.exhibition, slug), CITATION_FORMATS.get(suffix)
    return (format.write(context, position), format.media_type) if format and position.is_found else None
