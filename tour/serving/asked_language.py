"""The exhibition in the language that a request asks for: by a file's name, by its query, by the browser's wishes."""

from collections.abc import Callable, Sequence

from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tour import words
from tour.addresses import file_address
from tour.edition import edition
from tour.languages import chosen
from tour.model import Exhibition


class NameOfNoFile(Convertor):
    """One part of a path without a dot: what a visitor types; files and Streamlit's own addresses are not meant."""

    regex = "[^/._][^/.]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("words", NameOfNoFile())


def file_routes(path: str, endpoint: Callable[[Request], Response]) -> list[Route]:
    """Routes to a file in the original's language and in any other; in_its_language() tells the endpoint which."""
    return [Route(path, endpoint), Route(file_address(path, "{language:words}"), endpoint)]


def in_its_language(request: Request) -> Exhibition:
    """The exhibition in the language of the file; raises ContentError, and HTTPException where there is none."""
    every = edition().every()
    language = request.path_params.get("language")
    if language and language not in every:
        raise HTTPException(404)
    return every[language] if language else edition().current()


def in_the_visitors_language(request: Request) -> Exhibition:
    """The exhibition in the language of the query, else one that the browser wants; raises ContentError."""
    every = edition().every()
    return every[_wanted(request, tuple(every))]


def interface_language(request: Request) -> str:
    """That of our own words, where there is no exhibition to speak for."""
    return _wanted(request, words.languages())


def vary_by_language(response: Response) -> Response:
    """The response, which a cache may not give to a browser that wants another language."""
    response.headers.add_vary_header("Accept-Language")
    return response


def _wanted(request: Request, languages: Sequence[str]) -> str:
    return chosen(request.query_params.get("lang"), request.headers.get("accept-language", ""), languages)
