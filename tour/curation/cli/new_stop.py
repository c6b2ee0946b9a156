"""python -m tour new-stop: asks a few questions and writes the file of a new stop."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from tour.content.loader import load
from tour.content.problems import report
from tour.curation.cli.errors import CommandError
from tour.curation.cli.new_exhibition import shell_command
from tour.curation.scaffold import new_stop as scaffold
from tour.curation.scaffold.new_stop import NewStop
from tour.model import City
from tour.settings import settings

NON_INTERACTIVE_HINT = (
    "Nothing was written. Where nobody is there to answer, give the answers as options: --title and --latitude with\n"
    "--longitude, --city where there are several, and --yes to take what is proposed for the rest."
)
_DEGREES = r"([-+]?\d+(?:\.\d+)?)\s*°?\s*"
# 52.4077, -1.5078 or 52.4077° N, 1.5078° W, as map sites give it.
COORDINATES = re.compile(rf"{_DEGREES}([NS])?(?:[\s,;]+{_DEGREES}([EW])?)?", re.IGNORECASE)
LONGITUDE = re.compile(rf"{_DEGREES}([EW])?", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"\d{1,99}")
FILE_NAME = re.compile(r"[^/]+")

Answer = TypeVar("Answer")
Parser = Callable[[str], Answer]  # of an answer; raises click.BadParameter with how to write it


@click.command("new-stop")
@click.option("--city", help="Slug or name of the city; needed only where there are several.")
@click.option("--title", help="What the stop is called.")
@click.option("--latitude", help='In degrees; or latitude and longitude in one, as maps give them: "52.4077, -1.5078".')
@click.option("--longitude", help="In degrees.")
@click.option("--slug", help="The stop's name in addresses. Proposed from the title.")
@click.option("--number", help="Its place in the tour. Proposed: the next after the last stop of its city.")
@click.option("--picture", help="A picture's file, which is copied into media/. It may wait.")
@click.option("--yes", is_flag=True, help="Take what is proposed for everything that no option answers.")
def new_stop(yes: bool, **options: str | None) -> None:
    """Ask a few questions, and write a file for a new stop: its empty fields wait for what only a person can say."""
    try:
        path = scaffold.write(_Prompter(options, yes).new_stop(), settings().data, settings().media)
    except click.Abort as error:
        raise CommandError(f"\n{NON_INTERACTIVE_HINT}") from error
    except FileExistsError as error:
        raise CommandError(f"{error.filename} is there already, and nothing was written.") from error
    hint = f"Fill in its empty fields; to see which are left:\n  {shell_command('-m', 'tour', 'check')}"
    click.echo(f"Wrote {path}.\n{hint}")


class _Prompter:
    """Takes each answer from its option, else with `takes_defaults` from its default, else from the prompt."""

    def __init__(self, options: dict[str, str | None], takes_defaults: bool):
        self.options, self.takes_defaults = options, takes_defaults
        self.content, self.stops = load(settings().data), scaffold.existing_stops(settings().data)

    def new_stop(self) -> NewStop:
        """Raises CommandError if an option is wrong or no city can be read, click.Abort if nobody answers."""
        city = self._city(self.content.exhibition.cities)
        title = self._ask("title", "Title", _parse_text)
        slug = scaffold.free_slug(self.stops, scaffold.slugify(title) or "stop")
        number = scaffold.free_number(self.stops, city.slug)
        new = NewStop(city.slug, number, slug, title, sum(city.latitude) / 2, sum(city.longitude) / 2)
        question = f"Latitude and longitude, like {new.latitude:.4f}, {new.longitude:.4f}"
        new = self._ask("latitude", question, lambda text: self._with_position(new, text))
        new = self._ask_field(new, "slug", "Slug, its name in addresses", _parse_slug)
        new = self._ask_field(new, "number", "Number in the tour", _parse_number)
        return self._ask_field(new, "picture", "Picture file (Enter for none yet)", _parse_picture)

    def _city(self, cities: tuple[City, ...]) -> City:
        if not cities:
            raise CommandError(report(self.content.problems))
        if len(cities) == 1 and self.options["city"] is None:
            return cities[0]
        by_name = {name.casefold(): city for city in cities for name in (city.slug, city.name)}
        choices = ", ".join(city.slug for city in cities)

        def parse(text: str) -> City:
            if text.casefold() not in by_name:
                error = f"{text or 'Nothing'} is not a city of the exhibition. Choose one of: {choices}."
                raise click.BadParameter(error)
            return by_name[text.casefold()]

        return self._ask("city", f"City ({choices})", parse)

    def _with_position(self, new: NewStop, text: str) -> NewStop:
        latitude, longitude = _parse_position(text)
        if longitude is None:
            longitude = self._ask("longitude", "Longitude", _parse_longitude)
        return self._valid(replace(new, latitude=latitude, longitude=longitude))

    def _ask_field(self, new: NewStop, name: str, question: str, parse: Parser[Any]) -> NewStop:
        """The stop with the answer in that field, whose value is the default."""
        default = str(getattr(new, name) or "")
        return self._ask(name, question, lambda text: self._valid(replace(new, **{name: parse(text)})), default)

    def _valid(self, new: NewStop) -> NewStop:
        if problems := list(scaffold.problems(new, self.content, self.stops)):
            raise click.BadParameter("\n".join(map(str, problems)))
        return new

    def _ask(self, name: str, question: str, parse: Parser[Answer], default: str | None = None) -> Answer:
        answer = default if self.options[name] is None and self.takes_defaults else self.options[name]
        try:
            if answer is not None:
                return parse(answer.strip())
        except click.BadParameter as error:
            raise CommandError(error.message) from error
        # click asks again after a BadParameter.
        return click.prompt(question, default, value_proc=lambda text: parse(text.strip()), show_default=bool(default))


def _parse_text(text: str) -> str:
    if not text:
        raise click.BadParameter("Write a few words.")
    return text


def _parse_slug(text: str) -> str:
    return _match(FILE_NAME, _parse_text(text), "a slug. Write letters, digits and hyphens, like old-mill.")[0]


def _parse_number(text: str) -> int:
    return int(_match(WHOLE_NUMBER, text, "a whole number. Write it in digits, like 7.")[0])


def _parse_position(text: str) -> tuple[float, float | None]:
    """Latitude, and longitude where both are given."""
    match = _match(COORDINATES, text, "a place. Write degrees with a point, like 52.4077, -1.5078.")
    latitude, south, longitude, west = match.groups()
    return _signed(latitude, south), None if longitude is None else _signed(longitude, west)


def _parse_longitude(text: str) -> float:
    return _signed(*_match(LONGITUDE, text, "a longitude. Write degrees with a point, like -1.5078.").groups())


def _match(pattern: re.Pattern[str], text: str, expected: str) -> re.Match[str]:
    match = pattern.fullmatch(text.replace("−", "-").strip("()[] "))
    if match is None:
        raise click.BadParameter(f"{text or 'Nothing'} is not {expected}")
    return match


def _signed(degrees: str, direction: str | None) -> float:
    return -float(degrees) if direction and direction in "SWsw" else float(degrees)


def _parse_picture(text: str) -> Path | None:
    """The file of that name, in this folder or in media/."""
    try:
        path = Path(text).expanduser().resolve()
        return (path if path.exists() else settings().media / text) if text else None
    except (OSError, RuntimeError, ValueError) as error:  # no such user; a name that is too long or holds a NUL
        raise click.BadParameter(f"{text} is not a picture's file.") from error
