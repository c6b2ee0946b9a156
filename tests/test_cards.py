"""Share cards: words that fit and can be read, names that tell one from another, each drawn once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from tests.small import translate
from tour.images import convert, social_card_drawing, social_cards
from tour.images.derivative_cache import DerivativeCache
from tour.images.safe_open import ImageError
from tour.images.typesetting import draw_text
from tour.validation.validate import load_valid

MEDIA = Path(__file__).parent.parent / "media"
LONG_TITLE = (
    "The place where a wire, as they say in both cities, went out at night, "
    "and another, rather longer, came back in May 1943"
)
RUSSIAN_STATUS = "Ковентри приостановил побратимские связи с Волгоградом после вторжения России в Украину."
PANEL_END, PANEL_FOOT = social_card_drawing.SEAM, social_card_drawing.BAND


@pytest.fixture(scope="module")
def every_card(exhibition):
    return social_cards.needed(exhibition, MEDIA)


@pytest.fixture(scope="module")
def every_file(every_card, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    return [social_cards.card_path(card, folder) for card in every_card]


@pytest.fixture
def small_cards(folders):
    return social_cards.needed(load_valid(*folders), folders[1])


def laid_out(title="The Quay", heading="Harbours", kicker="North · 1", status="The friendship rests."):
    return social_card_drawing.layout(heading, kicker, title, status, "blue")


def ink(block):
    """What the block leaves on a card that is otherwise white."""
    card = Image.new("L", (social_card_drawing.WIDTH, social_card_drawing.HEIGHT), "white")
    draw_text(ImageDraw.Draw(card), block, "black")
    return ImageChops.invert(card)


def glyph(letter):
    """The letter as drawn, cut out."""
    drawn = ink(laid_out(letter)[2])
    return drawn.crop(drawn.getbbox()).tobytes()


def inside(outer, inner):
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def test_there_is_a_card_for_the_exhibition_and_for_each_stop(every_card, exhibition):
    assert [card.slug for card in every_card] == ["exhibition", *(stop.slug for stop in exhibition.stops)]


def test_every_card_has_the_size_that_open_graph_asks_for(every_file):
    assert {convert.size(file) for file in every_file} == {(1200, 630)}


def test_every_card_is_a_jpeg_that_tells_nothing_of_its_making(every_file):
    for file in every_file:
        with Image.open(file) as card:
            assert card.format == "JPEG"
            assert dict(card.getexif()) == {}
            assert "comment" not in card.info


def test_every_card_is_light_enough_for_any_messenger(every_file):
    assert max(file.stat().st_size for file in every_file) < 300_000


def test_a_card_of_the_busiest_picture_is_light_too(tmp_path, small_cards):
    noise = tmp_path / "noise.png"
    Image.effect_noise((1800, 1200), 200).save(noise)

    assert social_cards.card_path(replace(small_cards[1], picture=noise), tmp_path).stat().st_size < 300_000


def test_title_and_status_can_be_read_on_a_card_500_pixels_wide(every_card):
    for card in every_card:
        _, _, title, status = social_card_drawing.layout(
            card.heading, card.kicker, card.title, card.status, card.colour
        )
        assert title.size >= 52, card.title
        assert status.size >= 26


def test_a_status_in_russian_can_be_read_as_well():
    assert laid_out(status=RUSSIAN_STATUS)[3].size >= 26


def test_a_stop_says_its_city_and_wears_its_colour(small_cards):
    assert [(card.kicker, card.colour) for card in small_cards[1:]] == [
        ("North Harbour · 1", "blue"),
        ("North Harbour · 2", "blue"),
        ("South Harbour · 3", "red"),
    ]


@pytest.mark.parametrize("title", [LONG_TITLE, "Достопримечательность", "Q" * 60, "Ё" * 60], ids=len)
def test_a_long_title_stays_within_the_panel(title):
    assert inside(
        (social_card_drawing.MARGIN, social_card_drawing.MARGIN, PANEL_END, PANEL_FOOT), laid_out(title)[2].box
    )


@pytest.mark.parametrize("title", ["The Quay", LONG_TITLE], ids=len)
def test_nothing_stands_on_anything_else(title):
    heading, kicker, title, status = (block.box for block in laid_out(title))

    assert heading[3] <= kicker[1]
    assert kicker[3] <= title[1]
    assert title[3] <= PANEL_FOOT <= status[1]
    assert status[3] <= social_card_drawing.HEIGHT


@pytest.mark.parametrize("title", ["Ёйц Åg(|", "Quay jetty\u00a0Éÿ, Ярмарка"])
def test_no_letter_leaves_the_box_of_its_words(title):
    block = laid_out(title)[2]

    assert inside(block.box, ink(block).getbbox())


@pytest.mark.parametrize("title", [LONG_TITLE, "Q" * 60])
def test_no_word_of_a_title_is_lost(title):
    lines = laid_out(title)[2].lines

    assert "".join(lines).replace("\u00a0", "").replace(" ", "") == title.replace(" ", "")


def test_a_title_rather_shrinks_a_little_than_leaves_an_article_alone():
    assert laid_out("The Children’s Fountain")[2].lines == ("The Children’s", "Fountain")


def test_a_word_of_one_letter_goes_with_the_next():
    assert all(not line.endswith((" с", " в")) for line in laid_out(status=RUSSIAN_STATUS)[3].lines)


def test_every_letter_and_sign_has_a_glyph(every_card):
    alphabet = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя“”„«»–—‖№’…·"
    said = "".join(card.heading + card.kicker + card.title + card.status for card in every_card)
    missing = glyph("\uffff")

    assert [letter for letter in sorted(set(alphabet + said) - {" "}) if glyph(letter) in (missing, b"")] == []


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
    monkeypatch.setattr(social_card_drawing, "drawn", lambda *of: pytest.fail("drawn"))

    assert small_cards[1].name.startswith("card-quay-en-")


def test_visitors_who_ask_at_once_share_one_drawing(folders, small_cards, monkeypatch):
    drawings = []
    draw = social_card_drawing.draw
    monkeypatch.setattr(social_card_drawing, "drawn", lambda *of: drawings.append(threading.get_ident()) or draw(*of))

    with ThreadPoolExecutor(8) as visitors:
        paths = set(visitors.map(lambda card: social_cards.card_path(card, folders[1]), [small_cards[1]] * 8))

    assert (len(paths), len(drawings)) == (1, 1)


def test_a_drawing_that_fails_leaves_nothing_behind(folders, small_cards):
    damaged = folders[1] / "damaged.jpg"
    Image.effect_noise((900, 600), 50).save(damaged)
    damaged.write_bytes(damaged.read_bytes()[:9000])

    with pytest.raises(ImageError):
        social_cards.card_path(replace(small_cards[1], picture=damaged), folders[1])

    assert [path for path in folders[1].rglob("*") if "card" in path.name and path.is_file()] == []


def test_a_card_whose_words_have_changed_is_stale(folders, small_cards):
    paths = [social_cards.card_path(card, folders[1]) for card in small_cards]
    changed = replace(small_cards[1], title="The Old Quay")

    assert list(social_cards.stale([small_cards[0], changed, *small_cards[2:]], folders[1])) == [paths[1]]


def test_the_shelf_of_derivatives_leaves_cards_alone(folders, small_cards):
    social_cards.card_path(small_cards[0], folders[1])

    assert list(DerivativeCache(folders[1]).stale([])) == []
