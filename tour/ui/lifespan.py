"""What the server does before and while it serves: limits, warm-up, and watching the content."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st

from tour.content.problems import ContentError
from tour.content_store import store
from tour.model.navigation import locate
from tour.settings import settings, warn_of_unusable_variables
from tour.ui.map_component import prepare_map
from tour.views.routing import resolve
from tour.web.file_limits import raise_file_limit
from tour.web.idle_timeout import closing_idle_connections
from tour.web.log_rate_limit import limit_library_logs
from tour.web.server import limit_connections, running_server

GC_THRESHOLD = (10_000, 10, 10)  # Python's own first number is 700 or 2,000


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Raise limits, warm up, and watch the content and the connections while the site runs."""
    warn_of_unusable_variables()
    raise_file_limit()
    limit_library_logs()
    with store().watching():
        _warm_up()
        prepare_map()
        if settings().optimizations:
            freeze_gc()
        server = running_server()
        limit_connections(server)
        async with closing_idle_connections(server):
            yield {}


def _warm_up() -> None:
    """Render the first stop in every language: libraries are loaded and templates compiled before a visitor waits."""
    with suppress(ContentError):
        for renderer in store().by_language().values():
            slug = renderer.exhibition.stops[0].slug
            renderer.header(resolve(renderer.exhibition, {"stop": slug}))
            renderer.stop(locate(renderer.exhibition, slug))


def freeze_gc() -> None:
    """Have the garbage collector pass over all that is loaded by now, and look at the rest less often.

    It stops everyone: with 500 visitors for a quarter of a second each time that it looks at everything.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
