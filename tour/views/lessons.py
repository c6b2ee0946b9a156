"""A lesson for one class: its page for teachers, and the evidence cards for the class."""

from dataclasses import dataclass

from tour.content.cited_sources import lesson_sources
from tour.model import Claim, Exhibition, Lesson, Question, Source, Stop
from tour.views.document import render_cited


@dataclass(frozen=True)
class Evidence:
    """A question with its number, the claim that it asks about, and the stop of that claim."""

    number: int
    question: Question
    stop: Stop
    claim: Claim


@dataclass(frozen=True)
class EvidenceCard:
    """One account of a claim with its sources, to be weighed without the exhibition's own wording."""

    evidence: Evidence
    says: str
    sources: tuple[Source, ...]


def evidence(exhibition: Exhibition, lesson: Lesson) -> list[Evidence]:
    """What each question is about, in valid content."""
    return [
        Evidence(number, question, stop, stop.claims[question.claim - 1])
        for number, question in enumerate(lesson.questions, 1)
        if (stop := exhibition.stop(question.stop))
    ]


def evidence_cards(exhibition: Exhibition, lesson: Lesson) -> list[EvidenceCard]:
    """A card for each account, question by question."""
    return [
        EvidenceCard(each, account.says, tuple(exhibition.sources[id] for id in account.sources))
        for each in evidence(exhibition, lesson)
        for account in each.claim.accounts
    ]


def lesson_html(exhibition: Exhibition, lesson: Lesson) -> str:
    """The page for teachers."""
    return render_cited(
        "lesson.html",
        exhibition,
        lesson_sources(lesson),
        lesson=lesson,
        evidence=evidence(exhibition, lesson),
        screens={step.stop: exhibition.stop(step.stop) for step in lesson.steps if step.stop},
    )
