"""Ways to spoil one thing of an exhibition: each gives what is to be done to its folders of data and media."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests import sample_exhibition

Spoil = Callable[[Path, Path], object]  # data, media


@dataclass(frozen=True)
class Fault:
    """What is done, and the whole message to the curator but for the number of problems; {data} is the folder."""

    name: str
    spoil: Spoil
    report: str


def both(*spoils: Spoil) -> Spoil:
    return lambda data, media: [spoil(data, media) for spoil in spoils]


def replaced(file: str, old: str, new: str) -> Spoil:
    return lambda data, media: sample_exhibition.replace_once(data, file, old, new)


def written(file: str, content: bytes) -> Spoil:
    return lambda data, media: (data / file).write_bytes(content)


def recoded(file: str, encoding: str) -> Spoil:
    return lambda data, media: (data / file).write_bytes((data / file).read_text("utf-8").encode(encoding))


def cut(file: str, mark: str) -> Spoil:
    """Everything from the last mark on is gone."""
    return lambda data, media: (data / file).write_text((data / file).read_text("utf-8").rpartition(mark)[0], "utf-8")


def cut_between(file: str, start: str, end: str) -> Spoil:
    """From the last start to the last end."""

    def spoil(data: Path, media: Path) -> None:
        before, _, after = (data / file).read_text("utf-8").rpartition(start)
        (data / file).write_text(before + end + after.rpartition(end)[2], "utf-8")

    return spoil


def doubled(file: str) -> Spoil:
    return lambda data, media: (data / file).write_bytes((data / file).read_bytes() * 2)


def halved(file: str, of: str = "media") -> Spoil:
    def spoil(data: Path, media: Path) -> None:
        path = {"data": data, "media": media}[of] / file
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return spoil


def gone(name: str) -> Spoil:
    return lambda data, media: shutil.rmtree(data / name) if (data / name).is_dir() else (data / name).unlink()


def renamed(old: str, new: str) -> Spoil:
    def spoil(data: Path, media: Path) -> None:
        (data / new).parent.mkdir(exist_ok=True)
        (data / old).rename(data / new)

    return spoil


def copied(old: str, new: str) -> Spoil:
    return lambda data, media: shutil.copyfile(data / old, data / new)


def folder(name: str) -> Spoil:
    return lambda data, media: (data / name).mkdir()


def linked(name: str, target: str) -> Spoil:
    return lambda data, media: (data / name).symlink_to(target)


def medium(name: str, content: bytes) -> Spoil:
    return lambda data, media: (media / name).write_bytes(content)


def painted(name: str, width: int, height: int) -> Spoil:
    return lambda data, media: Image.new("RGB", (width, height)).save(media / name)


def folder_for(name: str) -> Spoil:
    """A folder takes a picture's place."""

    def spoil(data: Path, media: Path) -> None:
        (media / name).unlink()
        (media / name).mkdir()

    return spoil
