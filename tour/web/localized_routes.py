"""The language that a request asks for: by a file's name, by its query, by Accept-Language."""

from collections.abc import Callable, Sequence

from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tour import i18n
from tour.content_store import store
from tour.settings import DEFAULT_LANGUAGE
from tour.urls import localized_filename
from tour.views.renderer import SiteRenderer
from tour.web.accept_language import negotiate


class SlugConvertor(Convertor):
    """One part of a path without a dot and no underscore in front: no file, and no path of Streamlit's own."""

    regex = "[^/._][^/.]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("slug", SlugConvertor())


def file_routes(path: str, endpoint: Callable[[Request], Response]) -> list[Route]:
    """Routes to a file in the original's language and in any other; renderer_for_path() reads which."""
    return [Route(path, endpoint), Route(localized_filename(path, "{language:slug}"), endpoint)]


def renderer_for_path(request: Request) -> SiteRenderer:
    """The renderer in the language of the file's name; raises ContentError, and HTTPException (404)."""
    renderers = store().by_language()
    language = request.path_params.get("language", DEFAULT_LANGUAGE)
    if language not in renderers:
        raise HTTPException(404)
    return renderers[language]


def renderer_for_request(request: Request) -> SiteRenderer:
    """The renderer in the language of the query, else in one that the browser prefers; raises ContentError."""
    renderers = store().by_language()
    return renderers[_negotiated(request, tuple(renderers))]


def interface_language(request: Request) -> str:
    """The language of the interface, where there is no exhibition."""
    return _negotiated(request, i18n.languages())


def vary_by_language(response: Response) -> Response:
    """The response, which a cache may not give to a browser that wants another language."""
    response.headers.add_vary_header("Accept-Language")
    return response


def _negotiated(request: Request, languages: Sequence[str]) -> str:
    return negotiate(request.query_params.get("lang"), request.headers.get("accept-language", ""), languages)
