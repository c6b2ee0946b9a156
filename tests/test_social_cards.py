"""Social cards: legible text that fits, a name of its own for each, each drawn once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageColor, ImageDraw

from tests.conftest import load_valid
from tests.sample_exhibition import translate
from tour.images import convert, derivatives, social_cards
from tour.images.derivative_cache import DerivativeCache
from tour.images.safe_open import ImageError
from tour.images.typesetting import draw_text

MEDIA = Path(__file__).parent.parent / "media"
LONG_TITLE = (
    "The place where a wire, as they say in both cities, went out at night, "
    "and another, rather longer, came back in May 1943"
)
RUSSIAN_STATUS = "Ковентри приостановил побратимские связи с Волгоградом после вторжения России в Украину."
PANEL_RIGHT, PANEL_BOTTOM = social_cards.PROGRESS_X, social_cards.STATUS_TOP


@pytest.fixture(scope="module")
def published_cards(exhibition):
    return social_cards.needed(exhibition, MEDIA)


@pytest.fixture(scope="module")
def published_files(published_cards, tmp_path_factory):
    cache = DerivativeCache(tmp_path_factory.mktemp("media"))
    return [cache.get_or_create_file(card) for card in published_cards]


@pytest.fixture
def small_cards(folders):
    return social_cards.needed(load_valid(*folders), folders[1])


@pytest.fixture
def cache(folders):
    return DerivativeCache(folders[1])


def layout(title="The Quay", heading="Harbours", kicker="North · 1", status="The friendship rests."):
    card = social_cards.Card("quay", "en", Path("quay.png"), heading, kicker, title, status, "blue", ("blue",), 1)
    return social_cards.layout(card)


def ink(block):
    """The block drawn alone, white on black."""
    card = Image.new("L", (social_cards.WIDTH, social_cards.HEIGHT), "white")
    draw_text(ImageDraw.Draw(card), block, "black")
    return ImageChops.invert(card)


def glyph(letter):
    """The pixels of the letter."""
    image = ink(layout(letter)[2])
    return image.crop(image.getbbox()).tobytes()


def inside(outer, inner):
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def test_there_is_a_card_for_the_exhibition_and_for_each_stop(published_cards, exhibition):
    assert [card.slug for card in published_cards] == ["exhibition", *(stop.slug for stop in exhibition.stops)]


def test_every_card_has_the_size_that_open_graph_asks_for(published_files):
    assert {convert.verify(file) for file in published_files} == {(1200, 630)}


def test_every_card_is_a_jpeg_without_metadata(published_files):
    for file in published_files:
        with Image.open(file) as card:
            assert card.format == "JPEG"
            assert dict(card.getexif()) == {}
            assert "comment" not in card.info


def test_every_card_is_light_enough_for_any_messenger(published_files):
    assert max(file.stat().st_size for file in published_files) < 300_000


def test_a_card_of_the_busiest_picture_is_light_too(tmp_path, small_cards):
    noise = tmp_path / "noise.png"
    Image.effect_noise((1800, 1200), 200).save(noise)

    assert len(replace(small_cards[1], picture=noise).create()) < 300_000


def test_title_and_status_can_be_read_on_a_card_500_pixels_wide(published_cards):
    for card in published_cards:
        _, _, title, status = social_cards.layout(card)
        assert title.size >= 52, card.title
        assert status.size >= 26


def test_a_status_in_russian_can_be_read_as_well():
    assert layout(status=RUSSIAN_STATUS)[3].size >= 26


def test_a_stop_says_its_city_and_wears_its_colour(small_cards):
    assert [(card.kicker, card.colour) for card in small_cards[1:]] == [
        ("North Harbour · 1", "blue"),
        ("North Harbour · 2", "blue"),
        ("South Harbour · 3", "red"),
    ]


@pytest.mark.parametrize("title", [LONG_TITLE, "Достопримечательность", "Q" * 60, "Ё" * 60], ids=len)
def test_a_long_title_stays_within_the_panel(title):
    assert inside((social_cards.MARGIN, social_cards.MARGIN, PANEL_RIGHT, PANEL_BOTTOM), layout(title)[2].box)


@pytest.mark.parametrize("title", ["The Quay", LONG_TITLE], ids=len)
def test_nothing_stands_on_anything_else(title):
    heading, kicker, title, status = (block.box for block in layout(title))

    assert heading[3] <= kicker[1]
    assert kicker[3] <= title[1]
    assert title[3] <= PANEL_BOTTOM <= status[1]
    assert status[3] <= social_cards.HEIGHT


@pytest.mark.parametrize("title", ["Ёйц Åg(|", "Quay jetty\u00a0Éÿ, Ярмарка"])
def test_no_letter_leaves_the_box_of_its_words(title):
    block = layout(title)[2]

    assert inside(block.box, ink(block).getbbox())


@pytest.mark.parametrize("title", [LONG_TITLE, "Q" * 60])
def test_no_word_of_a_title_is_lost(title):
    lines = layout(title)[2].lines

    assert "".join(lines).replace("\u00a0", "").replace(" ", "") == title.replace(" ", "")


def test_a_title_rather_shrinks_a_little_than_leaves_an_article_alone():
    assert layout("The Children’s Fountain")[2].lines == ("The Children’s", "Fountain")


def test_a_word_of_one_letter_goes_with_the_next():
    assert all(not line.endswith((" с", " в")) for line in layout(status=RUSSIAN_STATUS)[3].lines)


def test_every_letter_and_sign_has_a_glyph(published_cards):
    alphabet = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя“”„«»–—‖№’…·"
    text = "".join(card.heading + card.kicker + card.title + card.status for card in published_cards)
    missing = glyph("\uffff")

    assert [letter for letter in sorted(set(alphabet + text) - {" "}) if glyph(letter) in (missing, b"")] == []


def test_a_card_has_the_light_colours_of_the_site():
    surface, text = (ImageColor.getrgb(social_cards.COLOURS[name]) for name in ("surface", "text"))

    assert min(surface) > max(text)


@pytest.mark.parametrize("field", ["title", "status", "heading", "kicker"])
def test_other_words_give_another_name(small_cards, field):
    changed = replace(small_cards[1], **{field: "Other words"})

    assert changed.name != small_cards[1].name


def test_another_picture_gives_another_name(small_cards):
    before = small_cards[1].name

    Image.new("RGB", (900, 600), "white").save(small_cards[1].picture)

    assert small_cards[1].name != before


def test_the_same_card_keeps_its_name(folders, small_cards):
    before = [card.name for card in small_cards]

    small_cards[1].picture.touch()

    assert [card.name for card in social_cards.needed(load_valid(*folders), folders[1])] == before


def test_each_language_has_a_name_of_its_own(folders, small_cards):
    translate(folders[0])

    german = social_cards.needed(load_valid(*folders, "de"), folders[1])

    assert {card.name for card in german}.isdisjoint(card.name for card in small_cards)


def test_a_name_is_known_before_anything_is_drawn(small_cards, monkeypatch):
    monkeypatch.setattr(social_cards.Card, "create", lambda card: pytest.fail("drawn"))

    assert small_cards[1].name.startswith("card-quay-en-")


def test_visitors_who_ask_at_once_share_one_drawing(cache, small_cards, monkeypatch):
    drawings = []
    create = social_cards.Card.create
    monkeypatch.setattr(social_cards.Card, "create", lambda card: drawings.append(card) or create(card))

    with ThreadPoolExecutor(8) as visitors:
        paths = set(visitors.map(cache.get_or_create_file, [small_cards[1]] * 8))

    assert (len(paths), len(drawings)) == (1, 1)


def test_a_drawing_that_fails_leaves_nothing_behind(cache, folders, small_cards):
    damaged = folders[1] / "damaged.jpg"
    Image.effect_noise((900, 600), 50).save(damaged)
    damaged.write_bytes(damaged.read_bytes()[:9000])

    with pytest.raises(ImageError):
        cache.get_or_create_file(replace(small_cards[1], picture=damaged))

    assert [path for path in folders[1].rglob("*") if "card" in path.name and path.is_file()] == []


def test_a_card_whose_text_has_changed_is_stale(cache, small_cards):
    paths = [cache.get_or_create_file(card) for card in small_cards]
    changed = replace(small_cards[1], title="The Old Quay")

    assert cache.stale([small_cards[0], changed, *small_cards[2:]]) == [paths[1]]


def test_cards_and_derivatives_on_view_are_neither_missing_nor_stale(cache, folders, small_cards):
    required = [*derivatives.needed(load_valid(*folders), folders[1]), *small_cards]
    assert cache.missing(required) == required

    for image in required:
        cache.get_or_create_file(image)

    assert (cache.missing(required), cache.stale(required)) == ([], [])
