"""What an editor would say of the words: how long they are, where a link leads, and when a statement was true."""

import re
from collections.abc import Iterator

from tour.content.markdown import CITATION, LANGUAGE_SPAN
from tour.content.problems import Problem
from tour.curation.lint.rules import LintWarning, Rule
from tour.model import Stop

MAX_WORDS = 350
MAX_SENTENCE_WORDS = 40  # words
LONG_TEXT = Rule("long-text", "Few visitors read more than 350 words standing, or on a phone.")
LONG_SENTENCE = Rule(
    "long-sentence", "A sentence of over 40 words is lost on who hears it, or reads a second language."
)
EMPTY_LINK = Rule(
    "empty-link", "Who goes through a page's links alone, as screen readers offer, must know where each leads."
)
UNDATED = Rule("undated", "In ten years nobody will know when “today” was; a source tells, by its day of reading.")

WORD = re.compile(r"\w+(?:[’'\-.,]\w+)*")
SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”»’)]))\s+(?=[“«(‘]*[A-ZА-ЯЁ0-9])")
PARAGRAPH = re.compile(r"\n\s*\n")
SENTENCE_END_BEFORE_CITATION = re.compile(
    r"([.!?…][”»’)]*)((?:\[\^[^\[\]]+\])+)"
)  # the end of a sentence with citations after it
YEAR = re.compile(r"\b\d{4}\b")
# Words that say when without a date, and link texts that say nothing, in the languages that we write.
RELATIVE_DATES = re.compile(
    r"\b(today|nowadays|now|currently|at present|recently|lately|last year|this year|"
    r"сегодня|сейчас|ныне|теперь|недавно|в последнее время|в прошлом году|в этом году)\b",
    re.IGNORECASE,
)
EMPTY_LINK_TEXTS = re.compile(
    r"(click )?here|(this )?(link|page)|read more|more|(нажмите )?(здесь|тут)|(эта )?(ссылка|страница)|подробнее|ещё",
    re.IGNORECASE,
)


def prose_warnings(file: str, stop: Stop) -> Iterator[LintWarning]:
    """Advice on a stop's words, which stand in that file."""
    yield from _on_length(file, stop.narrative)
    for field, text in (("lede", stop.lede), ("narrative", stop.narrative)):
        for sentence in sentences(text):
            yield from _on_sentence(file, field, sentence)
    for number, link in enumerate(stop.links, 1):
        if EMPTY_LINK_TEXTS.fullmatch(link.title.strip(" .…!")):
            remedy = "Give the page its real name."
            problem = Problem(file, f"links[{number}].title", f"is “{link.title}”.", remedy)
            yield LintWarning(EMPTY_LINK, problem)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text, citations and all; those of quotations set apart are another's, and stay as they are."""
    paragraphs = [each for each in PARAGRAPH.split(markdown) if not each.startswith(">")]
    return [each for one in paragraphs for each in SENTENCE_END.split(" ".join(_behind(one).split())) if each]


def count_words(markdown: str) -> int:
    """How many words a visitor reads."""
    return len(WORD.findall(LANGUAGE_SPAN.sub(r"\g<words>", CITATION.sub("", markdown))))


def _behind(paragraph: str) -> str:
    """The paragraph with each citation before the stop that it follows, so that it stays in its sentence."""
    return SENTENCE_END_BEFORE_CITATION.sub(r"\2\1", paragraph)


def _on_length(file: str, narrative: str) -> Iterator[LintWarning]:
    count = count_words(narrative)
    if count > MAX_WORDS:
        remedy = "Leave out what another stop tells, or make two stops of it."
        yield LintWarning(LONG_TEXT, Problem(file, "narrative", f"has {count} words.", remedy))


def _on_sentence(file: str, field: str, sentence: str) -> Iterator[LintWarning]:
    count, quoted = count_words(sentence), _short(CITATION.sub("", sentence))
    if count > MAX_SENTENCE_WORDS:
        yield LintWarning(
            LONG_SENTENCE, Problem(file, field, f"has a sentence of {count} words: “{quoted}”", "Part it in two.")
        )
    now = RELATIVE_DATES.search(CITATION.sub("", sentence))
    if now and not CITATION.search(sentence) and not YEAR.search(sentence):
        remedy = "Say since when, in which year, or cite a source."
        yield LintWarning(UNDATED, Problem(file, field, f"says “{now[0]}” without a date: “{quoted}”", remedy))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 70 else f"{sentence[:69].rstrip()}…"
