"""English words of the interface that a Russian page shows or has read out."""

import re
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from playwright.sync_api import Frame, Page

from tour.i18n import CATALOGUE
from tour.paths import LOCALE_DIR

# All that is read or heard, but for what says that it is in another language: text, and attributes with words in them.
HEARD = """scope => {
  const foreign = (element) => element?.closest("[lang]")?.lang.split("-")[0] !== "ru";
  const words = [];
  const walker = document.createTreeWalker(document.querySelector(scope), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (!element.closest("script, style, template") && !foreign(element)) words.push(data);
  }
  for (const element of document.querySelectorAll(`${scope} *`))
    for (const name of ["aria-label", "alt", "title", "placeholder", "aria-valuetext"])
      if (element.hasAttribute(name) && !foreign(element)) words.push(element.getAttribute(name));
  return [...words, document.title].map((each) => each.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
# What is pressed, chosen, or names another thing: never a name from a source, so never a Latin letter.
INTERFACE = """() => [
  ...document.querySelectorAll("#root :is(button, summary, label, dt, .tour-header a, [aria-label])")]
  .filter((each) => (each.lang || "ru") === "ru")
  .map((each) => each.getAttribute("aria-label") ?? each.textContent)"""


def english_words(page: Page | Frame, scope: str = "body") -> list[str]:
    """Messages of the code that Russian says otherwise, and controls with Latin letters in their names."""
    messages = [each for each in page.evaluate(HEARD, scope) if _english_messages().fullmatch(each)]
    return messages + [each for each in page.evaluate(INTERFACE) if re.search("[A-Za-z]{2}", each)]


@cache
def _english_messages() -> re.Pattern[str]:
    """Whatever stands in their places."""
    with (LOCALE_DIR / "ru" / CATALOGUE).open("rb") as file:
        sentences = [form for message in read_po(file, locale="ru") if message.id for form in _forms(message)]
    in_letters = [each for each in sentences if re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s", "", each))]
    return re.compile("|".join(re.sub(r"%\\\(\w+\\\)s|%\(\w+\)s", ".+", re.escape(each)) for each in in_letters))


def _forms(message: Message) -> Iterator[str]:
    """Singular and plural, without markup, unless Russian says the same."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return (re.sub(r"<[^>]+>", "", each) for each in ids if each not in strings)
