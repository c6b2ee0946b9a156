"""What the open data are made from, whatever their format."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tour.i18n import gettext_for
from tour.images import derivatives
from tour.l10n import licence_name
from tour.model import Exhibition, Source
from tour.model.navigation import Position, locate
from tour.urls import LICENCE, absolute_url, localized_filename, page_url


@dataclass(frozen=True)
class ExportContext:
    """The exhibition in one language, the folder of its masters, and the site's root URL, which ends with a slash."""

    exhibition: Exhibition
    media_dir: Path
    base: str

    @property
    def language(self) -> str:
        return self.exhibition.language

    @property
    def status_line(self) -> str:
        """The status, since which day, and the address of its source; of one form in every language."""
        status = self.exhibition.status
        source = self.exhibition.sources[status.sources[0]]
        return f"{status.sentence} ({status.decided.isoformat()}, {source.address})"

    @property
    def attribution(self) -> str:
        """The credit that LICENSE-CONTENT asks of those who use the texts."""
        _, terms = gettext_for(self.language), licence_name(LICENCE, self.language)
        return _("%(title)s, a virtual exhibition, %(licence)s", title=self.exhibition.title, licence=terms)

    def url(self, relative: str) -> str:
        return absolute_url(self.base, relative)

    def page_url(self, slug: str | None = None) -> str:
        """The URL of a stop's page, or of the home page."""
        return self.url(page_url(slug, self.language))

    def file_url(self, name: str) -> str:
        """The URL of a file that there is in every language."""
        return self.url(localized_filename(name, self.language))

    def positions(self) -> list[Position]:
        """Every stop, in the order of the tour."""
        return [locate(self.exhibition, stop.slug) for stop in self.exhibition.stops]

    def sources(self, ids: Iterable[str]) -> list[Source]:
        return [self.exhibition.sources[id] for id in ids]

    def images(self, image: str) -> list[dict[str, object]]:
        """A master's JPEGs, the smallest first: address, width and height in pixels; raises ImageError."""
        master = derivatives.master(self.media_dir / image)
        return [
            {
                "address": self.url(f"images/{jpeg.name}"),
                "width": jpeg.width,
                "height": round(master.height * jpeg.width / master.width),
            }
            for jpeg in master.of_kind("jpg")
        ]
