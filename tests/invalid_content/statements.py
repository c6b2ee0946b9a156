"""What a stop links to, disputes, dates and cites."""

from tests.full_exhibition import LIGHT
from tests.invalid_content.changes import Case, delete_between, replace
from tests.sample_exhibition import QUAY

CASES = (
    Case(
        "one link",
        delete_between(LIGHT, "[[links]]", "+++"),
        "stops/south/02-light.md: links has one link.\n    Give at least two that lead out.",
    ),
    Case(
        "a link that runs a script",
        replace(LIGHT, "https://example.org/a", "javascript:alert(1)"),
        "stops/south/02-light.md: links[1].address is javascript:alert(1), which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    Case(
        "a link without https",
        replace(LIGHT, "https://example.org/b", "www.example.org"),
        "stops/south/02-light.md: links[2].address is www.example.org, which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    Case(
        "a link with a space",
        replace(LIGHT, "https://example.org/a", "https://example.org/a page"),
        "stops/south/02-light.md: links[1].address is https://example.org/a page, which is not a "
        "web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    Case(
        "a link with half a name",
        replace(LIGHT, "https://example.org/a", "https://example"),
        "stops/south/02-light.md: links[1].address is https://example, which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    Case(
        "a link of an unknown kind",
        replace(LIGHT, 'kind = "film"', 'kind = "movie"'),
        "stops/south/02-light.md: links[2].kind is movie, which is unknown here.\n"
        "    Choose one of: page, article, news, reference, museum, official, film, audio, video, search.",
    ),
    Case(
        "a language by its name",
        replace(LIGHT, 'language = "ru"', 'language = "Russian"'),
        "stops/south/02-light.md: links[2].language is Russian, which is not the code of a language.\n"
        "    Give its code, like en or ru.",
    ),
    Case(
        "a claim with one account",
        replace(QUAY, "  { says = 'Ants dug it.', sources = [\"ledger\"] },\n", ""),
        "stops/north/01-quay.md: claims[1].accounts has one account.\n"
        "    Sources differ only where there are two: add the other.",
    ),
    Case(
        "an account without sources",
        replace(QUAY, "says = 'Ants dug it.', sources = [\"ledger\"]", "says = 'Ants dug it.'"),
        "stops/north/01-quay.md: claims[1].accounts[2].sources is missing.\n"
        '    Name those of sources.toml on which it rests, like sources = ["museum-cloth"].',
    ),
    Case(
        "an account that rests on what is not there",
        replace(QUAY, "says = 'Ants dug it.', sources = [\"ledger\"]", "says = 'Ants dug it.', sources = [\"diary\"]"),
        "stops/north/01-quay.md: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "a region outside the picture",
        replace(QUAY, "[0.1, 0.2, 0.3, 0.4]", "[0.5, 0.2, 0.6, 0.4]"),
        "stops/north/01-quay.md: detail_images[1].regions[1].box lies outside the picture.\n"
        "    Give left, top, width and height as parts of the whole, from 0 to 1.",
    ),
    Case(
        "a region in three numbers",
        replace(QUAY, "[0.1, 0.2, 0.3, 0.4]", "[0.1, 0.2, 0.3]"),
        "stops/north/01-quay.md: detail_images[1].regions[1].box has 3 values, not 4.\n    Give 4 values.",
    ),
    Case(
        "an event on a day that never was",
        replace(QUAY, 'date = "1899-05"', 'date = "1899-02-29"'),
        "stops/north/01-quay.md: events[1].date is 1899-02-29, which is not a date.\n"
        "    Write 1943, 1943-01 or 1943-01-31, no more exact than the source.",
    ),
    Case(
        "an event in words",
        replace(QUAY, 'date = "1899-05"', 'date = "May 1899"'),
        "stops/north/01-quay.md: events[1].date is May 1899, which is not a date.\n"
        "    Write 1943, 1943-01 or 1943-01-31, no more exact than the source.",
    ),
    Case(
        "an event on a bare date",
        replace(QUAY, 'date = "1899-05"', "date = 1899-05-01"),
        "stops/north/01-quay.md: events[1].date is a date, not text.\n    Write it between quotation marks.",
    ),
    Case(
        "a twin that is not a stop",
        replace(QUAY, 'twin = "light"', 'twin = "lamp"'),
        "stops/north/01-quay.md: twin is lamp, which is not a stop.\n    Give the slug of the stop at the other end.",
    ),
    Case(
        "a twin that is the stop itself",
        replace(QUAY, 'twin = "light"', 'twin = "quay"'),
        "stops/north/01-quay.md: twin is quay, the stop itself.\n    Give the slug of the stop at the other end.",
    ),
    Case(
        "a story that cites what is not there",
        replace(LIGHT, "[^ledger]", "[^diary]"),
        "stops/south/02-light.md: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "a story that cites nothing",
        replace(LIGHT, "[^ledger]", ""),
        "stops/south/02-light.md: cites no source.\n"
        "    Say where the story comes from: [^id] names a source of sources.toml.",
    ),
)
