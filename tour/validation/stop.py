"""What must hold in one stop: pictures that exist, links that lead out, known sources."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from tour.content.characters import truncate
from tour.content.citations import stop_sources
from tour.content.loader import LoadResult
from tour.content.markdown import CITATION
from tour.content.problems import Problem
from tour.content.stop_files import MAX_SLUG_LENGTH
from tour.i18n import N_
from tour.images import derivatives
from tour.images.safe_open import ImageError
from tour.model import Stop
from tour.model.navigation import twin_slugs
from tour.urls import RESERVED_SLUGS

LINK_KINDS = (
    *(N_("page"), N_("article"), N_("news"), N_("reference"), N_("museum"), N_("official")),
    *(N_("film"), N_("audio"), N_("video"), N_("search")),
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
HOST = re.compile(r"[\w-]+(\.[\w-]+)+|localhost|[0-9a-f]*:[0-9a-f:.]+")  # a name, this machine, an address of IPv6
COMMONS_TITLE = re.compile(r"File:[^#<>\[\]|{}\x00-\x1f\x7f]+\.[A-Za-z0-9]+")
COMMONS_TITLE_HINT = "Give its name as its page on Commons does, like File:Gerhardt's Mill.jpg."
SIMILARITY_CUTOFF = 0.85  # the likeness of two names of pictures, from which on one is taken for a slip of the other
SPACES = re.compile(r"\s")


def stop_problems(reading: LoadResult, stop: Stop, media_dir: Path) -> Iterator[Problem]:
    """Problems of one stop, seen beside the rest of what was read."""
    yield from slug_problems(stop)
    yield from picture_problems(stop, media_dir)
    yield from _rights_problems(stop)
    yield from _region_problems(stop)
    yield from _event_problems(stop)
    yield from _link_problems(stop)
    yield from _reference_problems(reading, stop)


def address_problems(file: str, field: str, address: str) -> Iterator[Problem]:
    if not _is_web_address(address):
        yield Problem(
            file,
            field,
            f"is {truncate(address)}, which is not a web address.",
            "Give the whole address, beginning with https://.",
        )


def language_code_problems(file: str, field: str, language: str) -> Iterator[Problem]:
    if not LANGUAGE.fullmatch(language):
        remedy = "Give its code, like en or ru."
        yield Problem(file, field, f"is {truncate(language)}, which is not the code of a language.", remedy)


def one_of(file: str, field: str, value: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if value not in allowed:
        yield Problem(
            file, field, f"is {truncate(value)}, which is unknown here.", f"Choose one of: {', '.join(allowed)}."
        )


def slug_problems(stop: Stop) -> Iterator[Problem]:
    if stop.slug in RESERVED_SLUGS:
        fault = f"is {stop.slug}, the name of a page of the site."
        yield Problem(stop.file, "slug", fault, "Give the file another name.")


def picture_problems(stop: Stop, media_dir: Path) -> Iterator[Problem]:
    for picture in stop.pictures():
        fault = _picture_fault(media_dir, picture.image)
        if fault:
            remedy = _picture_remedy(media_dir, picture.image)
            yield Problem(
                stop.file, f"{picture.field}.image", f"names {truncate(picture.image)}, which {fault}.", remedy
            )


def _rights_problems(stop: Stop) -> Iterator[Problem]:
    for name in ("figures", "comparisons", "detail_images"):
        for number, each in enumerate(getattr(stop, name), 1):
            yield from address_problems(stop.file, f"{name}[{number}].rights", each.rights)


def _picture_fault(media_dir: Path, image: str) -> str:
    path = media_dir / image
    if len(image) > MAX_SLUG_LENGTH:
        return f"has a name of more than {MAX_SLUG_LENGTH} letters"
    try:
        if not path.resolve().is_relative_to(media_dir.resolve()):
            return "lies outside the folder of pictures"
        derivatives.inspect(path)
    except ImageError as fault:
        return str(fault)
    except (OSError, RuntimeError):  # links that lead round in a circle
        return "can't be opened"
    return ""


def _picture_remedy(media_dir: Path, image: str) -> str:
    """What to do about a picture that can't be shown: perhaps it is there by a name that is nearly this one."""
    if len(image) <= MAX_SLUG_LENGTH and not ((media_dir / image).exists() or (media_dir / image).is_symlink()):
        there = {path.name.casefold(): path.name for path in media_dir.glob("*.*")}
        if near := get_close_matches(Path(image).name.casefold(), there, 1, SIMILARITY_CUTOFF):
            return f"Did you mean {there[near[0]]}? Capitals count."
    return f"Put a sound picture of that name into {media_dir.name}/."


def _region_problems(stop: Stop) -> Iterator[Problem]:
    for number, view in enumerate(stop.detail_images, 1):
        for at, region in enumerate(view.regions, 1):
            left, top, width, height = region.box
            if min(left, top) < 0 or min(width, height) <= 0 or max(left + width, top + height) > 1:
                field = f"detail_images[{number}].regions[{at}].box"
                remedy = "Give left, top, width and height as parts of the whole, from 0 to 1."
                yield Problem(stop.file, field, "lies outside the picture.", remedy)


def _event_problems(stop: Stop) -> Iterator[Problem]:
    for number, event in enumerate(stop.events, 1):
        if not _is_date(event.date):
            field = f"events[{number}].date"
            remedy = "Write 1943, 1943-01 or 1943-01-31, no more exact than the source."
            yield Problem(stop.file, field, f"is {truncate(event.date)}, which is not a date.", remedy)


def _is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _link_problems(stop: Stop) -> Iterator[Problem]:
    if len(stop.links) < 2:
        yield Problem(stop.file, "links", "has one link.", "Give at least two that lead out.")
    for number, link in enumerate(stop.links, 1):
        yield from address_problems(stop.file, f"links[{number}].address", link.address)
        yield from language_code_problems(stop.file, f"links[{number}].language", link.language)
        yield from one_of(stop.file, f"links[{number}].kind", link.kind, LINK_KINDS)


def _reference_problems(reading: LoadResult, stop: Stop) -> Iterator[Problem]:
    if not stop_sources(stop):
        remedy = "Say where the story comes from: [^id] names a source of sources.toml."
        yield Problem(stop.file, "", "cites no source.", remedy)
    yield from _twin_problems(reading, stop)
    for number, claim in enumerate(stop.claims, 1):
        if len(claim.accounts) < 2:
            yield Problem(
                stop.file,
                f"claims[{number}].accounts",
                "has one account.",
                "Sources differ only where there are two: add the other.",
            )


def _twin_problems(reading: LoadResult, stop: Stop) -> Iterator[Problem]:
    remedy = "Give the slug of the stop at the other end."
    twin = reading.exhibition.resolve_slug(stop.twin)
    if twin and twin not in reading.slugs:
        yield Problem(stop.file, "twin", f"is {truncate(stop.twin)}, which is not a stop.", remedy)
    elif twin == stop.slug:
        yield Problem(stop.file, "twin", f"is {stop.twin}, the stop itself.", remedy)
    elif twin and (rivals := twin_slugs(reading.exhibition)[twin] - {stop.slug}):
        remedy = "A stop has one twin, which one of the two names: take it out here, or there."
        yield Problem(stop.file, "twin", f"is {twin}, the twin of {min(rivals)}.", remedy)
    if stop.twin_reason and not stop.twin:
        remedy = "Name the twin beside its reason; one of the two does so for both."
        yield Problem(stop.file, "twin_reason", "gives the reason of a twin that isn't named here.", remedy)
    if CITATION.search(stop.twin_reason):
        remedy = "It stands at two stops, whose sources have other numbers: tell it in the narrative, and cite there."
        yield Problem(stop.file, "twin_reason", "cites a source.", remedy)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https")
            and _is_host(parts.hostname or "", parts.port)
            and not SPACES.search(address)
        )
    except ValueError:
        return False


def _is_host(name: str, port: int | None) -> bool:
    return bool(HOST.fullmatch(name)) and port != 0


def image_source_problems(stop: Stop) -> Iterator[Problem]:
    """Problems with the names of files on Commons and with the addresses of the pages that pictures come from."""
    for number, figure in enumerate(stop.figures, 1):
        field = f"figures[{number}]"
        if figure.origin:
            yield from address_problems(stop.file, f"{field}.origin", figure.origin)
        if figure.commons and not is_commons_title(figure.commons):
            fault = f"is {figure.commons}, which is no name of a file."
            yield Problem(stop.file, f"{field}.commons", fault, COMMONS_TITLE_HINT)


def is_commons_title(name: str) -> bool:
    """Whether a file on Wikimedia Commons may be called so; one bar too many would ask for another file."""
    return bool(COMMONS_TITLE.fullmatch(name)) and len(name.encode()) <= 240
