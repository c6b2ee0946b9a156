"""python -m tour settings: the environment variables that the site reads."""

import os
from dataclasses import fields
from pathlib import Path

import click

from tour.paths import PROJECT_ROOT
from tour.settings import FORWARDED_ALLOW_IPS, TRUSTED_PROXIES, Settings, settings, variable


@click.command("settings")
@click.option("--markdown", is_flag=True, help="As the table in docs/hosting.md, with the defaults.")
def list_settings(markdown: bool) -> None:
    """List every setting: its environment variable, its value, and what it does."""
    values = Settings() if markdown else settings()
    rows = [
        (variable(each), _text(getattr(values, each.name)), each.metadata["description"]) for each in fields(values)
    ]
    rows.append((FORWARDED_ALLOW_IPS, os.environ.get(FORWARDED_ALLOW_IPS, "127.0.0.1,::1"), TRUSTED_PROXIES))
    if markdown:
        click.echo("| variable | default | what it does |\n|---|---|---|")
    for name, value, description in rows:
        click.echo(f"| `{name}` | {value} | {description} |" if markdown else f"{name}={value}\n    {description}")


def _text(value: object) -> str:
    """A value as it is written into an environment variable; folders of the project without its path."""
    if isinstance(value, Path):
        return str(value.relative_to(PROJECT_ROOT) if value.is_relative_to(PROJECT_ROOT) else value)
    if isinstance(value, bool):
        return str(int(value))
    return " ".join(value) if isinstance(value, tuple) else str(value)
