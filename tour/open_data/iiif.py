"""IIIF: a Presentation 3 manifest with one canvas a stop, each at its place on the map."""

from dataclasses import dataclass

from tour.content.markdown import strip_markdown
from tour.i18n import N_, gettext_for
from tour.images import derivatives
from tour.l10n import format_years
from tour.model import City, Figure, Place, Stop
from tour.model.navigation import numbered
from tour.open_data.context import ExportContext
from tour.open_data.geojson import GEOJSON
from tour.urls import LICENCE

# The order is the specification's: extensions first, Presentation 3 last.
CONTEXT = ["http://iiif.io/api/extension/navplace/context.json", "http://iiif.io/api/presentation/3/context.json"]
RIGHTS_BODIES = ("http://creativecommons.org/", "http://rightsstatements.org/")

Json = dict[str, object]


def manifest(context: ExportContext) -> Json:
    """The manifest as JSON values; raises ImageError if a stop's first picture cannot be read."""
    return _ManifestBuilder(context).build()


@dataclass(frozen=True)
class _ManifestBuilder:
    context: ExportContext

    def build(self) -> Json:
        exhibition = self.context.exhibition
        return {
            "@context": CONTEXT,
            **self._resource("Manifest", self.context.file_url("iiif/manifest.json"), exhibition.title),
            "summary": self._language_map(*strip_markdown(exhibition.introduction).split("\n\n")),
            "metadata": [
                self._label_value(N_("Subtitle"), exhibition.subtitle),
                self._label_value(N_("Cities"), *(city.name for city in exhibition.cities)),
            ],
            "requiredStatement": self._label_value(
                N_("Status and credit"), self.context.status_line, self.context.attribution
            ),
            **_rights(LICENCE),
            "provider": [self._provider()],
            "homepage": [self._homepage(exhibition.title)],
            "seeAlso": [self._geojson()],
            "items": [self._canvas(number, stop) for number, stop in enumerate(exhibition.stops, 1)],
            "structures": [self._range(city) for city in exhibition.cities],
        }

    def _canvas(self, number: int, stop: Stop) -> Json:
        """The stop's first figure in the size of its master, with the stop's text."""
        figure = stop.figures[0]
        master = derivatives.master(self.context.media_dir / figure.image)
        return {
            **self._resource("Canvas", self._id(stop.slug, "canvas"), f"{number}. {stop.title}"),
            "height": master.height,
            "width": master.width,
            "summary": self._language_map(strip_markdown(stop.lede)),
            "metadata": self._metadata(stop, figure),
            "requiredStatement": self._label_value(N_("Credit"), figure.credit),
            **_rights(figure.rights),
            "homepage": [self._homepage(stop.title, stop.slug)],
            "navPlace": self._nav_place(stop),
            "items": [self._annotation_page(stop, figure)],
        }

    def _metadata(self, stop: Stop, figure: Figure) -> list[Json]:
        origin = {**self._label_value(N_("Where the picture is kept")), "value": {"none": [figure.origin]}}
        return [
            self._label_value(N_("City"), self.context.exhibition.city(stop.city).name),
            self._label_value(N_("Caption"), strip_markdown(figure.caption)),
            self._label_value(N_("What the picture shows"), figure.alt),
            *([origin] if figure.origin else []),
        ]

    def _annotation_page(self, stop: Stop, figure: Figure) -> Json:
        """What paints the largest JPEG onto the canvas."""
        jpeg = self.context.images(figure.image)[-1]
        size = {"height": jpeg["height"], "width": jpeg["width"]}
        annotation = {
            "id": self._id(stop.slug, "painting"),
            "type": "Annotation",
            "motivation": "painting",
            "body": {"id": jpeg["address"], "type": "Image", "format": "image/jpeg", **size},
            "target": self._id(stop.slug, "canvas"),
        }
        return {"id": self._id(stop.slug, "page"), "type": "AnnotationPage", "items": [annotation]}

    def _nav_place(self, stop: Stop) -> Json:
        """GeoJSON: longitude, latitude in WGS84 degrees."""
        features = [
            {
                "id": self._id(stop.slug, f"places/{number}"),
                "type": "Feature",
                "properties": {"label": self._language_map(self._place_label(place))},
                "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            }
            for number, place in enumerate(stop.places, 1)
        ]
        return {"id": self._id(stop.slug, "places"), "type": "FeatureCollection", "features": features}

    def _place_label(self, place: Place) -> str:
        years = format_years(place, self.context.language)
        return f"{place.label} ({years})" if years else place.label

    def _range(self, city: City) -> Json:
        stops = numbered(self.context.exhibition, city.slug)
        canvases = [{"id": self._id(stop.slug, "canvas"), "type": "Canvas"} for _, stop in stops]
        return {**self._resource("Range", self._id("range", city.slug), city.name), "items": canvases}

    def _provider(self) -> Json:
        title = self.context.exhibition.title
        return {**self._resource("Agent", self.context.base, title), "homepage": [self._homepage(title)]}

    def _homepage(self, title: str, slug: str | None = None) -> Json:
        page = self._resource("Text", self.context.page_url(slug), title)
        return {**page, "format": "text/html", "language": [self.context.language]}

    def _geojson(self) -> Json:
        _ = gettext_for(self.context.language)
        file = self._resource("Dataset", self.context.file_url(GEOJSON), _("The places of the tour as GeoJSON"))
        return {**file, "format": "application/geo+json"}

    def _resource(self, type: str, url: str, label: str) -> Json:
        return {"id": url, "type": type, "label": self._language_map(label)}

    def _id(self, *names: str) -> str:
        return self.context.url("/".join(("iiif", *names)))

    def _label_value(self, label: str, *texts: str) -> Json:
        _ = gettext_for(self.context.language)
        return {"label": self._language_map(_(label)), "value": self._language_map(*texts)}

    def _language_map(self, *texts: str) -> Json:
        return {self.context.language: list(texts)}


def _rights(licence: str) -> Json:
    """The licence if IIIF can name it: those of two bodies only, by the http addresses that are their names."""
    name = licence.replace("https://", "http://", 1)
    return {"rights": name} if name.startswith(RIGHTS_BODIES) else {}
