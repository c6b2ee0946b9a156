"""Content is text: whatever a field says, no markup comes of it, nothing is run, nothing is asked of another host."""

import re
import tracemalloc
from collections.abc import Iterator

import pytest
from lxml import etree
from playwright.sync_api import expect

from tests.browser import DESKTOP, LOG_CSP_VIOLATIONS, Visit, map_of
from tests.conftest import running_site
from tests.hostile_content import ATTACKS, EVERYTHING, Hostile
from tests.render_checks import BASE, look_at_all
from tour.content.loader import load
from tour.content.problems import report
from tour.content.translations import TRANSLATABLE
from tour.maps.basemap_svg import with_credits
from tour.model import Exhibition
from tour.model.navigation import locate
from tour.static_export.static_site import site_files
from tour.ui.map_component import map_arguments

# What a browser fetches by itself, and where a link may lead.
FETCHED = "//@src | //@srcset | //@poster | //@data | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
LINK = re.compile(r"https?://|geo:|[\w./-]*([?#]|$)", re.ASCII)
# In the script that the map is sent: ids made up at random, and what stands between quotation marks.
ID = re.compile("[0-9a-f]{32}")
QUOTED = re.compile(rf'"(?:\\.|[^"\\])*"|`[^`]*`|{ID.pattern}')
RUN = re.compile(r"\$\{|<(?!/?(div|span|b)\b)")  # in a text between backticks that becomes HTML
VIEWS = ("stops", "timeline", "gallery", "sources", "lesson", "about", "find&words=quay")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Hostile:
    return Hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def sound(hostile) -> dict[str, str]:
    """Every file of an export before anything was written in it."""
    return {name: written for name, written in exported(hostile, hostile.bearing("")) if name.endswith("html")}


def exported(hostile: Hostile, exhibitions: dict[str, Exhibition]) -> Iterator[tuple[str, str]]:
    """Every text that an export writes, and pages as the server puts them into Streamlit's."""
    for name, write in site_files(exhibitions.values(), hostile.media, BASE).items():
        if name.endswith((".html", ".svg", "json", ".gpx", ".kml", ".bib", ".xml", ".txt")):
            written = write()
            yield name, written if isinstance(written, str) else written.read_text("utf-8")


def test_every_text_field_has_an_attack(hostile):
    assert {spot.name for spot in hostile.sayings} >= TRANSLATABLE
    assert {spot.name for spot in hostile.addresses} == {"address", "credit_address", "origin", "rights"}
    assert len(hostile.sayings) > 120


@pytest.mark.parametrize("payload", ATTACKS.values(), ids=ATTACKS)
def test_no_page_has_an_element_an_address_or_a_sum_more(hostile, sound, payload):
    exhibitions = hostile.bearing(payload)

    look_at_all(exhibitions, hostile.media)
    for name, written in exported(hostile, exhibitions):
        assert "1337" not in written
        if name in sound:
            before, after = (etree.HTML(page) for page in (sound[name], written))
            assert skeleton(after) == skeleton(before), name
            assert after.xpath(FETCHED) == before.xpath(FETCHED), name
            assert [each for each in after.xpath("//@href") if not LINK.match(each)] == [], name


def skeleton(root) -> list[tuple[str, list[str]]]:
    """The elements in their order, each with the names of its attributes."""
    return [(each.tag, sorted(each.keys())) for each in root.iter(etree.Element)]


@pytest.mark.parametrize("payload", ATTACKS.values(), ids=ATTACKS)
def test_the_map_is_sent_no_more_than_words(hostile, payload):
    plain, attacked = (sent(hostile.bearing(each)["en"]) for each in ("", payload))

    for part in ("script", "header", "html", "feature_group"):
        assert QUOTED.sub("", attacked[part]) == QUOTED.sub("", plain[part]), part
        assert not re.search("1337|</script><", ID.sub("", attacked[part])), part
        assert [each for each in QUOTED.findall(attacked[part]) if each.startswith("`") and RUN.search(each)] == [], (
            part
        )
    assert skeleton(etree.HTML(attacked["credit"])) == skeleton(etree.HTML(plain["credit"]))


def sent(exhibition: Exhibition) -> dict[str, str]:
    """What the frame of the map evaluates or takes for HTML."""
    credit = with_credits(exhibition.maps["north"])["credit"]
    return map_arguments(exhibition, locate(exhibition, "quay")) | {"credit": credit}


@pytest.fixture
def visit(browser, hostile):
    hostile.bearing(EVERYTHING)
    with running_site(TOUR_DATA=str(hostile.data), TOUR_MEDIA=str(hostile.media)) as site:
        visit = Visit(browser, site, DESKTOP)
        visit.context.add_init_script(LOG_CSP_VIOLATIONS)
        visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message) or dialog.dismiss())
        yield visit
        visit.context.close()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_walk_through_a_hostile_exhibition_meets_nothing_of_it(visit, hostile, language):
    first, second = hostile.bearing(EVERYTHING)[language].stops
    page = visit.open(f"?lang={language}")
    page.locator(".st-key-tour-start button").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(first.title)
    expect(map_of(page).get_by_role("button", name=f"1. {first.title}", exact=True)).to_be_attached()
    expect(page.locator(".st-key-tour-next button")).to_contain_text(second.title)
    page.locator(".st-key-tour-next button").click()
    expect(title).to_have_text(second.title)
    for address in (*(f"?view={view}&lang={language}" for view in VIEWS), *("text", "print", "evidence")):
        visit.open(address)
        expect(title.first).to_be_visible()
        expect(title.first).to_have_css("display", "block")

    assert visit.foreign_requests == []
    assert visit.errors == []


DEEP = [
    "a." * 30_000 + "a = 1",
    "[" + "a." * 30_000 + "a]",
    '"a".' * 20_000 + "a = 1",
    "x = {" + "a . " * 20_000 + "a = 1}",
]


@pytest.mark.parametrize("written", DEEP, ids=["key", "table", "quoted", "inline"])
def test_an_endless_key_is_reported_at_once_and_costs_no_memory(folders, written):
    opening = folders[0] / "exhibition.toml"
    opening.write_text(written + "\n" + opening.read_text("utf-8"), "utf-8")

    tracemalloc.start()
    reported = report(load(folders[0]).problems)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "exhibition.toml: line 1 has a key of more than 20 parts" in reported
    assert most < 20_000_000


def test_tables_deeper_than_python_allows_are_reported(folders):
    key = 19 * "a." + "a"
    (folders[0] / "exhibition.toml").write_text(60 * f"{key} = {{" + "b = 1" + 60 * "}", "utf-8")

    assert "exhibition.toml: a is not a field of the exhibition." in report(load(folders[0]).problems)


@pytest.mark.parametrize("written", ["[[cities]]\n", "[[cities]]\nx = [{}, {}]\n"], ids=["headed", "inline"])
def test_tables_without_end_are_reported_in_a_line(folders, written):
    (folders[0] / "exhibition.toml").write_text(written * 7_000, "utf-8")

    reported = report(load(folders[0]).problems)

    assert re.search(r"^exhibition.toml: has [\d,]+ tables\.$", reported, re.MULTILINE)
    assert len(reported) < 20_000


@pytest.mark.parametrize("file", ["exhibition.toml", "stops/north/01-quay.md"])
def test_a_link_that_leads_out_of_the_content_is_not_followed(folders, tmp_path, file):
    secret = tmp_path / "secret"
    secret.write_text("root:secret:1", "utf-8")
    (folders[0] / file).unlink()
    (folders[0] / file).symlink_to(secret)

    reported = report(load(folders[0]).problems)

    assert f"{file}: is a link that leads out of the folder of the content." in reported
    assert "root" not in reported
