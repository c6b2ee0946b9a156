"""What a visitor does and sees, in any browser: Chromium and Firefox by Playwright, WebKit by WebDriver.

All wait until what they look for is there. A name is a part of the accessible name, or a pattern of it.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from playwright.sync_api import Browser, ConsoleMessage, Locator, ViewportSize, expect
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.service import Service

from tests.browsers import WEBKIT_DRIVER, XVFB
from tests.conftest import PROJECT_ROOT, wait_until

MAP = "Map of the stops"
SIZE = (1280, 800)
IS_DECODED = "picture => picture.decode().then(() => picture.naturalWidth > 0)"
# By role and name, as Playwright finds them.
TESTING_LIBRARY = PROJECT_ROOT / "node_modules/@testing-library/dom/dist/@testing-library/dom.umd.min.js"
FIND = """const [role, name] = arguments;
return TestingLibraryDom.queryAllByRole(document.body, role, { name: new RegExp(name) })[0];"""
IS_TAKEN_OVER = "return document.readyState === 'complete' && !document.querySelector('#tour-server-page')"
Role = Any  # one of ARIA's, of which Playwright's type is private
Name = str | re.Pattern[str]


class PlaywrightVisitor:
    """In Chromium or Firefox; `script` runs before those of each page."""

    def __init__(self, browser: Browser, site: str, has_scripts: bool = True, script: str = ""):
        self.site, self.has_scripts = site, has_scripts
        viewport: ViewportSize = {"width": SIZE[0], "height": SIZE[1]}
        self.context = browser.new_context(viewport=viewport, java_script_enabled=has_scripts)
        if not has_scripts:
            # Firefox, by WebDriver BiDi, runs scripts all the same.
            self.context.route(re.compile(r"\.js$"), lambda route: route.abort())
        self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._record_console)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.site}/{query}")
        # While the app's scripts are loading, a step away has Streamlit report errors.
        expect(self.page.locator("#tour-server-page")).to_have_count(0 if self.has_scripts else 1)

    def press(self, role: str, name: Name, frame: str = "") -> None:
        self._find(role, name, frame).click()

    def key(self, role: str, name: Name, key: str) -> None:
        self._find(role, name).focus()
        self.page.keyboard.press(key)

    def type(self, role: str, name: Name, text: str) -> None:
        field = self._find(role, name)
        field.fill(text)
        field.press("Enter")

    def sees(self, role: str, name: Name) -> None:
        expect(self._find(role, name)).to_be_visible()

    def sees_no(self, role: Role, name: Name = "") -> None:
        expect(self.page.get_by_role(role, name=name)).to_have_count(0)

    def sees_picture(self, name: Name) -> None:
        picture = self._find("img", name)
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate(IS_DECODED)

    def value(self, role: str, name: Name) -> str:
        return self._find(role, name).input_value()

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def address(self) -> str:
        # Playwright learns of a step of the app only while it is called.
        return self.evaluate("location.href")

    def back(self) -> None:
        self.page.go_back()

    def forward(self) -> None:
        self.page.go_forward()

    def _record_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _find(self, role: Role, name: Name, frame: str = "") -> Locator:
        scope = self.page.frame_locator(f'iframe[title="{frame}"]') if frame else self.page
        return scope.get_by_role(role, name=name).first


class WebKitVisitor:
    """In WebKitGTK's MiniBrowser, which is what its driver drives."""

    def __init__(self, driver: webdriver.WebKitGTK, site: str, has_scripts: bool):
        self.driver, self.site, self.has_scripts = driver, site, has_scripts

    def open(self, query: str = "") -> None:
        self.driver.get(f"{self.site}/{query}")
        server_page = "document.getElementById('tour-server-page')"
        wait_until(lambda: (self.evaluate(server_page) is None) == self.has_scripts)

    def press(self, role: str, name: Name, frame: str = "") -> None:
        self._attempt(role, name, lambda element: element.click(), frame)

    def key(self, role: str, name: Name, key: str) -> None:
        self._attempt(role, name, lambda element: element.send_keys(getattr(Keys, key.upper())))

    def type(self, role: str, name: Name, text: str) -> None:
        def fill(field: WebElement) -> None:
            field.clear()
            field.send_keys(text, Keys.ENTER)

        self._attempt(role, name, fill)

    def sees(self, role: str, name: Name) -> None:
        self._attempt(role, name, lambda element: element.is_displayed() or _raise())

    def sees_no(self, role: str, name: Name = "") -> None:
        wait_until(lambda: self._find(role, name) is None)

    def sees_picture(self, name: Name) -> None:
        script = f"const done = arguments[1]; ({IS_DECODED})(arguments[0]).then(done, () => done(false))"

        def look(picture: WebElement) -> None:
            self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", picture)
            self.driver.execute_async_script(script, picture) or _raise()

        self._attempt("img", name, look)

    def value(self, role: str, name: Name) -> str:
        return self._attempt(role, name, lambda field: field.get_property("value"))

    def evaluate(self, expression: str) -> Any:
        return self.driver.execute_script(f"return {expression}")

    def address(self) -> str:
        return self.driver.current_url

    def back(self) -> None:
        self.driver.back()

    def forward(self) -> None:
        self.driver.forward()

    def _attempt(self, role: str, name: Name, act: Callable[[WebElement], Any], frame: str = "") -> Any:
        """What acting on the first element of that name gives, repeatedly until it succeeds."""
        results = []

        def succeeds() -> bool:
            try:
                self.driver.switch_to.default_content()
                if frame:
                    self.driver.switch_to.frame(self.driver.find_element(By.CSS_SELECTOR, f'iframe[title="{frame}"]'))
                if element := self._find(role, name):
                    results.append(act(element))
            # Gone or not there yet: the page is drawn anew at each step.
            except WebDriverException:
                return False
            return bool(results)

        wait_until(succeeds)
        self.driver.switch_to.default_content()
        return results[0]

    def _find(self, role: str, name: Name) -> WebElement | None:
        if not self.driver.execute_script("return 'TestingLibraryDom' in window"):
            self.driver.execute_script(TESTING_LIBRARY.read_text("utf-8"))
        pattern = re.escape(name) if isinstance(name, str) else name.pattern
        # Playwright takes a no-break space for a space too.
        return self.driver.execute_script(FIND, role, re.sub(r"\\? ", r"\\s+", pattern))


def _raise() -> NoReturn:
    raise WebDriverException


@contextmanager
def virtual_screen() -> Iterator[str]:
    """WebKitGTK has no headless mode; yields the display's name."""
    command = [str(XVFB.path()), "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    try:
        yield f":{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@contextmanager
def webkit_visitor(site: str, display: str, has_scripts: bool = True) -> Iterator[WebKitVisitor]:
    options = webdriver.WebKitGTKOptions()
    options.add_argument("--automation")
    if not has_scripts:
        options.add_argument("--enable-javascript=false")
    service = Service(str(WEBKIT_DRIVER.path()), env={**os.environ, "DISPLAY": display})
    driver = webdriver.WebKitGTK(options=options, service=service)
    driver.set_window_size(*SIZE)
    try:
        yield WebKitVisitor(driver, site, has_scripts)
    finally:
        driver.quit()
