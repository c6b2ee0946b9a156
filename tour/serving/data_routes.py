"""Data by their addresses: files in the formats of its fields, citations, and word to search engines."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.edition import edition
from tour.formats.formats import FORMATS, Format, citation
from tour.model import Exhibition
from tour.pages.ways_in import robots, sitemap
from tour.problems import NOT_READY, ContentError
from tour.serving.answers import answer, when_ready
from tour.serving.asked_language import file_routes, in_its_language
from tour.serving.document_cache import DocumentCache
from tour.serving.origins import base_address

Endpoint = Callable[[Request], Awaitable[Response]]


class DataRoutes:
    """Answers for data; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str, documents: DocumentCache):
        self.root, self.documents = root, documents

    def routes(self) -> list[BaseRoute]:
        # The originals first: tour.csl.json is not tour.json in the language of the code “csl”.
        pairs = [file_routes(self.root + each.file, self._file(each)) for each in FORMATS]
        return [
            *(route for routes in zip(*pairs, strict=True) for route in routes),
            *file_routes(self.root + "cite/{slug:words}.bib", self.citation),
            *file_routes(self.root + "cite/{slug:words}.json", self.citation),
            Route(self.root + "sitemap.xml", self._document("sitemap", "application/xml", sitemap)),
            Route(self.root + "robots.txt", self.robots),
        ]

    def robots(self, request: Request) -> Response:
        return answer(request, robots(base_address(request, self.root)), "text/plain")

    @when_ready
    def citation(self, request: Request) -> Response:
        """How to cite a stop, as BibTeX or CSL-JSON."""
        suffix = request.url.path.rpartition(".")[2]
        name = f"{request.path_params['slug']}.{suffix}"
        found = citation(in_its_language(request), name, base_address(request, self.root))
        return answer(request, *found) if found else PlainTextResponse("There is no stop of this name.", 404)

    def _file(self, format: Format) -> Endpoint:
        """The file, which viewers of IIIF and maps on other sites may read."""

        def write(exhibition: Exhibition, base: str) -> str:
            return format.write(exhibition, edition().media, base)

        return self._document(format.file, format.media_type, write, {"Access-Control-Allow-Origin": "*"})

    def _document(
        self, name: str, media_type: str, write: Callable[[Exhibition, str], str], headers: Mapping[str, str] = {}
    ) -> Endpoint:
        """What is made of an exhibition and the site's root, once."""

        async def endpoint(request: Request) -> Response:
            try:
                exhibition = in_its_language(request)
            except ContentError:
                return PlainTextResponse(NOT_READY, 503)
            base = base_address(request, self.root)
            make = partial(write, exhibition, base)
            response = await self.documents.answer(request, exhibition, name, base, media_type, make)
            response.headers.update(headers)
            return response

        return endpoint
