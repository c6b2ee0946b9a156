"""Files of the content as text and tables; a fault is told to the curator."""

import codecs
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from tour.content.characters import code_point, find_unprintable
from tour.content.problems import Problem
from tour.content.renamed_fields import with_current_names
from tour.content.toml_errors import explain

FRONT_MATTER_DELIMITER = "+++"
MAX_BYTES = 200_000  # bytes: twenty times the longest stop
# A key of many parts, a.b.c, of which the parser would make a table in a table in a table; ours have three at most.
PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
DEEP = re.compile(rf"(?<![\w.-]){PART}(?:[ \t]*+\.[ \t]*+{PART}){{20,}}")
DEEP_KEY = "has a key of more than 20 parts, with a point between each two."
TOO_DEEP = "Put a text between quotation marks; a field's name has no points."
MAX_TABLES = 2_000  # of a file: each may lack every field that it should have
LED_OUT = "is a link that leads out of the folder of the content."
IN_UTF_8 = "Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”."
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_toml(data_dir: Path, name: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The file's table; None if it can't be read."""
    path = data_dir / name
    if not path.exists():
        problems.append(Problem(name, "", "is missing.", f"The exhibition needs a file of this name in {data_dir}."))
        return None
    return parse_toml(read_text(path, name, problems), name, problems)


def read_text(path: Path, file: str, problems: list[Problem], largest: int = MAX_BYTES) -> str | None:
    """What stands in the file, its lines ended alike; None if a page can't show it."""
    written = _bytes(path, file, problems, largest)
    decoded = None if written is None else _decoded(written, file, problems)
    if decoded is None:
        return None
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if found := find_unprintable(lines):
        where = _line_at(lines[: found.start()])
        remedy = "It can't be seen and came with a copy from elsewhere: delete that line and type it afresh."
        problems.append(Problem(file, where, f"holds a sign that no page can show ({code_point(found[0])}).", remedy))
        return None
    return lines


def _bytes(path: Path, file: str, problems: list[Problem], largest: int) -> bytes | None:
    if _leads_out(path, file):
        problems.append(Problem(file, "", LED_OUT, "Put the file itself in its place."))
        return None
    if path.exists() and not (path.is_file() or path.is_dir()):
        # It would never end.
        problems.append(Problem(file, "", "is a pipe or a device, not a file.", "Put a file in its place."))
        return None
    try:
        written = path.read_bytes()
    except IsADirectoryError:
        problems.append(Problem(file, "", "is a folder, not a file.", "Take it away, or give it another name."))
        return None
    except OSError:
        problems.append(Problem(file, "", "can't be opened.", "Put the file there again, so that all may read it."))
        return None
    if len(written) > largest:
        kilobytes = f"has {len(written) // 1000:,} KB, more than the {largest // 1000:,} KB that a page can bear."
        problems.append(Problem(file, "", kilobytes, "Keep words alone in it; a picture belongs into media/."))
        return None
    return written


def _leads_out(path: Path, file: str) -> bool:
    """Whether the file, or a folder on the way to it, is a link to somewhere outside; `file` is its name within."""
    root = path.parents[len(Path(file).parts) - 1]
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that lead round in a circle: it can't be opened
        return False


def _decoded(written: bytes, file: str, problems: list[Problem]) -> str | None:
    if written.startswith(UTF_16):
        problems.append(Problem(file, "", "is saved in UTF-16.", IN_UTF_8))
        return None
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = _line_at(written[: error.start].decode("utf-8", "replace"))
        problems.append(Problem(file, where, "holds a letter that is not in UTF-8.", IN_UTF_8))
        return None


def _line_at(before: str) -> str:
    """The line that follows what stands before it."""
    number = before.count("\n") + 1
    return f"line {number}"


def parse_toml(written: str | None, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The table that is written; None if nobody can read it."""
    if written is not None and (found := DEEP.search(written)):
        problems.append(Problem(file, _line_at(written[: found.start()]), DEEP_KEY, TOO_DEEP))
        return None
    try:
        table = None if written is None else _parsed(written)
    # The parser lets through what Python makes of brackets without end, and of a number of 5,000 digits.
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problems.append(Problem(file, *explain(written, error)))
        return None
    if table is not None and (count := _tables(table)) > MAX_TABLES:
        problems.append(Problem(file, "", f"has {count:,} tables.", f"Let it have {MAX_TABLES:,} at most."))
        return None
    if table is None:
        return None
    current, renamed = with_current_names(table, file)
    problems.extend(renamed)
    return current


def _tables(table: dict[str, Any]) -> int:
    """How many tables it holds, itself among them."""
    count, inner = 0, [table]  # no recursion: they may lie deeper in one another than Python bears
    while inner:
        value = inner.pop()
        count += isinstance(value, dict)
        inner += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return count


@lru_cache(maxsize=8192)
def _parsed(written: str) -> dict[str, Any]:
    """Kept, for an edit changes one file and all are read again; nobody may change the table."""
    return tomllib.loads(written)


def split_front_matter(written: str | None, file: str, problems: list[Problem]) -> tuple[str | None, str]:
    """The fields between the two +++ lines, and the narrative below them."""
    if written is None:
        return None, ""
    lines = written.split("\n")
    fences = [number for number, line in enumerate(lines) if line.strip() == FRONT_MATTER_DELIMITER]
    if len(fences) < 2 or fences[0] != 0:
        problems.append(Problem(file, *_front_matter_problem(lines, fences)))
        return None, ""
    # The first line stays, empty, so that a fault's line number is the file's own.
    return "\n".join(["", *lines[1 : fences[1]]]), "\n".join(lines[fences[1] + 1 :]).strip()


def _front_matter_problem(lines: list[str], fences: list[int]) -> tuple[str, str, str]:
    """Which of the two +++ lines is wrong: field, fault, remedy."""
    if lines[0].strip() == "---":
        return "", "has its fields between --- lines.", "Write +++ in their place."
    for number, line in enumerate(lines):
        if line.strip().startswith(FRONT_MATTER_DELIMITER) and number not in fences:
            return f"line {number + 1}", "holds more than +++.", "Let +++ stand alone on its line."
    if fences == [0]:
        return "", "has no second +++ line.", "Write +++ alone on a line between the fields and the narrative."
    return (
        "",
        "has no fields between two +++ lines.",
        "Begin with +++, then the fields, then +++, then the narrative.",
    )
