"""What a view is before it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

LANGUAGE = "en"


@dataclass(frozen=True)
class View:
    """A view's name, the title of its tab, what draws it, and pictures (HTML) that may be wanted next."""

    name: str
    title: str
    draw: Callable[[], None]
    ahead: tuple[str, ...] = ()
