"""python -m tour new-stop: a file for a new stop, with all that can be asked in a minute."""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from tour.content.loader import load
from tour.content.problems import report
from tour.content_store import data_dir, media_dir
from tour.curation.cli import prompts
from tour.curation.cli.new_exhibition import shell_command
from tour.curation.cli.prompts import NoAnswer, Problems, Questions, Reader, nothing
from tour.curation.scaffold import new_stop as scaffold
from tour.curation.scaffold.new_stop import FileTakenError, NewStop, slugify
from tour.model import City

NOBODY = (
    "Nothing was written. Where nobody is there to answer, give the answers as options: --title and --latitude with\n"
    "--longitude, --city where there are several, and --yes to take what is proposed for the rest."
)


@click.command("new-stop")
@click.option("--city", help="Slug or name of the city; needed only where there are several.")
@click.option("--title", help="What the stop is called.")
@click.option("--latitude", help='In degrees; or latitude and longitude in one, as maps give them: "52.4077, -1.5078".')
@click.option("--longitude", help="In degrees.")
@click.option("--slug", help="The stop's name in addresses. Proposed from the title.")
@click.option("--number", help="Its place in the tour. Proposed: the next after the last stop of its city.")
@click.option("--picture", help="A picture's file, which is copied into media/. It may wait.")
@click.option("--yes", is_flag=True, help="Take what is proposed for everything that no option answers.")
def new_stop(yes: bool, **given: str | None) -> None:
    """Ask a few questions, and write a file for a new stop: its empty fields wait for what only a person can say."""
    try:
        new = _Desk(Questions(yes), given).new_stop()
        path = scaffold.write(new, data_dir(), media_dir())
    except click.Abort:
        _end(f"\n{NOBODY}")
    except FileTakenError as taken:
        _end(f"{taken} is there already, and nothing was written.")
    except OSError as error:
        _end(f"{error.filename} can't be written: {error.strerror}.")
    click.echo(
        f"Wrote {path}.\nFill in its empty fields; to see which are left:\n  {shell_command('-m', 'tour', 'check')}"
    )


class _Desk:
    """Where the questions are put, one after another; `given` are the options by name."""

    def __init__(self, asking: Questions, given: dict[str, str | None]):
        self.asking, self.given = asking, given
        self.reading = load(data_dir())
        self.stops = scaffold.existing_stops(data_dir())

    def new_stop(self) -> NewStop:
        """The stop that the answers make; ends the command where the exhibition has no cities to speak of."""
        if not self.reading.exhibition.cities:
            _end(report(self.reading.problems))
        city = self._city()
        title = self._ask("title", "Title", prompts.text)
        slug = scaffold.free_slug(self.stops, slugify(title) or "stop")
        number = scaffold.free_number(self.stops, city.slug)
        new = self._placed(NewStop(city.slug, number, slug, title, sum(city.latitude) / 2, sum(city.longitude) / 2))
        of_name = partial(scaffold.name_problems, stops=self.stops)
        new = self._asked(new, "slug", "Slug, its name in addresses", prompts.text, of_name)
        new = self._asked(new, "number", "Number in the tour", prompts.whole_number, of_name)
        return self._asked(new, "picture", "Picture file (Enter for none yet)", _picture, scaffold.image_problems)

    def _city(self) -> City:
        cities = self.reading.exhibition.cities
        known = {name.casefold(): city for city in cities for name in (city.slug, city.name)}
        names = ", ".join(city.slug for city in cities)

        def read(typed: str) -> City:
            if typed.casefold() not in known:
                raise NoAnswer(f"{typed or 'Nothing'} is not a city of the exhibition. Choose one of: {names}.")
            return known[typed.casefold()]

        if len(cities) == 1 and self.given["city"] is None:
            return cities[0]
        return self._ask("city", f"City ({names})", read)

    def _placed(self, new: NewStop) -> NewStop:
        """With latitude and longitude, given in one or one after the other; both have to lie in the city."""

        def read(typed: str) -> NewStop:
            latitude, longitude = prompts.degrees(typed)
            if longitude is None:
                longitude = self._ask("longitude", "Longitude", prompts.longitude)
            return replace(new, latitude=latitude, longitude=longitude)

        question = f"Latitude and longitude, like {new.latitude:.4f}, {new.longitude:.4f}"
        return self._ask("latitude", question, read, partial(scaffold.place_position_problems, reading=self.reading))

    def _asked(self, new: NewStop, name: str, question: str, read: Reader, problems: Problems) -> NewStop:
        """With the answer to one question more; what stands there so far is proposed."""
        proposal = str(getattr(new, name) or "")
        return self._ask(name, question, lambda typed: replace(new, **{name: read(typed)}), problems, proposal)

    def _ask(
        self, name: str, question: str, read: Reader, problems: Problems = nothing, proposal: str | None = None
    ) -> Any:
        return self.asking.ask(question, self.given[name], read, problems, proposal)


def _picture(typed: str) -> Path | None:
    """The file as it is named, or in media/."""
    if not typed:
        return None
    named = Path(typed).expanduser()
    return named if named.exists() else media_dir() / named


def _end(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(1)
