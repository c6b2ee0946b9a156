"""The exhibition in the language that a request asks for: by a file's name, by its query, by the browser's wishes."""

from collections.abc import Callable, Sequence

from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tour import i18n
from tour.content_store import store
from tour.model import Exhibition
from tour.urls import localized_filename
from tour.web.accept_language import negotiate


class SlugConvertor(Convertor):
    """One part of a path without a dot: what a visitor types; files and Streamlit's own addresses are not meant."""

    regex = "[^/._][^/.]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("words", SlugConvertor())


def file_routes(path: str, endpoint: Callable[[Request], Response]) -> list[Route]:
    """Routes to a file in the original's language and in any other; in_its_language() tells the endpoint which."""
    return [Route(path, endpoint), Route(localized_filename(path, "{language:words}"), endpoint)]


def exhibition_for_path(request: Request) -> Exhibition:
    """The exhibition in the language of the file; raises ContentError, and HTTPException where there is none."""
    every = store().every()
    language = request.path_params.get("language")
    if language and language not in every:
        raise HTTPException(404)
    return every[language] if language else store().current()


def exhibition_for_request(request: Request) -> Exhibition:
    """The exhibition in the language of the query, else one that the browser wants; raises ContentError."""
    every = store().every()
    return every[_negotiated(request, tuple(every))]


def interface_language(request: Request) -> str:
    """That of our own words, where there is no exhibition to speak for."""
    return _negotiated(request, i18n.languages())


def vary_by_language(response: Response) -> Response:
    """The response, which a cache may not give to a browser that wants another language."""
    response.headers.add_vary_header("Accept-Language")
    return response


def _negotiated(request: Request, languages: Sequence[str]) -> str:
    return negotiate(request.query_params.get("lang"), request.headers.get("accept-language", ""), languages)
