"""Every fault in the files is told with file, field, fault and remedy; sound files become values."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import HOUSE
from tests.small import QUAY, spoil
from tour.addresses import KEPT, VIEW_NAMES
from tour.checks import check, in_every_language, published
from tour.content import read
from tour.editor import advice
from tour.model import Account, Claim, CloseView, Event, Figure, Link, Pair, Place, Region, Side, Stop
from tour.pages import VIEWS
from tour.problems import ContentError, report

TODAY = date(2026, 11, 22)
ALMANAC = """[almanac]
title = "The almanac"
publisher = "The Board"
language = "en"
address = "https://example.org/almanac"
seen = 2026-11-22

[ledger]"""
CRANE = "stops/north/02-crane.md"


def problems(data: Path, media: Path) -> str:
    reading = read(data)
    return report([*reading.problems, *check(reading, media)])


def test_sound_files_have_no_problems(folders):
    assert problems(*folders) == ""


def test_stops_come_in_the_order_of_their_numbers(folders):
    assert [stop.slug for stop in published(*folders).stops] == ["quay", "crane", "light"]


FAULTS = [
    # file, what is replaced, by what, and the message exactly
    (
        QUAY,
        'title = "The Quay"',
        "title = The Quay",
        f"{QUAY}: is not valid TOML: Invalid value (at line 2, column 9).\n"
        "    Look for a missing quotation mark, bracket or equals sign there.",
    ),
    (
        QUAY,
        "+++\ntitle",
        "title",
        f"{QUAY}: has no fields between two +++ lines.\n"
        "    Begin with +++, then the fields, then +++, then the narrative.",
    ),
    (QUAY, 'title = "The Quay"\n', "", f"{QUAY}: title is missing.\n    Add it."),
    (
        QUAY,
        'alt = "A picture of The Quay"',
        'alt = ""',
        f"{QUAY}: figures[1].alt is empty.\n    Say what the picture shows, for a visitor who cannot see it.",
    ),
    (
        QUAY,
        'alt = "A picture of The Quay"\n',
        "",
        f"{QUAY}: figures[1].alt is missing.\n    Say what the picture shows, for a visitor who cannot see it.",
    ),
    (
        QUAY,
        "alt = ",
        "allt = ",
        f"{QUAY}: figures[1].allt is not a field of a figure.\n    Did you mean alt?\n"
        f"{QUAY}: figures[1].alt is missing.\n    Say what the picture shows, for a visitor who cannot see it.",
    ),
    (
        QUAY,
        "latitude = 60.5",
        'latitude = "60.5"',
        f"{QUAY}: places[1].latitude is text, not a number.\n    Write it without quotation marks, like 52.408.",
    ),
    (
        QUAY,
        "latitude = 60.5",
        "latitude = nan",
        f"{QUAY}: places[1].latitude is not a real number, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    (
        QUAY,
        'lede = "A place by the water."',
        "lede = 7",
        f"{QUAY}: lede is a whole number, not text.\n    Write it between quotation marks.",
    ),
    (
        QUAY,
        "longitude = 10.5",
        "longitude = 1.05",
        f"{QUAY}: places[1].longitude is 1.05, which lies outside North Harbour.\n"
        "    Its stops lie between 10 and 11. Is a digit missing?",
    ),
    (
        QUAY,
        "latitude = 60.5\nlongitude = 10.5",
        "latitude = 10.5\nlongitude = 60.5",
        f"{QUAY}: places[1] has latitude 10.5 and longitude 60.5, which look swapped.\n"
        "    Latitude is north and south, longitude east and west: exchange the two.",
    ),
    (
        QUAY,
        "quay.png",
        "pier.png",
        f"{QUAY}: figures[1].image names pier.png, which is missing.\n"
        "    Put a sound picture of that name into media/.",
    ),
    (
        QUAY,
        "quay.png",
        "../quay.png",
        f"{QUAY}: figures[1].image names ../quay.png, which lies outside the folder of pictures.\n"
        "    Put a sound picture of that name into media/.",
    ),
    (
        CRANE,
        "A picture of The Crane",
        "A picture of The Quay",
        f"{CRANE}: figures[1].alt repeats that of {QUAY}: figures[1].\n"
        "    Say what this picture shows and the other doesn't.",
    ),
    (
        QUAY,
        "[^ledger]",
        "[^diary]",
        f"{QUAY}: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    (
        QUAY,
        "[^ledger]",
        "",
        f"{QUAY}: cites no source.\n    Say where the story comes from: [^id] names a source of sources.toml.",
    ),
    (
        QUAY,
        "https://example.org/a",
        "javascript:alert(1)",
        f"{QUAY}: links[1].address is javascript:alert(1), which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    (
        QUAY,
        "https://example.org/b",
        "www.example.org",
        f"{QUAY}: links[2].address is www.example.org, which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    (
        QUAY,
        'kind = "film"',
        'kind = "movie"',
        f"{QUAY}: links[2].kind is movie, which is unknown here.\n"
        "    Choose one of: page, article, news, reference, museum, official, film, audio, video, search.",
    ),
    (
        QUAY,
        'lede = "A place by the water."',
        'lede = "A place by the water."\ntwin = "lamp"',
        f"{QUAY}: twin is lamp, which is not a stop.\n    Give the slug of the stop at the other end.",
    ),
    (
        QUAY,
        "The quay was built in 1899.[^ledger]",
        "",
        f"{QUAY}: cites no source.\n    Say where the story comes from: [^id] names a source of sources.toml.\n"
        f"{QUAY}: narrative is empty.\n    Tell the story below the second +++ line.",
    ),
    (
        "sources.toml",
        "seen = 2026-11-22",
        'seen = "yesterday"',
        "sources.toml: ledger.seen is text, not a date.\n"
        "    Write it as year-month-day without quotation marks, like 2022-03-22.",
    ),
    (
        "exhibition.toml",
        "latitude = [60.0, 61.0]",
        "latitude = [60.0]",
        "exhibition.toml: cities[1].latitude has 1 values, not 2.\n    Give 2 values.",
    ),
    (
        QUAY,
        "[[links]]",
        '[[events]]\ndate = "1943-02-30"\nwhat = "It."\nsources = ["ledger"]\n\n[[links]]',
        f"{QUAY}: events[1].date is 1943-02-30, which is not a date.\n"
        "    Write 1943, 1943-01 or 1943-01-31, no more exact than the source.",
    ),
    (
        QUAY,
        "[[links]]",
        '[[pairs]]\ncaption = "c"\ncredit = "c"\nrights = "https://example.org"\n'
        'then = { image = "then.png", alt = "a", label = "b" }\n'
        'now = { image = "quay.png", alt = "d", label = "e" }\n\n[[links]]',
        f"{QUAY}: pairs[1].then.image names then.png, which is missing.\n"
        "    Put a sound picture of that name into media/.",
    ),
    (
        QUAY,
        "[[links]]",
        '[[close_views]]\ntitle = "t"\nimage = "quay.png"\nalt = "a"\ncaption = "c"\ncredit = "c"\n'
        'rights = "https://example.org"\n'
        'regions = [{ title = "t", words = "w", box = [0.5, 0, 0.6, 1] }]\n\n[[links]]',
        f"{QUAY}: close_views[1].regions[1].box lies outside the picture.\n"
        "    Give left, top, width and height as parts of the whole, from 0 to 1.",
    ),
    (
        "exhibition.toml",
        "[[cities]]",
        '[streets]\nname = "S"\naddress = "https://tiles.example.org/{z}/{x}.png"\ncredit = "c"\n'
        'credit_address = "https://example.org"\n\n[[cities]]',
        "exhibition.toml: streets.address lacks {y}.\n"
        "    Tile servers tell their address as https://…/{z}/{x}/{y}.png.",
    ),
    (
        "exhibition.toml",
        'about = "A harbour."',
        'about = "A harbour.[^diary]"',
        "exhibition.toml: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    (
        "exhibition.toml",
        "latitude = [60.0, 61.0]",
        "latitude = [61.0, 60.0]",
        "exhibition.toml: cities[1].latitude goes from 61 to 60.\n    Give the lower bound first.\n"
        f"{QUAY}: places[1].latitude is 60.5, which lies outside North Harbour.\n"
        "    Its stops lie between 61 and 60. Is a digit missing?\n"
        f"{CRANE}: places[1].latitude is 60.51, which lies outside North Harbour.\n"
        "    Its stops lie between 61 and 60. Is a digit missing?",
    ),
    (
        "exhibition.toml",
        'words = "We rest"\n',
        "",
        "exhibition.toml: status.words is missing.\n    Add it.",
    ),
    (
        "exhibition.toml",
        "[status]",
        '[[renamed]]\nwas = "crane"\nnow = "quay"\n\n[status]',
        "exhibition.toml: renamed[1].was is crane, which is a stop.\n"
        "    Take the entry out: the address leads to that stop.",
    ),
    (
        "exhibition.toml",
        "[status]",
        '[[renamed]]\nwas = "wharf"\nnow = "pier"\n\n[status]',
        "exhibition.toml: renamed[1].now is pier, which is not a stop.\n    Give the slug that the stop has now.",
    ),
    (
        "exhibition.toml",
        "[status]",
        '[[renamed]]\nwas = "wharf"\nnow = "quay"\n[[renamed]]\nwas = "wharf"\nnow = "crane"\n\n[status]',
        "exhibition.toml: renamed[2].was is wharf again.\n    Keep one of the two: an address leads to one stop.",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"), FAULTS, ids=[message.split("\n")[0] for *_, message in FAULTS]
)
def test_a_fault_is_told_with_file_field_and_remedy(folders, file, old, new, message):
    data, media = folders

    spoil(data, file, old, new)

    assert _without_count(problems(data, media)) == _sorted(message)


def test_all_faults_are_told_at_once(folders):
    data, media = folders

    spoil(data, QUAY, "[^ledger]", "[^diary]")
    spoil(data, CRANE, 'title = "The Crane"', "title = 1")
    spoil(data, "sources.toml", 'publisher = "The Board"', 'publisher = ""')

    assert problems(data, media).endswith("3 problems in the content.")


def test_a_stop_can_not_take_the_place_of_a_page_of_the_site(folders):
    data, media = folders
    (data / "stops/north/02-crane.md").rename(data / "stops/north/02-about.md")

    found = problems(data, media)

    assert "02-about.md: slug is about, the name of a page of the site.\n    Give the file another name." in found


def test_every_view_keeps_its_name():
    assert tuple(VIEWS) == VIEW_NAMES
    assert set(VIEWS) < set(KEPT)


def test_two_stops_with_one_slug_are_told(folders):
    data, media = folders
    (data / "stops/south/04-quay.md").write_text((data / "stops/south/03-light.md").read_text("utf-8"), "utf-8")
    spoil(data, "stops/south/04-quay.md", "A picture of The Light", "Another light")

    assert "stops/south/04-quay.md: slug is quay, as in stops/north/01-quay.md.\n" in problems(data, media)


def test_two_stops_with_one_number_are_told(folders):
    data, media = folders
    (data / "stops/south/03-light.md").rename(data / "stops/south/02-light.md")

    assert f"stops/south/02-light.md: has the number 2, as {CRANE} has.\n" in problems(data, media)


def test_a_file_that_is_not_named_like_a_stop_is_told(folders):
    data, media = folders
    (data / CRANE).rename(data / "stops/north/The Crane.md")

    assert "stops/north/The Crane.md: is not named like a stop.\n" in problems(data, media)


def test_a_stop_in_a_folder_that_is_no_city_is_told(folders):
    data, media = folders
    (data / "stops/south").rename(data / "stops/sooth")

    assert "stops/sooth/03-light.md: lies in a folder sooth, which is not a city.\n" in problems(data, media)


def test_a_city_without_a_stop_is_told(folders):
    data, media = folders
    (data / "stops/south/03-light.md").unlink()

    assert _without_count(problems(data, media)) == (
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n    Add a stop to stops/south/, or take the city out."
    )


def test_a_file_that_is_no_text_is_told(folders):
    data, media = folders
    (data / CRANE).write_bytes(b"\xff\xfe\x00")

    assert _without_count(problems(data, media)) == (
        f"{CRANE}: can't be read as text.\n    Save it as plain text in UTF-8."
    )


@pytest.mark.parametrize("name", ["exhibition.toml", "sources.toml"])
def test_a_missing_file_is_told(folders, name):
    data, media = folders
    (data / name).unlink()

    assert _without_count(problems(data, media)) == (
        f"{name}: is missing.\n    The exhibition needs a file of this name in {data}."
    )


def test_a_text_file_named_as_a_picture_is_told(folders):
    data, media = folders
    (media / "quay.png").write_text("not a picture", "utf-8")

    assert _without_count(problems(data, media)) == (
        f"{QUAY}: figures[1].image names quay.png, which is not a picture (PNG, JPEG, WebP, AVIF or TIFF).\n"
        "    Put a sound picture of that name into media/."
    )


def test_a_picture_cut_short_is_told(folders):
    data, media = folders
    noise = Image.effect_noise((900, 600), 80)
    noise.save(media / "quay.png")
    whole = (media / "quay.png").read_bytes()
    (media / "quay.png").write_bytes(whole[: len(whole) // 2])

    assert _without_count(problems(data, media)) == (
        f"{QUAY}: figures[1].image names quay.png, which is cut short or damaged.\n"
        "    Put a sound picture of that name into media/."
    )


def test_a_byte_order_mark_is_not_a_fault(folders):
    data, media = folders
    (data / QUAY).write_bytes(b"\xef\xbb\xbf" + (data / QUAY).read_bytes())

    assert problems(data, media) == ""


def test_a_faulty_exhibition_is_not_published(folders):
    data, media = folders
    spoil(data, QUAY, "[^ledger]", "[^diary]")

    with pytest.raises(ContentError) as error:
        published(data, media)

    assert [problem.file for problem in error.value.problems] == [QUAY]


def _without_count(text: str) -> str:
    return text.rsplit("\n", 1)[0]


def _sorted(message: str) -> str:
    lines = message.split("\n")
    return "\n".join(sorted(f"{fault}\n{remedy}" for fault, remedy in zip(lines[::2], lines[1::2], strict=True)))


def test_the_stop_explained_to_curators_is_sound(folders):
    data, media = folders
    guide = (HOUSE / "data/README.md").read_text("utf-8")
    explained = re.search(r"```\n(\+\+\+.*?)```", guide, re.DOTALL)[1]
    (data / "stops/north/04-old-harbour.md").write_text(explained, "utf-8")
    spoil(data, "sources.toml", "[ledger]", ALMANAC)
    Image.new("RGB", (1600, 900), "white").save(media / "old-harbour.png")

    assert problems(data, media) == ""
    assert [
        each for each in advice(in_every_language(data, media), data, media, TODAY) if "harbour" in each.problem.file
    ] == []


def test_every_field_of_a_stop_is_explained_to_curators():
    guide = (HOUSE / "data/README.md").read_text("utf-8")
    kinds = (Stop, Place, Figure, Link, Claim, Account, Event, Pair, Side, CloseView, Region)
    unset = {"slug", "city", "file", "narrative"}  # what the file's place and the story say

    named = {each.name for kind in kinds for each in fields(kind)} - unset
    assert {name for name in named if not re.search(rf"\b{name}\b", guide)} == set()
