"""The libraries that are installed: each pinned by what is in it, under a licence that lets the code stay MIT."""

import re
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT_ROOT

LISTS = ("requirements", "requirements-dev", "requirements-tools")
CHOSEN = re.compile(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)")
PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; [^\\\n]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)
INSTALLING = ("Makefile", "deploy/Dockerfile", "docs/hosting.md")
# They let code that uses a library stay MIT; what they ask of changes to the library itself doesn't touch us.
FREE = {
    *("MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0", "Zlib", "CC0-1.0"),
    *("MPL-2.0", "LGPL-2.1-or-later", "GPL-2.0-only WITH Classpath-exception-2.0"),
}
LICENCES = "docs/licences.md"
ROW = re.compile(r"^\| ([\w.-]+) \| (.+?) \| (.*?) ?\|$")
BY_OTHERS = re.compile(r"copyright \(c\)|@(?:license|preserve)|sourceMapping(?:URL)=", re.IGNORECASE)
each_list = pytest.mark.parametrize("name", LISTS)


def lines(file: str) -> list[str]:
    return [line for line in (PROJECT_ROOT / file).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def pinned(name: str) -> dict[str, str]:
    return {
        library: version for library, version, _ in PINNED.findall((PROJECT_ROOT / f"{name}.txt").read_text("utf-8"))
    }


ALL = {library: version for name in LISTS for library, version in pinned(name).items()}


def installed(*names: str) -> list[str]:
    """Those of the lists that are there: a few are for other systems, or for maintainers."""
    return [library for name in names for library in pinned(name) if _is_there(library)]


def _is_there(library: str) -> bool:
    try:
        return bool(distribution(library))
    except PackageNotFoundError:
        return False


@each_list
def test_what_we_chose_is_pinned_at_its_version(name):
    chosen = {line: CHOSEN.fullmatch(line) for line in lines(f"{name}.in") if not line.startswith("-c ")}

    assert [line for line, match in chosen.items() if not match] == [], f"{name}.in: write library==version."
    lacking = {line for line, match in chosen.items() if pinned(name).get(canonicalize_name(match[1])) != match[2]}
    assert lacking == set(), f"{name}.txt is older than {name}.in: make lock."


@each_list
def test_whatever_is_installed_comes_ready_made_and_has_hashes(name):
    at_the_margin = [line for line in lines(f"{name}.txt") if not line.startswith(" ")]

    assert at_the_margin[0] == "--only-binary :all:"
    assert len(at_the_margin[1:]) == len(pinned(name)) > 0


def test_a_library_has_one_version_everywhere():
    assert [(each, name) for name in LISTS for each, version in pinned(name).items() if version != ALL[each]] == []


def test_what_a_library_needs_is_pinned_with_it():
    needs = {
        (library, canonicalize_name(need.name))
        for library in installed(*LISTS)
        for need in map(Requirement, distribution(library).requires or [])
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }

    assert len(needs) > 50
    assert {(library, need) for library, need in needs if need not in ALL} == set()


def test_the_tests_run_with_what_is_pinned():
    others = {each for each in installed(*LISTS[:2]) if distribution(each).version != ALL[each]}

    assert others == set(), "Other versions are installed than pinned ones: make test installs those."


@pytest.mark.parametrize("file", INSTALLING)
def test_nothing_is_installed_without_its_hashes(file):
    commands = [line for line in lines(file) if "pip install" in line]

    assert commands
    assert [line for line in commands if "--require-hashes" not in line] == []


def licences() -> dict[str, tuple[str, str]]:
    """By library, its licence as SPDX writes it, and as the library does."""
    rows = filter(None, map(ROW.match, lines(LICENCES)))
    return {row[1]: (row[2], row[3] or row[2]) for row in rows if row[1] not in ("library", "---")}


def package_licence(library: str) -> str:
    """The licence in the words of the library's own package."""
    package = distribution(library).metadata
    name = package.get("License", "")
    classes = [each for each in package.get_all("Classifier", []) if each.startswith("License ::")]
    if len(name) > 40:  # some put the whole licence there
        name = ""
    return (
        package.get("License-Expression") or name or "; ".join(each.split(" :: ")[-1] for each in classes) or "nothing"
    )


def test_every_library_that_is_installed_has_its_licence_in_the_list():
    assert set(ALL) - set(licences()) == set(), f"{LICENCES}: add them, if their licences let the code stay MIT."
    assert set(licences()) - set(ALL) == set(), f"{LICENCES}: take these out, they are installed no more."


def test_every_licence_lets_the_code_stay_mit():
    parts = {library: set(re.split(r" AND | OR |[()]", licence)) - {""} for library, (licence, _) in licences().items()}

    assert {library: names - FREE for library, names in parts.items() if not names <= FREE} == {}


def test_the_list_says_of_a_licence_what_the_library_says():
    others = {
        library: package_licence(library)
        for library in installed(*LISTS)
        if package_licence(library) != licences()[library][1]
    }

    assert others == {}, f"{LICENCES}: these name another licence now. Read it."


def test_a_typeface_lies_beside_its_licence():
    typefaces = [
        path for kind in ("woff2", "woff", "ttf", "otf") for path in (PROJECT_ROOT / "tour").rglob(f"*.{kind}")
    ]

    assert typefaces
    for path in typefaces:
        licence = path.with_name("OFL.txt").read_text("utf-8")
        assert licence.startswith("Copyright 2014 - 2021 Adobe")
        assert "SIL OPEN FONT LICENSE" in licence


def test_no_code_of_others_lies_here():
    code = [path for kind in ("py", "js", "css") for path in (PROJECT_ROOT / "tour").rglob(f"*.{kind}")]
    texts = {path: path.read_text("utf-8") for path in code}

    assert len(texts) > 100
    assert [path for path, text in texts.items() if BY_OTHERS.search(text)] == []
    assert [path for path, text in texts.items() if re.search(r"^.{400}", text, re.MULTILINE)] == [], "As if minified."
