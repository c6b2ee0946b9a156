"""What Wikimedia Commons gives for a figure: a sound picture, whose it is, and under which licence."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tour.curation.commons import api
from tour.curation.commons.api import ApiResponse, CommonsFile, DownloadError
from tour.curation.commons.http_client import HttpClient
from tour.curation.commons.licences import credit, licence_of, plain_words
from tour.images import convert
from tour.images.safe_open import ImageError
from tour.validation.stop import COMMONS_TITLE_HINT, is_commons_title

MOST_SAID, ROUNDS = 5_000_000, 10  # bytes of an answer of the API, and answers to one question
DAMAGED = "Look at its page on Commons, and try again later."


@dataclass(frozen=True)
class CommonsImage:
    """A picture as received, with its size in pixels; `restrictions` are others than copyright, in Commons's words."""

    picture: bytes
    suffix: str
    width: int
    height: int
    credit: str
    licence: str
    rights: str
    restrictions: tuple[str, ...]


class CommonsClient:
    """The API at an address, and the files that it has told of."""

    def __init__(self, fetcher: HttpClient, address: str = api.API):
        self._fetcher, self._api = fetcher, address
        self._known: dict[str, ApiResponse | DownloadError] = {}

    def ask_for(self, titles: list[str]) -> None:
        """Have these files told of, as few questions as may be; whatever goes wrong waits until one is acquired."""
        for lot in api.batched(title for title in titles if is_commons_title(title)):
            self._known |= dict.fromkeys(lot, self._asked(lot))

    def acquire(self, title: str) -> CommonsImage:
        """The file asked for before; raises Unfetched."""
        answers = self._known.get(title)
        if answers is None:
            raise DownloadError("which is no name of a file", COMMONS_TITLE_HINT)
        if isinstance(answers, DownloadError):
            raise answers
        file = answers.file(title)
        said = {name: plain_words(html) for name, html in file.said.items()}
        licence = licence_of(said)
        line = credit(said, licence)
        picture = self._picture(file)
        restrictions = tuple(filter(None, said.get("Restrictions", "").split("|")))
        return CommonsImage(picture, *_measured(picture), line, licence.name, licence.address, restrictions)

    def _asked(self, lot: list[str]) -> ApiResponse | DownloadError:
        answers, more = ApiResponse(), {}
        try:
            for _ in range(ROUNDS):
                more = answers.take(self._fetcher.fetch(self._api, MOST_SAID, api.query_params(lot) | more))
                if not more:
                    break
        except DownloadError as error:
            return error
        return answers

    def _picture(self, file: CommonsFile) -> bytes:
        picture = self._fetcher.fetch(file.address, api.MOST_BYTES)
        # SHA-1 keeps no forger out; it tells a picture that came whole.
        if file.sha1 and hashlib.sha1(picture, usedforsecurity=False).hexdigest() != file.sha1:
            raise DownloadError("whose picture is not the one that Commons describes", DAMAGED)
        return picture


def _measured(picture: bytes) -> tuple[str, int, int]:
    """Suffix, width and height of the picture, decoded once from end to end; raises Unfetched."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "picture")
        path.write_bytes(picture)
        try:
            width, height = convert.verify(path)
            return convert.suffix(path), width, height
        except ImageError as fault:
            raise DownloadError(f"whose picture {fault}", DAMAGED) from fault
