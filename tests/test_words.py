"""The interface's words in each language."""

import pytest

from tour import words
from tour.words import counter, speaker

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


@pytest.fixture
def russian(tmp_path, monkeypatch):
    (tmp_path / "ru.po").write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    words.catalogue.cache_clear()
    yield speaker("ru")
    words.catalogue.cache_clear()


def test_a_message_is_said_in_its_language(russian):
    assert russian("Next") == "Дальше"


def test_a_message_that_nobody_has_translated_is_said_as_it_is(russian):
    assert russian("Previous") == "Previous"


def test_numbers_take_the_forms_of_the_language(russian):
    said = [counter("ru")("All %(num)s stop", "All %(num)s stops", number) for number in (1, 23, 25)]

    assert said == ["1 остановка", "23 остановки", "25 остановок"]


def test_a_value_can_bring_no_markup_in():
    assert speaker("en")("<b>%(name)s</b>", name="<i>") == "<b>&lt;i&gt;</b>"
