"""Pictures and maps by their addresses, each made when it is first asked for."""

import json
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.edition import edition
from tour.house import FILES
from tour.maps.drawn import with_credits
from tour.maps.plan import city_plan, stop_plan
from tour.maps.thread import legs, thread_picture
from tour.model import Exhibition
from tour.pictures import cards, derivatives
from tour.pictures.images import ImageFault
from tour.pictures.shelf import Shelf, shelf
from tour.problems import ContentError
from tour.serving.answers import FOR_A_YEAR, answer, when_ready
from tour.serving.asked_language import file_routes, in_its_language
from tour.serving.workshop import in_turn

FOR_AN_HOUR = "public, max-age=3600"
SVG = "image/svg+xml"
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NO_PICTURE = "There is no picture of this name."
NO_MAP = "There is no map of this name."


def routes(root: str) -> list[BaseRoute]:
    """Under the path of the site's root, with a slash at both ends."""
    return [
        Route(root + "images/{name}", in_turn(image, is_made=_is_held)),
        Route(root + "cards/{name}", in_turn(card)),
        *file_routes(root + "plans/{slug:words}.svg", plan),
        *file_routes(root + "plans/city/{slug:words}.svg", city_map),
        Route(root + "maps/thread.svg", thread),
        Route(root + "maps/{name:words}.geojson", drawn_map),
        # Streamlit's page asks for this name; a page_icon of its own would live in one process's memory.
        Route(root + "favicon.png", favicon),
    ]


def image(request: Request) -> Response:
    """A derivative by its name, made now if nobody has asked before; any other name is not found."""
    name, kept = request.path_params["name"], shelf(edition().media)
    try:
        picture = kept.held(name) or _made(kept, name)
    except (ContentError, ImageFault):
        return PlainTextResponse("This picture can't be shown just now.", 404)
    if picture is None:
        return PlainTextResponse(NO_PICTURE, 404)
    return answer(request, picture, MEDIA_TYPES[name.rpartition(".")[2]], cache=FOR_A_YEAR)


def card(request: Request) -> Response:
    """A share card by its name, made now if nobody has asked before."""
    try:
        media = edition().media
        every = (card for each in edition().every().values() for card in cards.needed(each, media))
        wanted = next((each for each in every if each.name == request.path_params["name"]), None)
        if wanted is None:
            return PlainTextResponse(NO_PICTURE, 404)
        return answer(request, cards.card_picture(wanted, media), MEDIA_TYPES["jpg"], cache=FOR_A_YEAR)
    except (ContentError, ImageFault):
        return PlainTextResponse("This card can't be shown just now.", 404)


@when_ready
def plan(request: Request) -> Response:
    """A stop's map as a still picture."""
    exhibition = in_its_language(request)
    stop = exhibition.stop(request.path_params["slug"])
    if stop is None:
        return PlainTextResponse(NO_MAP, 404)
    return answer(request, _plan(exhibition, stop.slug), SVG, cache=FOR_AN_HOUR)


@lru_cache(maxsize=256)
def _plan(exhibition: Exhibition, slug: str) -> str:
    return stop_plan(exhibition, exhibition.stop(slug))


@when_ready
def city_map(request: Request) -> Response:
    """All stops of a city on one still picture."""
    exhibition = in_its_language(request)
    city = next((city for city in exhibition.cities if city.slug == request.path_params["slug"]), None)
    if city is None:
        return PlainTextResponse(NO_MAP, 404)
    return answer(request, city_plan(exhibition, city), SVG, cache=FOR_AN_HOUR)


@when_ready
def drawn_map(request: Request) -> Response:
    """A drawn map as GeoJSON, its credit as HTML."""
    exhibition, name = edition().current(), request.path_params["name"]
    if name not in exhibition.maps:
        return PlainTextResponse(NO_MAP, 404)
    return answer(request, _drawn_map(exhibition, name), "application/geo+json", cache=FOR_AN_HOUR)


@lru_cache(maxsize=16)
def _drawn_map(exhibition: Exhibition, name: str) -> str:
    return json.dumps(with_credits(exhibition.maps[name]), ensure_ascii=False, separators=(",", ":"))


def favicon(request: Request) -> Response:
    """The emblem: two knots of one thread."""
    return FileResponse(FILES / "icon.png", headers={"Cache-Control": FOR_AN_HOUR})


@when_ready
def thread(request: Request) -> Response:
    """The whole thread on the land between the cities."""
    exhibition = edition().current()
    if not legs(exhibition):
        return PlainTextResponse(NO_MAP, 404)
    return answer(request, _thread(exhibition), SVG, cache=FOR_AN_HOUR)


@lru_cache(maxsize=2)
def _thread(exhibition: Exhibition) -> str:
    return thread_picture(exhibition)


def _is_held(request: Request) -> bool:
    return shelf(edition().media).holds(request.path_params["name"])


def _made(kept: Shelf, name: str) -> bytes | None:
    """The derivative of that name, made now, if a picture on view needs it."""
    held = edition()
    wanted = (each for each in derivatives.needed(held.current(), held.media) if each.name == name)
    return next((kept.picture(each) for each in wanted), None)
