"""A small exhibition of invented places, to begin one's own from: its files lie beside this one."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

TEMPLATE_DIR = Path(__file__).parent
DATE_PLACEHOLDER = "TODAY"  # stands in the files for the day on which they are written out
TEXTS = (".toml", ".md")


class FolderNotEmptyError(Exception):
    """The folder holds something already."""


def write(folder: Path, today: date) -> tuple[Path, Path]:
    """Write the exhibition into a new or empty folder; returns its data and media folders, raises NotEmpty."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmptyError
    for source in _files():
        target = folder / source.relative_to(TEMPLATE_DIR)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix in TEXTS:
            target.write_text(source.read_text("utf-8").replace(DATE_PLACEHOLDER, today.isoformat()), "utf-8")
        else:
            shutil.copyfile(source, target)
    return folder / "data", folder / "media"


def _files() -> Iterator[Path]:
    return (path for part in ("data", "media") for path in sorted((TEMPLATE_DIR / part).rglob("*")) if path.is_file())
