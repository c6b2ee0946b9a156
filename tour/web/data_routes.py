"""Routes of open data, citations, the sitemap, robots.txt and security.txt."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.content_store import store
from tour.open_data.context import ExportContext
from tour.open_data.registry import EXPORT_FORMATS, citation
from tour.settings import MAIL, settings
from tour.static_export.sitemap import robots, sitemap
from tour.web.conditional import cacheable
from tour.web.document_cache import DocumentCache
from tour.web.localized_routes import base_url, file_routes, renderer_for_path

OPEN = {"Access-Control-Allow-Origin": "*"}  # viewers of IIIF and maps on other sites may read it


class DataRoutes:
    """Endpoints of data; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str, documents: DocumentCache):
        self.root, self.documents = root, documents

    def routes(self) -> list[BaseRoute]:
        # The originals first: tour.csl.json is not tour.json in the language of the code “csl”.
        pairs = [
            file_routes(self.root + each.file, self._document(each.file, each.media_type, each.write, OPEN))
            for each in EXPORT_FORMATS
        ]
        sitemap_xml = self._document("sitemap", "application/xml", lambda data: sitemap(data.exhibition, data.base))
        return [
            *(route for routes in zip(*pairs, strict=True) for route in routes),
            *file_routes(self.root + "cite/{slug:slug}.bib", self.citation),
            *file_routes(self.root + "cite/{slug:slug}.json", self.citation),
            Route(
                self.root + "sitemap.xml",
                sitemap_xml,
            ),
            Route(self.root + "robots.txt", self.robots),
            Route(self.root + ".well-known/security.txt", security_text),
        ]

    def robots(self, request: Request) -> Response:
        return cacheable(request, robots(base_url(request, self.root)), "text/plain")

    def citation(self, request: Request) -> Response:
        """How to cite a stop, as BibTeX or CSL-JSON."""
        suffix = request.url.path.rpartition(".")[2]
        record = citation(self._context(request), f"{request.path_params['slug']}.{suffix}")
        return cacheable(request, *record) if record else PlainTextResponse("There is no stop of this name.", 404)

    def _context(self, request: Request) -> ExportContext:
        return ExportContext(renderer_for_path(request).exhibition, store().media, base_url(request, self.root))

    def _document(
        self, name: str, media_type: str, write: Callable[[ExportContext], str], headers: Mapping[str, str] = {}
    ) -> Callable[[Request], Awaitable[Response]]:
        """A document that depends on an exhibition and the site's root alone."""

        async def endpoint(request: Request) -> Response:
            context = self._context(request)
            create = partial(write, context)
            response = await self.documents.answer(request, context.exhibition, name, context.base, media_type, create)
            response.headers.update(headers)
            return response

        return endpoint


VALIDITY = timedelta(days=30)  # of the file; RFC 9116 recommends less than a year


def security_text(_: Request) -> Response:
    """RFC 9116, with the address of TOUR_CONTACT; without one, there is no such file."""
    contact = settings().contact
    if not contact:
        return PlainTextResponse("The operators of this site name no address.", 404)
    address = f"mailto:{contact}" if MAIL.fullmatch(contact) else contact
    until = datetime.now(UTC) + VALIDITY
    return PlainTextResponse(f"Contact: {address}\nExpires: {until:%Y-%m-%dT%H:%M:%SZ}\n")
