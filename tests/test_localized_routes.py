"""Every address answers in the language that it names, or that the visitor's browser wants."""

import json
import re

import httpx2
import pytest
from lxml import etree, html

from tests.sitemap import alternates, default_urls, page_urls, url_language
from tour import typography
from tour.open_data.registry import EXPORT_FORMATS
from tour.urls import localized_filename

WISHES = [
    ("/?stop=broadgate", "ru", "ru"),
    ("/?stop=broadgate", "ru-RU,en;q=0.5", "ru"),
    ("/?stop=broadgate", "fr", "en"),
    ("/?stop=broadgate", "", "en"),
    ("/?stop=broadgate&lang=ru", "en", "ru"),
    ("/?stop=broadgate&lang=en", "ru", "en"),
    ("/?stop=broadgate&lang=xx", "ru", "ru"),
    ("/", "ru", "ru"),
    ("/?lang=ru", "en", "ru"),
    ("/?view=sources", "ru", "ru"),
]


def get(client, address, accepted="en"):
    return client.get(address, headers={"Accept-Language": accepted})


def shown(response):
    """The page, read."""
    return html.fromstring(response.text)


@pytest.mark.parametrize(("address", "accepted", "language"), WISHES)
def test_a_page_is_in_the_language_of_its_address_else_of_the_browser(
    published_site, exhibitions, address, accepted, language
):
    page = shown(get(published_site, address, accepted))

    assert page.get("lang") == language
    assert exhibitions[language].short_title in page.findtext(".//title")


def test_a_stop_is_in_russian_for_a_browser_that_prefers_russian(published_site, exhibitions):
    page = shown(get(published_site, "/?stop=broadgate", "ru"))

    (article,) = page.xpath("//article")
    assert article.get("lang") == "ru"
    assert [each.text_content() for each in article.xpath(".//h1")] == [
        typography.typeset_text(exhibitions["ru"].stop("broadgate").title)
    ]


@pytest.mark.parametrize("name", ["text", "print", "evidence"])
@pytest.mark.parametrize(("query", "accepted"), [("?lang=ru", "en"), ("", "ru")], ids=["address", "browser"])
def test_a_standalone_page_is_in_the_language_of_its_address_else_of_the_browser(
    published_site, exhibitions, name, query, accepted
):
    page = shown(get(published_site, f"/{name}{query}", accepted))

    assert page.get("lang") == "ru"
    assert typography.typeset_text(exhibitions["ru"].status.sentence) in page.text_content()
    assert typography.typeset_text(exhibitions["en"].status.sentence) not in page.text_content()


@pytest.mark.parametrize("address", ["/nowhere", "/nowhere?lang=ru"])
def test_an_address_that_nobody_knows_answers_in_the_visitors_language(published_site, address):
    response = get(published_site, address, "ru")

    assert (response.status_code, shown(response).get("lang")) == (404, "ru")


@pytest.mark.parametrize("address", ["/", "/?stop=broadgate&lang=ru", "/text", "/print", "/evidence", "/nowhere"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_cache_hears_once_that_a_page_differs_by_language_and_encoding(site, address, encoding):
    response = httpx2.get(site + address, headers={"Accept-Encoding": encoding})

    (vary,) = response.headers.get_list("vary")
    fields = vary.split(", ")
    assert sorted(set(fields)) == sorted(fields)
    assert "Accept-Language" in fields
    # A page of less than a kilobyte is the same for all: Streamlit never compresses it.
    assert "Accept-Encoding" in fields or len(response.content) < 1000


def test_a_page_that_has_not_changed_is_not_taken_for_that_in_another_language(published_site):
    english = get(published_site, "/?stop=broadgate", "en").headers["etag"]

    again = published_site.get("/?stop=broadgate", headers={"Accept-Language": "ru", "If-None-Match": english})

    assert again.status_code == 200
    assert shown(again).get("lang") == "ru"


def of_page(page) -> dict[str, str]:
    """What the page says that it is called in each language."""
    return {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")}


def test_every_page_of_the_sitemap_has_one_of_its_own_in_every_language(published_site, exhibitions):
    called = alternates(published_site)

    for address, others in called.items():
        assert list(others) == list(exhibitions)
        assert others[url_language(address)] == address
        assert all(url_language(other) == language for language, other in others.items())


def test_pages_in_two_languages_are_each_others_mirror(published_site):
    called = alternates(published_site)

    for others in called.values():
        assert [called[other] for other in others.values()] == [others] * len(others)


def test_every_page_says_what_the_sitemap_says_of_its_languages(published_site, exhibitions):
    for address, others in alternates(published_site).items():
        links = of_page(shown(published_site.get(address)))
        assert {language: links[language] for language in exhibitions} == others


def test_every_page_names_the_address_at_which_the_browser_chooses(published_site):
    for address, others in alternates(published_site).items():
        links = of_page(shown(published_site.get(address)))
        assert "lang=" not in links["x-default"]
        assert links["x-default"] == default_urls(published_site)[address]
        for language, other in others.items():
            page = shown(get(published_site, links["x-default"], language))
            assert page.xpath("//link[@rel='canonical']/@href") == [other]


def test_every_page_leads_to_itself_in_the_other_languages(published_site):
    for address, others in alternates(published_site).items():
        page = shown(published_site.get(address))
        page.make_links_absolute("https://example.org/")
        switches = {link.get("hreflang"): link.get("href") for link in page.xpath("//a[@class='tour-language']")}
        assert switches == {language: other for language, other in others.items() if language != url_language(address)}


def test_the_way_to_a_language_is_named_in_that_language(published_site):
    (switch,) = shown(published_site.get("/?lang=en")).xpath("//a[@class='tour-language']")

    assert (switch.text, switch.get("lang")) == ("Русский", "ru")


def test_every_page_shares_a_card_of_its_own_language(published_site):
    cards = {language: set() for language in ("en", "ru")}
    for address in page_urls(published_site):
        page = shown(published_site.get(address))
        cards[url_language(address)] |= set(page.xpath("//meta[@property='og:image']/@content"))

    assert len(cards["en"]) == len(cards["ru"])
    assert cards["en"].isdisjoint(cards["ru"])
    assert {published_site.get(card).headers["content-type"] for card in cards["ru"]} == {"image/jpeg"}


def test_a_link_that_stays_here_keeps_the_language(published_site):
    for address in ("/?lang=ru", "/?stop=broadgate&lang=ru", "/?view=lesson&lang=ru", "/text?lang=ru"):
        page = shown(published_site.get(address))
        here = page.xpath("//a[not(@class='tour-language')]/@href[starts-with(., './') or starts-with(., '/?')]")
        assert here
        assert {url_language(link) for link in here} == {"ru"}


FILES = [
    ("tour.geojson", lambda text: json.loads(text)["name"]),
    ("tour.json", lambda text: json.loads(text)["title"]),
    ("iiif/manifest.json", lambda text: json.loads(text)["label"]["ru"][0]),
    ("tour.csl.json", lambda text: json.loads(text)[0]["container-title"]),
    ("cite/broadgate.json", lambda text: json.loads(text)[0]["container-title"]),
    ("tour.kml", lambda text: etree.fromstring(text.encode()).findtext("{*}Document/{*}name")),
    ("tour.gpx", lambda text: etree.fromstring(text.encode()).findtext("{*}metadata/{*}name")),
]


@pytest.mark.parametrize(("name", "title"), FILES, ids=[name for name, _ in FILES])
def test_a_file_is_in_the_language_of_its_name(published_site, exhibitions, name, title):
    assert title(get(published_site, f"/{localized_filename(name, 'ru')}").text) == exhibitions["ru"].title


@pytest.mark.parametrize("each", EXPORT_FORMATS, ids=lambda each: each.file)
def test_every_format_is_there_in_the_original_and_in_every_other_language(published_site, exhibitions, each):
    for language in exhibitions:
        assert get(published_site, f"/{localized_filename(each.file, language)}").status_code == 200


@pytest.mark.parametrize("name", ["cite/broadgate.ru.bib", "tour.ru.bib"])
def test_a_citation_is_in_the_language_of_its_files_name(published_site, exhibitions, name):
    record = get(published_site, f"/{name}").text

    assert f"title = {{{{{exhibitions['ru'].stop('broadgate').title}}}}}" in record
    assert "url = {https://example.org/?stop=broadgate&lang=ru}" in record


MAPS = [("plans/broadgate.svg", "Broadgate", "Бродгейт"), ("plans/city/coventry.svg", "Radford", "Радфорд")]


@pytest.mark.parametrize(("name", "english", "russian"), MAPS)
def test_a_map_has_the_names_of_the_language_in_its_files_name(published_site, name, english, russian):
    drawn = {each: get(published_site, f"/{localized_filename(name, each)}").text for each in ("en", "ru")}

    assert {each: (f">{english}<" in svg, f">{russian}<" in svg) for each, svg in drawn.items()} == {
        "en": (True, False),
        "ru": (False, True),
    }


@pytest.mark.parametrize("name", ["tour.geojson", "plans/broadgate.svg", "cite/broadgate.bib"])
def test_a_file_without_a_language_in_its_name_is_the_original_whatever_a_browser_wants(published_site, name):
    english, russian = (get(published_site, f"/{name}", each) for each in ("en", "ru"))

    assert english.content == russian.content


UNKNOWN = [
    *("tour.xx.geojson", "tour.xx.json", "tour.csl.xx.json", "iiif/manifest.xx.json", "cite/broadgate.xx.bib"),
    *("cite/broadgate.xx.json", "plans/broadgate.xx.svg", "plans/city/coventry.xx.svg"),
    *("tour.RU.geojson", "cite/nowhere.ru.bib", "plans/nowhere.ru.svg", "plans/city/nowhere.ru.svg"),
]


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_file_in_a_language_that_nobody_knows_is_not_found(published_site, name):
    assert get(published_site, f"/{name}").status_code == 404


@pytest.mark.parametrize("name", UNKNOWN)
def test_the_running_server_finds_no_such_file_either(site, name):
    assert httpx2.get(f"{site}/{name}").status_code == 404


READ = ["text", "print", "evidence", "tour.ru.geojson", "tour.ru.gpx", "tour.ru.kml", "tour.ru.bib", "tour.csl.ru.json"]


def test_no_page_shows_the_marks_of_its_texts(published_site):
    paths = [*page_urls(published_site), *(f"/{name}" for name in READ), "/?view=find&words=пауза&lang=ru"]
    marked = [address for address in paths if re.search(r"\{(en|ru):|\[\^", get(published_site, address, "ru").text)]

    assert marked == []


def test_every_page_names_the_data_in_its_own_language(published_site):
    page = shown(published_site.get("/?stop=broadgate&lang=ru"))

    data = page.xpath("//link[@rel='alternate'][@type]/@href")
    assert "tour.ru.geojson" in data
    assert {published_site.get(f"/{name}").status_code for name in data} == {200}
