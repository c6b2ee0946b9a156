"""python -m tour check: errors and warnings in the content, and what each stop has."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

import click

from tour.content.problems import ContentError, Problem
from tour.curation.lint.coverage import StopCoverage, coverage, table
from tour.curation.lint.lint import lint
from tour.curation.lint.rules import LintWarning, report
from tour.settings import settings
from tour.validation.validate import load_all_languages


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
    rows = coverage(exhibitions)
    click.echo(_to_json((), warnings, rows) if as_json else _to_text(warnings, rows))


def _to_text(warnings: list[LintWarning], rows: list[StopCoverage]) -> str:
    count = {0: "no warnings", 1: "1 warning"}.get(len(warnings), f"{len(warnings)} warnings")
    return "\n".join(filter(None, (report(warnings), f"{table(rows)}\n", f"No errors, {count}.")))


def _to_json(errors: Iterable[Problem], warnings: Iterable[LintWarning], rows: list[StopCoverage]) -> str:
    reported = {
        "errors": [asdict(error) for error in errors],
        "warnings": [{"rule": each.rule.name, "why": each.rule.why, **asdict(each.problem)} for each in warnings],
        "coverage": rows,
    }
    return json.dumps(reported, ensure_ascii=False, indent=2)
