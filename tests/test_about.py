"""What the exhibition says of its own making, on the page About."""

import pytest
from lxml import html

from tests.conftest import load_valid
from tests.sample_exhibition import replace_once, translate
from tour import typography
from tour.content.problems import ContentError
from tour.validation.validate import load_all_languages
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

CITIES = "[[cities]]"
ABOUT = """
[[about]]
text = "It grew from [a letter][letter]."

[[about.links]]
id = "letter"
address = "https://example.org/letter"

[[about]]
title = "The drawings"
text = "Drawn by *hand*; [all of them][gallery], and <b>none</b> else."

"""
GERMAN = """
[[about]]
text = "Sie ist aus [einem Brief][letter] entstanden."

[[about]]
title = "Die Zeichnungen"
text = "Von Hand gezeichnet; [alle][gallery]."
"""


@pytest.fixture
def telling(folders):
    """The sample exhibition with a section about its making."""
    replace_once(folders[0], "exhibition.toml", CITIES, ABOUT + CITIES)
    return folders


def about(exhibition, media):
    return html.fromstring(SiteRenderer(exhibition, media).view(resolve(exhibition, {"view": "about"})))


def links(page) -> dict[str, str]:
    return {link.text: link.get("href") for link in page.xpath("./p/a")}


def problem(data, media) -> str:
    with pytest.raises(ContentError) as caught:
        load_all_languages(data, media)
    return str(caught.value)


def test_the_first_words_go_on_from_the_number_of_stops(telling):
    opening = about(load_valid(*telling), telling[1]).xpath("./p")[0]

    assert opening.text_content() == typography.typeset_text(
        "This is a virtual exhibition in 3 stops. It grew from a letter."
    )


def test_a_section_has_its_title_and_no_markup_but_ours(telling):
    page = about(load_valid(*telling), telling[1])
    paragraph = page.xpath("./h2[.='The drawings']/following-sibling::p")[0]

    assert paragraph.text_content() == "Drawn by hand; all of them, and <b>none</b> else."


def test_words_lead_to_their_address_and_to_views_of_the_site(telling):
    assert links(about(load_valid(*telling), telling[1])) == {
        "a letter": "https://example.org/letter",
        "all of them": "./?view=gallery&lang=en",
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_a_translation_leads_where_the_original_does(telling):
    data, media = telling
    translate(data)
    replace_once(data, "exhibition.de.toml", CITIES, GERMAN + CITIES)

    page = about(load_all_languages(data, media)["de"], media)

    assert (
        links(page).items() >= {"einem Brief": "https://example.org/letter", "alle": "./?view=gallery&lang=de"}.items()
    )


def test_an_exhibition_may_have_no_section_about_its_making(folders):
    titles = [title.text for title in about(load_valid(*folders), folders[1]).xpath("./h2")]

    assert titles == ["Your privacy", "Licences"]


FAULTS = [
    (
        "][letter]",
        "][lettre]",
        "exhibition.toml: about[1].text leads to lettre, which has no address.\n"
        "    Give the address under [[about.links]] in exhibition.toml, or mend the id.",
    ),
    (
        "https://example.org/letter",
        "javascript:alert(1)",
        "exhibition.toml: about[1].links[1].address is javascript:alert(1), which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    ('text = "It grew', 'txt = "It grew', "exhibition.toml: about[1].text is missing.\n    Add it."),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_an_error_is_reported(telling, old, new, message):
    replace_once(telling[0], "exhibition.toml", old, new)

    assert message in problem(*telling)


def test_a_link_with_a_wrong_name_in_a_translation_is_reported(telling):
    data, media = telling
    translate(data)
    replace_once(data, "exhibition.de.toml", CITIES, GERMAN.replace("[letter]", "[brief]") + CITIES)

    assert "exhibition.de.toml: about[1].text leads to brief, which has no address." in problem(data, media)
