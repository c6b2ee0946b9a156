"""python -m tour check: what is wrong with the content, and what an editor would ask for."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import click

from tour.advice.coverage import Row, coverage, table
from tour.advice.editor import advice
from tour.advice.rules import Advice, report
from tour.checks.whole import in_every_language
from tour.edition import data_dir, media_dir
from tour.model import Exhibition
from tour.problems import ContentError, Problem


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For another program: faults, advice and coverage as JSON.")
def check(as_json: bool) -> None:
    """Say what is wrong with the content, file by file, and what an editor would ask for.

    Faults keep the exhibition from being shown, and the command fails. Advice says why it matters, and stops nothing.
    The table shows what each stop has.
    """
    try:
        every = in_every_language(data_dir(), media_dir())
    except ContentError as error:
        click.echo(_as_json(error.problems, [], []) if as_json else str(error), err=not as_json)
        sys.exit(1)
    asked = sorted(set(advice(every, data_dir(), media_dir(), date.today())))
    click.echo(_as_json((), asked, coverage(every)) if as_json else _as_text(asked, every))


def _as_text(asked: list[Advice], every: Mapping[str, Exhibition]) -> str:
    count = f"{len(asked)} pieces of advice" if len(asked) != 1 else "1 piece of advice"
    closing = f"No fault. {count}." if asked else "No fault, and nothing to advise."
    return "\n".join(filter(None, (report(asked), table(coverage(every)), "", closing)))


def _as_json(faults: tuple[Problem, ...], asked: list[Advice], rows: list[Row]) -> str:
    told = {
        "faults": [asdict(fault) for fault in faults],
        "advice": [{"rule": each.rule.name, "why": each.rule.why, **asdict(each.problem)} for each in asked],
        "coverage": [asdict(row) for row in rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
