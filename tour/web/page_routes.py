"""Routes of pages: the site's root injected into Streamlit's HTML, and documents that need no app."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tour.content.problems import ContentError
from tour.i18n import gettext_for
from tour.images.safe_open import ImageError
from tour.model.navigation import locate
from tour.settings import DEFAULT_LANGUAGE
from tour.templating import render
from tour.urls import STANDALONE_PAGES, article_url
from tour.views.document import NO_INDEX, document, head_assets
from tour.views.routing import Page, resolve
from tour.views.standalone_pages import standalone_pages
from tour.web.app_shell import END_OF_HEAD, inject_page, streamlit_html
from tour.web.conditional import NO_CACHE, cacheable
from tour.web.document_cache import DocumentCache
from tour.web.localized_routes import (
    base_url,
    file_routes,
    interface_language,
    renderer_for_path,
    renderer_for_query,
    vary_by_language,
)
from tour.web.not_found import not_found

HTML = "text/html"
RETRY_AFTER_SECONDS = 30


class PageRoutes:
    """Endpoints of pages; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str, documents: DocumentCache):
        self.root, self.documents = root, documents

    def routes(self) -> list[BaseRoute]:
        return [
            # Streamlit compresses what it is sent everywhere but at its own page's address.
            Route(self.root, self.index, middleware=[Middleware(GZipMiddleware)]),
            *(Route(self.root + name, self._standalone_page(name)) for name in STANDALONE_PAGES),
            *file_routes(self.root + article_url("{slug:slug}", DEFAULT_LANGUAGE), self.article),
        ]

    def index(self, request: Request) -> Response:
        """The page that the query asks for, in Streamlit's HTML."""
        try:
            renderer = renderer_for_query(request.query_params, request.headers)
        except ContentError:
            return _maintenance(request)
        page = resolve(renderer.exhibition, request.query_params)
        if page.position and page.position.is_found and page.name != request.query_params["stop"]:
            return self._redirect(request, page)
        try:
            head = renderer.head(page, base_url(request, self.root))
            html = inject_page(streamlit_html(), page.language, page.title, head, renderer.body(page))
        except ImageError:  # an image went away since it was checked: the app says what there is to say
            html = streamlit_html().replace(END_OF_HEAD, head_assets(page.language) + END_OF_HEAD, 1)
        return vary_by_language(cacheable(request, html, HTML))

    def article(self, request: Request) -> Response:
        """The article of a stop alone, which a page prefetches."""
        renderer = renderer_for_path(request)
        position = locate(renderer.exhibition, request.path_params["slug"])
        if not position.is_found:
            return PlainTextResponse("There is no stop of this name.", 404)
        return cacheable(request, renderer.stop(position).article, HTML)

    def _redirect(self, request: Request, page: Page) -> Response:
        """From an earlier slug of the stop to its URL, in the language that was asked for, if any was."""
        url = page.url_in(page.language if "lang" in request.query_params else None)
        # A browser may not keep it: the curator may change the name back.
        return RedirectResponse(self.root + url.removeprefix("./"), 308, {"Cache-Control": NO_CACHE})

    def _standalone_page(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            try:
                renderer = renderer_for_query(request.query_params, request.headers)
            except ContentError:
                return await run_in_threadpool(_maintenance, request)
            base = base_url(request, self.root)
            render_page = standalone_pages(renderer, base).get(name)
            if not render_page:
                return await run_in_threadpool(not_found, request, self.root)
            answer = self.documents.answer(request, renderer.exhibition, name, base, HTML, render_page)
            return vary_by_language(await answer)

        return endpoint


def render_over_capacity(request: Request, root: str) -> Response:
    """The page that the query asks for without the app, which can take no more visitors for now."""
    try:
        renderer = renderer_for_query(request.query_params, request.headers)
        page = resolve(renderer.exhibition, request.query_params)
        head, body = renderer.head(page, base_url(request, root)) + NO_INDEX, renderer.body(page)
    except (ContentError, ImageError):
        return _maintenance(request)
    notice = render("503_capacity.html", page.language, page=page)
    response = cacheable(request, document(page.language, page.title, head, notice + body), HTML, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return vary_by_language(response)


def _maintenance(request: Request) -> Response:
    language = interface_language(request.query_params, request.headers)
    title = gettext_for(language)("The exhibition is being prepared")
    body = render("503_maintenance.html", language)
    html = inject_page(streamlit_html(), language, title, head_assets(language), body)
    return vary_by_language(cacheable(request, html, HTML, status=503))
