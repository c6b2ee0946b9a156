"""Results cached on the object that they come from: they live as long as it does, and no longer."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

CACHE_NAME = "_instance_cache"


class CacheOwner:
    """An object with cached results, which its copies do without."""

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != CACHE_NAME}


Owner = TypeVar("Owner", bound=CacheOwner)
Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


def instance_cache(function: Callable[[Owner, *Arguments], Result]) -> Callable[[Owner, *Arguments], Result]:
    """A function, or a method, that caches each result for its first argument, a CacheOwner, and all others.

    `functools.lru_cache` would keep old versions of the content alive: its entries are not dropped with their keys.
    Threads that call it at the same time may each compute a result: all get the same one.
    """

    @wraps(function)
    def cached(owner: Owner, *arguments: *Arguments) -> Result:
        cache: dict[tuple[object, ...], Result] = vars(owner).setdefault(CACHE_NAME, {})
        key = (function, *arguments)
        # No lock: threads that compute what each other needs would wait for one another.
        return cache[key] if key in cache else cache.setdefault(key, function(owner, *arguments))

    return cached
