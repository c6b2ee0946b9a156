"""The sources that a stop, the lesson and the introduction rest on: their ids, each once, by first mention."""

from tour.content.markdown import cited_ids
from tour.model import Exhibition, Lesson, LessonStep, Question, Stop


def stop_sources(stop: Stop) -> list[str]:
    """The sources of the stop's article; those of its events are in the timeline."""
    regions = [region.text for detail_image in stop.detail_images for region in detail_image.regions]
    in_text = cited_ids(stop.lede, *stop.captions, stop.narrative, *regions, stop.step_free, stop.seats)
    in_claims = [id for claim in stop.claims for account in claim.accounts for id in account.sources]
    in_places = [id for place in stop.places for id in place.sources]
    return list(dict.fromkeys([*in_text, *in_claims, *in_places]))


def lesson_sources(lesson: Lesson) -> list[str]:
    parts: list[LessonStep | Question] = [*lesson.steps, *lesson.questions]
    return cited_ids(*(part.text for part in parts), lesson.narrative)


def introduction_sources(exhibition: Exhibition) -> list[str]:
    """The sources of the texts before the first stop."""
    return cited_ids(*exhibition.opening)
