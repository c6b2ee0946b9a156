"""What a request is for: the language, by a file's name, its query or Accept-Language, and the site's root URL."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tour import i18n
from tour.content.problems import MAINTENANCE_MESSAGE, ContentError
from tour.content_store import store
from tour.settings import DEFAULT_LANGUAGE, settings
from tour.urls import localized_filename
from tour.views.renderer import SiteRenderer

HOST = re.compile(r"[\w.:\[\]-]+")
# A language range with its weight (RFC 9110, 12.5.4): ru-RU;q=0.8
LANGUAGE_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)
MAX_HEADER_LENGTH = 400  # characters; the rest is ignored


class SlugConvertor(StringConvertor):
    """One part of a path without a dot and no underscore in front: no file, and no path of Streamlit's own."""

    regex = "[^/._][^/.]*"


register_url_convertor("slug", SlugConvertor())


def file_routes(path: str, endpoint: Callable[[Request], Response | Awaitable[Response]]) -> list[Route]:
    """Routes to a file in the original's language and in any other; renderer_for_path() reads which."""
    return [Route(path, endpoint), Route(localized_filename(path, "{language:slug}"), endpoint)]


def renderer_for_path(request: Request) -> SiteRenderer:
    """The renderer in the language of the file's name; raises HTTPException: 404, and 503 without valid content."""
    try:
        renderers = store().by_language()
    except ContentError:
        raise HTTPException(503, MAINTENANCE_MESSAGE) from None
    language = request.path_params.get("language", DEFAULT_LANGUAGE)
    if language not in renderers:
        raise HTTPException(404)
    return renderers[language]


def renderer_for_query(query: Mapping[str, str], headers: Mapping[str, str]) -> SiteRenderer:
    """The renderer in the language of the query, else in one that the browser prefers; raises ContentError."""
    renderers = store().by_language()
    return renderers[negotiate(query.get("lang"), headers.get("Accept-Language", ""), tuple(renderers))]


def interface_language(query: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """The language of the interface, where there is no exhibition."""
    return negotiate(query.get("lang"), headers.get("Accept-Language", ""), i18n.languages())


def negotiate(requested: str | None, accept_language: str, languages: Sequence[str]) -> str:
    """One of the languages; `accept_language` is the browser's header of that name."""
    candidates = (requested, *parse_accept_language(accept_language), languages[0])
    return next(language for language in candidates if language and language in languages)


def parse_accept_language(accept_language: str) -> list[str]:
    """The primary languages in the header, by descending weight: ru for ru-RU."""
    matches = filter(None, map(LANGUAGE_RANGE.fullmatch, accept_language[:MAX_HEADER_LENGTH].split(",")))
    weighted = [(float(match["weight"] or 1), match["tag"].partition("-")[0].lower()) for match in matches]
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]


def vary_by_language(response: Response) -> Response:
    """The response, which a cache may not give to a browser that wants another language."""
    response.headers.add_vary_header("Accept-Language")
    return response


def base_url(request: Request, root: str) -> str:
    """The site's root as an absolute URL: $TOUR_BASE_URL, else by the host that this visitor requested.

    `root` is its path, with a slash at both ends.
    """
    if settings().base_url:
        return settings().base_url
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost'}{root}"
