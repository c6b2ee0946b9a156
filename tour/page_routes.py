"""Pages and data by their addresses: the site's root filled into Streamlit's HTML, and documents that need no app."""

import logging
import os
import re

from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tour.answers import answer, when_ready
from tour.booklet import booklet
from tour.documents import Desk, document, styles
from tour.edition import edition
from tour.first_paint import END_OF_HEAD, fill, has_known_shape
from tour.formats import FORMATS, Format, citation
from tour.images import ImageFault
from tour.packing import STATIC
from tour.pages import page_at
from tour.problems import NOT_READY, ContentError
from tour.render import render
from tour.ways_in import robots, sitemap

HTML = "text/html"
OTHER_SHAPE = "Streamlit's page has another shape: ours shows only once the app has started."
HOST = re.compile(r"[\w.:\[\]-]+")


class NameOfNoFile(Convertor):
    """One part of a path without a dot: what a visitor types; files and Streamlit's own addresses are not meant."""

    regex = "[^/._][^/.]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("words", NameOfNoFile())


class PageRoutes:
    """Answers for pages; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, root: str):
        self.root = root
        self.shell = (STATIC / "index.html").read_text("utf-8")
        if not has_known_shape(self.shell):
            logging.getLogger("tour").warning(OTHER_SHAPE)

    def routes(self) -> list[BaseRoute]:
        data = [Route(self.root + each.file, self._data(each)) for each in FORMATS]
        return [
            # Streamlit compresses what it is sent everywhere but at its own page's address.
            Route(self.root, self.entry, middleware=[Middleware(GZipMiddleware)]),
            Route(self.root + "text", self.text),
            Route(self.root + "print", self.booklet),
            Route(self.root + "sitemap.xml", self.sitemap),
            Route(self.root + "robots.txt", self.robots),
            *data,
            Route(self.root + "cite/{name}", self.citation),
        ]

    def lost_route(self) -> BaseRoute:
        """Comes last: Streamlit would send its page for any address, and say in it that there is none."""
        return Route(self.root + "{name:words}", self.lost)

    def entry(self, request: Request) -> Response:
        """The page that the query asks for, in Streamlit's HTML."""
        try:
            desk = self._desk(request)
        except ContentError:
            return self._unready(request)
        page = page_at(desk.exhibition, request.query_params)
        try:
            filled = fill(self.shell, page.language, page.title, desk.head(page), desk.body(page))
        except ImageFault:  # a picture went away since it was checked: the app says what there is to say
            filled = self.shell.replace(END_OF_HEAD, styles() + END_OF_HEAD, 1)
        return answer(request, filled, HTML)

    def text(self, request: Request) -> Response:
        return self._document(request, Desk.text)

    def booklet(self, request: Request) -> Response:
        return self._document(request, booklet)

    @when_ready
    def sitemap(self, request: Request) -> Response:
        return answer(request, sitemap(self._desk(request)), "application/xml")

    def robots(self, request: Request) -> Response:
        return answer(request, robots(self._base(request)), "text/plain")

    @when_ready
    def citation(self, request: Request) -> Response:
        """How to cite a stop, as BibTeX or CSL-JSON."""
        desk = self._desk(request)
        found = citation(desk.exhibition, request.path_params["name"], desk.base)
        return answer(request, *found) if found else PlainTextResponse("There is no stop of this name.", 404)

    def lost(self, request: Request) -> Response:
        body = render("lost.html", "en", root=self.root)
        return answer(request, document("en", "There is no such page", styles(), body), HTML, status=404)

    def _data(self, format: Format):
        @when_ready
        def endpoint(request: Request) -> Response:
            desk = self._desk(request)
            written = format.write(desk.exhibition, desk.media, desk.base)
            response = answer(request, written, format.media_type)
            response.headers["Access-Control-Allow-Origin"] = "*"  # viewers of IIIF and maps elsewhere read it
            return response

        return endpoint

    def _document(self, request: Request, write) -> Response:
        try:
            return answer(request, write(self._desk(request)), HTML)
        except ContentError:
            return self._unready(request)

    def _unready(self, request: Request) -> Response:
        filled = fill(self.shell, "en", NOT_READY, styles(), render("unready.html", "en"))
        return answer(request, filled, HTML, status=503)

    def _desk(self, request: Request) -> Desk:
        """Raises ContentError while there is no sound content."""
        held = edition()
        return Desk(held.current(), held.data, held.media, self._base(request))

    def _base(self, request: Request) -> str:
        """The site's root as others write it: as $TOUR_ADDRESS says, else as this visitor asked for it."""
        if told := os.environ.get("TOUR_ADDRESS"):
            return told.rstrip("/") + "/"
        host = request.headers.get("host", "")
        return f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost'}{self.root}"
