"""Results cached on the object that they are worked out from: they live as long as it does, and no longer."""

from collections.abc import Callable
from functools import wraps
from typing import Any


def instance_cache(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function, or a method, that works out each result once for every first argument and all others, hashable ones.

    `functools.lru_cache` would keep old versions of the content alive: its entries are not dropped with their keys.
    """

    @wraps(function)
    def cached(owner: Any, *arguments: Any) -> Any:
        cache = vars(owner).setdefault("_instance_cache", {})
        key = (function, *arguments)
        if key not in cache:
            cache[key] = function(owner, *arguments)
        return cache[key]

    return cached
