"""Parts that a page can do without: one that fails is logged and left out, and the rest is shown."""

import logging
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

Part = TypeVar("Part")
Fallback = TypeVar("Fallback")
Arguments = TypeVarTuple("Arguments")
logger = logging.getLogger(__name__)


def optional_part(
    name: str, page: str, fallback: Fallback, build: Callable[[*Arguments], Part], *arguments: *Arguments
) -> Part | Fallback:
    """What `build` returns for the arguments, or the fallback; `name` and `page` are for the log."""
    try:
        return build(*arguments)
    # Whatever it is: a visitor can read the page without this part.
    except Exception:
        logger.exception("The %s of %s could not be rendered.", name, page)
        return fallback
