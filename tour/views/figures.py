"""Images as HTML with their captions: figures, comparisons of then and now, detail images."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup, escape

from tour.content.markdown import ID_PREFIX
from tour.images import derivatives
from tour.model import Comparison, DetailImage, Figure, Stop
from tour.templating import render

FIGURE_SIZES = "(min-width: 1024px) 42vw, 100vw"


@dataclass(frozen=True)
class FigureRenderer:
    """Renders images on a page in `language`; `content_language` is that of the captions, where it is another.

    `numbers` are those of the sources on the page, whose ids begin with `id_prefix`; `sizes` is that of the images.
    """

    media_dir: Path
    language: str
    content_language: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    sizes: str = FIGURE_SIZES
    id_prefix: str = ID_PREFIX

    def gallery(self, stop: Stop) -> list[Markup]:
        """Every image of the stop as a figure that can be enlarged: those of comparisons and detail images too."""
        sides = [
            Figure(side.image, side.alt, f"{side.label}.", comparison.credit, comparison.rights)
            for comparison in stop.comparisons
            for side in (comparison.then, comparison.now)
        ]
        details = [Figure(each.image, each.alt, each.caption, each.credit, each.rights) for each in stop.detail_images]
        figures = {figure.image: figure for figure in (*details, *sides, *stop.figures)}
        return [self.figure(figure) for figure in reversed(figures.values())]

    def figure(self, figure: Figure, eager: bool = False) -> Markup:
        picture = self.picture(figure.image, figure.alt, eager)
        return self._render("figure.html", figure=figure, picture=picture, master=self._master(figure.image))

    def comparison(self, comparison: Comparison) -> Markup:
        then, now = (self.picture(side.image, side.alt) for side in (comparison.then, comparison.now))
        return self._render("comparison.html", comparison=comparison, then=then, now=now)

    def detail_image(self, detail_image: DetailImage, number: int) -> Markup:
        master, picture = self._master(detail_image.image), self.picture(detail_image.image, detail_image.alt)
        values = {"detail_image": detail_image, "number": number, "picture": picture, "master": master}
        return self._render("detail_image.html", **values)

    def picture(self, image: str, alt: str, eager: bool = False) -> Markup:
        """The image alone, in every format and size."""
        return self._render("picture.html", master=self._master(image), alt=alt, sizes=self.sizes, eager=eager)

    def _master(self, image: str) -> derivatives.Master:
        return derivatives.master(self.media_dir / image)

    def _render(self, template: str, **values: object) -> Markup:
        is_foreign = self.content_language not in ("", self.language)
        lang = Markup(f' lang="{escape(self.content_language)}"' if is_foreign else "")
        values |= {"id_prefix": self.id_prefix, "lang_attribute": lang}
        return Markup(render(template, self.language, self.numbers, **values))
