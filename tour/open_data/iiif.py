"""The tour for IIIF viewers: a Presentation 3 manifest with one canvas a stop, each at its place on the map."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tour.content.plain_text import LICENCE, attribution, status_line, strip_markdown
from tour.i18n import N_, gettext_for
from tour.images import derivatives
from tour.l10n import format_years
from tour.model import City, Exhibition, Figure, Place, Stop
from tour.model.navigation import numbered
from tour.open_data.geojson import GEOJSON, images
from tour.urls import absolute_url, localized_filename, page_url

# The order is the specification's: extensions first, Presentation 3 last.
CONTEXT = ["http://iiif.io/api/extension/navplace/context.json", "http://iiif.io/api/presentation/3/context.json"]
RIGHTS_BODIES = ("http://creativecommons.org/", "http://rightsstatements.org/")

Json = dict[str, Any]


def manifest(exhibition: Exhibition, media_dir: Path, base: str) -> Json:
    """The manifest as JSON values; raises ImageError if a stop's first picture cannot be read."""
    return _Manifest(exhibition, media_dir, base).whole()


@dataclass(frozen=True)
class _Manifest:
    """Makes it in one language, from one folder of pictures; `base` is the site's root."""

    exhibition: Exhibition
    media_dir: Path
    base: str

    @property
    def language(self) -> str:
        return self.exhibition.language

    def whole(self) -> Json:
        exhibition = self.exhibition
        return {
            "@context": CONTEXT,
            "id": absolute_url(self.base, localized_filename("iiif/manifest.json", self.language)),
            "type": "Manifest",
            "label": self._said(exhibition.title),
            "summary": self._said(*strip_markdown(exhibition.introduction).split("\n\n")),
            "metadata": [
                self._pair(N_("Subtitle"), self._said(exhibition.subtitle)),
                self._pair(N_("Cities"), self._said(*(city.name for city in exhibition.cities))),
            ],
            "requiredStatement": self._pair(
                N_("Status and credit"), self._said(status_line(exhibition), attribution(exhibition))
            ),
            **_rights(LICENCE),
            "provider": [self._provider()],
            "homepage": [self._page(exhibition.title)],
            "seeAlso": [self._places_of_all()],
            "items": [self._canvas(number, stop) for number, stop in enumerate(exhibition.stops, 1)],
            "structures": [self._range(city) for city in exhibition.cities],
        }

    def _canvas(self, number: int, stop: Stop) -> Json:
        """The stop's first figure in the size of its master, with the stop's words."""
        figure = stop.figures[0]
        master = derivatives.master(self.media_dir / figure.image)
        return {
            "id": self._id(f"{stop.slug}/canvas"),
            "type": "Canvas",
            "label": self._said(f"{number}. {stop.title}"),
            "height": master.height,
            "width": master.width,
            "summary": self._said(strip_markdown(stop.lede)),
            "metadata": self._words_of(stop, figure),
            "requiredStatement": self._pair(N_("Credit"), self._said(figure.credit)),
            **_rights(figure.rights),
            "homepage": [self._page(stop.title, stop.slug)],
            "navPlace": self._places(stop),
            "items": [self._painted(stop, figure)],
        }

    def _words_of(self, stop: Stop, figure: Figure) -> list[Json]:
        return [
            self._pair(N_("City"), self._said(self.exhibition.city(stop.city).name)),
            self._pair(N_("Caption"), self._said(strip_markdown(figure.caption))),
            self._pair(N_("What the picture shows"), self._said(figure.alt)),
            *([self._pair(N_("Where the picture is kept"), {"none": [figure.origin]})] if figure.origin else []),
        ]

    def _painted(self, stop: Stop, figure: Figure) -> Json:
        """The page of annotations that paints the largest JPEG onto the canvas."""
        annotation = {
            "id": self._id(f"{stop.slug}/painting"),
            "type": "Annotation",
            "motivation": "painting",
            "body": self._image(figure),
            "target": self._id(f"{stop.slug}/canvas"),
        }
        return {"id": self._id(f"{stop.slug}/page"), "type": "AnnotationPage", "items": [annotation]}

    def _image(self, figure: Figure) -> Json:
        image = images(self.media_dir, figure.image, self.base)[-1]
        size = {"height": image["height"], "width": image["width"]}
        return {"id": image["address"], "type": "Image", "format": "image/jpeg", **size}

    def _places(self, stop: Stop) -> Json:
        features = [self._place(stop, number, place) for number, place in enumerate(stop.places, 1)]
        return {"id": self._id(f"{stop.slug}/places"), "type": "FeatureCollection", "features": features}

    def _place(self, stop: Stop, number: int, place: Place) -> Json:
        """A GeoJSON feature at longitude, latitude in WGS84 degrees."""
        when = format_years(place, self.language)
        label = f"{place.label} ({when})" if when else place.label
        return {
            "id": self._id(f"{stop.slug}/places/{number}"),
            "type": "Feature",
            "properties": {"label": self._said(label)},
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        }

    def _range(self, city: City) -> Json:
        stops = numbered(self.exhibition, city.slug)
        return {
            "id": self._id(f"range/{city.slug}"),
            "type": "Range",
            "label": self._said(city.name),
            "items": [{"id": self._id(f"{stop.slug}/canvas"), "type": "Canvas"} for _, stop in stops],
        }

    def _provider(self) -> Json:
        title = self.exhibition.title
        return {"id": self.base, "type": "Agent", "label": self._said(title), "homepage": [self._page(title)]}

    def _page(self, title: str, slug: str | None = None) -> Json:
        return {
            "id": absolute_url(self.base, page_url(slug, self.language)),
            "type": "Text",
            "label": self._said(title),
            "format": "text/html",
            "language": [self.language],
        }

    def _places_of_all(self) -> Json:
        _ = gettext_for(self.language)
        label = self._said(_("The places of the tour as GeoJSON"))
        return {
            "id": absolute_url(self.base, localized_filename(GEOJSON, self.language)),
            "type": "Dataset",
            "label": label,
            "format": "application/geo+json",
        }

    def _id(self, name: str) -> str:
        return absolute_url(self.base, f"iiif/{name}")

    def _pair(self, label: str, value: Json) -> Json:
        """A label and what it stands for."""
        return {"label": self._said(gettext_for(self.language)(label)), "value": value}

    def _said(self, *words: str) -> Json:
        return {self.language: list(words)}


def _rights(licence: str) -> Json:
    """The licence where IIIF can name it: those of two bodies only, by the http addresses that are their names."""
    name = licence.replace("https://", "http://", 1)
    return {"rights": name} if name.startswith(RIGHTS_BODIES) else {}
