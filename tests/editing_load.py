"""A thread that makes valid and invalid edits to the content of a running site, and checks the pages after each."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import httpx2
from PIL import Image

from tests.conftest import PROJECT_ROOT

STOP = "stops/coventry/07-broadgate.md"
SLUG = "broadgate"
PICTURE = "broadgate.png"
EDIT_MARK = re.compile(r"edit no\. (\d+)")
POLL_INTERVAL = 0.05  # seconds
PROMISED_DELAY = 1.0  # seconds from the first request for a page until a valid edit is on it
EDIT_TIMEOUT = 20.0  # seconds, on a machine that is busy


def copy_content(folder: Path) -> tuple[Path, Path]:
    """A copy of the published content with its derivatives; returns its data and media folders."""
    data, media = folder / "data", folder / "media"
    shutil.copytree(PROJECT_ROOT / "data", data)
    shutil.copytree(PROJECT_ROOT / "media", media, ignore=shutil.ignore_patterns("drawings"))
    return data, media


class Curator(threading.Thread):
    """Makes `edits` edits, one after another; `complaints` are errors that a visitor would have seen."""

    def __init__(self, site: str, data: Path, media: Path, edits: int):
        super().__init__()
        self.data, self.media = data, media
        self.client = httpx2.Client(base_url=site)
        self.edits = edits
        self.errors: list[str] = []
        self.waits: list[float] = []
        self.good_edits = self.bad_edits = 0

    def run(self) -> None:
        with self.client:
            for number, edit in enumerate(islice(cycle(EDITS), self.edits), 1):
                try:
                    edit(self, number)
                except Exception as error:  # an exception in a thread would fail no test
                    self.errors.append(f"edit {number}, {edit.__name__}: {error!r}")

    def text(self, file: str) -> str:
        return (self.data / file).read_text("utf-8")

    def save(self, file: str, text: str) -> None:
        (self.data / file).write_text(text, "utf-8")

    def expect_shown(self, address: str, text: str) -> None:
        """After a valid edit the text is soon on the page; its delay in seconds is added to `waits`."""
        self.good_edits += 1
        began = time.monotonic()
        while text not in self.get_page(address):
            threading.Event().wait(POLL_INTERVAL)
            if time.monotonic() - began > EDIT_TIMEOUT:
                self.errors.append(f"{address} doesn't show {text!r} after {EDIT_TIMEOUT} s")
                return
        self.waits.append(time.monotonic() - began)

    def expect_unchanged(self, address: str = f"/?stop={SLUG}&lang=en") -> None:
        """After an invalid edit the page stays the same for as long as it might take to be read."""
        self.bad_edits += 1
        before, began = self.get_page(address), time.monotonic()
        while time.monotonic() - began < PROMISED_DELAY / 2:
            threading.Event().wait(POLL_INTERVAL)
            if self.get_page(address) != before:
                self.errors.append(f"{address} has changed, and an invalid edit must not be seen")

    def get_page(self, address: str) -> str:
        """The page, which must be complete and of one edit."""
        response = self.client.get(address, follow_redirects=True)
        marks = set(EDIT_MARK.findall(response.text))
        if response.status_code != 200 or "tour-status" not in response.text or len(marks) > 1:
            self.errors.append(f"{address}: {response.status_code}, edits {sorted(marks)}")
        return response.text


def with_mark(text: str, number: int) -> str:
    """A stop with the number in its title and at the end of its story."""
    title, story = f'title = "Broadgate, edit no. {number}"', f"This is edit no. {number}."
    text = re.sub(r"\n\nThis is edit no\. \d+\.", "", text.rstrip())
    return re.sub(r'^title = ".*"', title, text, count=1, flags=re.MULTILINE) + f"\n\n{story}\n"


def rewrites_a_stop(curator: Curator, number: int) -> None:
    curator.save(STOP, with_mark(curator.text(STOP), number))
    curator.expect_shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def saves_in_two_writes(curator: Curator, number: int) -> None:
    text = with_mark(curator.text(STOP), number)
    with (curator.data / STOP).open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        curator.get_page(f"/?stop={SLUG}&lang=en")
        file.write(text[len(text) // 2 :])
    curator.expect_shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def saves_beside_and_renames(curator: Curator, number: int) -> None:
    beside = curator.data / "stops/coventry/.saving"
    beside.write_text(with_mark(curator.text(STOP), number), "utf-8")
    beside.replace(curator.data / STOP)
    curator.expect_shown(f"/?stop={SLUG}&lang=en", f"This is edit no. {number}.")


def changes_the_subtitle(curator: Curator, number: int) -> None:
    text = re.sub(r'^subtitle = ".*"', f'subtitle = "Thread {number}"', curator.text("exhibition.toml"), flags=re.M)
    curator.save("exhibition.toml", text)
    curator.expect_shown("/?lang=en", f"Thread {number}")


def changes_a_title_in_russian(curator: Curator, number: int) -> None:
    file = "stops/volgograd/24-coventry-street.ru.md"
    text = re.sub(r'^title = ".*"', f'title = "Улица {number}"', curator.text(file), count=1, flags=re.MULTILINE)
    curator.save(file, text)
    curator.expect_shown("/?stop=coventry-street&lang=ru", f"Улица {number}")


def replaces_a_picture(curator: Curator, number: int) -> None:
    curator.media.joinpath("herbert.png").unlink()
    Image.new("RGB", (1600, 1000 + number), "white").save(curator.media / "herbert.png")
    curator.expect_shown("/?stop=herbert&lang=en", f'height="{1000 + number}"')


def adds_a_stop_and_takes_it_out(curator: Curator, number: int) -> None:
    text = curator.text("stops/coventry/03-herbert.md").replace("alt = ", f'alt = "Another {number}" # ')
    text = re.sub(r"^twin(_reason)? = .*\n", "", text, flags=re.MULTILINE)  # a stop has one twin
    file = f"stops/coventry/99-new-{number}.md"
    curator.save(file, re.sub(r'^title = ".*"', f'title = "New stop {number}"', text, count=1, flags=re.MULTILINE))
    curator.expect_shown(f"/?stop=new-{number}&lang=en", f"New stop {number}")
    (curator.data / file).unlink()
    curator.expect_shown("/text?lang=en", "Broadgate")


def renames_a_stop(curator: Curator, number: int) -> None:
    old = next((curator.data / "stops/coventry").glob("08-*.md")).name.split(".")[0]
    new = f"08-theatre-{number}"
    entry = f'[[redirects]]\nold = "{old[3:]}"\nnew = "{new[3:]}"\n\n[status]'
    text = re.sub(r'(new = ")theatre-\d+"', rf'\1{new[3:]}"', curator.text("exhibition.toml"))
    for each in (".md", ".ru.md"):
        (curator.data / f"stops/coventry/{old}{each}").rename(curator.data / f"stops/coventry/{new}{each}")
    curator.save("exhibition.toml", text.replace("[status]", entry, 1))
    curator.expect_shown(f"/?stop={old[3:]}&lang=en", f'data-stop="{new[3:]}"')


def invalid(file: str, spoil: Callable[[str], str | bytes]) -> Callable[[Curator, int], None]:
    """An edit that makes a file of the content invalid, and is undone after a while."""

    def edit(curator: Curator, number: int) -> None:
        path = curator.data / file
        original = path.read_bytes()
        changed = spoil(original.decode())
        path.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
        curator.expect_unchanged()
        path.write_bytes(original)

    edit.__name__ = f"spoils {file}"
    return edit


def invalid_picture(spoil: Callable[[Path], object]) -> Callable[[Curator, int], None]:
    def edit(curator: Curator, number: int) -> None:
        path = curator.media / PICTURE
        original = path.read_bytes()
        spoil(path)
        curator.expect_unchanged()
        path.write_bytes(original)

    edit.__name__ = "spoils a picture"
    return edit


def _edits() -> Iterator[Callable[[Curator, int], None]]:
    """Valid and invalid ones alternate."""
    valid = [
        *(rewrites_a_stop, saves_in_two_writes, changes_the_subtitle, replaces_a_picture, saves_beside_and_renames),
        *(adds_a_stop_and_takes_it_out, rewrites_a_stop, renames_a_stop, changes_a_title_in_russian, rewrites_a_stop),
    ]
    invalid_edits = [
        invalid(STOP, lambda text: text.replace("alt = ", "allt = ", 1)),
        invalid(STOP, lambda text: text[: len(text) // 3]),
        invalid(STOP, lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
        invalid_picture(lambda path: path.unlink()),
        invalid("exhibition.toml", lambda text: ""),
        invalid_picture(lambda path: path.write_bytes(path.read_bytes()[:2000])),
        invalid("sources.toml", lambda text: text.replace("address = ", "adress = ", 1)),
        invalid("maps/coventry.geojson", lambda text: text[:-20]),
        invalid("exhibition.ru.toml", lambda text: text.replace('title = "', "title = ", 1)),
        invalid(STOP, lambda text: text.replace("latitude = 5", "latitude = 1", 1)),
    ]
    for one, other in zip(valid, invalid_edits, strict=True):
        yield from (one, other)


EDITS = tuple(_edits())
