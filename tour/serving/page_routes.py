"""Pages and data by their addresses: the site's root filled into Streamlit's HTML, and documents that need no app."""

import logging
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tour.addresses import DEFAULT_LANGUAGE, article_address
from tour.edition import edition
from tour.formats.formats import FORMATS, Format, citation
from tour.house import STREAMLIT
from tour.model import Exhibition
from tour.pages.documents import NO_INDEX, Desk, document, styles
from tour.pages.page_parts import parts
from tour.pages.pages import Page, page_at
from tour.pages.papers import NAMES, papers
from tour.pages.ways_in import robots, sitemap
from tour.pictures.images import ImageFault
from tour.problems import NOT_READY, ContentError
from tour.render import render
from tour.serving.answers import ASK_AGAIN, answer, when_ready
from tour.serving.asked_language import (
    file_routes,
    in_its_language,
    in_the_visitors_language,
    interface_language,
    vary_by_language,
)
from tour.serving.document_cache import DocumentCache
from tour.serving.first_paint import END_OF_HEAD, fill, has_known_shape
from tour.serving.not_found import not_found
from tour.words import writer

HTML = "text/html"
OTHER_SHAPE = "Streamlit's page has another shape: ours shows only once the app has started."
ROOM_SOON = 30  # seconds
HOST = re.compile(r"[\w.:\[\]-]+")

Endpoint = Callable[[Request], Awaitable[Response]]


class PageRoutes:
    """Answers for pages; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str):
        self.root = root
        self.documents = DocumentCache()
        self.shell = (STREAMLIT / "index.html").read_text("utf-8")
        if not has_known_shape(self.shell):
            logging.getLogger("tour").warning(OTHER_SHAPE)

    def routes(self) -> list[BaseRoute]:
        # The originals first: tour.csl.json is not tour.json in the language of the code “csl”.
        pairs = [file_routes(self.root + each.file, self._data(each)) for each in FORMATS]
        data = [route for routes in zip(*pairs, strict=True) for route in routes]
        return [
            # Streamlit compresses what it is sent everywhere but at its own page's address.
            Route(self.root, self.entry, middleware=[Middleware(GZipMiddleware)]),
            *(Route(self.root + name, self._paper(name)) for name in NAMES),
            Route(self.root + "sitemap.xml", self._document("sitemap", "application/xml", sitemap)),
            Route(self.root + "robots.txt", self.robots),
            *data,
            *file_routes(self.root + "cite/{slug:words}.bib", self.citation),
            *file_routes(self.root + "cite/{slug:words}.json", self.citation),
            *file_routes(self.root + article_address("{slug:words}", DEFAULT_LANGUAGE), self.article),
        ]

    def entry(self, request: Request) -> Response:
        """The page that the query asks for, in Streamlit's HTML."""
        try:
            desk = self._desk(request)
        except ContentError:
            return self._unready(request)
        page = page_at(desk.exhibition, request.query_params)
        if page.here and page.here.found and page.here.stop.slug != request.query_params["stop"]:
            return self._moved(request, page)
        try:
            filled = fill(self.shell, page.language, page.title, desk.head(page), desk.body(page))
        except ImageFault:  # a picture went away since it was checked: the app says what there is to say
            filled = self.shell.replace(END_OF_HEAD, styles(page.language) + END_OF_HEAD, 1)
        return vary_by_language(answer(request, filled, HTML))

    def full(self, request: Request) -> Response:
        """The page that the query asks for, whole without the app, while there is no room in it for more visitors."""
        try:
            desk = self._desk(request)
            page = page_at(desk.exhibition, request.query_params)
            head, body = desk.head(page) + NO_INDEX, desk.body(page)
        except (ContentError, ImageFault):
            return self._unready(request)
        notice = render("full.html", page.language, page=page)
        response = answer(request, document(page.language, page.title, head, notice + body), HTML, status=503)
        response.headers["Retry-After"] = str(ROOM_SOON)
        return vary_by_language(response)

    def _moved(self, request: Request, page: Page) -> Response:
        """To the address that the stop has now, in the language that was asked for, if any was."""
        there = page.address_in(page.language if "lang" in request.query_params else None)
        # A browser may not keep it: the curator may change the name back.
        return RedirectResponse(self.root + there.removeprefix("./"), 308, {"Cache-Control": ASK_AGAIN})

    def robots(self, request: Request) -> Response:
        return answer(request, robots(self._base(request)), "text/plain")

    @when_ready
    def citation(self, request: Request) -> Response:
        """How to cite a stop, as BibTeX or CSL-JSON."""
        suffix = request.url.path.rpartition(".")[2]
        name = f"{request.path_params['slug']}.{suffix}"
        found = citation(in_its_language(request), name, self._base(request))
        return answer(request, *found) if found else PlainTextResponse("There is no stop of this name.", 404)

    @when_ready
    def article(self, request: Request) -> Response:
        """The article of a stop alone, which a page fetches before it is wanted."""
        exhibition = in_its_language(request)
        page = page_at(exhibition, {"stop": request.path_params["slug"]})
        if not page.here.found:
            return PlainTextResponse("There is no stop of this name.", 404)
        return answer(request, parts(exhibition, page, edition().media)[0], HTML)

    def _data(self, format: Format) -> Endpoint:
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
            base = self._base(request)
            make = partial(write, exhibition, base)
            response = await self.documents.answer(request, exhibition, name, base, media_type, make)
            response.headers.update(headers)
            return response

        return endpoint

    def _paper(self, name: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            try:
                desk = self._desk(request)
            except ContentError:
                return await run_in_threadpool(self._unready, request)
            write = papers(desk).get(name)
            if not write:
                return await run_in_threadpool(not_found, request, self.root)
            return vary_by_language(await self.documents.answer(request, desk.exhibition, name, desk.base, HTML, write))

        return endpoint

    def _unready(self, request: Request) -> Response:
        language = interface_language(request)
        _ = writer(language)
        filled = fill(
            self.shell,
            language,
            _("The exhibition is being prepared"),
            styles(language),
            render("unready.html", language),
        )
        return vary_by_language(answer(request, filled, HTML, status=503))

    def _desk(self, request: Request) -> Desk:
        """What the visitor's page is made from; raises ContentError while there is no sound content."""
        held, exhibition = edition(), in_the_visitors_language(request)
        return Desk(exhibition, held.media, self._base(request), others=held.others(exhibition))

    def _base(self, request: Request) -> str:
        """The site's root as others write it: as $TOUR_ADDRESS says, else as this visitor asked for it."""
        if told := os.environ.get("TOUR_ADDRESS"):
            return told.rstrip("/") + "/"
        host = request.headers.get("host", "")
        return f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost'}{self.root}"
