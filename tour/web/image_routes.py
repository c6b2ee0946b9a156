"""Routes of images and maps, each created when it is first asked for."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.content.problems import ContentError
from tour.content_store import store
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
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
NO_IMAGE = "There is no picture of this name."
MAP_NOT_FOUND = "There is no map of this name."
IMAGE_POOL = ThreadPoolExecutor(2, "image-pool")
OVERLOADED = "Many pictures are being made just now. Please come back in a moment."


def routes(root: str) -> list[BaseRoute]:
    """Under the path of the site's root, with a slash at both ends."""
    return [
        Route(root + "images/{name}", in_pool(image)),
        Route(root + "cards/{name}", in_pool(card)),
        *file_routes(root + "plans/{slug:slug}.svg", stop_map),
        *file_routes(root + "plans/city/{slug:slug}.svg", city_map),
        Route(root + "maps/route-overview.svg", overview),
        Route(root + "maps/{name:slug}.geojson", basemap_geojson),
        # Streamlit's page asks for this name; a page_icon of its own would live in one process's memory.
        Route(root + "favicon.png", favicon),
    ]


def in_pool(endpoint: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint in a pool of its own, where images are encoded a few at a time; at once if the image is cached."""

    @wraps(endpoint)
    async def wrapper(request: Request) -> Response:
        if request.path_params["name"] in derivative_cache(store().media):
            return await run_in_threadpool(endpoint, request)
        response = asyncio.get_running_loop().run_in_executor(IMAGE_POOL, endpoint, request)
        return await within_timeout(response, OVERLOADED)

    return wrapper


def image(request: Request) -> Response:
    """A derivative by its name, created now if an image on view needs it; an older one only if it is cached."""
    name, cache = request.path_params["name"], derivative_cache(store().media)
    try:
        content = cache.get(name) or cache.get_or_create_bytes(_find_by_name(_derivatives(), name))
    except (ContentError, ImageError):
        return PlainTextResponse("This picture can't be shown just now.", 404)
    return cacheable(request, content, MEDIA_TYPES[name.rpartition(".")[2]], cache=IMMUTABLE)


def card(request: Request) -> Response:
    """A social card by its name, created now if nobody has asked before."""
    try:
        renderers = store().by_language().values()
        cards = (card for renderer in renderers for card in social_cards.needed(renderer.exhibition, renderer.media))
        content = derivative_cache(store().media).get_or_create_bytes(_find_by_name(cards, request.path_params["name"]))
    except (ContentError, ImageError):
        return PlainTextResponse("This card can't be shown just now.", 404)
    return cacheable(request, content, MEDIA_TYPES["jpg"], cache=IMMUTABLE)


@require_content
def stop_map(request: Request) -> Response:
    """A stop's map as a static picture."""
    exhibition = renderer_for_path(request).exhibition
    stop = exhibition.stop(request.path_params["slug"])
    if stop is None:
        raise HTTPException(404, MAP_NOT_FOUND)
    return cacheable(request, _stop_map(exhibition, stop.slug), SVG, cache=FOR_AN_HOUR)


@require_content
def city_map(request: Request) -> Response:
    """All stops of a city on one static picture."""
    exhibition = renderer_for_path(request).exhibition
    city = next((city for city in exhibition.cities if city.slug == request.path_params["slug"]), None)
    if city is None:
        raise HTTPException(404, MAP_NOT_FOUND)
    return cacheable(request, static_map.city_map(exhibition, city), SVG, cache=FOR_AN_HOUR)


@require_content
def overview(request: Request) -> Response:
    """The route from city to city on the land between them."""
    exhibition = store().renderer().exhibition
    if len(exhibition.cities) < 2:
        raise HTTPException(404, MAP_NOT_FOUND)
    return cacheable(request, _route_overview(exhibition), SVG, cache=FOR_AN_HOUR)


@require_content
def basemap_geojson(request: Request) -> Response:
    """A base map as GeoJSON, its credit as HTML."""
    exhibition, name = store().renderer().exhibition, request.path_params["name"]
    if name not in exhibition.maps:
        raise HTTPException(404, MAP_NOT_FOUND)
    return cacheable(request, _basemap_geojson(exhibition, name), "application/geo+json", cache=FOR_AN_HOUR)


def favicon(request: Request) -> Response:
    try:
        return cacheable(request, (STATIC_DIR / "icon.png").read_bytes(), "image/png", cache=FOR_AN_HOUR)
    except OSError:
        raise HTTPException(404, NO_IMAGE) from None


@instance_cache
def _stop_map(exhibition: Exhibition, slug: str) -> str:
    return static_map.stop_map(exhibition, exhibition.stop(slug))


@instance_cache
def _route_overview(exhibition: Exhibition) -> str:
    return route_overview.route_overview(exhibition)


@instance_cache
def _basemap_geojson(exhibition: Exhibition, name: str) -> str:
    return json.dumps(with_credits(exhibition.maps[name]), ensure_ascii=False, separators=(",", ":"))


def _derivatives() -> list[derivatives.Derivative]:
    renderer = store().renderer()
    return derivatives.needed(renderer.exhibition, renderer.media)


def _find_by_name(images: Iterable, name: str) -> derivatives.Derivative | social_cards.Card:
    image = next((image for image in images if image.name == name), None)
    if image is None:
        raise HTTPException(404, NO_IMAGE)
    return image
