"""Pictures as HTML, with their words: figures, pairs of then and now, close views."""

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
    """Makes them in the language of the page, from one folder; `own` is that of the words, where it is another.

    `numbers` are those of the sources on the page, where ids begin with `anchor`.
    """

    media_dir: Path
    language: str
    own: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    sizes: str = FIGURE_SIZES
    anchor: str = ID_PREFIX

    def all_of(self, stop: Stop) -> list[Markup]:
        """Every picture of the stop as a figure that can be enlarged: those of pairs and close views too."""
        sides = [
            Figure(side.image, side.alt, f"{side.label}.", pair.credit, pair.rights)
            for pair in stop.comparisons
            for side in (pair.then, pair.now)
        ]
        close = [Figure(view.image, view.alt, view.caption, view.credit, view.rights) for view in stop.detail_images]
        figures = {figure.image: figure for figure in (*close, *sides, *stop.figures)}
        return [self.figure(figure) for figure in reversed(figures.values())]

    def figure(self, figure: Figure, eager: bool = False) -> Markup:
        picture = self.picture(figure.image, figure.alt, eager)
        return self._render("figure.html", figure=figure, picture=picture, master=self._master(figure.image))

    def pair(self, pair: Comparison) -> Markup:
        then, now = (self.picture(side.image, side.alt) for side in (pair.then, pair.now))
        return self._render("comparison.html", pair=pair, then=then, now=now)

    def close_view(self, view: DetailImage, number: int) -> Markup:
        picture = self.picture(view.image, view.alt)
        return self._render(
            "detail_image.html", view=view, number=number, picture=picture, master=self._master(view.image)
        )

    def picture(self, image: str, alt: str, eager: bool = False) -> Markup:
        """The picture alone, in every format and size."""
        return self._render("picture.html", master=self._master(image), alt=alt, sizes=self.sizes, eager=eager)

    def _master(self, image: str) -> derivatives.Master:
        return derivatives.master(self.media_dir / image)

    def _render(self, template: str, **values: object) -> Markup:
        is_foreign = self.own not in ("", self.language)
        own = Markup(f' lang="{escape(self.own)}"' if is_foreign else "")
        return Markup(render(template, self.language, self.numbers, anchor=self.anchor, own=own, **values))
