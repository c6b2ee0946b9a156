"""python -m tour draw: drawings as pictures."""

import click

from tour.edition import media_dir
from tour.pictures import drawings


@click.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for made in drawings.draw_all(media_dir()):
        click.echo(f"Drew {made.name}.")
