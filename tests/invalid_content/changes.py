"""Changes that make one thing of an exhibition invalid: each gives a function of its folders of data and media."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests import sample_exhibition

Change = Callable[[Path, Path], object]  # data, media


@dataclass(frozen=True)
class Case:
    """A change, and the whole error report except for the number of problems; {data} is the folder."""

    name: str
    change: Change
    report: str


def combine(*changes: Change) -> Change:
    return lambda data, media: [change(data, media) for change in changes]


def replace(file: str, old: str, new: str) -> Change:
    return lambda data, media: sample_exhibition.replace_once(data, file, old, new)


def write(file: str, content: bytes) -> Change:
    return lambda data, media: (data / file).write_bytes(content)


def encode(file: str, encoding: str) -> Change:
    return lambda data, media: (data / file).write_bytes((data / file).read_text("utf-8").encode(encoding))


def truncate_from(file: str, mark: str) -> Change:
    """Delete everything from the last mark on."""
    return lambda data, media: (data / file).write_text((data / file).read_text("utf-8").rpartition(mark)[0], "utf-8")


def delete_between(file: str, start: str, end: str) -> Change:
    """Delete from the last start to the last end."""

    def change(data: Path, media: Path) -> None:
        before, _, after = (data / file).read_text("utf-8").rpartition(start)
        (data / file).write_text(before + end + after.rpartition(end)[2], "utf-8")

    return change


def duplicate_content(file: str) -> Change:
    return lambda data, media: (data / file).write_bytes((data / file).read_bytes() * 2)


def truncate(file: str, root: str = "media") -> Change:
    def change(data: Path, media: Path) -> None:
        path = {"data": data, "media": media}[root] / file
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return change


def delete(name: str) -> Change:
    return lambda data, media: shutil.rmtree(data / name) if (data / name).is_dir() else (data / name).unlink()


def rename(old: str, new: str) -> Change:
    def change(data: Path, media: Path) -> None:
        (data / new).parent.mkdir(exist_ok=True)
        (data / old).rename(data / new)

    return change


def copy(old: str, new: str) -> Change:
    return lambda data, media: shutil.copyfile(data / old, data / new)


def make_folder(name: str) -> Change:
    return lambda data, media: (data / name).mkdir()


def symlink(name: str, target: str) -> Change:
    return lambda data, media: (data / name).symlink_to(target)


def write_medium(name: str, content: bytes) -> Change:
    return lambda data, media: (media / name).write_bytes(content)


def save_image(name: str, width: int, height: int) -> Change:
    return lambda data, media: Image.new("RGB", (width, height)).save(media / name)


def replace_by_folder(name: str) -> Change:
    """Put a folder in the place of an image."""

    def change(data: Path, media: Path) -> None:
        (media / name).unlink()
        (media / name).mkdir()

    return change
