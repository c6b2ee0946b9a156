"""new-exhibition: a small whole exhibition of invented places, to write one's own over."""

import re
import shlex
import subprocess
from datetime import date

import pytest
from click.testing import CliRunner

from tests.conftest import PROJECT_ROOT, load_valid
from tour.__main__ import main
from tour.atomic_write import FolderNotEmptyError
from tour.content.files import split_front_matter
from tour.curation import scaffold
from tour.curation.lint.lint import lint
from tour.model.navigation import twin
from tour.validation.validate import load_all_languages


def new_exhibition(folder):
    return CliRunner().invoke(main, ["new-exhibition", str(folder)])


@pytest.fixture
def folders(tmp_path):
    return scaffold.write(tmp_path / "ours", date(2031, 5, 3))


@pytest.fixture
def exhibition(folders):
    return load_valid(*folders)


def test_it_is_checked_and_run_by_the_lines_that_it_ends_with(tmp_path):
    output = new_exhibition(tmp_path / "my exhibition").output
    check, _, run = [shlex.split(line) for line in output.splitlines() if line.startswith("  ")]
    environment, command = dict(each.split("=", 1) for each in check[:2]), check[2:]

    checked = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.endswith("No errors, 1 warning.\n")
    assert run[:2] == check[:2]
    assert run[3:] == ["-m", "streamlit", "run", "streamlit_app.py"]


def test_it_has_a_stop_of_every_kind_of_thing(exhibition):
    assert len(exhibition.stops) == 3
    assert len(exhibition.cities) == 2
    for stop in exhibition.stops:
        assert twin(exhibition, stop) or stop.slug == "ferry"
        assert stop.figures and stop.events and len(stop.links) >= 2


def test_its_only_warning_is_that_its_links_were_never_checked(folders):
    warnings = lint(load_all_languages(*folders), *folders, date(2031, 5, 3))

    assert {each.rule.name for each in warnings} == {"link"}


def test_every_source_is_cited_and_none_is_anybodys(exhibition):
    text = " ".join([exhibition.introduction, *(stop.narrative for stop in exhibition.stops)])
    addresses = [link.address for stop in exhibition.stops for link in stop.links]
    addresses += [source.address for source in exhibition.sources.values()]

    assert set(exhibition.sources) == set(re.findall(r"\[\^([\w-]+)\]", text))
    assert all(address.startswith("https://example.org/") for address in addresses)


def test_its_dates_are_those_of_the_day(exhibition):
    days = {
        exhibition.status.checked,
        exhibition.status.decided,
        *(each.accessed for each in exhibition.sources.values()),
    }

    assert days == {date(2031, 5, 3)}


def test_every_file_that_a_curator_edits_explains_itself(folders):
    paths = [*folders[0].glob("*.toml"), *folders[0].rglob("*.md")]

    assert len(paths) == 5
    for path in paths:
        fields = (
            path.read_text("utf-8") if path.suffix == ".toml" else split_front_matter(path.read_text("utf-8"), "")[0]
        )
        assert fields.strip().startswith("# ")
    assert all('"note": ' in path.read_text("utf-8") for path in folders[0].rglob("*.geojson"))


def test_its_drawings_are_those_of_its_pictures(folders):
    drawn = {path.stem for path in (folders[1] / "drawings").glob("*.svg")} - {"kit"}

    assert drawn == {path.stem for path in folders[1].glob("*.png")}


@pytest.mark.parametrize("name", ["theirs.txt", ".hidden", "data"])
def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path, name):
    (tmp_path / name).mkdir()

    result = new_exhibition(tmp_path)

    assert result.exit_code == 1
    assert result.stderr == (
        f"{tmp_path} holds something already, and nothing was written. Name a new folder, or an empty one.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_empty_folder_is_written_into(tmp_path):
    assert new_exhibition(tmp_path).exit_code == 0
    with pytest.raises(FolderNotEmptyError):
        scaffold.write(tmp_path, date.today())


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()

    result = new_exhibition(tmp_path / "file")

    assert result.exit_code == 1
    assert (
        result.stderr
        == f"{tmp_path / 'file'} can't be written: Not a directory. Name a folder in which you may write.\n"
    )
