"""The interface's words in each language."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import translate
from tour import i18n, typography
from tour.i18n import html_gettext_for, ngettext_for
from tour.model.navigation import locate
from tour.paths import LOCALE_DIR
from tour.views.article import stop_article
from tour.web.app import routes

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?\w[^>]*>")
CATALOGUES = [LOCALE_DIR / language / i18n.CATALOGUE for language in i18n.languages()[1:]]
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=i18n.languages()[1:])

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; "
"plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Next"
msgstr "Дальше"

msgid "All %(num)s stop"
msgid_plural "All %(num)s stops"
msgstr[0] "%(num)s остановка"
msgstr[1] "%(num)s остановки"
msgstr[2] "%(num)s остановок"
"""


def write_catalogue(folder: Path, text: str) -> None:
    path = folder / i18n.CATALOGUE
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def russian(tmp_path, monkeypatch):
    write_catalogue(tmp_path / "ru", CATALOGUE)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    i18n.translations.cache_clear()
    yield html_gettext_for("ru")
    i18n.translations.cache_clear()


def test_a_message_is_said_in_its_language(russian):
    assert russian("Next") == "Дальше"


def test_a_message_that_nobody_has_translated_is_said_as_it_is(russian):
    assert russian("Previous") == "Previous"


def test_numbers_take_the_forms_of_the_language(russian):
    translated_forms = [ngettext_for("ru")("All %(num)s stop", "All %(num)s stops", number) for number in (1, 23, 25)]

    assert translated_forms == ["1 остановка", "23 остановки", "25 остановок"]


def test_a_value_can_bring_no_markup_in():
    assert html_gettext_for("en")("<b>%(name)s</b>", name="<i>") == "<b>&lt;i&gt;</b>"


Id = str | tuple[str, ...]  # a message, or its forms for one and for many


@cache
def source_messages() -> frozenset[Id]:
    """Every message of the code and the templates."""
    mappings = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    extracted = extract_from_dir(PROJECT_ROOT, methods, keywords=DEFAULT_KEYWORDS | {"N_": None})
    return frozenset(message for _, _, message, *_ in extracted)


@cache
def translated(path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, ignore_obsolete=True)


def messages(path) -> list[Message]:
    return [message for message in translated(path) if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each form of the message that a visitor may read, beside one that the code says."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(message.id[1], form) for form in message.string]


def test_the_code_and_the_templates_say_something():
    assert {"Next", "Where it is", "film", "since %(year)s"} < source_messages()
    assert ("All %(num)s stop", "All %(num)s stops") in source_messages()


@each_catalogue
def test_a_catalogue_has_every_message_and_no_other(path):
    catalogue = {message.id for message in messages(path)}

    assert (source_messages() - catalogue, catalogue - source_messages()) == (set(), set())


@each_catalogue
def test_every_message_is_translated_in_every_number_and_none_is_a_guess(path):
    forms = translated(path).num_plurals
    bare = [
        message.id
        for message in messages(path)
        if message.fuzzy
        or not all(form.strip() for _, form in pairs(message))
        or (message.pluralizable and len(message.string) != forms)
    ]

    assert bare == []


@each_catalogue
def test_every_message_keeps_its_placeholders(path):
    other = [
        one
        for message in messages(path)
        for one, form in pairs(message)
        if sorted(PLACEHOLDER.findall(one)) != sorted(PLACEHOLDER.findall(form))
    ]

    assert other == []


@each_catalogue
def test_no_message_has_a_percent_sign_that_is_not_a_placeholder(path):
    broken = [
        form
        for message in messages(path)
        for one, form in pairs(message)
        if PLACEHOLDER.search(one) and "%" in PLACEHOLDER.sub("", form).replace("%%", "")
    ]

    assert broken == []


@each_catalogue
def test_every_message_keeps_its_markup(path):
    other = [
        one
        for message in messages(path)
        for one, form in pairs(message)
        if sorted(TAG.findall(one)) != sorted(TAG.findall(form))
    ]

    assert other == []


@each_catalogue
def test_every_catalogue_says_what_language_it_is_and_how_it_counts(path):
    assert translated(path).locale.language == path.parent.parent.name
    assert "Plural-Forms: nplurals=" in path.read_text("utf-8")


GERMAN = {
    "Next": "Weiter",
    "Where it is": "Wo es ist",
    "Seats": "Sitzplätze",
    "not known": "unbekannt",
    "Stop %(number)s of %(total)s": "Halt %(number)s von %(total)s",
    "There is no such page": "Diese Seite gibt es nicht",
    "since %(year)s": "seit %(year)s",
}


@pytest.fixture
def with_german(folders, tmp_path, monkeypatch):
    """A server of the sample exhibition with a third language: a few files of words, and nothing else."""
    locale = tmp_path / "locale"
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    lines += [f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in GERMAN.items()]
    write_catalogue(locale / "de", "\n".join(lines))
    write_catalogue(locale / "ru", CATALOGUE)
    monkeypatch.setattr(i18n, "LOCALE_DIR", locale)
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    i18n.translations.cache_clear()
    translate(folders[0])
    (folders[0] / "exhibition.ru.toml").write_text((folders[0] / "exhibition.de.toml").read_text("utf-8"), "utf-8")
    yield TestClient(Starlette(routes=routes()))
    i18n.translations.cache_clear()


def page_of(client, address):
    return html.fromstring(client.get(address).text)


def test_a_third_language_needs_files_alone(with_german):
    page = page_of(with_german, "/?stop=quay&lang=de")

    assert page.get("lang") == "de"
    assert page.findtext(".//h1") == "Der Kai"
    assert {"Wo es ist", "Sitzplätze", "unbekannt"} <= {each.strip() for each in page.itertext()}
    assert typography.typeset_text("Halt 1 von 3") in page.text_content()


def test_a_browser_that_wants_the_third_language_is_answered_in_it(with_german):
    response = with_german.get("/", headers={"Accept-Language": "de-CH,de;q=0.9,ru;q=0.8"})

    assert html.fromstring(response.text).get("lang") == "de"


def test_not_found_is_said_in_the_third_language(with_german):
    page = html.fromstring(with_german.get("/nowhere", headers={"Accept-Language": "de"}).text)

    assert (page.get("lang"), page.findtext(".//h1")) == ("de", "Diese Seite gibt es nicht")


def test_every_page_offers_every_other_language(with_german):
    switches = {
        language: [
            each.get("hreflang")
            for each in page_of(with_german, f"/?lang={language}").xpath("//*[@role='banner']/a[@hreflang]")
        ]
        for language in ("en", "de", "ru")
    }

    assert switches == {"en": ["de", "ru"], "de": ["en", "ru"], "ru": ["en", "de"]}


def test_the_third_language_has_its_name_on_the_way_to_it(with_german):
    (way,) = page_of(with_german, "/?stop=quay&lang=en").xpath("//*[@role='banner']/a[@hreflang='de']")

    assert (way.text, way.get("lang"), way.get("href")) == ("Deutsch", "de", "./?stop=quay&lang=de")


def test_the_other_languages_stay_as_they_were(folders):
    english = load_valid(*folders)
    before = stop_article(english, locate(english, "quay"), folders[1])

    translate(folders[0])
    english = load_valid(*folders)

    assert stop_article(english, locate(english, "quay"), folders[1]) == before


def test_the_third_language_takes_no_words_from_the_second(with_german):
    page = page_of(with_german, "/?stop=quay&lang=ru").text_content()

    assert "Дальше" in page
    assert "Weiter" not in page
    assert "Wo es ist" not in page
