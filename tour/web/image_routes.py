"""Pictures and maps by their addresses, each made when it is first asked for."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.content.problems import ContentError
from tour.content_store import store
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import DerivativeCache, derivative_cache
from tour.images.safe_open import ImageError
from tour.maps import route_overview, static_map
from tour.maps.basemap_svg import with_credits
from tour.model import Exhibition
from tour.model.instance_cache import instance_cache
from tour.paths import STATIC_DIR
from tour.web.conditional import IMMUTABLE, cacheable, require_content, within_timeout
from tour.web.localized_routes import file_routes, renderer_for_path

FOR_AN_HOUR = "public, max-age=3600"
SVG = "image/svg+xml"
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NO_PICTURE = "There is no picture of this name."
NO_MAP = "There is no map of this name."


def routes(root: str) -> list[BaseRoute]:
    """Under the path of the site's root, with a slash at both ends."""
    return [
        Route(root + "images/{name}", in_pool(image, is_made=_is_cached)),
        Route(root + "cards/{name}", in_pool(card)),
        *file_routes(root + "plans/{slug:slug}.svg", stop_map),
        *file_routes(root + "plans/city/{slug:slug}.svg", city_map),
        Route(root + "maps/thread.svg", overview),
        Route(root + "maps/{name:slug}.geojson", basemap_geojson),
        # Streamlit's page asks for this name; a page_icon of its own would live in one process's memory.
        Route(root + "favicon.png", favicon),
    ]


def image(request: Request) -> Response:
    """A derivative by its name, made now if nobody has asked before; any other name is not found."""
    name, cache = request.path_params["name"], derivative_cache(store().media)
    try:
        picture = cache.get(name) or _create(cache, name)
    except (ContentError, ImageError):
        return PlainTextResponse("This picture can't be shown just now.", 404)
    if picture is None:
        return PlainTextResponse(NO_PICTURE, 404)
    return cacheable(request, picture, MEDIA_TYPES[name.rpartition(".")[2]], cache=IMMUTABLE)


def card(request: Request) -> Response:
    """A share card by its name, made now if nobody has asked before."""
    try:
        media = store().media
        renderers = store().by_language().values()
        cards = (card for renderer in renderers for card in social_cards.needed(renderer.exhibition, media))
        wanted = next((card for card in cards if card.name == request.path_params["name"]), None)
        if wanted is None:
            return PlainTextResponse(NO_PICTURE, 404)
        return cacheable(
            request, derivative_cache(media).get_or_create_bytes(wanted), MEDIA_TYPES["jpg"], cache=IMMUTABLE
        )
    except (ContentError, ImageError):
        return PlainTextResponse("This card can't be shown just now.", 404)


@require_content
def stop_map(request: Request) -> Response:
    """A stop's map as a still picture."""
    exhibition = renderer_for_path(request).exhibition
    stop = exhibition.stop(request.path_params["slug"])
    if stop is None:
        return PlainTextResponse(NO_MAP, 404)
    return cacheable(request, _stop_map(exhibition, stop.slug), SVG, cache=FOR_AN_HOUR)


@instance_cache
def _stop_map(exhibition: Exhibition, slug: str) -> str:
    return static_map.stop_map(exhibition, exhibition.stop(slug))


@require_content
def city_map(request: Request) -> Response:
    """All stops of a city on one still picture."""
    exhibition = renderer_for_path(request).exhibition
    city = next((city for city in exhibition.cities if city.slug == request.path_params["slug"]), None)
    if city is None:
        return PlainTextResponse(NO_MAP, 404)
    return cacheable(request, static_map.city_map(exhibition, city), SVG, cache=FOR_AN_HOUR)


@require_content
def basemap_geojson(request: Request) -> Response:
    """A drawn map as GeoJSON, its credit as HTML."""
    exhibition, name = store().renderer().exhibition, request.path_params["name"]
    if name not in exhibition.maps:
        return PlainTextResponse(NO_MAP, 404)
    return cacheable(request, _basemap_geojson(exhibition, name), "application/geo+json", cache=FOR_AN_HOUR)


@instance_cache
def _basemap_geojson(exhibition: Exhibition, name: str) -> str:
    return json.dumps(with_credits(exhibition.maps[name]), ensure_ascii=False, separators=(",", ":"))


def favicon(request: Request) -> Response:
    """The emblem: two knots of one thread."""
    return FileResponse(STATIC_DIR / "icon.png", headers={"Cache-Control": FOR_AN_HOUR})


@require_content
def overview(request: Request) -> Response:
    """The whole thread on the land between the cities."""
    exhibition = store().renderer().exhibition
    if not route_overview.city_legs(exhibition):
        return PlainTextResponse(NO_MAP, 404)
    return cacheable(request, _route_overview(exhibition), SVG, cache=FOR_AN_HOUR)


@instance_cache
def _route_overview(exhibition: Exhibition) -> str:
    return route_overview.route_overview(exhibition)


def _is_cached(request: Request) -> bool:
    return request.path_params["name"] in derivative_cache(store().media)


def _create(cache: DerivativeCache, name: str) -> bytes | None:
    """The derivative of that name, made now, if a picture on view needs it."""
    renderer = store().renderer()
    wanted = (each for each in derivatives.needed(renderer.exhibition, renderer.media) if each.name == name)
    return next((cache.get_or_create_bytes(each) for each in wanted), None)


IMAGE_POOL = ThreadPoolExecutor(2, "image-pool")
OVERLOADED = "Many pictures are being made just now. Please come back in a moment."


def in_pool(
    endpoint: Callable[[Request], Response], is_made: Callable[[Request], bool] = lambda request: False
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint in the workshop, where a visitor may have to wait; at once if what is asked for is made already."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if is_made(request):
            return await run_in_threadpool(endpoint, request)
        response = asyncio.get_running_loop().run_in_executor(IMAGE_POOL, endpoint, request)
        return await within_timeout(response, OVERLOADED)

    return answer
