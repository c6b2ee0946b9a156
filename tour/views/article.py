"""A stop as one HTML article: the same on the screen, in print and in every export."""

from pathlib import Path

from markupsafe import Markup

from tour.content.citations import stop_sources
from tour.content.markdown import ID_PREFIX
from tour.maps.viewport import current_place, map_view
from tour.maps.walking import leg_to_next
from tour.model import Exhibition, Stop
from tour.model.navigation import Position, twin
from tour.templating import render
from tour.views.figures import FIGURE_SIZES, FigureRenderer


def stop_article(
    exhibition: Exhibition,
    here: Position,
    media_dir: Path,
    anchor: str = ID_PREFIX,
    sizes: str = FIGURE_SIZES,
    eager: bool = True,
) -> str:
    """The article of the stop where the visitor stands; picture and stop addresses are relative to the site's root.

    Its ids begin with `anchor`; `sizes` says how wide its pictures are shown, `eager` that the first is wanted at once.
    """
    stop = here.stop
    ids = stop_sources(stop)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    plates = FigureRenderer(media_dir, exhibition.language, stop.language, numbers, sizes, anchor)
    return render(
        "article.html",
        exhibition.language,
        numbers,
        anchor=anchor,
        exhibition=exhibition,
        here=here,
        stop=stop,
        city=exhibition.city(stop.city),
        **_pictures(stop, plates, eager),
        sources=[exhibition.sources[id] for id in ids],
        **_way_there(exhibition, stop),
        **_other_end(exhibition, stop),
    )


def _other_end(exhibition: Exhibition, stop: Stop) -> dict[str, object]:
    """The stop's twin, if it has one, and what makes them a pair, in the words of whichever of the two says so."""
    other = twin(exhibition, stop)
    if other is None:
        return {"twin": None}
    teller = stop if stop.twin_reason else other
    return {"twin": other, "twin_city": exhibition.city(other.city), "told_by": teller}


def _way_there(exhibition: Exhibition, stop: Stop) -> dict[str, object]:
    """Where the stop is now, from where a map looks at it, and how far the next one is for those who walk."""
    centre, zoom = map_view(exhibition, stop)
    return {
        "outlook": (*centre, zoom),
        "place_now": current_place(stop),
        "way": leg_to_next(exhibition, stop),
    }


def _pictures(stop: Stop, plates: FigureRenderer, eager: bool) -> dict[str, list[Markup]]:
    """All that the article shows of pictures, the first of them wanted at once if `eager`."""
    return {
        "figures": [plates.figure(figure, eager and at == 0) for at, figure in enumerate(stop.figures)],
        "pairs": [plates.pair(pair) for pair in stop.comparisons],
        "close_views": [plates.close_view(view, number) for number, view in enumerate(stop.detail_images, 1)],
    }
