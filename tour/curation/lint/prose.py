"""Warnings on prose: its length, link texts that say nothing, and times without a date."""

import re
from collections.abc import Iterator

from tour.content.characters import truncate
from tour.content.markdown import CITATION, LANGUAGE_SPAN
from tour.curation.lint.rules import LintWarning, Rule
from tour.model import Stop

MAX_WORDS = 350
MAX_SENTENCE_WORDS = 40
MAX_QUOTE_LENGTH = 70  # characters
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
SENTENCE_END_BEFORE_CITATION = re.compile(r"([.!?…][”»’)]*)((?:\[\^[^\[\]]+\])+)")
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
YEAR = re.compile(r"\b\d{4}\b")
# In the languages that we write.
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
    """Warnings on a stop's texts; `file` is the one with these texts."""
    count = count_words(stop.narrative)
    if count > MAX_WORDS:
        hint = "Leave out what another stop tells, or make two stops of it."
        yield LONG_TEXT.warning(file, "narrative", f"has {count} words.", hint)
    for field in ("lede", "narrative"):
        for sentence in sentences(getattr(stop, field)):
            yield from _sentence_warnings(file, field, sentence)
    for number, link in enumerate(stop.links, 1):
        if EMPTY_LINK_TEXTS.fullmatch(link.title.strip(" .…!")):
            hint = "Give the page its real name."
            yield EMPTY_LINK.warning(file, f"links[{number}].title", f"is “{link.title}”.", hint)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text with their citations, without block quotations."""
    # Quoted words are another's and stay as they are.
    paragraphs = [paragraph for paragraph in PARAGRAPH_BREAK.split(markdown) if not paragraph.startswith(">")]
    # A citation that follows a full stop goes before it, so that it stays in its sentence.
    lines = [" ".join(SENTENCE_END_BEFORE_CITATION.sub(r"\2\1", paragraph).split()) for paragraph in paragraphs]
    return [sentence for line in lines for sentence in SENTENCE_END.split(line) if sentence]


def count_words(markdown: str) -> int:
    """How many words a visitor reads."""
    return len(WORD.findall(LANGUAGE_SPAN.sub(r"\g<text>", CITATION.sub("", markdown))))


def _sentence_warnings(file: str, field: str, sentence: str) -> Iterator[LintWarning]:
    text, count = CITATION.sub("", sentence), count_words(sentence)
    quote = truncate(text, MAX_QUOTE_LENGTH)
    if count > MAX_SENTENCE_WORDS:
        yield LONG_SENTENCE.warning(file, field, f"has a sentence of {count} words: “{quote}”", "Part it in two.")
    match = RELATIVE_DATES.search(text)
    if match and not CITATION.search(sentence) and not YEAR.search(text):
        hint = "Say since when, in which year, or cite a source."
        yield UNDATED.warning(file, field, f"says “{match[0]}” without a date: “{quote}”", hint)
