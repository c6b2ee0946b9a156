"""What tests share: a sample exhibition of files, the published one, the running site, a real browser."""

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests import sample_exhibition
from tests.browser import DESKTOP, PHONE, Visit
from tests.browsers import launch_chromium
from tour.content_store import ContentStore
from tour.model import Exhibition
from tour.settings import DEFAULT_LANGUAGE
from tour.validation.validate import load_all_languages
from tour.web.app import routes

PROJECT_ROOT = Path(__file__).parent.parent
APP = PROJECT_ROOT / "streamlit_app.py"
# A machine that runs tests may be slow, and has other work.
expect.set_options(timeout=20_000)
# Our settings say so too; a bare script in another folder doesn't see them.
OFFLINE = ["--browser.gatherUsageStats=false", "--browser.serverAddress=localhost"]


# What a test in a browser is repeated with. `make test` takes one of each, in turn; `make test-all` all.
REPETITIONS = {"device", "language", "scheme"}


def slow(*values: object) -> list:
    """Values of a parameter for which a test is slow."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Tests without a browser first: they fail sooner, and Playwright leaves an event loop running in our thread."""
    repeated: dict[str, dict[str, list[pytest.Function]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if "playwright" in item.fixturenames:
            item.add_marker("browser")
            parameters = item.callspec.params.items() if hasattr(item, "callspec") else ()
            others = [each for each in parameters if each[0] not in REPETITIONS]
            repeated[f"{item.location[0]} {item.originalname}"][repr(others)].append(item)
    for name, groups in repeated.items():
        for number, group in enumerate(groups.values(), crc32(name.encode())):
            chosen = group[number % len(group)]
            for item in group:
                if item is not chosen:
                    item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def device(request: pytest.FixtureRequest) -> dict:
    """A visitor's screen."""
    return request.param


@pytest.fixture
def visit(browser: Browser, site: str, device: dict) -> Iterator[Visit]:
    visit = Visit(browser, site, device)
    yield visit
    visit.context.close()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Data and media folders of the sample exhibition."""
    return sample_exhibition.write(tmp_path)


@pytest.fixture
def content_store(folders):
    """As it is while the site runs: loaded, and polled once."""
    content_store = ContentStore(*folders)
    content_store.by_language()
    content_store.poll()
    return content_store


def reload(content_store: ContentStore) -> None:
    """What the watching thread does after a file was saved: one poll sees the change, the next that it is complete."""
    content_store.poll()
    content_store.poll()


def load_valid(data_dir: Path, media_dir: Path, language: str = DEFAULT_LANGUAGE) -> Exhibition:
    """The exhibition in one language; raises ContentError with every problem if it can't be published."""
    return load_all_languages(data_dir, media_dir)[language]


@pytest.fixture(scope="session")
def exhibition() -> Exhibition:
    """The exhibition that visitors see."""
    return load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media")


@pytest.fixture(scope="session")
def exhibitions() -> dict[str, Exhibition]:
    """The exhibition by language, the original first."""
    return load_all_languages(PROJECT_ROOT / "data", PROJECT_ROOT / "media")


@pytest.fixture(scope="session")
def published_site() -> TestClient:
    """What the server answers beside Streamlit, with the published content."""
    return TestClient(Starlette(routes=routes()), base_url="https://example.org")


@pytest.fixture
def client(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """What the server answers beside Streamlit, with the sample exhibition."""
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return TestClient(Starlette(routes=routes()))


@contextmanager
def running_site(
    port: int | None = None, script: Path = APP, folder: Path = PROJECT_ROOT, **environment: str
) -> Iterator[str]:
    """The site as `streamlit run` starts it, on that port or a free one; yields its address.

    Another script in another folder runs under Streamlit's own settings: those of ours lie in this folder.
    """
    with running_server(port, script, folder, **environment) as (address, _):
        yield address


@contextmanager
def running_server(
    port: int | None = None, script: Path = APP, folder: Path = PROJECT_ROOT, **environment: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """The same, with the process that answers there."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = [f"--server.port={port}", "--server.headless=true", *OFFLINE]
    environ = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*command, *options], cwd=folder, env=environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    output = _wait_until_started(process)
    try:
        yield f"http://localhost:{port}", process
    finally:
        process.terminate()
        process.wait(20)
        output.join()
        process.stdout.close()


class RestartableServer:
    """A site of one process that can be killed and started again at its address."""

    def __init__(self, running: ExitStack):
        self.running, self.port = running, free_port()
        self.start()

    def start(self) -> None:
        self.address, self.process = self.running.enter_context(running_server(self.port))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the running site, with the published content."""
    with running_site() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    browser = launch_chromium(playwright)
    yield browser
    browser.close()


@contextmanager
def in_background(act: Callable[[], object]) -> Iterator[None]:
    """Calls it repeatedly in a thread of its own until the end of the block."""
    is_over = threading.Event()

    def repeat() -> None:
        while not is_over.wait(0.001):
            act()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def few_file_descriptors(room: int):
    """The process has many files open and may open so many more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    descriptors = [os.dup(0) for _ in range(20 * room)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(descriptors) + room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for each in descriptors:
            os.close(each)


def uncounted_environ() -> dict[str, str]:
    """For a process that may write no files: pytest-cov would have it save which lines it ran."""
    return {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}


def is_drawn(app: AppTest) -> bool:
    """Whether Streamlit has drawn the page without an error, which would show the page of templates/500.html."""
    return not app.exception and not any("/failed" in block.proto.body for block in app.get("html"))


def run_app(**query: str) -> AppTest:
    """The page of that URL as Streamlit draws it."""
    app = AppTest.from_file(str(APP), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def html_of(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return listener.getsockname()[1]


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until it holds, twenty seconds at most."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.05)


def _wait_until_started(process: subprocess.Popen) -> threading.Thread:
    """Read until the server prints its address; the thread reads and drops the rest of its output."""
    assert process.stdout
    for line in process.stdout:
        if "URL:" in line:
            rest = threading.Thread(target=process.stdout.read)
            rest.start()
            return rest
    raise RuntimeError(f"The site did not start: streamlit run ended with {process.wait()}.")
