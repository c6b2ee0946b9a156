"""The page for addresses at which there is nothing: Streamlit would send its own for any, as if it were there."""

import re
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from tour.i18n import gettext_for
from tour.paths import STREAMLIT_STATIC_DIR
from tour.templating import render
from tour.views.document import document, head_assets
from tour.web.conditional import cacheable
from tour.web.localized_routes import interface_language, vary_by_language

# What Streamlit answers beside its files, if only to say that it has none, and a slash too many, which it takes away.
STREAMLIT_PATHS = re.compile(r"_stcore/(health|host-config|metrics|bidi-components/.*)|media/.*|.*/")


def not_found_route(root: str) -> BaseRoute:
    """Comes last; `root` is the path of the site's root, with a slash at both ends."""
    return NotFoundRoute(root + "{name:path}", lambda request: not_found(request, root))


def not_found(request: Request, root: str) -> Response:
    language = interface_language(request.query_params, request.headers)
    _ = gettext_for(language)
    body = render("404.html", language, root=root)
    page = document(language, _("There is no such page"), head_assets(language), body, root)
    return vary_by_language(cacheable(request, page, "text/html", status=404))


class NotFoundRoute(Route):
    """The route to whatever Streamlit doesn't have either."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child_scope = super().matches(scope)
        name = "" if match is Match.NONE else child_scope["path_params"]["name"]
        if match is Match.NONE or name in _streamlit_files() or STREAMLIT_PATHS.fullmatch(name):
            return Match.NONE, {}
        # Not PARTIAL, as for OPTIONS: Streamlit would answer, and link to a description of its agents' API.
        return Match.FULL, child_scope


@cache
def _streamlit_files() -> frozenset[str]:
    """All but its page, which is at the site's root, filled."""
    return frozenset(
        path.relative_to(STREAMLIT_STATIC_DIR).as_posix() for path in STREAMLIT_STATIC_DIR.rglob("*.*")
    ) - {"index.html"}
