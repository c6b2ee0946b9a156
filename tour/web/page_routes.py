"""Pages by their addresses: the site's root filled into Streamlit's HTML, and documents that need no app."""

import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tour.content.problems import ContentError
from tour.content_store import store
from tour.i18n import gettext_for
from tour.images.safe_open import ImageError
from tour.paths import STREAMLIT_STATIC_DIR
from tour.templating import render
from tour.urls import DEFAULT_LANGUAGE, article_url
from tour.views.fragments import page_fragments
from tour.views.renderer import NO_INDEX, SiteRenderer, document, styles
from tour.views.routing import Page, resolve
from tour.views.standalone_pages import STANDALONE_PAGES, standalone_pages
from tour.web.app_shell import END_OF_HEAD, inject_page, is_supported
from tour.web.conditional import NO_CACHE, cacheable, require_content
from tour.web.document_cache import DocumentCache
from tour.web.localized_routes import (
    exhibition_for_path,
    exhibition_for_request,
    file_routes,
    interface_language,
    vary_by_language,
)
from tour.web.not_found import not_found
from tour.web.origin_check import base_url

HTML = "text/html"
UNSUPPORTED_SHELL = "Streamlit's page has another shape: ours shows only once the app has started."
RETRY_AFTER_SECONDS = 30  # seconds


class PageRoutes:
    """Answers for pages; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str, documents: DocumentCache):
        self.root, self.documents = root, documents
        self.shell = (STREAMLIT_STATIC_DIR / "index.html").read_text("utf-8")
        if not is_supported(self.shell):
            logging.getLogger("tour").warning(UNSUPPORTED_SHELL)

    def routes(self) -> list[BaseRoute]:
        return [
            # Streamlit compresses what it is sent everywhere but at its own page's address.
            Route(self.root, self.entry, middleware=[Middleware(GZipMiddleware)]),
            *(Route(self.root + name, self._paper(name)) for name in STANDALONE_PAGES),
            *file_routes(self.root + article_url("{slug:words}", DEFAULT_LANGUAGE), self.article),
        ]

    def entry(self, request: Request) -> Response:
        """The page that the query asks for, in Streamlit's HTML."""
        try:
            desk = self._desk(request)
        except ContentError:
            return self._unready(request)
        page = resolve(desk.exhibition, request.query_params)
        if page.here and page.here.is_found and page.here.stop.slug != request.query_params["stop"]:
            return self._moved(request, page)
        try:
            filled = inject_page(self.shell, page.language, page.title, desk.head(page), desk.body(page))
        except ImageError:  # a picture went away since it was checked: the app says what there is to say
            filled = self.shell.replace(END_OF_HEAD, styles(page.language) + END_OF_HEAD, 1)
        return vary_by_language(cacheable(request, filled, HTML))

    def full(self, request: Request) -> Response:
        """The page that the query asks for, whole without the app, while there is no room in it for more visitors."""
        try:
            desk = self._desk(request)
            page = resolve(desk.exhibition, request.query_params)
            head, body = desk.head(page) + NO_INDEX, desk.body(page)
        except (ContentError, ImageError):
            return self._unready(request)
        notice = render("full.html", page.language, page=page)
        response = cacheable(request, document(page.language, page.title, head, notice + body), HTML, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return vary_by_language(response)

    def _moved(self, request: Request, page: Page) -> Response:
        """To the address that the stop has now, in the language that was asked for, if any was."""
        there = page.address_in(page.language if "lang" in request.query_params else None)
        # A browser may not keep it: the curator may change the name back.
        return RedirectResponse(self.root + there.removeprefix("./"), 308, {"Cache-Control": NO_CACHE})

    @require_content
    def article(self, request: Request) -> Response:
        """The article of a stop alone, which a page fetches before it is wanted."""
        exhibition = exhibition_for_path(request)
        page = resolve(exhibition, {"stop": request.path_params["slug"]})
        if not page.here.is_found:
            return PlainTextResponse("There is no stop of this name.", 404)
        return cacheable(request, page_fragments(exhibition, page, store().media)[0], HTML)

    def _paper(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            try:
                desk = self._desk(request)
            except ContentError:
                return await run_in_threadpool(self._unready, request)
            write = standalone_pages(desk).get(name)
            if not write:
                return await run_in_threadpool(not_found, request, self.root)
            return vary_by_language(await self.documents.answer(request, desk.exhibition, name, desk.base, HTML, write))

        return endpoint

    def _unready(self, request: Request) -> Response:
        language = interface_language(request)
        _ = gettext_for(language)
        filled = inject_page(
            self.shell,
            language,
            _("The exhibition is being prepared"),
            styles(language),
            render("unready.html", language),
        )
        return vary_by_language(cacheable(request, filled, HTML, status=503))

    def _desk(self, request: Request) -> SiteRenderer:
        """What the visitor's page is made from; raises ContentError while there is no sound content."""
        held, exhibition = store(), exhibition_for_request(request)
        return SiteRenderer(exhibition, held.media, base_url(request, self.root), others=held.others(exhibition))
