"""Markdown becomes safe HTML, footnotes become numbered citations."""

import pytest

from tour.content.markdown import cited_ids, reference_ids, render, render_inline

NUMBERS = {"ledger": 1, "diary": 2}


def test_a_footnote_becomes_the_number_of_its_source():
    assert render_inline("In 1942.[^diary]", NUMBERS) == (
        'In 1942.<sup class="tour-cite"><a href="#tour-source-2">2</a></sup>'
    )


def test_paragraphs_emphasis_and_quotations_are_kept():
    assert render("*One*\n\n> Two", {}) == "<p><em>One</em></p>\n<blockquote>\n<p>Two</p>\n</blockquote>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![spy](https://example.org/spy.png)",
        "[here](javascript:alert(1))",
        "<https://example.org>",
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_but_text_comes_out(hostile):
    html = render(hostile, {}).removeprefix("<p>").removesuffix("</p>")

    assert "<" not in html


def test_an_unknown_footnote_leaves_nothing_on_the_page():
    assert render_inline("Then.[^nobody]", NUMBERS) == "Then."


def test_sources_are_listed_in_the_order_of_first_mention():
    assert cited_ids("b.[^b][^a]", "a.[^a] c.[^c]") == ["b", "a", "c"]


def test_words_in_another_language_say_so():
    assert render_inline("Слова {en:“in *Friendship*”} там", {}) == (
        'Слова <span lang="en">“in <em>Friendship</em>”</span> там'
    )


@pytest.mark.parametrize("braces", ["{en:}", "{EN:a}", "{en a}", "{en:<b>}", '{en" onclick=:a}'])
def test_other_braces_are_text(braces):
    assert "<b>" not in render_inline(braces, {})
    assert "onclick" not in render_inline(braces, {}).partition("<span")[2]


ADDRESSES = {"board": 'https://example.org/"board"&co'}


def test_words_lead_to_the_address_that_comes_with_the_text():
    assert render_inline("By [the *Board*][board].", {}, addresses=ADDRESSES) == (
        'By <a href="https://example.org/&quot;board&quot;&amp;co">the <em>Board</em></a>.'
    )


@pytest.mark.parametrize("text", ["[a][nobody]", "[a][]", "[a](https://example.org)", "[a]: https://example.org"])
def test_words_lead_nowhere_else(text):
    assert "<a" not in render_inline(text, {}, addresses=ADDRESSES)


def test_a_text_that_comes_without_addresses_leads_nowhere():
    assert render("[the Board][board]", {}) == "<p>[the Board][board]</p>"


def test_the_addresses_that_a_text_leads_to_are_known():
    assert reference_ids("[a][one], [b][two].[^three] [c](four)") == ["one", "two"]
