"""python -m tour check: what is wrong with the content, and what an editor would ask for."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import click

from tour.content.problems import ContentError, Problem
from tour.content_store import data_dir, media_dir
from tour.curation.lint.coverage import StopCoverage, coverage, table
from tour.curation.lint.lint import lint
from tour.curation.lint.rules import LintWarning, report
from tour.model import Exhibition
from tour.validation.validate import load_all_languages


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For another program: faults, advice and coverage as JSON.")
def check(as_json: bool) -> None:
    """Say what is wrong with the content, file by file, and what an editor would ask for.

    Faults keep the exhibition from being shown, and the command fails. Advice says why it matters, and stops nothing.
    The table shows what each stop has.
    """
    try:
        every = load_all_languages(data_dir(), media_dir())
    except ContentError as error:
        click.echo(_as_json(error.problems, [], []) if as_json else str(error), err=not as_json)
        sys.exit(1)
    asked = sorted(set(lint(every, data_dir(), media_dir(), date.today())))
    click.echo(_as_json((), asked, coverage(every)) if as_json else _as_text(asked, every))


def _as_text(asked: list[LintWarning], every: Mapping[str, Exhibition]) -> str:
    count = f"{len(asked)} pieces of advice" if len(asked) != 1 else "1 piece of advice"
    closing = f"No fault. {count}." if asked else "No fault, and nothing to advise."
    return "\n".join(filter(None, (report(asked), table(coverage(every)), "", closing)))


def _as_json(faults: tuple[Problem, ...], asked: list[LintWarning], rows: list[StopCoverage]) -> str:
    told = {
        "faults": [asdict(fault) for fault in faults],
        "advice": [{"rule": each.rule.name, "why": each.rule.why, **asdict(each.problem)} for each in asked],
        "coverage": [asdict(row) for row in rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def load_or_exit() -> dict[str, Exhibition]:
    """The exhibition by language; tells every problem and ends the command if it can't be shown."""
    try:
        return load_all_languages(data_dir(), media_dir())
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
