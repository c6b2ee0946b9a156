"""python -m tour check: errors and warnings in the content, and what each stop has."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from tour.content.cited_sources import stop_sources
from tour.content.problems import ContentError, Problem
from tour.curation.lint.lint import lint
from tour.curation.lint.prose import count_words
from tour.curation.lint.rules import LintWarning, report
from tour.model import Exhibition
from tour.model.navigation import twin
from tour.settings import settings
from tour.validation.validate import load_all_languages

COUNTED = ("comparisons", "detail_images", "claims", "events", "links")  # parts of a stop

StopCoverage = dict[str, Any]  # by column: a count, whether the stop has it, or the languages in which it is whole


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For another program: errors, warnings and coverage as JSON.")
def check(as_json: bool) -> None:
    """Say what is wrong with the content, file by file, and what an editor would ask for.

    Errors keep the exhibition from being shown, and the command fails. Warnings say why they matter, and stop nothing.
    The table shows what each stop has.
    """
    try:
        exhibitions = load_all_languages(settings().data, settings().media)
    except ContentError as error:
        if not as_json:
            raise
        click.echo(_to_json(error.problems, [], []))
        sys.exit(1)
    warnings = sorted(set(lint(exhibitions, settings().data, settings().media, date.today())))
    rows = _coverage(exhibitions)
    click.echo(_to_json((), warnings, rows) if as_json else _to_text(warnings, rows))


def _to_text(warnings: list[LintWarning], rows: list[StopCoverage]) -> str:
    count = {0: "no warnings", 1: "1 warning"}.get(len(warnings), f"{len(warnings)} warnings")
    return "\n".join(filter(None, (report(warnings), f"{_table(rows)}\n", f"No errors, {count}.")))


def _to_json(errors: Iterable[Problem], warnings: Iterable[LintWarning], rows: list[StopCoverage]) -> str:
    reported = {
        "errors": [asdict(error) for error in errors],
        "warnings": [{"rule": each.rule.name, "why": each.rule.why, **asdict(each.problem)} for each in warnings],
        "coverage": rows,
    }
    return json.dumps(reported, ensure_ascii=False, indent=2)


def _coverage(exhibitions: Mapping[str, Exhibition]) -> list[StopCoverage]:
    """A row for each stop in tour order; `exhibitions` are by language, the original's first."""
    original = next(iter(exhibitions.values()))
    complete = {code: {stop.slug for stop in each.stops if stop.language == code} for code, each in exhibitions.items()}
    return [
        {
            "stop": stop.slug,
            "words": count_words(stop.narrative),
            "sources": len(stop_sources(stop)),
            "pictures": len({picture.image for picture in stop.pictures()}),
            **{name: len(getattr(stop, name)) for name in COUNTED},
            "twin": twin(original, stop) is not None,
            **{name: bool(getattr(stop, name)) for name in ("step_free", "seats")},
            "languages": [code for code, slugs in complete.items() if stop.slug in slugs],
        }
        for stop in original.stops
    ]


def _table(rows: list[StopCoverage]) -> str:
    """The rows in columns with a heading; a dot stands for 0, no and none."""
    cells = [[name.replace("_", " ") for name in rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "yes" if value is True else str(value or "·")
