"""Photographs from Wikimedia Commons, from the name in a stop's file to the page."""

import hashlib
import json

import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image

from tests.conftest import load_valid
from tests.fake_commons import Reply, image_bytes, running_fake_commons
from tests.sample_exhibition import GERMAN_QUAY, QUAY, replace_once, translate
from tour import typography
from tour.__main__ import main
from tour.model.navigation import locate
from tour.open_data.context import ExportContext
from tour.open_data.iiif import manifest
from tour.open_data.json_ld import stop_jsonld
from tour.views.article import stop_article

CRANE = "stops/north/02-crane.md"
TITLE = "File:Old quay.jpg"
ORIGIN = "https://commons.wikimedia.org/wiki/File:Old_quay.jpg"
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
CREDIT = "Jane & Joe, via Wikimedia Commons, CC BY-SA 4.0"
DRAWING = 'image = "quay.png"\n'
DRAWING_CREDIT = 'credit = "Drawn by nobody"\nrights = "https://creativecommons.org/licenses/by/4.0/"\n'


@pytest.fixture
def commons():
    with running_fake_commons() as server:
        yield server


@pytest.fixture
def data(folders, commons, monkeypatch):
    """The data folder, whose quay names a photograph and holds nothing else that comes with one."""
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.setenv("TOUR_COMMONS_API", commons.api)
    monkeypatch.setenv("TOUR_CONTACT", "curator@example.org")
    replace_once(folders[0], QUAY, DRAWING, f'commons = "{TITLE}"\n')
    replace_once(folders[0], QUAY, DRAWING_CREDIT, "")
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


def test_a_photograph_comes_with_its_credit_and_the_page_shows_both(data, media, commons):
    commons.add(TITLE, image_bytes())

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
    assert credit.text_content() == typography.typeset_text("Jane & Joe, via Wikimedia Commons. CC BY-SA 4.0")
    assert credit.xpath("a/@href") == [ORIGIN, LICENCE]


def test_a_figure_without_its_picture_has_the_command_as_hint(data):
    output = check().output

    remedy = f"Run python -m tour photos: it fetches {TITLE} with its credit."
    for field in ("image", "credit", "rights"):
        assert f"{QUAY}: figures[1].{field} is missing.\n    {remedy}\n" in output


def test_alt_and_caption_stay_missing(data, commons):
    commons.add(TITLE, image_bytes())
    replace_once(data, QUAY, 'alt = "A picture of The Quay"\n', "")

    assert run().exit_code == 0
    assert "figures[1].alt is missing.\n    Say what the picture shows" in check().output


def test_nothing_else_of_the_file_is_touched(data, commons):
    commons.add(TITLE, image_bytes())
    (data / QUAY).write_bytes((data / QUAY).read_bytes().replace(b"\n", b"\r\n").replace(b"alt =", b"# why\r\nalt  ="))
    before = (data / QUAY).read_bytes()

    run()

    named = f'commons = "{TITLE}"\r\n'
    lines = f'{named}image = "quay-photo.jpg"\r\ncredit = "{CREDIT}"\r\nrights = "{LICENCE}"\r\norigin = "{ORIGIN}"\r\n'
    assert (data / QUAY).read_bytes() == before.replace(named.encode(), lines.encode())


def test_a_second_run_sends_no_request(data, commons, monkeypatch):
    commons.add(TITLE, image_bytes())
    run()
    commons.requests.clear()
    monkeypatch.delenv("TOUR_CONTACT")

    result = run()

    assert result.output == f"{QUAY}: figures[1]: unchanged, quay-photo.jpg.\n0 fetched, 1 unchanged, 0 refused.\n"
    assert (result.exit_code, commons.requests) == (0, [])


def test_an_unchanged_picture_is_not_written_again(data, media, commons):
    commons.add(TITLE, image_bytes())
    run()
    before = (data / QUAY).stat().st_mtime_ns, (media / "quay-photo.jpg").stat().st_mtime_ns

    result = run("--again")

    assert "0 fetched, 1 unchanged" in result.output
    assert ((data / QUAY).stat().st_mtime_ns, (media / "quay-photo.jpg").stat().st_mtime_ns) == before


def test_a_new_version_takes_the_place_of_the_old_one(data, media, commons):
    commons.add(TITLE, image_bytes())
    run()
    commons.add(TITLE, image_bytes(1500), Artist="Jack")

    run("--again")

    assert load_valid(data, media).stops[0].figures[0].credit == "Jack, via Wikimedia Commons, CC BY-SA 4.0"
    assert "quay-photo-2.jpg" not in masters(media)
    with Image.open(media / "quay-photo.jpg") as image:
        assert image.width == 1500


def test_a_new_picture_comes_although_its_credit_is_the_same(data, media, commons):
    commons.add(TITLE, image_bytes())
    run()
    commons.add(TITLE, image_bytes(1500))

    assert "1 fetched" in run("--again").output


def test_a_picture_that_another_figure_shows_too_is_not_overwritten(data, media, commons):
    commons.add(TITLE, image_bytes())
    commons.add("File:New quay.jpg", image_bytes(1500))
    run()
    before = (media / "quay-photo.jpg").read_bytes()
    table = (data / QUAY).read_text("utf-8").split("[[figures]]")[1].split("[[links]]")[0]
    other = table.replace(TITLE, "File:New quay.jpg").replace("A picture", "Another")
    replace_once(data, QUAY, "[[links]]", f"[[figures]]{other}[[links]]")

    run()

    assert (media / "quay-photo.jpg").read_bytes() == before
    assert [each.image for each in load_valid(data, media).stops[0].figures] == ["quay-photo.jpg", "quay-photo-2.jpg"]


def test_another_name_of_a_file_brings_another_picture(data, media, commons):
    commons.add(TITLE, image_bytes())
    commons.add("File:New quay.png", image_bytes(kind="PNG"))
    run()
    replace_once(data, QUAY, TITLE, "File:New quay.png")

    run()

    figure = load_valid(data, media).stops[0].figures[0]
    assert (figure.image, figure.origin) == ("quay-photo-2.png", "https://commons.wikimedia.org/wiki/File:New_quay.png")


def test_a_picture_that_is_gone_is_fetched_again(data, media, commons):
    commons.add(TITLE, image_bytes())
    run()
    (media / "quay-photo.jpg").unlink()

    run()

    assert (media / "quay-photo.jpg").is_file()


def test_no_master_of_anyone_else_is_overwritten(data, media, commons):
    commons.add(TITLE, image_bytes())
    (media / "quay-photo.png").write_bytes(b"mine")
    replace_once(data, CRANE, 'image = "crane.png"', 'image = "quay-photo-2.jpg"')

    run()

    assert (media / "quay-photo.png").read_bytes() == b"mine"
    assert 'image = "quay-photo-3.jpg"' in (data / QUAY).read_text("utf-8")


def test_a_photograph_of_ones_own_is_not_overwritten(data, media, commons):
    commons.add(TITLE, image_bytes())
    (media / "quay-photo.jpg").write_bytes(b"mine")
    replace_once(data, QUAY, "commons =", 'image = "quay-photo.jpg"\ncommons =')

    run()

    assert (media / "quay-photo.jpg").read_bytes() == b"mine"
    assert 'image = "quay-photo-2.jpg"' in (data / QUAY).read_text("utf-8")


def test_two_figures_of_a_stop_have_two_masters(data, media, commons):
    commons.add(TITLE, image_bytes())
    replace_once(data, QUAY, "[[links]]", f'[[figures]]\ncommons = "{TITLE}"\nalt = "b"\ncaption = "c"\n\n[[links]]')

    run()

    assert [each.image for each in load_valid(data, media).stops[0].figures] == ["quay-photo.jpg", "quay-photo-2.jpg"]


def test_a_drawing_gives_its_place_to_a_photograph(data, media, commons):
    commons.add(TITLE, image_bytes())
    replace_once(
        data, QUAY, f'commons = "{TITLE}"\n', f'{DRAWING}commons = "{TITLE}"  # found by Ann\n{DRAWING_CREDIT}'
    )

    output = run().output

    assert "    It replaces quay.png: see whether alt and caption fit it.\n" in output
    assert f'[[figures]]\nimage = "quay-photo.jpg"\ncommons = "{TITLE}"  # found by Ann\norigin' in (
        data / QUAY
    ).read_text("utf-8")
    assert (media / "quay.png").is_file()
    assert check().exit_code == 0


def test_a_credit_in_another_language_gives_way(data, media, commons):
    commons.add(TITLE, image_bytes())
    translate(data)
    replace_once(data, GERMAN_QUAY, "caption =", 'credit = "Von niemandem"\ncaption =')

    output = run().output

    assert f"    {GERMAN_QUAY}: figures[1].credit is said there, and not shown: take it out.\n" in output
    assert load_valid(data, media, "de").stops[0].figures[0].credit == CREDIT


@pytest.mark.parametrize("field", ["commons", "origin"])
def test_a_translation_does_not_say_where_a_picture_comes_from(data, commons, field):
    commons.add(TITLE, image_bytes())
    run()
    translate(data)
    replace_once(data, GERMAN_QUAY, "caption =", f'{field} = "x"\ncaption =')

    assert f"{GERMAN_QUAY}: figures[1].{field} holds no words." in check().output


def test_other_restrictions_are_reported(data, commons):
    commons.add(TITLE, image_bytes(), Restrictions="trademarked|personality")

    assert "restrictions beside copyright (trademarked, personality)" in run().output


def test_a_wide_original_comes_at_a_standard_width(data, media, commons):
    commons.add(TITLE, image_bytes(3840, 400))

    assert "1920 × 200 pixels" in run().output


@pytest.mark.parametrize(("field", "value"), [("size", 60_000_000), ("height", 100_000)])
def test_an_original_that_is_too_much_comes_at_a_standard_width(data, commons, field, value):
    commons.add(TITLE, image_bytes(2400, 600))[field] = value

    assert "1920 × 480 pixels" in run().output


def test_an_original_of_useful_width_comes_as_it_is(data, media, commons):
    content = image_bytes(3200, 400)
    commons.add(TITLE, content)

    run()

    assert (media / "quay-photo.jpg").read_bytes() == content


@pytest.mark.parametrize(("title", "mime"), [("File:Quay.svg", "image/svg+xml"), ("File:Quay.tif", "image/tiff")])
def test_what_a_browser_does_not_show_comes_as_a_thumbnail(data, media, commons, title, mime):
    commons.add(title, image_bytes(600, 400, "PNG"), mime)
    replace_once(data, QUAY, TITLE, title)

    assert "as quay-photo.png, 1920 × 1280 pixels" in run().output


def refused(data, commons, fault: str) -> str:
    """The hint of the error that is reported; nothing is written."""
    before = (data / QUAY).read_bytes()

    result = run()

    output = result.output.splitlines()
    assert output[0] == f"{QUAY}: figures[1].commons names {TITLE}, {fault}."
    assert (result.exit_code, output[-1]) == (1, "0 fetched, 0 unchanged, 1 refused.")
    assert (data / QUAY).read_bytes() == before
    assert masters(data.parent / "media") == ["crane.png", "light.png", "quay.png"]
    return output[1].strip()


def test_a_licence_that_is_not_free_is_refused(data, commons):
    commons.add(TITLE, image_bytes(), LicenseShortName="CC BY-NC 2.0")

    remedy = refused(data, commons, "whose licence, CC BY-NC 2.0, is none that is known here to let us show it")
    assert remedy == "Choose a picture in the public domain, or with CC0, CC BY or CC BY-SA."
    assert len(commons.requests) == 1


def test_a_file_that_is_not_there_is_refused(data, commons):
    refused(data, commons, "which is not on Wikimedia Commons")


def test_a_name_that_commons_does_not_allow_is_refused(data, commons):
    pages = [{"title": TITLE, "invalidreason": "It contains invalid characters.", "invalid": True}]
    commons.next_replies.append(Reply(json.dumps({"query": {"pages": pages}}).encode()))

    refused(data, commons, "which is no name of a file")


def test_a_file_that_was_deleted_is_refused(data, commons):
    pages = [{"title": TITLE, "imageinfo": [{"filehidden": True}]}]
    commons.next_replies.append(Reply(json.dumps({"query": {"pages": pages}}).encode()))

    refused(data, commons, "which Wikimedia Commons keeps no longer")


@pytest.mark.parametrize("mime", ["image/gif", "application/pdf", "video/webm"])
def test_what_is_no_still_picture_is_refused(data, commons, mime):
    commons.add(TITLE, image_bytes(), mime)

    refused(data, commons, f"which is {mime}")


def test_a_picture_that_is_not_the_one_described_is_refused(data, commons):
    commons.add(TITLE, image_bytes())["sha1"] = hashlib.sha1(b"another").hexdigest()

    refused(data, commons, "whose picture is not the one that Commons describes")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (image_bytes(3900, 100)[:-400], "whose picture is cut short or damaged"),
        (b"<html>Too busy</html>", "whose picture is not a picture (PNG, JPEG, WebP, AVIF or TIFF)"),
    ],
    ids=["cut short", "a page"],
)
def test_a_thumbnail_that_is_no_valid_picture_is_refused(data, commons, content, fault):
    info = commons.add(TITLE, image_bytes(3900, 100))
    commons.images[info["url"].removeprefix(commons.root) + "/1920px"] = Reply(content)

    refused(data, commons, fault)


def test_a_picture_on_another_host_is_refused(data, commons):
    commons.add(TITLE, image_bytes())["url"] = "https://example.org/quay.jpg"

    refused(data, commons, "which lies on another host (example.org)")


UNREADABLE = "of which Wikimedia Commons says nothing that can be read"
TOO_LITTLE = "of which Wikimedia Commons does not tell enough"
BAD_REPLIES = [
    (b"<html>Busy</html>", UNREADABLE),
    (b"[]", UNREADABLE),
    (b'{"query": {"pages": [{"title": "File:Old quay.jpg", "imageinfo": [{"url": "x"}]}]}}', TOO_LITTLE),
    (b'{"query": {"pages": []}}', TOO_LITTLE),
    (
        b'{"error": {"code": "internal_api_error", "info": "Caught exception"}}',
        "of which Wikimedia Commons says: Caught exception",
    ),
]


@pytest.mark.parametrize(("reply", "fault"), BAD_REPLIES, ids=["a page", "a list", "too little", "nothing", "an error"])
def test_a_bad_response_is_reported(data, commons, reply, fault):
    commons.next_replies.append(Reply(reply))

    assert refused(data, commons, fault) == "Try again later."


def test_a_busy_server_is_waited_for(data, commons):
    commons.add(TITLE, image_bytes())
    lag = b'{"error": {"code": "maxlag", "info": "Waiting for 10.0.0.1: 6 seconds lagged"}}'
    commons.next_replies.append(Reply(lag, 200, {"Retry-After": "0", "MediaWiki-API-Error": "maxlag"}))

    assert "1 fetched" in run().output


def test_a_file_in_which_nothing_can_be_written_is_reported(data, commons):
    commons.add(TITLE, image_bytes())
    replace_once(data, QUAY, f'commons = "{TITLE}"', f'"commons" = "{TITLE}"')

    refused(data, commons, "whose credit can't be written here without touching more")


def test_a_folder_in_which_nothing_can_be_written_is_reported(data, media, commons, monkeypatch):
    commons.add(TITLE, image_bytes())
    monkeypatch.setenv("TOUR_MEDIA", str(media / "quay.png"))

    assert "which can't be kept here (" in run().output


def test_an_invalid_api_url_is_reported(data, commons, monkeypatch):
    monkeypatch.setenv("TOUR_COMMONS_API", "http://[::1/w/api.php")

    assert f"names {TITLE}, which can't be reached (" in run().output


def test_one_failure_never_stops_the_others(data, commons):
    commons.add("File:Crane.jpg", image_bytes())
    replace_once(data, CRANE, 'image = "crane.png"\n', 'commons = "File:Crane.jpg"\n')
    (data / "stops/south/03-light.md").write_text("+++\nno fields", "utf-8")

    result = run()

    assert result.exit_code == 1
    assert "stops/south/03-light.md: has no second +++ line.\n" in result.output
    assert f"{CRANE}: figures[1]: fetched File:Crane.jpg as crane-photo.jpg" in result.output
    assert result.output.endswith("1 fetched, 0 unchanged, 1 refused.\n")


NAMES = ["old quay.jpg", "File:", "File:Quay", "File:A.jpg|File:B.jpg", "https://commons.wikimedia.org/wiki/File:A.jpg"]


@pytest.mark.parametrize("name", NAMES)
def test_an_invalid_title_is_not_requested(data, media, commons, name):
    replace_once(data, QUAY, TITLE, name)

    assert f"{QUAY}: figures[1].commons names {name}, which is no name of a file.\n    Give its name as" in run().output
    assert commons.requests == []


def test_check_reports_invalid_titles_and_origins(data, commons):
    commons.add(TITLE, image_bytes())
    run()
    replace_once(data, QUAY, TITLE, "Old quay.jpg")
    replace_once(data, QUAY, ORIGIN, "javascript:alert(1)")

    output = check().output

    assert f"{QUAY}: figures[1].commons is Old quay.jpg, which is no name of a file.\n" in output
    assert f"{QUAY}: figures[1].origin is javascript:alert(1), which is not a web address.\n" in output


@pytest.mark.parametrize("name", ["File:old_quay.jpg", "File:Old  quay.jpg", "File:Old__quay.jpg"])
def test_a_name_written_otherwise_is_the_same_file(data, commons, name):
    commons.add(TITLE, image_bytes())
    replace_once(data, QUAY, TITLE, name)

    assert "1 fetched" in run().output
    assert "1 unchanged" in run().output
    assert f'origin = "{ORIGIN}"' in (data / QUAY).read_text("utf-8")


def test_older_versions_are_not_requested(data, commons):
    commons.add(TITLE, image_bytes())
    commons.has_older_versions = True

    run()

    assert commons.request_count("/w/api.php") == 1


def test_a_redirected_title_is_followed(data, commons):
    commons.add("File:Quay of 1900.jpg", image_bytes())
    commons.redirects[TITLE] = "File:Quay of 1900.jpg"

    assert "1 fetched" in run().output
    assert "1 unchanged" in run().output


def test_many_files_are_queried_together(data, commons):
    names = [f"File:Quay {number}.jpg" for number in range(60)]
    commons.max_described = 20
    for name in names:
        commons.add(name, image_bytes(40, 30))
    tables = "".join(f'[[figures]]\ncommons = "{name}"\n\n' for name in names)
    replace_once(data, QUAY, "[[links]]", f"{tables}[[links]]")

    result = run()

    assert "60 fetched, 0 unchanged, 1 refused." in result.output
    assert commons.request_count("/w/api.php") == 4


def test_the_contact_is_in_the_user_agent(data, commons):
    run()

    assert commons.requests[0].user_agent.startswith("LongAssociationTour/1.0 (curator@example.org) ")


@pytest.mark.parametrize("contact", ["", "me", "a@b.org\r\nHost: x"])
def test_without_a_contact_nothing_is_requested(data, commons, contact):
    result = run("--contact", contact)

    assert result.exit_code == 1
    assert result.output.startswith("Wikimedia asks whoever fetches for a way to reach them")
    assert commons.requests == []


def test_an_exhibition_without_photographs_has_nothing_to_fetch(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))

    assert run().output == "0 fetched, 0 unchanged, 0 refused.\n"


def test_metadata_name_the_page_of_the_picture(data, media, commons):
    commons.add(TITLE, image_bytes())
    run()
    harbours = load_valid(data, media)

    context = ExportContext(harbours, media, "https://example.org/")
    quay = manifest(context)["items"][0]
    image = stop_jsonld(context, locate(harbours, "quay"))["@graph"][0]["image"][0]

    assert {"label": {"en": ["Where the picture is kept"]}, "value": {"none": [ORIGIN]}} in quay["metadata"]
    assert quay["requiredStatement"]["value"] == {"en": [CREDIT]}
    assert (image["creditText"], image["acquireLicensePage"]) == (CREDIT, ORIGIN)


def test_a_credit_brings_no_markup_of_its_own(data, media, commons):
    commons.add(TITLE, image_bytes(), Artist='&lt;img src=x&gt; "J\\" {{ 7*7 }}')
    run()
    harbours = load_valid(data, media)

    page = stop_article(harbours, locate(harbours, "quay"), media)

    assert "<img src=x" not in page
    assert "&lt;img src=x&gt; &#34;J\\&#34; {{ 7*7 }}, via Wikimedia Commons" in page
