"""Results cached on the object that they come from."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier, Thread

import pytest

from tour.model.instance_cache import CacheOwner, instance_cache


@dataclass(frozen=True, eq=False)
class Harbour(CacheOwner):
    name: str


@instance_cache
def greeting(harbour: Harbour, mark: str = "!") -> list[str]:
    return [f"{harbour.name}{mark}"]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, replace, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_copy_begins_without_the_results_of_the_original(copied):
    harbour = Harbour("Hull")
    result = greeting(harbour)

    twin = copied(harbour)

    assert twin.name == "Hull"
    assert greeting(twin) == result and greeting(twin) is not result
    assert greeting(harbour) is result


def test_a_result_is_computed_once_for_all_arguments():
    harbour = Harbour("Hull")

    assert greeting(harbour) is greeting(harbour)
    assert greeting(harbour, "?") == ["Hull?"]


def test_threads_whose_results_need_each_other_end():
    both, calls = Barrier(2), []

    @instance_cache
    def first(harbour):
        return need(second)

    @instance_cache
    def second(harbour):
        return need(first)

    def need(other):
        calls.append(other)
        if len(calls) > 2:
            return "end"
        both.wait(5)
        return other(harbour)

    harbour = Harbour("Hull")
    threads = [Thread(target=function, args=(harbour,), daemon=True) for function in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert not any(thread.is_alive() for thread in threads)
    assert (first(harbour), second(harbour)) == ("end", "end")


def test_all_threads_get_the_same_result():
    harbour, ten = Harbour("Hull"), Barrier(10)

    @instance_cache
    def slow(harbour):
        ten.wait(5)
        return object()

    with ThreadPoolExecutor(10) as threads:
        assert len(set(threads.map(slow, [harbour] * 10))) == 1
