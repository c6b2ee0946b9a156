"""A stop as one HTML article: the same on the screen, in print and in every export."""

from pathlib import Path

from tour.content.cited_sources import stop_sources
from tour.content.markdown import ID_PREFIX
from tour.maps.viewport import current_place, map_view
from tour.maps.walking import leg_to_next
from tour.model import Exhibition, Stop
from tour.model.navigation import Position, twin
from tour.templating import render
from tour.views.figures import FIGURE_SIZES, FigureRenderer
from tour.views.optional_parts import optional_part


def stop_article(
    exhibition: Exhibition,
    position: Position,
    media_dir: Path,
    id_prefix: str = ID_PREFIX,
    sizes: str = FIGURE_SIZES,
    eager: bool = True,
) -> str:
    """The article of a stop; URLs of images and stops are relative to the site's root.

    Its ids begin with `id_prefix`; `sizes` is the images' own attribute, `eager` that the first is loaded at once.
    """
    stop = position.stop
    ids = stop_sources(stop)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    figures = FigureRenderer(media_dir, exhibition.language, stop.language, numbers, sizes, id_prefix)
    return render(
        "article.html",
        exhibition.language,
        numbers,
        id_prefix=id_prefix,
        exhibition=exhibition,
        position=position,
        stop=stop,
        city=exhibition.city(stop.city),
        **_images(stop, figures, eager),
        sources=[exhibition.sources[id] for id in ids],
        **_location(exhibition, stop),
        **_twin(exhibition, stop),
    )


def _images(stop: Stop, figures: FigureRenderer, eager: bool) -> dict[str, object]:
    return {
        "figures": [figures.figure(figure, eager and at == 0) for at, figure in enumerate(stop.figures)],
        "comparisons": [figures.comparison(comparison) for comparison in stop.comparisons],
        "detail_images": [figures.detail_image(image, number) for number, image in enumerate(stop.detail_images, 1)],
    }


def _location(exhibition: Exhibition, stop: Stop) -> dict[str, object]:
    """Where the stop is now, the view of its map, and how far the next stop is on foot."""
    view = optional_part("map view", stop.slug, None, map_view, exhibition, stop)
    next_leg = optional_part("walking leg", stop.slug, None, leg_to_next, exhibition, stop)
    return {"map_view": (*view[0], view[1]) if view else (), "current_place": current_place(stop), "next_leg": next_leg}


def _twin(exhibition: Exhibition, stop: Stop) -> dict[str, object]:
    """The stop's twin, if it has one, and whichever of the two says what makes them a pair."""
    other = twin(exhibition, stop)
    if other is None:
        return {"twin": None}
    twin_reason_stop = stop if stop.twin_reason else other
    return {"twin": other, "twin_city": exhibition.city(other.city), "twin_reason_stop": twin_reason_stop}
