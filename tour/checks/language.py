"""What must hold of the languages: that their files are named so, and that dates and numbers can be said in them."""

from collections.abc import Iterator
from pathlib import Path

from tour.addresses import DEFAULT_LANGUAGE
from tour.content.translations import HEAD
from tour.problems import Problem
from tour.wordings import is_known

BY_ITS_CODE = "Name it by the code of a language, in small letters: exhibition.de.toml, exhibition.ru.toml."


def language_problems(data_dir: Path) -> Iterator[Problem]:
    """Problems of the names of exhibition.<language>.toml."""
    for name in sorted(path.name for path in data_dir.glob("exhibition.*.toml")):
        match = HEAD.fullmatch(name)
        if not match:
            yield Problem(name, "", "is not named by a language.", BY_ITS_CODE)
        elif match["language"] == DEFAULT_LANGUAGE:
            remedy = "Write its words into exhibition.toml, and take this file away."
            yield Problem(name, "", "is in the language of the original.", remedy)
        elif not is_known(match["language"]):
            fault = f"names a language {match['language']}, in which we can't say dates and numbers."
            yield Problem(name, "", fault, BY_ITS_CODE)
