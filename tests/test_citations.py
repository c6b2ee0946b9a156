"""A stop can be kept and cited, with nothing that we don't know."""

from dataclasses import replace

import pytest

from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import translate
from tour.model.navigation import locate
from tour.open_data.bibtex_csl import bibtex, csl
from tour.open_data.context import ExportContext

BASE = "https://example.org/tour/"
MEDIA = PROJECT_ROOT / "media"
STATUS = "The friendship rests. (2001-02-03, https://example.org/ledger)"


@pytest.fixture
def harbours(folders):
    return ExportContext(load_valid(*folders), folders[1], BASE)


def titled(harbours, title):
    """The position of the quay, under another title."""
    position = locate(harbours.exhibition, "quay")
    return replace(position, stop=replace(position.stop, title=title))


def test_csl_names_page_exhibition_and_status(harbours):
    (crane,) = csl(harbours, locate(harbours.exhibition, "crane"))

    assert crane == {
        "id": "crane",
        "type": "webpage",
        "title": "The Crane",
        "container-title": "Two Harbours",
        "genre": "virtual exhibition",
        "number": 2,
        "URL": "https://example.org/tour/?stop=crane&lang=en",
        "language": "en",
        "note": STATUS,
    }


def test_bibtex_names_page_exhibition_and_status(harbours):
    assert bibtex(harbours, locate(harbours.exhibition, "crane")) == (
        "@misc{crane,\n"
        "  title = {{The Crane}},\n"
        "  howpublished = {Stop 2 of Two Harbours, a virtual exhibition},\n"
        "  url = {https://example.org/tour/?stop=crane&lang=en},\n"
        f"  note = {{{STATUS}}},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("Rope & Sail", r"Rope \& Sail"),
        ("100% of #1", r"100\% of \#1"),
        ("$5_a", r"\$5\_a"),
        ("{Knot", r"\textbraceleft{}Knot"),
        ("Knot}", r"Knot\textbraceright{}"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        ("\\input", r"\textbackslash{}input"),
        ("Скатерть’s", "Скатерть’s"),
    ],
)
def test_bibtex_says_signs_of_tex_by_their_names(harbours, title, tex):
    record = bibtex(harbours, titled(harbours, title))

    assert f"title = {{{{{tex}}}}},\n" in record
    assert record.count("{") == record.count("}")


def test_an_address_in_bibtex_stays_as_it_is(folders):
    translate(folders[0])
    german = load_valid(*folders, "de")

    record = bibtex(ExportContext(german, folders[1], BASE), locate(german, "quay"))

    assert "url = {https://example.org/tour/?stop=quay&lang=de}," in record


def test_all_citations_come_in_the_order_of_the_tour(exhibition):
    context = ExportContext(exhibition, MEDIA, BASE)
    slugs = [stop.slug for stop in exhibition.stops]
    records = bibtex(context).split("@misc{")[1:]

    assert [item["id"] for item in csl(context)] == slugs
    assert [record.split(",")[0] for record in records] == slugs
