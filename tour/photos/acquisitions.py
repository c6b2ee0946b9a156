"""What Wikimedia Commons gives for a figure: a sound picture, whose it is, and under which licence."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tour.photos import commons
from tour.photos.attribution import credit, plain_words
from tour.photos.commons import Answers, CommonsFile, Unfetched
from tour.photos.fetching import Fetcher
from tour.photos.licences import licence_of
from tour.pictures import images

MOST_SAID, ROUNDS = 5_000_000, 10  # bytes of an answer of the API, and answers to one question
DAMAGED = "Look at its page on Commons, and try again later."


@dataclass(frozen=True)
class Acquisition:
    """A picture as received, with its size in pixels; `restrictions` are others than copyright, in Commons's words."""

    picture: bytes
    suffix: str
    width: int
    height: int
    credit: str
    licence: str
    rights: str
    restrictions: tuple[str, ...]


class Commons:
    """The API at an address, and the files that it has told of."""

    def __init__(self, fetcher: Fetcher, api: str = commons.API):
        self._fetcher, self._api = fetcher, api
        self._known: dict[str, Answers | Unfetched] = {}

    def ask_for(self, titles: list[str]) -> None:
        """Have these files told of, as few questions as may be; whatever goes wrong waits until one is acquired."""
        for lot in commons.lots(title for title in titles if commons.is_title(title)):
            self._known |= dict.fromkeys(lot, self._asked(lot))

    def acquire(self, title: str) -> Acquisition:
        """The file asked for before; raises Unfetched."""
        answers = self._known.get(title)
        if answers is None:
            raise Unfetched("which is no name of a file", commons.LIKE)
        if isinstance(answers, Unfetched):
            raise answers
        file = answers.file(title)
        said = {name: plain_words(html) for name, html in file.said.items()}
        licence = licence_of(said)
        line = credit(said, licence)
        picture = self._picture(file)
        restrictions = tuple(filter(None, said.get("Restrictions", "").split("|")))
        return Acquisition(picture, *_measured(picture), line, licence.name, licence.address, restrictions)

    def _asked(self, lot: list[str]) -> Answers | Unfetched:
        answers, more = Answers(), {}
        try:
            for _ in range(ROUNDS):
                more = answers.take(self._fetcher.fetch(self._api, MOST_SAID, commons.question(lot) | more))
                if not more:
                    break
        except Unfetched as error:
            return error
        return answers

    def _picture(self, file: CommonsFile) -> bytes:
        picture = self._fetcher.fetch(file.address, commons.MOST_BYTES)
        # SHA-1 keeps no forger out; it tells a picture that came whole.
        if file.sha1 and hashlib.sha1(picture, usedforsecurity=False).hexdigest() != file.sha1:
            raise Unfetched("whose picture is not the one that Commons describes", DAMAGED)
        return picture


def _measured(picture: bytes) -> tuple[str, int, int]:
    """Suffix, width and height of the picture, decoded once from end to end; raises Unfetched."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "picture")
        path.write_bytes(picture)
        try:
            images.verify(path)
            return (images.suffix(path), *images.size(path))
        except images.ImageFault as fault:
            raise Unfetched(f"whose picture {fault}", DAMAGED) from fault
