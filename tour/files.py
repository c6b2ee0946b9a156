"""Files of the content as text and tables; a fault is told to the curator."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from tour.problems import Problem

FENCE = "+++"


def toml_file(data_dir: Path, name: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The file's table; None if it can't be read."""
    path = data_dir / name
    if not path.is_file():
        problems.append(Problem(name, "", "is missing.", f"The exhibition needs a file of this name in {data_dir}."))
        return None
    return toml(text(path, name, problems), name, problems)


def text(path: Path, file: str, problems: list[Problem]) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (UnicodeDecodeError, OSError):
        problems.append(Problem(file, "", "can't be read as text.", "Save it as plain text in UTF-8."))
        return None


def toml(written: str | None, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return None if written is None else _parsed(written)
    except tomllib.TOMLDecodeError as error:
        problems.append(
            Problem(
                file,
                "",
                f"is not valid TOML: {error}.",
                "Look for a missing quotation mark, bracket or equals sign there.",
            )
        )
        return None


@lru_cache(maxsize=8192)
def _parsed(written: str) -> dict[str, Any]:
    """Kept, for an edit changes one file and all are read again; nobody may change the table."""
    return tomllib.loads(written)


def parts(written: str | None, file: str, problems: list[Problem]) -> tuple[str | None, str]:
    """The fields between the two +++ lines, and the narrative below them."""
    if written is None:
        return None, ""
    lines = written.splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        problems.append(
            Problem(
                file,
                "",
                "has no fields between two +++ lines.",
                "Begin with +++, then the fields, then +++, then the narrative.",
            )
        )
        return None, ""
    # The first line stays, empty, so that a fault's line number is the file's own.
    return "\n".join(["", *lines[1 : fences[1]]]), "\n".join(lines[fences[1] + 1 :]).strip()
