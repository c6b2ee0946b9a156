"""The curator's commands: check, draw, export, images, links, new-exhibition, new-stop, photos, settings."""

import click

from tour.curation.cli.check import check
from tour.curation.cli.errors import CommandGroup
from tour.curation.cli.export import export
from tour.curation.cli.images import draw, images
from tour.curation.cli.links import links
from tour.curation.cli.new_exhibition import new_exhibition
from tour.curation.cli.new_stop import new_stop
from tour.curation.cli.photos import fetch_photos
from tour.curation.cli.settings import list_settings

COMMANDS = [check, draw, export, images, links, new_exhibition, new_stop, fetch_photos, list_settings]


@click.group(cls=CommandGroup, commands=COMMANDS)
def main() -> None:
    """Commands for curators and operators. TOUR_DATA and TOUR_MEDIA name other folders than data/ and media/."""


if __name__ == "__main__":
    main(prog_name="python -m tour")
