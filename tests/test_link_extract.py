"""Every URL that leads out is extracted, with its line."""

from datetime import date

import pytest

from tests.conftest import load_valid
from tests.sample_exhibition import QUAY, replace_once, translate
from tour.curation.link_check.extract import LinkLocation, link_locations
from tour.paths import PROJECT_ROOT

STREETS = """
[tile_layer]
name = "Streets"
address = "https://tiles.example.org/{z}/{x}/{y}.png"
credit = "© Everybody"
credit_address = "https://example.org/copyright"
"""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def extracted(folders) -> list[LinkLocation]:
    return link_locations(folders[0], load_valid(*folders))


def test_a_stop_s_links_and_rights_are_extracted_with_their_lines(folders):
    in_quay = [(each.line, each.field, each.url) for each in extracted(folders) if each.file == QUAY]

    assert in_quay == [
        (15, "figures[1].rights", LICENCE),
        (20, "links[1].address", "https://example.org/a"),
        (27, "links[2].address", "https://example.org/b"),
    ]


def test_a_source_is_extracted_with_the_day_it_was_seen(folders):
    address, seen = "https://example.org/ledger", date(2026, 11, 22)

    assert LinkLocation("sources.toml", 6, "ledger.address", address, seen) in extracted(folders)


def test_a_link_to_a_source_was_seen_when_the_source_was(folders):
    replace_once(folders[0], QUAY, "https://example.org/a", "https://example.org/ledger")

    assert [each.accessed for each in extracted(folders) if each.file == QUAY] == [None, date(2026, 11, 22), None]


def test_the_credit_of_the_streets_is_extracted_and_not_their_tiles(folders):
    path = folders[0] / "exhibition.toml"
    path.write_text(path.read_text("utf-8") + STREETS, "utf-8")
    fields = [(each.line, each.field) for each in extracted(folders) if each.file == path.name]

    assert fields == [(len(path.read_text("utf-8").splitlines()), "tile_layer.credit_address")]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_don_t_matter(folders, ends):
    path = folders[0] / QUAY
    path.write_bytes(path.read_text("utf-8").replace("\n", ends).encode())

    assert [each.line for each in extracted(folders) if each.file == QUAY] == [15, 20, 27]


def test_a_url_that_stands_twice_has_two_lines(folders):
    replace_once(folders[0], QUAY, "https://example.org/b", "https://example.org/a")

    assert [each.line for each in extracted(folders) if each.url.endswith("/a") and each.file == QUAY] == [20, 27]


def test_lists_that_are_mixed_have_their_own_lines(folders):
    path = folders[0] / QUAY
    before, first, second, after = _apart(path.read_text("utf-8"))
    path.write_text(before + second + first + after, "utf-8")
    lines = path.read_text("utf-8").split("\n")

    for each in (each for each in extracted(folders) if each.file == QUAY):
        assert each.url in lines[each.line - 1]


def _apart(text: str) -> tuple[str, str, str, str]:
    """Before the picture, the picture, the first link, the rest."""
    figures, link = text.index("[[figures]]"), text.index("[[links]]")
    second = text.index("[[links]]", link + 1)
    return text[:figures], text[figures:link], text[link:second], text[second:]


def test_a_table_on_one_line_is_extracted(folders):
    path = folders[0] / QUAY
    text = path.read_text("utf-8")
    at, end = text.index("[[links]]"), text.index("+++", 4)
    one = '{ title = "A", publisher = "B", address = "https://example.org/%s", language = "en", kind = "page" }'
    path.write_text(f"{text[:4]}links = [\n  {one % 'a'},\n  {one % 'b'},\n]\n{text[4:at]}{text[end:]}", "utf-8")

    assert [(each.line, each.field) for each in extracted(folders) if each.file == QUAY][:2] == [
        (3, "links[1].address"),
        (4, "links[2].address"),
    ]


def test_a_url_on_an_unknown_line_is_extracted_all_the_same(folders):
    replace_once(folders[0], QUAY, "https://example.org/a", r"https://example.org/\u0061")

    assert (0, "links[1].address") in [(each.line, each.field) for each in extracted(folders) if each.file == QUAY]


def test_a_heading_within_words_misleads_nobody(folders):
    replace_once(folders[0], QUAY, 'lede = "A place by the water."', 'lede = """A\n[[links]]\naddress = place."""')

    assert [each.line for each in extracted(folders) if each.field == "links[2].address" and each.file == QUAY] == [29]


def test_a_translation_adds_no_url(folders):
    before = extracted(folders)
    translate(folders[0])

    assert extracted(folders) == before


def test_each_url_of_the_exhibition_is_on_its_line(exhibition):
    pages = {each.file: (PROJECT_ROOT / "data" / each.file).read_text("utf-8").split("\n") for each in _all(exhibition)}

    for each in _all(exhibition):
        line = pages[each.file][each.line - 1]
        assert line.startswith(each.field.rsplit(".", 1)[-1]) and f'"{each.url}"' in line, each


def _all(exhibition) -> list[LinkLocation]:
    return link_locations(PROJECT_ROOT / "data", exhibition)
