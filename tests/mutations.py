"""Mutations of a text for fuzzing: typing errors, damage by editors, pasted text, bad disks, and worse."""

import re
from collections.abc import Callable, Sequence
from random import Random

# What it must never become: an element, an attribute, a template's or a script's expression.
LEAK = "x-leak"
WORDS = (
    *(f"<script>{LEAK}</script>", f"<{LEAK}>", f"</script><{LEAK}>", f'" {LEAK}="1', f"' {LEAK}='1", "]]>", "-->"),
    *("{{ 7 * 191 }}", "{% for x in y %}", "${7*191}", "`${1}`", "{{", "}}", "%s %(title)s %", "{0}", "\\"),
    *("[^ledger]", "[^", "[^]", "[^diary]", "{de:x}", "{de:", "{de:{de:x}}", "*", "**x", "> ", "&amp;", "&#0;", "_"),
    *("\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufffe", "\uffff", "\ufffd", "\ufeff", "\u200b"),
    *("\u202e", "\u2066", "\U0001f9f6", "\U000e0001", "a\u0301", "“", "”", "«", "\u00a0", "\t", "\r", "\n", "\n\n"),
    *(
        "+++",
        "\n+++\n",
        "---",
        '"',
        '"""',
        "'",
        "'''",
        "#",
        "=",
        ",",
        ".",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "(",
        "\ud800",
    ),
)
ESCAPES = (r"\u0000", r"\u0001", r"\ud800", r"\udfff", r"\u202e", r"\uffff", r"\U0010ffff", r"\U00110000", r"\r", r"\b")
VALUES = (
    *("1e999", "-1e999", "nan", "-nan", "inf", "-0", "-0.0", "1e-320", "1e308", "10.5e0", "1" + "0" * 30, "9" * 5000),
    *("0x" + "f" * 9000, "-1", "0", "1", "2", "60.5", "-60.5", "52,4", "1_000", "0o17", "true", "True", "yes", "none"),
    *("0001-01-01", "9999-12-31", "0000-01-01", "2022-02-30", "07:32:00", "2022-03-22T10:00:00Z", "22.03.2022"),
    *('""', '" "', '"\u200b"', '"x"', "'x'", '"[^ledger]"', '">"', '"quay"', '"light"', '"de"', '"English"', '"1943"'),
    *('"0001"', '"9999-12-31"', '"0000"', '"https://example.org"', '"javascript:alert(1)"', '"//x"', '"http://[::1"'),
    *(
        '"https://example.org:99999/"',
        '"https://\\u0000"',
        '"../quay.png"',
        '"quay.png\\u0000"',
        '"."',
        '"/etc/passwd"',
    ),
    *("[]", "[[]]", "[1]", "[1, 2]", "[0, 0, 1, 1]", '["ledger"]', '["ledger", "ledger"]', '[""]', "{}", "{ a = 1 }"),
    *("[61.0, 60.0]", "[-1e9, 1e9]", "[-90, 90]", "[60, 61]", "[10, 10.5]", "“x”", "", '"""', '"x', "[1,", "{ a = 1"),
)
DEEP = ("[", "{ a = ", "a.", "[[", "(", "> ", "*", "{de:", "[^", "\\", "&", "<", "**_", "`")
FIELD = re.compile(r"^(\s*)([\w.]+)(\s*=\s*)(.*)$", re.MULTILINE)
STRING = re.compile(r'"[^"\n]*"')

Mutation = Callable[[Random, str, Sequence[str]], str]


def mutate(random: Random, text: str, others: Sequence[str]) -> bytes:
    """The text with one to three mutations; `others` are texts of the same kind to splice from."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choices(MUTATIONS, WEIGHTS)[0](random, text, others)
    content = text.encode("utf-8", "surrogatepass")
    return _flip_bits(random, content) if random.random() < 0.03 else content


def _change_value(random: Random, text: str, others: Sequence[str]) -> str:
    """A field gets another value."""
    return _replace_field(random, text, lambda match: match[1] + match[2] + match[3] + random.choice(VALUES))


def _rename_key(random: Random, text: str, others: Sequence[str]) -> str:
    """A field gets another name: misspelt, of another field, of none."""
    fields = FIELD.findall(text)
    names = [name for _, name, _, _ in fields] + ["allt", "a b", '""', '"\\u0000"', "image", "translation", "words"]
    return _replace_field(random, text, lambda match: match[1] + random.choice(names) + match[3] + match[4])


def _delete_field(random: Random, text: str, others: Sequence[str]) -> str:
    return _replace_field(random, text, lambda match: "")


def _inject(random: Random, text: str, others: Sequence[str]) -> str:
    """Something strange inside a text between quotation marks, or a text of nothing else."""
    strange = random.choice(WORDS + ESCAPES)
    strings = list(STRING.finditer(text))
    if not strings:
        return _paste(random, text, others)
    spot = random.choice(strings)
    old = random.choice((spot[0][1:-1], ""))
    return (
        text[: spot.start()] + '"' + old + strange.replace('"', random.choice(('"', '\\"'))) + '"' + text[spot.end() :]
    )


def _paste(random: Random, text: str, others: Sequence[str]) -> str:
    """Something strange anywhere."""
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(WORDS + ESCAPES + VALUES) + text[at:]


def _enlarge(random: Random, text: str, others: Sequence[str]) -> str:
    """A text of a length, or nested to a depth, that nobody writes."""
    long = random.choice((300, 3000, 100_000, 1_000_000))
    deep = random.choice(DEEP)
    grown = random.choice(("x" * long, "x " * (long // 2), deep * (10_000 // len(deep)), deep * 150))
    if random.random() < 0.5:
        return _replace_field(random, text, lambda match: match[1] + match[2] + match[3] + grown)
    return _replace_field(random, text, lambda match: f'{match[1]}{match[2]}{match[3]}"{grown}"')


def _truncate(random: Random, text: str, others: Sequence[str]) -> str:
    return text[: random.randrange(len(text) + 1)]


def _repeat_or_delete_letters(random: Random, text: str, others: Sequence[str]) -> str:
    """A run of letters gone, or twice."""
    start = random.randrange(len(text) + 1)
    end = start + random.choice((1, 1, 2, 10, 100))
    return text[:start] + text[start:end] * random.choice((0, 2)) + text[end:]


def _rearrange_lines(random: Random, text: str, others: Sequence[str]) -> str:
    """Lines that change places, come twice, or are gone."""
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    change = random.randrange(3)
    if change == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif change == 1:
        lines.insert(other, lines[one])
    else:
        del lines[min(one, other) : min(one, other) + random.choice((1, 1, 3))]
    return "\n".join(lines)


def _rearrange_tables(random: Random, text: str, others: Sequence[str]) -> str:
    """Paragraphs, which are mostly tables, that change places, come twice, or are gone."""
    tables = text.split("\n\n")
    one, other = random.randrange(len(tables)), random.randrange(len(tables))
    change = random.randrange(3)
    if change == 0:
        tables[one], tables[other] = tables[other], tables[one]
    elif change == 1:
        tables.insert(other, tables[one])
    else:
        del tables[one]
    return "\n\n".join(tables)


def _splice(random: Random, text: str, others: Sequence[str]) -> str:
    """A paragraph or a half from another file."""
    other = random.choice(others)
    if random.random() < 0.3:
        return text[: random.randrange(len(text) + 1)] + other[random.randrange(len(other) + 1) :]
    tables = text.split("\n\n")
    tables.insert(random.randrange(len(tables) + 1), random.choice(other.split("\n\n")))
    return "\n\n".join(tables)


def _change_brackets(random: Random, text: str, others: Sequence[str]) -> str:
    """A table's head with other brackets, or another name."""
    wrong = random.choice((r"[\1]", r"[[\1]]", r"[[\1s]]", r"[\1", r"[[\1]", r"[[\1.a]]", r"\1 = [{}]", r"(\1)"))
    heads = list(re.finditer(r"^\[+([\w.]+)\]+$", text, re.MULTILINE))
    return random.choice(heads).expand(wrong).join(_around(random, text, heads)) if heads else text


def _around(random: Random, text: str, heads: list[re.Match]) -> tuple[str, str]:
    head = random.choice(heads)
    return text[: head.start()], text[head.end() :]


def _replace_field(random: Random, text: str, change: Callable[[re.Match], str]) -> str:
    fields = list(FIELD.finditer(text))
    if not fields:
        return text
    match = random.choice(fields)
    return text[: match.start()] + change(match) + text[match.end() :]


def _flip_bits(random: Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(random.choice((1, 2, 20)) if flipped else 0):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


MUTATIONS: tuple[Mutation, ...] = (
    *(_change_value, _rename_key, _delete_field, _inject, _paste, _enlarge),
    *(_truncate, _repeat_or_delete_letters, _rearrange_lines, _rearrange_tables, _splice, _change_brackets),
)
WEIGHTS = (22, 6, 6, 26, 8, 3, 3, 6, 6, 6, 8, 3)
