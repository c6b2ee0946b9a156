"""Nobody waits for a long text: what reads content, or visitors' words, takes as long as they are long."""

import pkgutil
import re
from importlib import import_module
from itertools import product
from time import thread_time

import pytest

import tour
from tour import typography

MODULES = [import_module(each.name) for each in pkgutil.walk_packages(tour.__path__, "tour.")]
EXPRESSIONS = {
    f"{module.__name__.removeprefix('tour.')}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
del EXPRESSIONS["templating._ATTRIBUTE"]  # reads our own templates, once
EXPRESSIONS |= {f"typography.RULES {number}": rule for number, (rule, _) in enumerate(typography.RULES)}
# Beginnings of what the expressions look for, over and over, and what keeps them from an end.
WORST = ["[^", ".[^", "[", "[[ ", "[a ", "[a](https://", "{en:", "{", "a.", "a", "1", "1 ", " ", "-", ".", ". ", "\\"]
WORST += ['"', "“", "A. ", "в ", "1.", "1,1", "а", "<", "<script", "=", "a=", "é", "\n", "\n ", "q=0;", "en-", "1 000 "]
LONG = 50_000
SHORT = LONG // 10
PATIENCE = 0.5  # seconds; what grows with the square of the length takes tens of them


# These are tried at the beginning of a line or a name alone.
MATCHED = {"curation.lint.images.FILE_NAME", "images.derivative_cache.NAME", "images.derivatives.NAME"}
MATCHED |= {"content.stop_files.STOP_FILE", "content.stop_files.TRANSLATION_FILE", "validation.fields.HOST"}
MATCHED |= {"web.localized_routes.LANGUAGE_RANGE", "settings.MAIL", "web.not_found.STREAMLIT_PATHS"}
MATCHED |= {f"curation.link_check.extract.{name}" for name in ("FIELD", "HEADER")}


def seconds(name: str, text: str) -> float:
    """The processor time in which the expression goes through all of the text."""
    began = thread_time()
    expression = EXPRESSIONS[name]
    read = text.encode() if isinstance(expression.pattern, bytes) else text
    expression.match(read)
    expression.fullmatch(read)
    if expression not in [EXPRESSIONS[matched] for matched in MATCHED]:
        for _ in expression.finditer(read):
            pass
    return thread_time() - began


def test_every_exception_is_an_expression_of_ours():
    assert set(EXPRESSIONS) >= MATCHED


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_reads_the_worst_text_at_once(name):
    for start, end in product(WORST, ("", "!")):
        # Of what a square would make minutes, a tenth takes seconds: nobody waits for the failure either.
        assert seconds(name, start * (SHORT // len(start)) + end) < PATIENCE / 5, repr(start)
        assert seconds(name, start * (LONG // len(start)) + end) < PATIENCE, repr(start)
