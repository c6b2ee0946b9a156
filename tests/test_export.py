"""The exhibition as a folder of plain files."""

import re
import shutil
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from lxml import etree, html

from tests import sample_exhibition
from tests.conftest import load_valid
from tests.sample_exhibition import replace_once, translate
from tour.__main__ import main
from tour.atomic_write import FolderNotEmptyError
from tour.static_export.static_site import (
    MANIFEST,
    LinkOutsideFolderError,
    export,
    self_contained,
    site_files,
)
from tour.validation.validate import load_all_languages

BASE = "https://example.org/tour/"


def run(folder: Path, *options: str):
    return CliRunner().invoke(main, ["export", str(folder), *options])


@pytest.fixture
def files(folders):
    return site_files([load_valid(*folders)], folders[1], BASE)


@pytest.fixture(scope="module", params=["", BASE], ids=["anywhere", "based"])
def exported(tmp_path_factory, request):
    """For reading alone."""
    data, media = sample_exhibition.write(tmp_path_factory.mktemp("exported"))
    translate(data)
    files = site_files(load_all_languages(data, media).values(), media, request.param)
    list(export(files, data.parent / "out"))
    return data.parent / "out"


def test_every_link_leads_to_a_file_of_the_folder(exported):
    for page in exported.glob("*.html"):
        for _, _, link, _ in html.parse(page).getroot().iterlinks():
            target = urlsplit(link)
            if not target.scheme and target.path:
                assert (exported / unquote(target.path)).is_file(), f"{page.name} leads to {link}"


def test_every_picture_in_every_size_is_a_file_of_the_folder(exported):
    for page in exported.glob("*.html"):
        for srcset in html.parse(page).getroot().xpath("//@srcset | //@imagesrcset"):
            for each in srcset.split(", "):
                assert (exported / each.split()[0]).is_file()


def test_no_link_needs_a_server_to_answer_a_question(exported):
    for path in exported.rglob("*.*"):
        if path.suffix in (".html", ".json", ".geojson", ".gpx", ".kml", ".bib", ".xml"):
            assert not re.search(r"[?&](stop|view|lang)=", path.read_text("utf-8")), path.name


def test_whoever_wants_to_find_words_is_led_to_all_of_them_on_one_page(exported):
    for name, text in (("crane.html", "text.html"), ("crane.de.html", "text.de.html")):
        ways = html.parse(exported / name).getroot().xpath("//nav//a[. = 'Find']/@href")
        assert ways == [text]


def test_no_page_has_a_form_which_only_a_server_can_answer(exported):
    assert [page.name for page in exported.glob("*.html") if html.parse(page).getroot().xpath("//form")] == []


def test_every_page_is_there_in_every_language(exported):
    names = {path.name for path in exported.glob("*.html")}
    english = {name for name in names if ".de." not in name}

    assert {"index.html", "quay.html", "crane.html", "light.html", "about.html", "text.html", "print.html"} < english
    assert names - english == {name.replace(".html", ".de.html") for name in english}


def test_fragments_lead_to_something_on_their_page(exported):
    for page in exported.glob("*.html"):
        root = html.parse(page).getroot()
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), page.name
        assert [link for link in root.xpath("//a/@href[starts-with(., '#')]") if link[1:] not in ids] == []


def test_with_a_base_every_page_has_its_whole_address(files, tmp_path):
    list(export(files, tmp_path / "out"))

    page = html.parse(tmp_path / "out/crane.html").getroot()
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}crane.html"]
    places = etree.parse(tmp_path / "out/sitemap.xml").getroot().itertext("{*}loc")
    assert f"{BASE}crane.html" in list(places)


def test_without_a_base_no_whole_address_is_made_up(folders, tmp_path):
    list(export(site_files([load_valid(*folders)], folders[1], ""), tmp_path / "out"))

    assert "canonical" not in (tmp_path / "out/crane.html").read_text("utf-8")
    assert not (tmp_path / "out/iiif").exists()
    assert "iiif" not in (tmp_path / "out/about.html").read_text("utf-8")


def test_a_file_of_somebody_elses_is_never_written_among(files, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")

    with pytest.raises(FolderNotEmptyError):
        list(export(files, tmp_path))
    assert run(tmp_path).exit_code == 1
    assert "holds other files" in run(tmp_path).output


def test_nothing_is_written_through_a_link_that_leads_out(files, tmp_path):
    list(export(files, tmp_path / "out"))
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    shutil.rmtree(tmp_path / "out/files")
    (tmp_path / "out/files").symlink_to(outside)

    with pytest.raises(LinkOutsideFolderError):
        list(export(files, tmp_path / "out"))

    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "exhibition.example", "ftp://exhibition.example/", "https:///x", "https://["),
        *("https://a b/", "https://a.org:99999/", "https://a.org:x/", "https://a.org/?q=1", "https://a.org/#q"),
        *('https://"><b>/', "https://музей.рф/", "inf"),
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(tmp_path, address):
    result = run(tmp_path / "out", "--base-url", address)

    assert result.exit_code == 2
    assert "begins with https:// or http://" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_second_export_deletes_what_is_no_longer_in_the_exhibition(files, tmp_path):
    first = files
    list(export(first, tmp_path / "out"))
    (tmp_path / "out/note.txt").write_text("added by hand", "utf-8")
    del first["crane.html"]

    list(export(first, tmp_path / "out"))

    assert not (tmp_path / "out/crane.html").exists()
    assert (tmp_path / "out/note.txt").exists()


def test_the_list_of_files_can_delete_nothing_outside_the_folder(files, tmp_path):
    list(export({"a.txt": lambda: "a"}, tmp_path / "out"))
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    (tmp_path / "out" / MANIFEST).write_text("../precious.txt\n", "utf-8")

    list(export({"a.txt": lambda: "a"}, tmp_path / "out"))

    assert (tmp_path / "precious.txt").exists()


def test_a_link_that_leads_out_stays_as_it_is():
    alone = partial(self_contained, base=BASE)

    assert alone('<a href="https://other.example/?stop=x">') == '<a href="https://other.example/?stop=x">'


def test_the_command_says_what_it_wrote(folders, tmp_path, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))

    answer = run(tmp_path / "out", "--base-url", "https://example.org/tour")

    assert answer.exit_code == 0
    assert "index.html" in answer.output
    assert "https://example.org/tour/crane.html" in (tmp_path / "out/crane.html").read_text("utf-8")


def test_an_old_address_of_a_stop_leads_to_the_new_one(folders, tmp_path):
    replace_once(folders[0], "exhibition.toml", "[status]", '[[redirects]]\nold = "wharf"\nnew = "quay"\n\n[status]')
    translate(folders[0])
    files = site_files(load_all_languages(*folders).values(), folders[1], "")
    list(export(files, tmp_path / "out"))

    leading = [(tmp_path / "out" / name).read_text("utf-8") for name in ("wharf.html", "wharf.de.html")]

    assert ['content="0; url=quay.html"' in leading[0], 'href="quay.html"' in leading[0]] == [True, True]
    assert ['content="0; url=quay.de.html"' in leading[1], 'href="quay.de.html"' in leading[1]] == [True, True]
