"""A small exhibition of invented places to begin one's own from; its template files lie beside this module."""

from datetime import date
from pathlib import Path

from tour.atomic_write import FolderNotEmptyError, write_atomic

TEMPLATE_DIR = Path(__file__).parent
DATE_PLACEHOLDER = b"TODAY"
TEXT_SUFFIXES = (".toml", ".md")


def write(folder: Path, today: date) -> tuple[Path, Path]:
    """Write the exhibition into a new or empty folder; returns its data and media folders.

    Raises FolderNotEmptyError, or OSError where the folder can't be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmptyError
    for source in (path for part in ("data", "media") for path in (TEMPLATE_DIR / part).rglob("*") if path.is_file()):
        target, content = folder / source.relative_to(TEMPLATE_DIR), source.read_bytes()
        is_text = source.suffix in TEXT_SUFFIXES
        write_atomic(target, content.replace(DATE_PLACEHOLDER, today.isoformat().encode()) if is_text else content)
    return folder / "data", folder / "media"
