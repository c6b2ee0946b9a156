"""The search index is built once, before visitors search, and a query looks at few of its words."""

import gc
import random
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import repeat
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest
from rapidfuzz.distance import OSA

from tests.conftest import load_valid, reload
from tests.sample_exhibition import QUAY, replace_once, translate
from tour.content_store import ContentStore
from tour.model import Exhibition
from tour.search.index import Vocabulary, index_of
from tour.search.query import search
from tour.validation.validate import load_all_languages
from tour.views.routing import resolve

SYLLABLES = [first + second for first in "bdklmnrst" for second in "aeiou"]


class CountingSynonyms(tuple):
    """An exhibition's synonyms, which count the indexes that are built of them, and call `on_build` each time."""

    def __iter__(self):
        self.builds += 1
        self.on_build()
        return super().__iter__()


def counting_builds(exhibition: Exhibition, on_build: Callable[[], object] = lambda: None) -> Exhibition:
    synonyms = CountingSynonyms(exhibition.synonyms)
    synonyms.builds, synonyms.on_build = 0, on_build
    return replace(exhibition, synonyms=synonyms)


@pytest.fixture
def on_build(monkeypatch):
    """A list of functions to call whenever an index is built of an exhibition that a content store has loaded."""
    callbacks = []

    def load(data, media):
        exhibitions = load_all_languages(data, media)
        return {
            code: counting_builds(exhibition, lambda: [callback() for callback in callbacks])
            for code, exhibition in exhibitions.items()
        }

    monkeypatch.setattr("tour.content_store.load_all_languages", load)
    return callbacks


def edit(folders, title: str) -> None:
    replace_once(folders[0], QUAY, "lede =", f'lede = "{title}."\n#')


def test_of_ten_who_search_at_once_one_builds_the_index_and_nine_wait(folders):
    ten = Barrier(10)

    def wait_for_the_others():
        with suppress(BrokenBarrierError):
            ten.wait(0.5)

    exhibition = counting_builds(load_valid(*folders), wait_for_the_others)
    with ThreadPoolExecutor(10) as visitors:
        indexes = set(visitors.map(index_of, repeat(exhibition, 10)))

    assert (exhibition.synonyms.builds, len(indexes)) == (1, 1)


def test_who_has_typed_nothing_yet_waits_for_no_index(folders):
    exhibition = counting_builds(load_valid(*folders))

    assert search({"en": exhibition}, "en", "  ") == []
    assert exhibition.synonyms.builds == 0


def test_a_start_does_not_wait_for_an_index(folders, on_build):
    content_store = ContentStore(*folders)

    assert content_store.renderer().exhibition.synonyms.builds == 0


def test_after_a_start_the_watching_thread_builds_the_index(folders, on_build, monkeypatch):
    is_building = Event()
    on_build.append(is_building.set)
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)

    with ContentStore(*folders).watching():
        assert is_building.wait(10)


def test_a_new_version_comes_with_its_index_in_every_language(folders, on_build):
    translate(folders[0])
    content_store = ContentStore(*folders)
    content_store.exhibitions()

    edit(folders, "Otters")
    reload(content_store)
    builds = [each.synonyms.builds for each in content_store.exhibitions().values()]
    results = search(content_store.exhibitions(), "en", "otters")

    assert [each.stop.slug for each in results] == ["quay"]
    assert builds == [each.synonyms.builds for each in content_store.exhibitions().values()] == [1, 1]


def test_while_an_index_is_built_visitors_search_the_version_before(folders, on_build):
    content_store = ContentStore(*folders)
    search(content_store.exhibitions(), "en", "quay")
    building, searched = Event(), Event()
    on_build += [building.set, lambda: searched.wait(10)]

    edit(folders, "Otters")
    watch = Thread(target=reload, args=[content_store])
    watch.start()
    assert building.wait(10)
    before = search(content_store.exhibitions(), "en", "otters")
    is_building = watch.is_alive()
    searched.set()
    watch.join()

    assert (before, is_building) == ([], True)
    assert len(search(content_store.exhibitions(), "en", "otters")) == 1


def test_files_that_change_while_an_index_is_built_are_read_again(folders, on_build):
    content_store = ContentStore(*folders)
    before = content_store.renderer().exhibition
    on_build.append(lambda: edit(folders, "Badgers"))

    edit(folders, "Otters")
    reload(content_store)
    assert content_store.renderer().exhibition is before

    on_build.clear()
    reload(content_store)
    assert content_store.renderer().exhibition.stop("quay").lede == "Badgers."


def test_a_version_that_is_not_published_costs_visitors_no_index(folders, on_build):
    content_store = ContentStore(*folders)
    search(content_store.exhibitions(), "en", "quay")
    on_build.append(lambda: edit(folders, "Badgers"))

    for title in ("Otters", "Moles", "Voles"):
        edit(folders, title)
        reload(content_store)
    on_build.clear()
    search(content_store.exhibitions(), "en", "quay")

    assert (content_store.version.number, content_store.renderer().exhibition.synonyms.builds) == (1, 1)


def test_the_index_of_a_version_is_freed_with_it(folders):
    content_store = ContentStore(*folders)
    index = weakref.ref(index_of(content_store.renderer().exhibition))

    edit(folders, "Otters")
    reload(content_store)
    gc.collect()

    assert index() is None


def test_the_indexes_of_earlier_versions_are_freed_in_every_language_after_a_search(folders):
    translate(folders[0])
    content_store, indexes = ContentStore(*folders), []

    for title in ("Otters", "Badgers", "Moles"):
        edit(folders, title)
        reload(content_store)
        content_store.renderer().view(resolve(content_store.renderer().exhibition, {"view": "find", "words": title}))
        indexes.append([weakref.ref(index_of(each)) for each in content_store.exhibitions().values()])
    gc.collect()

    assert [[index() is not None for index in version] for version in indexes] == [[False] * 2, [False] * 2, [True] * 2]


def test_every_word_that_may_be_misspelt_so_is_a_candidate_and_hardly_another():
    chance = random.Random(1)
    words = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 6))) for _ in range(20_000)}
    vocabulary = Vocabulary(words)
    candidate_count = 0

    for word in chance.sample(sorted(words), 20):
        wrong = word[:2] + word[3] + word[2] + word[4:-1] + chance.choice(["", "x", "xy", word[-1]])
        candidates = vocabulary.candidates(wrong, 0.8)
        near = {other for other in words if OSA.normalized_similarity(wrong, other) >= 0.8}

        assert near <= set(candidates)
        candidate_count += len(candidates)
    assert candidate_count < 20 * len(words) / 50
