"""Nobody waits for a long text: what reads content, or visitors' words, takes as long as they are long."""

import re
from itertools import product
from time import perf_counter

import pytest

from tour import markup, typography
from tour.advice import picture, words
from tour.content import files, map_files, signs, slips, stop_files, translations
from tour.links import mentions
from tour.maps import drawn
from tour.search import folding, spelling

MODULES = (markup, typography, picture, words, files, map_files, signs, slips, stop_files, translations)
MODULES += (mentions, drawn, folding, spelling)
EXPRESSIONS = {
    f"{module.__name__.removeprefix('tour.')}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
EXPRESSIONS |= {f"typography.RULES {number}": rule for number, (rule, _) in enumerate(typography.RULES)}
# Beginnings of what the expressions look for, over and over, and what keeps them from an end.
WORST = ["[^", "[", "[[ ", "[a ", "[a](https://", "{en:", "{", "a.", "a", "1", "1 ", " ", "-", ".", ". ", "\\"]
WORST += ['"', "“", "A. ", "в ", "1.", "1,1", "а", "<", "<script", "=", "a=", "é", "\n", "\n ", "q=0;", "en-", "1 000 "]
LONG = 200_000
SHORT = LONG // 20
PATIENCE = 1.0  # seconds; what grows with the square of the length takes minutes


# These are tried at the beginning of a line or a name alone.
MATCHED = {"advice.picture.FILE_NAME", "content.stop_files.TRANSLATION_FILE"}
MATCHED |= {f"links.mentions.{name}" for name in ("FIELD", "LIST", "TABLE")}


def passes(name: str, text: str) -> None:
    EXPRESSIONS[name].match(text)
    EXPRESSIONS[name].fullmatch(text)
    if name not in MATCHED:
        for _ in EXPRESSIONS[name].finditer(text):
            pass


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_reads_200_kilobytes_of_its_worst_at_once(name):
    for start, end in product(WORST, ("", "!")):
        began = perf_counter()
        # Of what a square would make an hour, a twentieth takes seconds: nobody waits for the failure either.
        passes(name, start * (SHORT // len(start)) + end)
        if perf_counter() - began < PATIENCE / 10:
            passes(name, start * (LONG // len(start)) + end)
        assert perf_counter() - began < PATIENCE, repr(start)
