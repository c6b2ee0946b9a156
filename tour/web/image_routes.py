"""Routes of images and maps, each created when it is first asked for."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

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
from tour.web.conditional import IMMUTABLE, cacheable, within_timeout
from tour.web.localized_routes import file_routes, renderer_for_path

Image = TypeVar("Image", derivatives.Derivative, social_cards.Card)
Value = TypeVar("Value")
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
        Route(root + "images/{name}", image_endpoint(image, "This picture can't be shown just now.")),
        Route(root + "cards/{name}", image_endpoint(card, "This card can't be shown just now.")),
        *file_routes(root + "plans/{name:slug}.svg", map_endpoint(stop_map, SVG)),
        *file_routes(root + "plans/city/{name:slug}.svg", map_endpoint(city_map, SVG)),
        Route(root + "maps/route-overview.svg", map_endpoint(overview, SVG)),
        Route(root + "maps/{name:slug}.geojson", map_endpoint(basemap_geojson, "application/geo+json")),
        # Streamlit's page asks for this name; a page_icon of its own would live in one process's memory.
        Route(root + "favicon.png", favicon),
    ]


def image_endpoint(create: Callable[[str], bytes], error: str) -> Callable[[Request], Awaitable[Response]]:
    """In a pool of its own, where images are encoded a few at a time; at once if the image is cached."""

    def respond(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            return cacheable(request, create(name), MEDIA_TYPES[name.rpartition(".")[2]], cache=IMMUTABLE)
        except (ContentError, ImageError):
            return PlainTextResponse(error, 404)

    async def endpoint(request: Request) -> Response:
        if request.path_params["name"] in derivative_cache(store().media):
            return await run_in_threadpool(respond, request)
        response = asyncio.get_running_loop().run_in_executor(IMAGE_POOL, respond, request)
        return await within_timeout(response, OVERLOADED)

    return endpoint


def image(name: str) -> bytes:
    """A derivative, created now if an image on view needs it; an older one only if it is cached."""
    cache = derivative_cache(store().media)
    return cache.get(name) or cache.get_or_create_bytes(_find_by_name(derivatives.needed, name))


def card(name: str) -> bytes:
    """A share card, created now if nobody has asked before."""
    return derivative_cache(store().media).get_or_create_bytes(_find_by_name(social_cards.needed, name))


def map_endpoint(draw: Callable[[Exhibition, str], str], media_type: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        content = draw(renderer_for_path(request).exhibition, request.path_params.get("name", ""))
        return cacheable(request, content, media_type, cache=FOR_AN_HOUR)

    return endpoint


@instance_cache
def stop_map(exhibition: Exhibition, slug: str) -> str:
    """A stop's map as a still picture."""
    return static_map.stop_map(exhibition, _or_not_found(exhibition.stop(slug)))


@instance_cache
def city_map(exhibition: Exhibition, slug: str) -> str:
    """All stops of a city on one still picture."""
    city = next((city for city in exhibition.cities if city.slug == slug), None)
    return static_map.city_map(exhibition, _or_not_found(city))


@instance_cache
def overview(exhibition: Exhibition, _: str) -> str:
    """The route from city to city on the land between them."""
    _or_not_found(exhibition.cities[1:] or None)
    return route_overview.route_overview(exhibition)


@instance_cache
def basemap_geojson(exhibition: Exhibition, name: str) -> str:
    """A base map as GeoJSON, its credit as HTML."""
    basemap = with_credits(_or_not_found(exhibition.maps.get(name)))
    return json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))


def favicon(request: Request) -> Response:
    try:
        return cacheable(request, (STATIC_DIR / "icon.png").read_bytes(), "image/png", cache=FOR_AN_HOUR)
    except OSError:
        raise HTTPException(404, NO_IMAGE) from None


def _find_by_name(needed: Callable[[Exhibition, Path], Iterable[Image]], name: str) -> Image:
    renderers = store().by_language().values()
    images = (image for renderer in renderers for image in needed(renderer.exhibition, renderer.media))
    return _or_not_found(next((image for image in images if image.name == name), None), NO_IMAGE)


def _or_not_found(value: Value | None, message: str = MAP_NOT_FOUND) -> Value:
    if value is None:
        raise HTTPException(404, message)
    return value
