"""Photographs from Wikimedia Commons, from the name in a stop's file to the page."""

import hashlib
import json

import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image

from tests.small import GERMAN_QUAY, QUAY, spoil, translate
from tests.stand_in import Reply, picture, running_stand_in
from tour import typography
from tour.__main__ import main
from tour.model.navigation import locate
from tour.open_data.iiif import manifest
from tour.open_data.json_ld import stop_jsonld
from tour.validation.validate import load_valid
from tour.views.article import stop_article

CRANE = "stops/north/02-crane.md"
TITLE = "File:Old quay.jpg"
ORIGIN = "https://commons.wikimedia.org/wiki/File:Old_quay.jpg"
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
CREDIT = "Jane & Joe, via Wikimedia Commons, CC BY-SA 4.0"
DRAWN = 'image = "quay.png"\n'
MADE = 'credit = "Drawn by nobody"\nrights = "https://creativecommons.org/licenses/by/4.0/"\n'


@pytest.fixture
def kept():
    with running_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def data(folders, kept, monkeypatch):
    """The data folder, whose quay names a photograph and holds nothing else that comes with one."""
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.setenv("TOUR_COMMONS", kept.api)
    monkeypatch.setenv("TOUR_CONTACT", "curator@example.org")
    spoil(folders[0], QUAY, DRAWN, f'commons = "{TITLE}"\n')
    spoil(folders[0], QUAY, MADE, "")
    return folders[0]


@pytest.fixture
def media(folders):
    return folders[1]


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["photos", *options])


def check() -> Result:
    return CliRunner().invoke(main, ["check"])


def masters(media) -> list[str]:
    return sorted(path.name for path in media.glob("*.*"))


def test_a_photograph_comes_with_its_credit_and_the_page_shows_both(data, media, kept):
    kept.keep(TITLE, picture())

    before = check()
    result = run()

    assert before.exit_code == 1
    assert (result.exit_code, check().exit_code) == (0, 0)
    assert result.output == (
        f"{QUAY}: figures[1]: fetched {TITLE} as quay-photo.jpg, 1400 × 900 pixels, CC BY-SA 4.0.\n"
        "1 fetched, 0 unchanged, 0 refused.\n"
    )
    harbours = load_valid(data, media)
    page = html.fromstring(stop_article(harbours, locate(harbours, "quay"), media))
    (credit,) = page.xpath("//span[@class='tour-credit']")
    assert credit.text_content() == typography.text("Jane & Joe, via Wikimedia Commons. CC BY-SA 4.0")
    assert credit.xpath("a/@href") == [ORIGIN, LICENCE]


def test_a_figure_without_its_picture_is_told_how_to_get_it(data):
    told = check().output

    remedy = f"Run python -m tour photos: it fetches {TITLE} with its credit."
    for field in ("image", "credit", "rights"):
        assert f"{QUAY}: figures[1].{field} is missing.\n    {remedy}\n" in told


def test_the_words_that_a_person_says_stay_missing(data, kept):
    kept.keep(TITLE, picture())
    spoil(data, QUAY, 'alt = "A picture of The Quay"\n', "")

    assert run().exit_code == 0
    assert "figures[1].alt is missing.\n    Say what the picture shows" in check().output


def test_nothing_else_of_the_file_is_touched(data, kept):
    kept.keep(TITLE, picture())
    (data / QUAY).write_bytes((data / QUAY).read_bytes().replace(b"\n", b"\r\n").replace(b"alt =", b"# why\r\nalt  ="))
    before = (data / QUAY).read_bytes()

    run()

    named = f'commons = "{TITLE}"\r\n'
    lines = f'{named}image = "quay-photo.jpg"\r\ncredit = "{CREDIT}"\r\nrights = "{LICENCE}"\r\norigin = "{ORIGIN}"\r\n'
    assert (data / QUAY).read_bytes() == before.replace(named.encode(), lines.encode())


def test_a_second_run_asks_for_nothing(data, kept, monkeypatch):
    kept.keep(TITLE, picture())
    run()
    kept.asked.clear()
    monkeypatch.delenv("TOUR_CONTACT")

    result = run()

    assert result.output == f"{QUAY}: figures[1]: unchanged, quay-photo.jpg.\n0 fetched, 1 unchanged, 0 refused.\n"
    assert (result.exit_code, kept.asked) == (0, [])


def test_what_is_asked_for_again_and_is_the_same_stays(data, media, kept):
    kept.keep(TITLE, picture())
    run()
    before = (data / QUAY).stat().st_mtime_ns, (media / "quay-photo.jpg").stat().st_mtime_ns

    result = run("--again")

    assert "0 fetched, 1 unchanged" in result.output
    assert ((data / QUAY).stat().st_mtime_ns, (media / "quay-photo.jpg").stat().st_mtime_ns) == before


def test_a_new_version_takes_the_place_of_the_old_one(data, media, kept):
    kept.keep(TITLE, picture())
    run()
    kept.keep(TITLE, picture(1500), Artist="Jack")

    run("--again")

    assert load_valid(data, media).stops[0].figures[0].credit == "Jack, via Wikimedia Commons, CC BY-SA 4.0"
    assert "quay-photo-2.jpg" not in masters(media)
    with Image.open(media / "quay-photo.jpg") as image:
        assert image.width == 1500


def test_a_new_picture_comes_although_its_credit_is_the_same(data, media, kept):
    kept.keep(TITLE, picture())
    run()
    kept.keep(TITLE, picture(1500))

    assert "1 fetched" in run("--again").output


def test_a_picture_that_another_figure_shows_too_is_not_overwritten(data, media, kept):
    kept.keep(TITLE, picture())
    kept.keep("File:New quay.jpg", picture(1500))
    run()
    before = (media / "quay-photo.jpg").read_bytes()
    table = (data / QUAY).read_text("utf-8").split("[[figures]]")[1].split("[[links]]")[0]
    other = table.replace(TITLE, "File:New quay.jpg").replace("A picture", "Another")
    spoil(data, QUAY, "[[links]]", f"[[figures]]{other}[[links]]")

    run()

    assert (media / "quay-photo.jpg").read_bytes() == before
    assert [each.image for each in load_valid(data, media).stops[0].figures] == ["quay-photo.jpg", "quay-photo-2.jpg"]


def test_another_name_of_a_file_brings_another_picture(data, media, kept):
    kept.keep(TITLE, picture())
    kept.keep("File:New quay.png", picture(kind="PNG"))
    run()
    spoil(data, QUAY, TITLE, "File:New quay.png")

    run()

    figure = load_valid(data, media).stops[0].figures[0]
    assert (figure.image, figure.origin) == ("quay-photo-2.png", "https://commons.wikimedia.org/wiki/File:New_quay.png")


def test_a_picture_that_is_gone_is_fetched_again(data, media, kept):
    kept.keep(TITLE, picture())
    run()
    (media / "quay-photo.jpg").unlink()

    run()

    assert (media / "quay-photo.jpg").is_file()


def test_no_master_of_anyone_else_is_overwritten(data, media, kept):
    kept.keep(TITLE, picture())
    (media / "quay-photo.png").write_bytes(b"mine")
    spoil(data, CRANE, 'image = "crane.png"', 'image = "quay-photo-2.jpg"')

    run()

    assert (media / "quay-photo.png").read_bytes() == b"mine"
    assert 'image = "quay-photo-3.jpg"' in (data / QUAY).read_text("utf-8")


def test_a_photograph_of_ones_own_is_not_overwritten(data, media, kept):
    kept.keep(TITLE, picture())
    (media / "quay-photo.jpg").write_bytes(b"mine")
    spoil(data, QUAY, "commons =", 'image = "quay-photo.jpg"\ncommons =')

    run()

    assert (media / "quay-photo.jpg").read_bytes() == b"mine"
    assert 'image = "quay-photo-2.jpg"' in (data / QUAY).read_text("utf-8")


def test_two_figures_of_a_stop_have_two_masters(data, media, kept):
    kept.keep(TITLE, picture())
    spoil(data, QUAY, "[[links]]", f'[[figures]]\ncommons = "{TITLE}"\nalt = "b"\ncaption = "c"\n\n[[links]]')

    run()

    assert [each.image for each in load_valid(data, media).stops[0].figures] == ["quay-photo.jpg", "quay-photo-2.jpg"]


def test_a_drawing_gives_its_place_to_a_photograph(data, media, kept):
    kept.keep(TITLE, picture())
    spoil(data, QUAY, f'commons = "{TITLE}"\n', f'{DRAWN}commons = "{TITLE}"  # found by Ann\n{MADE}')

    told = run().output

    assert "    It hangs in place of quay.png: see whether alt and caption fit it.\n" in told
    assert f'[[figures]]\nimage = "quay-photo.jpg"\ncommons = "{TITLE}"  # found by Ann\norigin' in (
        data / QUAY
    ).read_text("utf-8")
    assert (media / "quay.png").is_file()
    assert check().exit_code == 0


def test_a_credit_in_another_language_gives_way(data, media, kept):
    kept.keep(TITLE, picture())
    translate(data)
    spoil(data, GERMAN_QUAY, "caption =", 'credit = "Von niemandem"\ncaption =')

    told = run().output

    assert f"    {GERMAN_QUAY}: figures[1].credit is said there, and not shown: take it out.\n" in told
    assert load_valid(data, media, "de").stops[0].figures[0].credit == CREDIT


@pytest.mark.parametrize("field", ["commons", "origin"])
def test_a_translation_does_not_say_where_a_picture_comes_from(data, kept, field):
    kept.keep(TITLE, picture())
    run()
    translate(data)
    spoil(data, GERMAN_QUAY, "caption =", f'{field} = "x"\ncaption =')

    assert f"{GERMAN_QUAY}: figures[1].{field} holds no words." in check().output


def test_other_restrictions_are_told(data, kept):
    kept.keep(TITLE, picture(), Restrictions="trademarked|personality")

    assert "restrictions beside copyright (trademarked, personality)" in run().output


def test_a_wide_original_comes_at_a_standard_width(data, media, kept):
    kept.keep(TITLE, picture(3840, 400))

    assert "1920 × 200 pixels" in run().output


@pytest.mark.parametrize(("spoilt", "value"), [("size", 60_000_000), ("height", 100_000)])
def test_an_original_that_is_too_much_comes_at_a_standard_width(data, kept, spoilt, value):
    kept.keep(TITLE, picture(2400, 600))[spoilt] = value

    assert "1920 × 480 pixels" in run().output


def test_an_original_of_useful_width_comes_as_it_is(data, media, kept):
    content = picture(3200, 400)
    kept.keep(TITLE, content)

    run()

    assert (media / "quay-photo.jpg").read_bytes() == content


@pytest.mark.parametrize(("title", "mime"), [("File:Quay.svg", "image/svg+xml"), ("File:Quay.tif", "image/tiff")])
def test_what_a_browser_does_not_show_comes_as_a_thumbnail(data, media, kept, title, mime):
    kept.keep(title, picture(600, 400, "PNG"), mime)
    spoil(data, QUAY, TITLE, title)

    assert "as quay-photo.png, 1920 × 1280 pixels" in run().output


def refused(data, kept, fault: str) -> str:
    """The remedy, once the fault is told and nothing is written."""
    before = (data / QUAY).read_bytes()

    result = run()

    told = result.output.splitlines()
    assert told[0] == f"{QUAY}: figures[1].commons names {TITLE}, {fault}."
    assert (result.exit_code, told[-1]) == (1, "0 fetched, 0 unchanged, 1 refused.")
    assert (data / QUAY).read_bytes() == before
    assert masters(data.parent / "media") == ["crane.png", "light.png", "quay.png"]
    return told[1].strip()


def test_a_licence_that_is_not_free_is_refused(data, kept):
    kept.keep(TITLE, picture(), LicenseShortName="CC BY-NC 2.0")

    remedy = refused(data, kept, "whose licence, CC BY-NC 2.0, is none that is known here to let us show it")
    assert remedy == "Choose a picture in the public domain, or with CC0, CC BY or CC BY-SA."
    assert len(kept.asked) == 1


def test_a_file_that_is_not_there_is_refused(data, kept):
    refused(data, kept, "which is not on Wikimedia Commons")


def test_a_name_that_commons_does_not_allow_is_refused(data, kept):
    pages = [{"title": TITLE, "invalidreason": "It contains invalid characters.", "invalid": True}]
    kept.next_answers.append(Reply(json.dumps({"query": {"pages": pages}}).encode()))

    refused(data, kept, "which is no name of a file")


def test_a_file_that_was_taken_away_is_refused(data, kept):
    pages = [{"title": TITLE, "imageinfo": [{"filehidden": True}]}]
    kept.next_answers.append(Reply(json.dumps({"query": {"pages": pages}}).encode()))

    refused(data, kept, "which Wikimedia Commons keeps no longer")


@pytest.mark.parametrize("mime", ["image/gif", "application/pdf", "video/webm"])
def test_what_is_no_still_picture_is_refused(data, kept, mime):
    kept.keep(TITLE, picture(), mime)

    refused(data, kept, f"which is {mime}")


def test_a_picture_that_is_not_the_one_described_is_refused(data, kept):
    kept.keep(TITLE, picture())["sha1"] = hashlib.sha1(b"another").hexdigest()

    refused(data, kept, "whose picture is not the one that Commons describes")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (picture(3900, 100)[:-400], "whose picture is cut short or damaged"),
        (b"<html>Too busy</html>", "whose picture is not a picture (PNG, JPEG, WebP, AVIF or TIFF)"),
    ],
    ids=["cut short", "a page"],
)
def test_a_thumbnail_that_is_no_sound_picture_is_refused(data, kept, content, fault):
    info = kept.keep(TITLE, picture(3900, 100))
    kept.pictures[info["url"].removeprefix(kept.root) + "/1920px"] = Reply(content)

    refused(data, kept, fault)


def test_a_picture_on_another_host_is_refused(data, kept):
    kept.keep(TITLE, picture())["url"] = "https://example.org/quay.jpg"

    refused(data, kept, "which lies on another host (example.org)")


UNREADABLE = "of which Wikimedia Commons says nothing that can be read"
TOO_LITTLE = "of which Wikimedia Commons does not tell enough"
SAID = [
    (b"<html>Busy</html>", UNREADABLE),
    (b"[]", UNREADABLE),
    (b'{"query": {"pages": [{"title": "File:Old quay.jpg", "imageinfo": [{"url": "x"}]}]}}', TOO_LITTLE),
    (b'{"query": {"pages": []}}', TOO_LITTLE),
    (
        b'{"error": {"code": "internal_api_error", "info": "Caught exception"}}',
        "of which Wikimedia Commons says: Caught exception",
    ),
]


@pytest.mark.parametrize(("said", "fault"), SAID, ids=["a page", "a list", "too little", "nothing", "an error"])
def test_an_answer_that_says_nothing_is_told(data, kept, said, fault):
    kept.next_answers.append(Reply(said))

    assert refused(data, kept, fault) == "Try again later."


def test_a_busy_server_is_waited_for(data, kept):
    kept.keep(TITLE, picture())
    lag = b'{"error": {"code": "maxlag", "info": "Waiting for 10.0.0.1: 6 seconds lagged"}}'
    kept.next_answers.append(Reply(lag, 200, {"Retry-After": "0", "MediaWiki-API-Error": "maxlag"}))

    assert "1 fetched" in run().output


def test_a_file_in_which_nothing_can_be_written_is_told(data, kept):
    kept.keep(TITLE, picture())
    spoil(data, QUAY, f'commons = "{TITLE}"', f'"commons" = "{TITLE}"')

    refused(data, kept, "whose credit can't be written here without touching more")


def test_a_folder_in_which_nothing_can_be_written_is_told(data, media, kept, monkeypatch):
    kept.keep(TITLE, picture())
    monkeypatch.setenv("TOUR_MEDIA", str(media / "quay.png"))

    assert "which can't be kept here (" in run().output


def test_a_stand_in_that_is_no_address_is_told(data, kept, monkeypatch):
    monkeypatch.setenv("TOUR_COMMONS", "http://[::1/w/api.php")

    assert f"names {TITLE}, which can't be reached (" in run().output


def test_one_failure_never_stops_the_others(data, kept):
    kept.keep("File:Crane.jpg", picture())
    spoil(data, CRANE, 'image = "crane.png"\n', 'commons = "File:Crane.jpg"\n')
    (data / "stops/south/03-light.md").write_text("+++\nno fields", "utf-8")

    result = run()

    assert result.exit_code == 1
    assert "stops/south/03-light.md: has no second +++ line.\n" in result.output
    assert f"{CRANE}: figures[1]: fetched File:Crane.jpg as crane-photo.jpg" in result.output
    assert result.output.endswith("1 fetched, 0 unchanged, 1 refused.\n")


NAMES = ["old quay.jpg", "File:", "File:Quay", "File:A.jpg|File:B.jpg", "https://commons.wikimedia.org/wiki/File:A.jpg"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_name_of_a_file_is_not_asked_for(data, media, kept, name):
    spoil(data, QUAY, TITLE, name)

    assert f"{QUAY}: figures[1].commons names {name}, which is no name of a file.\n    Give its name as" in run().output
    assert kept.asked == []


def test_check_tells_what_is_no_name_of_a_file_and_no_address(data, kept):
    kept.keep(TITLE, picture())
    run()
    spoil(data, QUAY, TITLE, "Old quay.jpg")
    spoil(data, QUAY, ORIGIN, "javascript:alert(1)")

    told = check().output

    assert f"{QUAY}: figures[1].commons is Old quay.jpg, which is no name of a file.\n" in told
    assert f"{QUAY}: figures[1].origin is javascript:alert(1), which is not a web address.\n" in told


@pytest.mark.parametrize("name", ["File:old_quay.jpg", "File:Old  quay.jpg", "File:Old__quay.jpg"])
def test_a_name_written_otherwise_is_the_same_file(data, kept, name):
    kept.keep(TITLE, picture())
    spoil(data, QUAY, TITLE, name)

    assert "1 fetched" in run().output
    assert "1 unchanged" in run().output
    assert f'origin = "{ORIGIN}"' in (data / QUAY).read_text("utf-8")


def test_older_versions_are_not_asked_for(data, kept):
    kept.keep(TITLE, picture())
    kept.has_older = True

    run()

    assert kept.asked_for("/w/api.php") == 1


def test_a_file_that_has_moved_is_found(data, kept):
    kept.keep("File:Quay of 1900.jpg", picture())
    kept.redirects[TITLE] = "File:Quay of 1900.jpg"

    assert "1 fetched" in run().output
    assert "1 unchanged" in run().output


def test_many_files_are_asked_for_at_once(data, kept):
    names = [f"File:Quay {number}.jpg" for number in range(60)]
    kept.most_told = 20
    for name in names:
        kept.keep(name, picture(40, 30))
    tables = "".join(f'[[figures]]\ncommons = "{name}"\n\n' for name in names)
    spoil(data, QUAY, "[[links]]", f"{tables}[[links]]")

    result = run()

    assert "60 fetched, 0 unchanged, 1 refused." in result.output
    assert kept.asked_for("/w/api.php") == 4


def test_who_fetches_is_said(data, kept):
    run()

    assert kept.asked[0].agent.startswith("LongAssociationTour/1.0 (curator@example.org) ")


@pytest.mark.parametrize("contact", ["", "me", "a@b.org\r\nHost: x"])
def test_nothing_is_asked_by_nobody(data, kept, contact):
    result = run("--contact", contact)

    assert result.exit_code == 1
    assert result.output.startswith("Wikimedia asks whoever fetches for a way to reach them")
    assert kept.asked == []


def test_an_exhibition_without_photographs_has_nothing_to_fetch(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))

    assert run().output == "0 fetched, 0 unchanged, 0 refused.\n"


def test_machines_are_told_where_a_picture_is_kept(data, media, kept):
    kept.keep(TITLE, picture())
    run()
    harbours = load_valid(data, media)

    quay = manifest(harbours, media, "https://example.org/")["items"][0]
    image = stop_jsonld(harbours, locate(harbours, "quay"), media, "https://example.org/")["@graph"][0]["image"][0]

    assert {"label": {"en": ["Where the picture is kept"]}, "value": {"none": [ORIGIN]}} in quay["metadata"]
    assert quay["requiredStatement"]["value"] == {"en": [CREDIT]}
    assert (image["creditText"], image["acquireLicensePage"]) == (CREDIT, ORIGIN)


def test_a_credit_brings_no_markup_of_its_own(data, media, kept):
    kept.keep(TITLE, picture(), Artist='&lt;img src=x&gt; "J\\" {{ 7*7 }}')
    run()
    harbours = load_valid(data, media)

    page = stop_article(harbours, locate(harbours, "quay"), media)

    assert "<img src=x" not in page
    assert "&lt;img src=x&gt; &#34;J\\&#34; {{ 7*7 }}, via Wikimedia Commons" in page
