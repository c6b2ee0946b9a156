"""Pages by their addresses: the site's root filled into Streamlit's HTML, and documents that need no app."""

import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tour.addresses import DEFAULT_LANGUAGE, article_address
from tour.edition import edition
from tour.house import STREAMLIT
from tour.pages.documents import NO_INDEX, Desk, document, styles
from tour.pages.page_parts import parts
from tour.pages.pages import Page, page_at
from tour.pages.papers import NAMES, papers
from tour.pictures.images import ImageFault
from tour.problems import ContentError
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
from tour.serving.origins import base_address
from tour.words import writer

HTML = "text/html"
OTHER_SHAPE = "Streamlit's page has another shape: ours shows only once the app has started."
ROOM_SOON = 30  # seconds


class PageRoutes:
    """Answers for pages; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str, documents: DocumentCache):
        self.root, self.documents = root, documents
        self.shell = (STREAMLIT / "index.html").read_text("utf-8")
        if not has_known_shape(self.shell):
            logging.getLogger("tour").warning(OTHER_SHAPE)

    def routes(self) -> list[BaseRoute]:
        return [
            # Streamlit compresses what it is sent everywhere but at its own page's address.
            Route(self.root, self.entry, middleware=[Middleware(GZipMiddleware)]),
            *(Route(self.root + name, self._paper(name)) for name in NAMES),
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

    @when_ready
    def article(self, request: Request) -> Response:
        """The article of a stop alone, which a page fetches before it is wanted."""
        exhibition = in_its_language(request)
        page = page_at(exhibition, {"stop": request.path_params["slug"]})
        if not page.here.found:
            return PlainTextResponse("There is no stop of this name.", 404)
        return answer(request, parts(exhibition, page, edition().media)[0], HTML)

    def _paper(self, name: str) -> Callable[[Request], Awaitable[Response]]:
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
        return Desk(exhibition, held.media, base_address(request, self.root), others=held.others(exhibition))
