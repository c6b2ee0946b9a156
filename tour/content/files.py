"""Files of the content as text and tables; what makes a file unreadable is raised as a ContentError."""

import codecs
import re
import tomllib
from functools import lru_cache
from pathlib import Path

from tour.content.characters import code_point, find_unprintable
from tour.content.problems import ContentError, Problem
from tour.content.toml_errors import explain

FRONT_MATTER_DELIMITER = "+++"
MAX_BYTES = 200_000  # twenty times the longest stop
MAX_TABLES = 2_000  # of a file: each may lack every field that it should have
# A key of many parts, a.b.c, of which the parser would make a table in a table in a table; ours have three at most.
PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
DEEP = re.compile(rf"(?<![\w.-]){PART}(?:[ \t]*+\.[ \t]*+{PART}){{20,}}")
DEEP_KEY = "has a key of more than 20 parts, with a point between each two."
DEEP_KEY_HINT = "Put a text between quotation marks; a field's name has no points."
UTF_8_HINT = "Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”."
UNPRINTABLE_HINT = "It can't be seen and came with a copy from elsewhere: delete that line and type it afresh."
Table = dict[str, object]  # of TOML
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, file: str, max_bytes: int = MAX_BYTES) -> str:
    """The file's text with \\n at the ends of lines; `file` is its name for a curator. Raises ContentError."""
    text = _decoded(_read_bytes(path, file, max_bytes), file).replace("\r\n", "\n").replace("\r", "\n")
    if sign := find_unprintable(text):
        message = f"holds a sign that no page can show ({code_point(sign[0])})."
        raise _error(file, _line_after(text[: sign.start()]), message, UNPRINTABLE_HINT)
    return text


def _error(file: str, field: str, message: str, hint: str) -> ContentError:
    return ContentError([Problem(file, field, message, hint)])


def _read_bytes(path: Path, file: str, max_bytes: int) -> bytes:
    if _leads_out(path, file):
        raise _error(
            file, "", "is a link that leads out of the folder of the content.", "Put the file itself in its place."
        )
    # A pipe would never end.
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise _error(file, "", "is a pipe or a device, not a file.", "Put a file in its place.")
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise _error(file, "", "is a folder, not a file.", "Take it away, or give it another name.") from None
    except OSError:
        raise _error(file, "", "can't be opened.", "Put the file there again, so that all may read it.") from None
    if len(content) > max_bytes:
        message = f"has {len(content) // 1000:,} KB, more than the {max_bytes // 1000:,} KB that a page can bear."
        raise _error(file, "", message, "Keep words alone in it; a picture belongs into media/.")
    return content


def _leads_out(path: Path, file: str) -> bool:
    """Whether the file, or a folder on the way to it, is a link to somewhere outside; `file` is its name within."""
    root = path.parents[len(Path(file).parts) - 1]
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that lead round in a circle: it can't be opened
        return False


def _decoded(content: bytes, file: str) -> str:
    if content.startswith(UTF_16):
        raise _error(file, "", "is saved in UTF-16.", UTF_8_HINT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_after(content[: error.start].decode("utf-8", "replace"))
        raise _error(file, line, "holds a letter that is not in UTF-8.", UTF_8_HINT) from None


def _line_after(text: str) -> str:
    """The line on which the text ends."""
    number = text.count("\n") + 1
    return f"line {number}"


def parse_toml(text: str, file: str) -> Table:
    """The table of a TOML text, which is cached: don't change it. Raises ContentError."""
    if deep := DEEP.search(text):
        raise _error(file, _line_after(text[: deep.start()]), DEEP_KEY, DEEP_KEY_HINT)
    try:
        table = _parsed(text)
    # The parser lets through what Python makes of brackets without end, and of a number of 5,000 digits.
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise _error(file, *explain(text, error)) from None
    if (count := _count_tables(table)) > MAX_TABLES:
        raise _error(file, "", f"has {count:,} tables.", f"Let it have {MAX_TABLES:,} at most.")
    return table


def _count_tables(table: Table) -> int:
    """How many tables it holds, itself among them."""
    count = 0
    inner: list[object] = [table]  # no recursion: they may lie deeper in one another than Python bears
    while inner:
        value = inner.pop()
        count += isinstance(value, dict)
        inner += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return count


# An edit changes one file, and all are loaded again.
_parsed = lru_cache(maxsize=8192)(tomllib.loads)


def split_front_matter(text: str, file: str) -> tuple[str, str]:
    """The fields between the two +++ lines, and the narrative below them. Raises ContentError."""
    lines = text.split("\n")
    delimiters = [number for number, line in enumerate(lines) if line.strip() == FRONT_MATTER_DELIMITER]
    if len(delimiters) < 2 or delimiters[0] != 0:
        raise _error(file, *_front_matter_problem(lines, delimiters))
    # The first line stays, empty, so that a line number in an error message is the file's own.
    return "\n".join(["", *lines[1 : delimiters[1]]]), "\n".join(lines[delimiters[1] + 1 :]).strip()


def _front_matter_problem(lines: list[str], delimiters: list[int]) -> tuple[str, str, str]:
    """Which of the two +++ lines is wrong: field, message, hint."""
    if lines[0].strip() == "---":
        return "", "has its fields between --- lines.", "Write +++ in their place."
    for number, line in enumerate(lines):
        if line.strip().startswith(FRONT_MATTER_DELIMITER) and number not in delimiters:
            return f"line {number + 1}", "holds more than +++.", "Let +++ stand alone on its line."
    if delimiters == [0]:
        return "", "has no second +++ line.", "Write +++ alone on a line between the fields and the narrative."
    hint = "Begin with +++, then the fields, then +++, then the narrative."
    return "", "has no fields between two +++ lines.", hint
