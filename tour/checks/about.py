"""What must hold of the exhibition's own words on the page About: that every link in them leads somewhere."""

from collections.abc import Iterator
from pathlib import Path

from tour.addresses import DEFAULT_LANGUAGE, VIEW_NAMES
from tour.checks.stop import address_problems
from tour.content.translations import beside
from tour.content.written import OPENING
from tour.markup import ways
from tour.model import Exhibition
from tour.problems import Problem


def section_problems(exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the sections in the exhibition's language."""
    is_original = exhibition.language == DEFAULT_LANGUAGE
    file = OPENING if is_original else beside(Path(OPENING), exhibition.language).name
    for number, section in enumerate(exhibition.about, 1):
        field = f"about[{number}]"
        for id in ways(section.words):
            if id not in section.addresses and id not in VIEW_NAMES:
                remedy = "Give the address under [[about.links]] in exhibition.toml, or mend the id."
                yield Problem(file, f"{field}.words", f"leads to {id}, which has no address.", remedy)
        for at, link in enumerate(section.links, 1) if is_original else ():
            yield from address_problems(file, f"{field}.links[{at}].address", link.address)
