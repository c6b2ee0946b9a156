"""Commands, files, options and links in the documentation exist and agree with the code."""

import json
import re

import pytest
import streamlit.config
from click import Context

from tests.conftest import PROJECT_ROOT
from tour.__main__ import main
from tour.images import derivatives

GUIDES = (
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"),
    *("docs/benchmarks.md", "docs/hosting.md", "docs/licences.md"),
    *("CHANGELOG.md", "CODE_OF_CONDUCT.md", ".github/pull_request_template.md"),
)
STARTS = ("deploy/exhibition.service", "deploy/Dockerfile")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
FENCED = re.compile(r"```sh\n(.*?)```", re.DOTALL)
each_guide = pytest.mark.parametrize("guide", GUIDES)


def written(file: str) -> str:
    return (PROJECT_ROOT / file).read_text("utf-8")


def headings(text: str) -> set[str]:
    """The names that a heading can be linked by, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def targets() -> set[str]:
    return set(" ".join(re.findall(r"^([a-z -]+):(?!=)", written("Makefile"), re.MULTILINE)).split())


@each_guide
def test_every_link_of_a_guide_leads_somewhere(guide):
    for file, heading in LINK.findall(written(guide)):
        page = (PROJECT_ROOT / guide).parent / file if file else PROJECT_ROOT / guide
        assert page.exists(), f"{guide} links to {file}"
        assert not heading or heading in headings(page.read_text("utf-8")), f"{guide} links to #{heading}"


@each_guide
def test_every_file_that_a_guide_copies_or_runs_exists(guide):
    for block in FENCED.findall(written(guide)):
        for name in re.findall(r"(?<![\w/.])(?:deploy|tests)/[\w./-]+|requirements[\w-]*\.txt", block):
            assert (PROJECT_ROOT / name).exists(), f"{guide} names {name}"


@each_guide
def test_every_command_of_a_guide_exists(guide):
    ours = set(main.list_commands(Context(main)))

    assert set(re.findall(r"python -m tour ([\w-]+)", written(guide))) <= ours
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", written(guide), re.MULTILINE)) <= targets()


@pytest.mark.parametrize("file", [*STARTS, "docs/hosting.md"])
def test_every_option_named_is_one_of_streamlits(file):
    streamlit_options = set(streamlit.config.get_config_options())

    assert set(re.findall(r"\b(?:server|browser)\.[a-z]\w+", written(file))) <= streamlit_options


@pytest.mark.parametrize("file", STARTS)
def test_a_start_reads_the_app_and_the_port_that_the_others_expect(file):
    (port,) = set(re.findall(r"--server\.port[ =](\d+)", written(file)))

    assert "streamlit_app.py" in written(file)
    assert f"server 127.0.0.1:{port};" in written("deploy/nginx.conf")


def test_the_service_may_write_where_derivatives_lie():
    unit = written("deploy/exhibition.service")
    (folder,) = re.findall(r"^WorkingDirectory=(.+)$", unit, re.MULTILINE)

    assert re.findall(r"^ReadWritePaths=(.+)$", unit, re.MULTILINE) == [f"{folder}/media/{derivatives.FOLDER}"]


def test_the_image_gets_what_the_site_needs_and_nothing_generated():
    lines = written(".dockerignore").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}

    assert "*" in lines
    assert {"streamlit_app.py", "requirements.txt", ".streamlit", "data", "media", "tour"} <= let_in
    assert all(list(PROJECT_ROOT.glob(name)) for name in let_in)
    assert f"media/{derivatives.FOLDER}" in lines


def test_the_kiosk_may_open_the_address_that_the_site_says_it_has():
    (address,) = re.findall(r"^Environment=TOUR_BASE_URL=(.+)/$", written("deploy/exhibition.service"), re.MULTILINE)

    assert address in json.loads(written("deploy/kiosk-policy.json"))["URLAllowlist"]


def test_nginx_lets_a_websocket_and_its_origin_through():
    site = written("deploy/nginx.conf")

    for header in ("Upgrade $http_upgrade", "Connection $connection_upgrade", "Host $http_host"):
        assert f"proxy_set_header {header};" in site
