"""Where a line of text may not end, and which quotation marks stand inside others.

The rules go by script and not by the language of the page: a Cyrillic title on an English page obeys them too.
"""

import re

NBSP = "\u00a0"
MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTHS_RU = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
# Words after a number that are not counted by it, so that the line may end before them.
NOT_COUNTED = (
    "a|also|and|as|at|by|for|from|had|has|have|in|is|it|of|on|or|than|that|the|they|to|was|were|when|which|who|with"
)
SPACE = r"[ \t\n]+"
# A year stands before a verb as often as before what it counts; other numbers are bound to what they count.
NUMBER = r"(?<![\d.,:–-])(?<!\d\u00a0)(?:\d{1,3}(?:[,.\u00a0]\d{3})*|\d{1,3}[.,]\d+)"
RULES = tuple(
    (re.compile(pattern), rf"\g<1>{NBSP}")
    for pattern in (
        # The groups of a number: 40 000.
        rf"(?<![\d.,-])(\d{{1,3}}){SPACE}(?=\d{{3}}\b(?![.,]\d))",
        rf"(\b\d{{1,2}}){SPACE}(?=(?:{MONTHS_EN}|{MONTHS_RU})\b)",
        rf"\b((?:{MONTHS_RU})){SPACE}(?=\d{{4}}\b)",
        rf"(\b\d{{4}}){SPACE}(?=(?:год\w*|гг?\.))",
        rf"({NUMBER}){SPACE}(?=(?!(?:{NOT_COUNTED})\b)[a-zа-яё])",
        rf"({NUMBER}%?){SPACE}(?=(?:£|°|CC\b|HC\b))",
        r"([№§])[ \t\n]+(?=[\dIVX])",
        # A museum number: КП 3605.
        rf"\b([А-ЯЁ]{{1,4}}){SPACE}(?=(?:[А-ЯЁ]{{1,4}} ){{0,3}}\d)",
        rf"\b(CC){SPACE}(?=BY|0)",
        rf"\b(BY(?:-[A-Z]+){{0,3}}){SPACE}(?=\d)",
        # Initials stay with each other and with the name: H. C. N. Williams, В. В. Путин.
        rf"(?<![\w.])([A-ZА-ЯЁ]\.){SPACE}(?=[A-ZА-ЯЁ])",
        # Typesetters of Cyrillic leave no word of one or two letters at the end of a line, but for particles.
        rf"(?<![\w-])((?!(?:бы|же|ли|ль|б|ж)\b)[А-Яа-яЁё]{{1,2}}){SPACE}(?=[\w«„“(])",
        rf"([А-Яа-яЁё]){SPACE}(?=(?:бы|же|ли|ль|б|ж)\b)",
        # A dash never begins a line.
        rf"(\S|^){SPACE}(?=[—–](?:\s|$))",
    )
)
TAG = re.compile(r"(<[^<>]*>)")
# Their content is no text of the page.
CODE = re.compile(r"<(script|style|textarea|pre|code)\b", re.IGNORECASE)
BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|dt|dd|h[1-6]|div|section|article|figcaption|blockquote|td|th|tr|main|nav|aside)\b"
)


def insert_no_break_spaces(text: str) -> str:
    """The text with spaces at which no line may end: between a number and its unit, before a dash, after initials.

    See Мильчин, Чельцова, «Справочник издателя и автора», on what typesetters of Cyrillic keep together.
    """
    for pattern, bound in RULES:
        text = pattern.sub(bound, text)
    return text


def nest_quotes(text: str, depth: int = 0) -> tuple[str, int]:
    """Angular quotation marks inside others as „…“, and how deep the text ends; `depth` is where it begins.

    «Театр «Олбани»» becomes «Театр „Олбани“».
    """
    if "«" not in text and "»" not in text:
        return text, depth
    signs = []
    for sign in text:
        if sign == "«":
            signs.append("„" if depth else sign)
            depth += 1
        elif sign == "»":
            depth = max(0, depth - 1)
            signs.append("“" if depth else sign)
        else:
            signs.append(sign)
    return "".join(signs), depth


def typeset_text(text: str) -> str:
    """Text without tags, with its quotation marks nested and no-break spaces inserted."""
    return insert_no_break_spaces(nest_quotes(text)[0])


def typeset_html(html: str) -> str:
    """HTML whose text keeps together what belongs together; its tags and scripts stay as they are."""
    parts: list[str] = []
    depth, code = 0, ""
    for part in TAG.split(html):
        if part.startswith("<"):
            if code:
                code = "" if part.lower().startswith(f"</{code}") else code
            elif opened := CODE.match(part):
                code = opened[1].lower()
            depth = 0 if BLOCK.match(part) else depth
            parts.append(part)
        elif code or not part:
            parts.append(part)
        else:
            text, depth = nest_quotes(part, depth)
            parts.append(insert_no_break_spaces(text))
    return "".join(parts)
