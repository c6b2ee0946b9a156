"""A curator who edits a running site, well and badly, and looks after each edit at what visitors are sent."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import httpx2
from PIL import Image

from tests.conftest import HOUSE

STOP = "stops/coventry/07-broadgate.md"
SLUG = "broadgate"
PICTURE = "broadgate.png"
MARK = re.compile(r"edit no\. (\d+)")
BETWEEN = 0.05  # seconds from one look at a page to the next
PROMISED = 1.0  # seconds from the first look at a page until a good edit is on it
AT_MOST = 5.0  # on a machine that has other work just then
ABSENT = "a bad edit must not be seen"


def copied(folder: Path) -> tuple[Path, Path]:
    """The published content, its derivatives made, for a curator to edit."""
    data, media = folder / "data", folder / "media"
    shutil.copytree(HOUSE / "data", data)
    shutil.copytree(HOUSE / "media", media, ignore=shutil.ignore_patterns("drawings"))
    return data, media


class Curator(threading.Thread):
    """Makes so many edits, one after another; `complaints` are what a visitor shouldn't have been sent."""

    def __init__(self, site: str, data: Path, media: Path, edits: int):
        super().__init__()
        self.data, self.media = data, media
        self.client = httpx2.Client(base_url=site)
        self.edits = edits
        self.complaints: list[str] = []
        self.waits: list[float] = []
        self.good = self.bad = 0

    def run(self) -> None:
        with self.client:
            for number, edit in enumerate(islice(cycle(EDITS), self.edits), 1):
                try:
                    edit(self, number)
                except Exception as error:  # told to the test: nobody would hear of it from a thread
                    self.complaints.append(f"edit {number}, {edit.__name__}: {error!r}")

    def text(self, file: str) -> str:
        return (self.data / file).read_text("utf-8")

    def save(self, file: str, text: str) -> None:
        (self.data / file).write_text(text, "utf-8")

    def shown(self, address: str, words: str) -> None:
        """A good edit: the words are soon on the page; `waits` keeps how soon after the first look at it."""
        self.good += 1
        began = time.monotonic()
        while words not in self.look(address):
            threading.Event().wait(BETWEEN)
            if time.monotonic() - began > AT_MOST:
                self.complaints.append(f"{address} doesn't show {words!r} after {AT_MOST} s")
                return
        self.waits.append(time.monotonic() - began)

    def kept(self, address: str = f"/?stop={SLUG}&lang=en") -> None:
        """A bad edit: for as long as it might take to be read, visitors are sent what they were."""
        self.bad += 1
        before, began = self.look(address), time.monotonic()
        while time.monotonic() - began < PROMISED / 2:
            threading.Event().wait(BETWEEN)
            if self.look(address) != before:
                self.complaints.append(f"{address} has changed, and {ABSENT}")

    def look(self, address: str) -> str:
        """A page, which is whole whatever is being written."""
        answer = self.client.get(address, follow_redirects=True)
        marks = set(MARK.findall(answer.text))
        if answer.status_code != 200 or "tour-status" not in answer.text or len(marks) > 1:
            self.complaints.append(f"{address}: {answer.status_code}, edits {sorted(marks)}")
        return answer.text


def marked(text: str, number: int) -> str:
    """A stop with the number in its title and at the end of its story."""
    title, story = f'title = "Broadgate, edit no. {number}"', f"This is edit no. {number}."
    text = re.sub(r"\n\nThis is edit no\. \d+\.", "", text.rstrip())
    return re.sub(r'^title = ".*"', title, text, count=1, flags=re.MULTILINE) + f"\n\n{story}\n"


def rewrites_a_stop(curator: Curator, number: int) -> None:
    curator.save(STOP, marked(curator.text(STOP), number))
    curator.shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def saves_in_two_goes(curator: Curator, number: int) -> None:
    text = marked(curator.text(STOP), number)
    with (curator.data / STOP).open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        curator.look(f"/?stop={SLUG}&lang=en")
        file.write(text[len(text) // 2 :])
    curator.shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def saves_beside_and_renames(curator: Curator, number: int) -> None:
    beside = curator.data / "stops/coventry/.saving"
    beside.write_text(marked(curator.text(STOP), number), "utf-8")
    beside.replace(curator.data / STOP)
    curator.shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def changes_the_subtitle(curator: Curator, number: int) -> None:
    text = re.sub(r'^subtitle = ".*"', f'subtitle = "Thread {number}"', curator.text("exhibition.toml"), flags=re.M)
    curator.save("exhibition.toml", text)
    curator.shown("/?lang=en", f"Thread {number}")


def changes_a_title_in_russian(curator: Curator, number: int) -> None:
    file = "stops/volgograd/24-coventry-street.ru.md"
    text = re.sub(r'^title = ".*"', f'title = "Улица {number}"', curator.text(file), count=1, flags=re.MULTILINE)
    curator.save(file, text)
    curator.shown("/?stop=coventry-street&lang=ru", f"Улица {number}")


def replaces_a_picture(curator: Curator, number: int) -> None:
    curator.media.joinpath("herbert.png").unlink()
    Image.new("RGB", (1600, 1000 + number), "white").save(curator.media / "herbert.png")
    curator.shown("/?stop=herbert&lang=en", f'height="{1000 + number}"')


def adds_a_stop_and_takes_it_out(curator: Curator, number: int) -> None:
    text = curator.text("stops/coventry/03-herbert.md").replace("alt = ", f'alt = "Another {number}" # ')
    text = re.sub(r"^twin(_reason)? = .*\n", "", text, flags=re.MULTILINE)  # a stop has one twin
    file = f"stops/coventry/99-new-{number}.md"
    curator.save(file, re.sub(r'^title = ".*"', f'title = "New stop {number}"', text, count=1, flags=re.MULTILINE))
    curator.shown(f"/?stop=new-{number}&lang=en", f"New stop {number}")
    (curator.data / file).unlink()
    curator.shown("/text?lang=en", "Broadgate")


def renames_a_stop(curator: Curator, number: int) -> None:
    old = next((curator.data / "stops/coventry").glob("08-*.md")).name.split(".")[0]
    new = f"08-theatre-{number}"
    entry = f'[[redirects]]\nold = "{old[3:]}"\nnew = "{new[3:]}"\n\n[status]'
    text = re.sub(r'(new = ")theatre-\d+"', rf'\1{new[3:]}"', curator.text("exhibition.toml"))
    for each in (".md", ".ru.md"):
        (curator.data / f"stops/coventry/{old}{each}").rename(curator.data / f"stops/coventry/{new}{each}")
    curator.save("exhibition.toml", text.replace("[status]", entry, 1))
    curator.shown(f"/?stop={old[3:]}&lang=en", f'data-stop="{new[3:]}"')


def bad(file: str, spoilt: Callable[[str], str | bytes]) -> Callable[[Curator, int], None]:
    """An edit that spoils a file of the content, and is mended after a while."""

    def edit(curator: Curator, number: int) -> None:
        path = curator.data / file
        sound = path.read_bytes()
        written = spoilt(sound.decode())
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        curator.kept()
        path.write_bytes(sound)

    edit.__name__ = f"spoils {file}"
    return edit


def bad_picture(spoilt: Callable[[Path], object]) -> Callable[[Curator, int], None]:
    def edit(curator: Curator, number: int) -> None:
        path = curator.media / PICTURE
        sound = path.read_bytes()
        spoilt(path)
        curator.kept()
        path.write_bytes(sound)

    edit.__name__ = "spoils a picture"
    return edit


def _edits() -> Iterator[Callable[[Curator, int], None]]:
    """Good ones and bad ones by turns."""
    good = [
        *(rewrites_a_stop, saves_in_two_goes, changes_the_subtitle, replaces_a_picture, saves_beside_and_renames),
        *(adds_a_stop_and_takes_it_out, rewrites_a_stop, renames_a_stop, changes_a_title_in_russian, rewrites_a_stop),
    ]
    spoilt = [
        bad(STOP, lambda text: text.replace("alt = ", "allt = ", 1)),
        bad(STOP, lambda text: text[: len(text) // 3]),
        bad(STOP, lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
        bad_picture(lambda path: path.unlink()),
        bad("exhibition.toml", lambda text: ""),
        bad_picture(lambda path: path.write_bytes(path.read_bytes()[:2000])),
        bad("sources.toml", lambda text: text.replace("address = ", "adress = ", 1)),
        bad("maps/coventry.geojson", lambda text: text[:-20]),
        bad("exhibition.ru.toml", lambda text: text.replace('title = "', "title = ", 1)),
        bad(STOP, lambda text: text.replace("latitude = 5", "latitude = 1", 1)),
    ]
    for one, other in zip(good, spoilt, strict=True):
        yield from (one, other)


EDITS = tuple(_edits())
