"""Questions to a curator, each answered by an option or at the prompt: a wrong answer there is asked for again."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import click

from tour.content.problems import Problem

_NUMBER = r"([-+]?\d+(?:\.\d+)?)\s*°?\s*"
# 52.4077, -1.5078 or 52.4077° N, 1.5078° W, as maps on the web give it to whoever copies a place.
_BOTH = re.compile(rf"{_NUMBER}([NS])?(?:[\s,;]+{_NUMBER}([EW])?)?", re.IGNORECASE)


Reader = Callable[[str], Any]  # what is meant by the words that were typed; raises NoAnswer
Problems = Callable[[Any], Iterable[Problem]]  # of what is meant


class NoAnswer(ValueError):
    """The answer can't be read; the message says how to write it."""


@dataclass(frozen=True)
class Questions:
    """Asks for what no option answers; with `takes_proposals` what is proposed is taken unasked."""

    takes_proposals: bool

    def ask(
        self,
        question: str,
        given: str | None,
        read: Reader,
        problems: Problems,
        proposal: str | None,
    ) -> Any:
        """The answer as `read` understands it, without problems; ends the command if an option's answer is wrong."""
        is_given = given is not None or (self.takes_proposals and proposal is not None)
        while True:
            typed = (proposal if given is None else given) if is_given else self._prompt(question, proposal)
            try:
                answer = read(typed.strip())
                told = [str(problem) for problem in problems(answer)]
            except NoAnswer as error:
                told = [str(error)]
            if not told:
                return answer
            click.echo("\n".join(told), err=True)
            if is_given:
                sys.exit(1)

    def _prompt(self, question: str, proposal: str | None) -> str:
        return click.prompt(question, default=proposal, show_default=bool(proposal))


def nothing(answer: object) -> tuple[()]:
    """The problems of an answer that has none."""
    return ()


def text(typed: str) -> str:
    if not typed:
        raise NoAnswer("Write a few words.")
    return typed


def whole_number(typed: str) -> int:
    if not typed.isdecimal():
        raise NoAnswer(f"{typed or 'Nothing'} is not a whole number. Write it in digits, like 7.")
    return int(typed)


def degrees(typed: str) -> tuple[float, float | None]:
    """Latitude, and longitude where both are given."""
    match = _BOTH.fullmatch(typed.replace("−", "-").strip("()[] "))
    if match is None:
        raise NoAnswer(f"{typed or 'Nothing'} is not a place. Write degrees with a point, like 52.4077, -1.5078.")
    latitude, south, longitude, west = match.groups()
    return _signed(latitude, south), None if longitude is None else _signed(longitude, west)


def longitude(typed: str) -> float:
    """A longitude alone."""
    match = re.fullmatch(rf"{_NUMBER}([EW])?", typed.replace("−", "-"), re.IGNORECASE)
    if match is None:
        raise NoAnswer(f"{typed or 'Nothing'} is not a longitude. Write degrees with a point, like -1.5078.")
    return _signed(*match.groups())


def _signed(number: str, side: str | None) -> float:
    return -float(number) if side and side in "SWsw" else float(number)
