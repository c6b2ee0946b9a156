"""Atomic file writes: a file is written whole or not at all."""

import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from tour.content.problems import Problem

HINT = "Make room there, and see that whoever runs this may write there; what is there already stays."


class FolderNotEmptyError(Exception):
    """The folder holds files that aren't to be overwritten."""

    hint = "Name a new folder, or an empty one."


class WriteError(OSError):
    """A file can't be written: it stays as it was, or isn't there."""

    @property
    def problem(self) -> Problem:
        return Problem(self.filename, "", f"can't be written: {self.strerror}.", HINT)


def write_atomic(path: Path, content: bytes) -> None:
    """Write to a temporary file beside it and rename that, so that no reader sees half of it; raises WriteError."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError as error:
        raise WriteError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
