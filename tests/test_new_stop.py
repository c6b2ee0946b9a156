"""new-stop: a few questions, and a file for a new stop that lacks only what a person can say."""

import tomllib

import pytest
from click.testing import CliRunner

from tests import generated_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import replace_once
from tour.__main__ import main
from tour.content.files import split_front_matter
from tour.content.loader import load
from tour.curation.scaffold.new_stop import slugify

OPTIONS = ("--city", "crumbury", "--title", "The Mill", "--latitude", "46.305", "--longitude", "-29.61", "--yes")
MILL = "stops/crumbury/04-the-mill.md"
EMPTY_FIELDS = {
    *("lede", "figures[1].image", "figures[1].alt", "figures[1].caption", "figures[1].credit", "figures[1].rights"),
    *(f"links[{n}].{name}" for n in (1, 2) for name in ("title", "publisher", "address", "language", "kind")),
    "narrative",
}


@pytest.fixture
def ours(tmp_path, monkeypatch):
    """Data and media folders of the invented exhibition, for which the commands run."""
    data, media = generated_exhibition.write(tmp_path / "ours")
    monkeypatch.setenv("TOUR_DATA", str(data))
    monkeypatch.setenv("TOUR_MEDIA", str(media))
    return data, media


def new_stop(*options, answers=""):
    return CliRunner().invoke(main, ["new-stop", *options], input=answers)


def with_option(name, value) -> list[str]:
    """The options with another value, or with one more."""
    options = list(OPTIONS)
    if name in options:
        options[options.index(name) + 1] = value
        return options
    return [*options, name, value]


def fields(path) -> dict:
    return tomllib.loads(split_front_matter(path.read_text("utf-8"), "")[0])


def files(data) -> list[str]:
    return sorted(path.relative_to(data).as_posix() for path in data.rglob("*.md"))


def test_it_says_where_the_file_is_and_how_to_see_what_is_left(ours):
    result = new_stop(*OPTIONS)

    assert result.exit_code == 0
    assert result.output.splitlines()[0] == f"Wrote {ours[0] / MILL}."
    assert result.output.splitlines()[-1].endswith("python -m tour check")
    assert f"TOUR_DATA={ours[0]}" in result.output


def test_check_names_all_that_is_left_and_nothing_else(ours):
    new_stop(*OPTIONS)

    assert {(problem.file, problem.field) for problem in load(ours[0]).problems} == {
        (MILL, field) for field in EMPTY_FIELDS
    }


def test_every_empty_field_says_what_to_write(ours):
    new_stop(*OPTIONS)
    lines = (ours[0] / MILL).read_text("utf-8").splitlines()

    for number, line in enumerate(lines):
        if line in ('lede = ""', 'image = ""', 'alt = ""', 'caption = ""', 'credit = ""', 'rights = ""'):
            assert lines[number - 1].startswith("# ")


def test_once_it_is_filled_in_it_is_shown(ours):
    new_stop(*OPTIONS, "--picture", str(PROJECT_ROOT / "tour/static/icon.png"))
    fill_in(ours[0] / MILL)

    stop = load_valid(*ours).stop("the-mill")

    assert (stop.title, stop.places[0].latitude, stop.places[0].longitude) == ("The Mill", 46.305, -29.61)
    assert stop.figures[0].image == "the-mill.png"


def fill_in(path):
    text = path.read_text("utf-8")
    for name, words in (
        ("language", "en"),
        ("kind", "page"),
        ("address", "https://example.org"),
        ("rights", "https://example.org"),
    ):
        text = text.replace(f'\n{name} = ""', f'\n{name} = "{words}"')
    path.write_text(text.replace('= ""', '= "Words"') + "\nIt grinds.[^ferry-log]\n", "utf-8")


def test_the_questions_are_answered_at_a_prompt(ours):
    result = new_stop(answers="Crumbury\nThe Mill\n46.305, -29.61\n\n\n\n")

    assert result.exit_code == 0
    assert "Slug, its name in addresses [the-mill]" in result.output
    assert "Number in the tour [4]" in result.output
    assert fields(ours[0] / MILL)["places"][0]["longitude"] == -29.61


def test_a_wrong_answer_is_asked_for_again(ours):
    answers = (
        "atlantis",
        "crumbury",
        "",
        "The Mill",
        "over there",
        "6.3, -29.6",
        "46.305",
        "-29.61",
        "bakery",
        "mill",
        "x",
        "2",
        "9",
        "",
    )
    result = new_stop(answers="\n".join(answers) + "\n")

    assert result.exit_code == 0
    for fault in (
        "atlantis is not a city of the exhibition. Choose one of: lanternholm, crumbury.",
        "over there is not a place. Write degrees with a point, like 52.4077, -1.5078.",
        "is 6.3, which lies outside Crumbury.",
        "slug is bakery, as in stops/crumbury/03-bakery.md.",
        "x is not a whole number. Write it in digits, like 7.",
        "has the number 2, as stops/lanternholm/02-ferry.md has.",
    ):
        assert fault in result.output
    assert (ours[0] / "stops/crumbury/09-mill.md").is_file()


def test_one_city_is_not_asked_for(tmp_path, monkeypatch):
    data, media = generated_exhibition.with_one_city(tmp_path / "ours")
    monkeypatch.setenv("TOUR_DATA", str(data))
    monkeypatch.setenv("TOUR_MEDIA", str(media))

    result = new_stop(answers="The Mill\n46.0, -31.0\n\n\n\n")

    assert "City" not in result.output
    assert (data / "stops/lanternholm/03-the-mill.md").is_file()


@pytest.mark.parametrize("answers", ["", "crumbury\n", "crumbury\nThe Mill\n46.3, -29.6\n"])
def test_without_answers_it_ends_with_a_hint_and_writes_nothing(ours, answers):
    before = files(ours[0])
    result = new_stop(answers=answers)

    assert result.exit_code == 1
    assert "Nothing was written. Where nobody is there to answer, give the answers as options:" in result.stderr
    assert files(ours[0]) == before


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("--city", "atlantis", "atlantis is not a city of the exhibition. Choose one of: lanternholm, crumbury."),
        ("--title", " ", "Write a few words."),
        ("--latitude", "north", "north is not a place. Write degrees with a point, like 52.4077, -1.5078."),
        ("--longitude", "west", "west is not a longitude. Write degrees with a point, like -1.5078."),
        ("--number", "first", "first is not a whole number. Write it in digits, like 7."),
        ("--number", "-1", "-1 is not a whole number. Write it in digits, like 7."),
        ("--number", "9" * 5000, f"{'9' * 5000} is not a whole number. Write it in digits, like 7."),
        ("--slug", "../../x", "../../x is not a slug. Write letters, digits and hyphens, like old-mill."),
        ("--slug", "a/05-b", "a/05-b is not a slug. Write letters, digits and hyphens, like old-mill."),
        ("--picture", "~nobody-here/a.png", "~nobody-here/a.png is not a picture's file."),
        ("--picture", "a\0b", "a\0b is not a picture's file."),
        ("--picture", "a" * 5000, f"{'a' * 5000} is not a picture's file."),
    ],
)
def test_an_answer_that_nobody_can_read_is_refused(ours, name, value, fault):
    before = files(ours[0])
    result = new_stop(*with_option(name, value))

    assert (result.exit_code, result.stderr) == (1, f"{fault}\n")
    assert files(ours[0]) == before


@pytest.mark.parametrize(
    ("name", "value", "file", "old", "new"),
    [
        ("--slug", "ferry", "stops/crumbury/04-ferry.md", "", ""),
        ("--slug", "about", "stops/crumbury/04-about.md", "", ""),
        ("--slug", "The Mill", "stops/crumbury/04-The Mill.md", "", ""),
        ("--number", "3", "stops/crumbury/03-the-mill.md", "", ""),
        ("--latitude", "36.305", MILL, "latitude = 46.305", "latitude = 36.305"),
        ("--longitude", "29.61", MILL, "longitude = -29.61", "longitude = 29.61"),
        (
            "--latitude",
            "-29.61, 46.305",
            MILL,
            "latitude = 46.305\nlongitude = -29.61",
            "latitude = -29.61\nlongitude = 46.305",
        ),
    ],
)
def test_what_check_would_refuse_is_refused_in_the_same_words(ours, name, value, file, old, new):
    result = new_stop(*with_option(name, value))
    new_stop(*OPTIONS, "--picture", str(PROJECT_ROOT / "tour/static/icon.png"))
    fill_in(ours[0] / MILL)
    if old:
        replace_once(ours[0], MILL, old, new)
    (ours[0] / MILL).rename(ours[0] / file)

    checked = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 1
    assert result.stderr.strip() == checked.stderr.strip().rpartition("\n")[0]


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("46.305, -29.61", 46.305, -29.61),
        ("46.305 -29.61", 46.305, -29.61),
        ("(46.305; −29.61)", 46.305, -29.61),
        ("46.305° N, 29.61° W", 46.305, -29.61),
        ("+46.305,-29.61", 46.305, -29.61),
    ],
)
def test_a_place_is_taken_as_a_map_gives_it(ours, place, latitude, longitude):
    result = new_stop("--city", "crumbury", "--title", "The Mill", "--latitude", place, "--yes")

    assert result.exit_code == 0
    assert fields(ours[0] / MILL)["places"][0].items() >= {"latitude": latitude, "longitude": longitude}.items()


def test_a_picture_from_elsewhere_is_copied_under_the_slug(ours, tmp_path):
    (tmp_path / "IMG_0001.PNG").write_bytes((ours[1] / "ferry.png").read_bytes())

    new_stop(*OPTIONS, "--picture", str(tmp_path / "IMG_0001.PNG"))

    assert fields(ours[0] / MILL)["figures"][0]["image"] == "the-mill.png"
    assert (ours[1] / "the-mill.png").read_bytes() == (ours[1] / "ferry.png").read_bytes()


def test_a_picture_in_the_folder_keeps_its_name(ours):
    new_stop(*OPTIONS, "--picture", "ferry.png")

    assert fields(ours[0] / MILL)["figures"][0]["image"] == "ferry.png"


@pytest.mark.parametrize(
    ("picture", "fault"), [("none.png", "is missing"), ("../data/sources.toml", "is not a picture")]
)
def test_a_picture_that_cannot_be_shown_is_refused(ours, picture, fault):
    result = new_stop(*OPTIONS, "--picture", str(ours[1] / picture))

    assert result.exit_code == 1
    assert f"{MILL}: figures[1].image names {picture.rpartition('/')[2]}, which {fault}" in result.stderr
    assert not (ours[0] / MILL).exists()


def test_a_picture_is_never_written_over(ours):
    (ours[1] / "the-mill.png").write_bytes(b"mine")

    result = new_stop(*OPTIONS, "--picture", str(PROJECT_ROOT / "tour/static/icon.png"))

    assert result.stderr == f"{ours[1] / 'the-mill.png'} is there already, and nothing was written.\n"
    assert (ours[1] / "the-mill.png").read_bytes() == b"mine"
    assert not (ours[0] / MILL).exists()


def test_the_next_number_is_the_next_free_one(ours):
    new_stop(*OPTIONS)
    new_stop("--city", "lanternholm", "--title", "The Common", "--latitude", "46.0, -31.0", "--yes")

    assert (ours[0] / "stops/lanternholm/05-the-common.md").is_file()


def test_a_title_that_another_stop_has_gets_a_slug_of_its_own(ours):
    replace_once(ours[0], "stops/crumbury/03-bakery.md", 'title = "The Bakery"', "title = broken")
    new_stop(*with_option("--title", "Bakery"))

    assert (ours[0] / "stops/crumbury/04-bakery-2.md").is_file()


def test_an_exhibition_that_cannot_be_read_is_reported(ours):
    replace_once(ours[0], "exhibition.toml", "[status]", "[status")

    result = new_stop(*OPTIONS)

    assert result.exit_code == 1
    assert result.stderr.startswith("exhibition.toml: line ")


@pytest.mark.parametrize("title", ['Say "when"', "Back\\slash", "A\ttab", "$title", "ё – “й”", "# +++", "A\udcff"])
def test_any_title_can_be_read_again(ours, title):
    new_stop(*with_option("--title", title), "--slug", "any")

    written = fields(ours[0] / "stops/crumbury/04-any.md")["title"]
    assert written == title.replace("\t", "").replace("\udcff", "")


def test_it_knows_the_published_exhibition(monkeypatch, tmp_path):
    monkeypatch.setenv("TOUR_DATA", str(PROJECT_ROOT / "data"))
    result = new_stop("--title", "A", "--city", "coventry", "--latitude", "52.4, -1.5", "--slug", "the-vote", "--yes")

    assert result.stderr.startswith(
        "stops/coventry/26-the-vote.md: slug is the-vote, as in stops/coventry/25-the-vote.md."
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Old Mill", "the-old-mill"),
        ("St Mary’s Guildhall", "st-marys-guildhall"),
        ("Дом Павлова", "dom-pavlova"),
        ("Площадь Щорса, 5", "ploshchad-shchorsa-5"),
        ("Żółć & Æther", "zolc-aether"),
        ("Λιμάνι", "limani"),
        ("灯台", "dengtai"),
        ("…", ""),
        ("word " * 20, "-".join(["word"] * 12)),
        ("a" * 80, "a" * 60),
    ],
)
def test_a_slug_is_made_of_the_titles_letters(title, slug):
    assert slugify(title) == slug
