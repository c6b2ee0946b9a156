"""Results cached on the object that they come from: they live as long as it does, and no longer."""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any


def instance_cache(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function, or a method, that computes each result once for every first argument and all others, hashable ones.

    `functools.lru_cache` would keep old versions of the content alive: its entries are not dropped with their keys.
    Threads that call it at the same time wait for the first one's result.
    """

    @wraps(function)
    def cached(owner: Any, *arguments: Any) -> Any:
        cache = vars(owner).setdefault("_instance_cache", {})
        key = (function, *arguments)
        if key not in cache:
            with cache.setdefault((RLock, *key), RLock()):
                if key not in cache:
                    cache[key] = function(owner, *arguments)
        return cache[key]

    return cached
