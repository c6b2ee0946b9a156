"""The words of an exhibition are gathered once, before visitors search, and looked through with little work."""

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

from tests.small import QUAY, spoil, translate
from tests.test_edition import saved
from tour.content_store import ContentStore
from tour.model import Exhibition
from tour.search.index import Vocabulary, index_of
from tour.search.query import search
from tour.validation.validate import load_all_languages, load_valid

SYLLABLES = [first + second for first in "bdklmnrst" for second in "aeiou"]


class Stops(tuple):
    """An exhibition's stops, which count how often all of them are gone through, and do something each time."""

    def __iter__(self):
        self.gatherings += 1
        self.meanwhile()
        return super().__iter__()


def watched(exhibition: Exhibition, meanwhile: Callable[[], object] = lambda: None) -> Exhibition:
    stops = Stops(exhibition.stops)
    stops.gatherings, stops.meanwhile = 0, meanwhile
    return replace(exhibition, stops=stops)


@pytest.fixture
def meanwhile(monkeypatch):
    """What happens whenever the words of an exhibition are gathered that an edition has read: a list of it."""
    doings = []

    def read(data, media):
        every = load_all_languages(data, media)
        return {code: watched(each, lambda: [do() for do in doings]) for code, each in every.items()}

    monkeypatch.setattr("tour.content_store.in_every_language", read)
    return doings


def edit(folders, title: str) -> None:
    spoil(folders[0], QUAY, "lede =", f'lede = "{title}."\n#')


def test_of_ten_who_search_at_once_one_gathers_the_words_and_nine_wait(folders):
    ten = Barrier(10)

    def wait_for_the_others():
        with suppress(BrokenBarrierError):
            ten.wait(0.5)

    exhibition = watched(load_valid(*folders), wait_for_the_others)
    with ThreadPoolExecutor(10) as visitors:
        made = set(visitors.map(index_of, repeat(exhibition, 10)))

    assert (exhibition.stops.gatherings, len(made)) == (1, 1)


def test_who_has_typed_nothing_yet_waits_for_no_words(folders):
    exhibition = watched(load_valid(*folders))

    assert search({"en": exhibition}, "en", "  ") == []
    assert exhibition.stops.gatherings == 0


def test_a_start_does_not_wait_for_words_to_be_gathered(folders, meanwhile):
    edition = ContentStore(*folders)

    assert edition.current().stops.gatherings == 0


def test_after_a_start_the_watch_gathers_the_words(folders, meanwhile, monkeypatch):
    gathered = Event()
    meanwhile.append(gathered.set)
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)

    with ContentStore(*folders).watched():
        assert gathered.wait(10)


def test_a_new_edition_comes_with_its_words_gathered_in_every_language(folders, meanwhile):
    translate(folders[0])
    edition = ContentStore(*folders)
    edition.every()

    edit(folders, "Otters")
    saved(edition)
    gatherings = [each.stops.gatherings for each in edition.every().values()]
    finds = search(edition.every(), "en", "otters")

    assert [each.stop.slug for each in finds] == ["quay"]
    assert gatherings == [each.stops.gatherings for each in edition.every().values()] == [1, 1]


def test_while_words_are_gathered_visitors_search_the_edition_before(folders, meanwhile):
    edition = ContentStore(*folders)
    search(edition.every(), "en", "quay")
    gathering, searched = Event(), Event()
    meanwhile += [gathering.set, lambda: searched.wait(10)]

    edit(folders, "Otters")
    watch = Thread(target=saved, args=[edition])
    watch.start()
    assert gathering.wait(10)
    before = search(edition.every(), "en", "otters")
    is_gathering = watch.is_alive()
    searched.set()
    watch.join()

    assert (before, is_gathering) == ([], True)
    assert len(search(edition.every(), "en", "otters")) == 1


def test_files_that_change_while_words_are_gathered_are_read_again(folders, meanwhile):
    edition = ContentStore(*folders)
    before = edition.current()
    meanwhile.append(lambda: edit(folders, "Badgers"))

    edit(folders, "Otters")
    saved(edition)
    assert edition.current() is before

    meanwhile.clear()
    saved(edition)
    assert edition.current().stop("quay").lede == "Badgers."


def test_an_edition_that_is_not_taken_over_costs_visitors_no_words(folders, meanwhile):
    edition = ContentStore(*folders)
    search(edition.every(), "en", "quay")
    meanwhile.append(lambda: edit(folders, "Badgers"))

    for title in ("Otters", "Moles", "Voles"):
        edit(folders, title)
        saved(edition)
    meanwhile.clear()
    search(edition.every(), "en", "quay")

    assert (edition.number, edition.current().stops.gatherings) == (1, 1)


def test_the_words_of_an_edition_go_with_it(folders):
    edition = ContentStore(*folders)
    words = weakref.ref(index_of(edition.current()))

    edit(folders, "Otters")
    saved(edition)
    gc.collect()

    assert words() is None


def test_the_words_of_the_edition_before_the_last_go_even_if_its_pages_are_kept(folders):
    translate(folders[0])
    edition, editions, words = ContentStore(*folders), [], []

    for title in ("Otters", "Badgers", "Moles"):
        edit(folders, title)
        saved(edition)
        editions.append(edition.every())
        words.append([weakref.ref(index_of(each)) for each in edition.every().values()])
    gc.collect()

    assert [[each() is not None for each in every] for every in words] == [[False] * 2, [True] * 2, [True] * 2]


def test_every_word_that_may_be_misspelt_so_is_among_the_likely_ones_and_hardly_another():
    chance = random.Random(1)
    words = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 6))) for _ in range(20_000)}
    vocabulary = Vocabulary(words)
    looked_at = 0

    for word in chance.sample(sorted(words), 20):
        wrong = word[:2] + word[3] + word[2] + word[4:-1] + chance.choice(["", "x", "xy", word[-1]])
        likely = vocabulary.alike(wrong, 0.8)
        near = {other for other in words if OSA.normalized_similarity(wrong, other) >= 0.8}

        assert near <= set(likely)
        looked_at += len(likely)
    assert looked_at < 20 * len(words) / 50
