"""Visits in a real browser: devices, every page, errors, requests to other hosts."""

import re

from playwright.sync_api import Browser, Page, Response, expect

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# Chromium warns about its own features and about Streamlit's sandbox; we can change neither.
IGNORED_CONSOLE_MESSAGES = re.compile(r"Unrecognized feature|allow-scripts and allow-same-origin")
VIEWS = ("stops", "find", "find&words=Stalingrad", "timeline", "gallery", "sources", "lesson", "about")
LANGUAGES = ("en", "ru")
LOG_CSP_VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation', (event) => console.error(`Refused: ${event.blockedURI}`))"
)
# Streamlit follows the system's scheme a moment later.
PAGE_COLOURS = {"light": "rgb(247, 242, 232)", "dark": "rgb(21, 27, 37)"}
IS_PAINTED = """background => {
  const page = document.querySelector("#root > * .stApp") ?? document.querySelector(".tour-static");
  return getComputedStyle(page).backgroundColor === background;
}"""

# A visit's first websocket can be closed, all others fail: as in a network that lets only pages through.
FIRST_WEBSOCKET_ONLY = """(() => {
  window.WebSocket = new Proxy(WebSocket, { construct(Native, [url, protocols]) {
    const address = new URL(url);
    if (sessionStorage.connected) address.port = 1;
    sessionStorage.connected = true;
    window.lastSocket = new Native(address, protocols);
    return window.lastSocket;
  } });
})()"""
# What has moved so far without a visitor doing anything, as browsers measure it.
LAYOUT_SHIFT = """() => new Promise((done) => {
  let shift = 0;
  const add = (entries) => entries.forEach((entry) => { if (!entry.hadRecentInput) shift += entry.value; });
  new PerformanceObserver((list) => add(list.getEntries())).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(shift)));
})"""


class Visit:
    """One visitor's browser, with its errors and its requests to other hosts."""

    def __init__(self, browser: Browser, site: str, device: dict):
        self.site = site
        self.context = browser.new_context(**device, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.foreign_requests: list[str] = []
        self.errors: list[str] = []
        # Of the context: frames and further tabs count too.
        self.context.on("request", lambda request: self._record_request(request.url))
        self.context.on("console", self._record_console)
        self.page.on("websocket", lambda socket: self._record_request(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("response", self._record_response)

    def open(self, query: str = "") -> Page:
        """The page, once the app has taken the place of what the server painted."""
        self.page.goto(f"{self.site}/{query}")
        expect(self.page.locator("#tour-server-page")).to_have_count(0)
        return self.page

    def at(self, stop) -> None:
        """The visitor is at this stop: its title, its address, its picture decoded."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(stop.title)
        expect(self.page).to_have_url(re.compile(rf"[?&]stop={stop.slug}(&|$)"))
        picture = self.page.get_by_role("article").get_by_role("img", name=stop.figures[0].alt).first
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0

    def _record_request(self, address: str) -> None:
        if not address.startswith((self.site, self.site.replace("http", "ws"), "data:", "blob:")):
            self.foreign_requests.append(address)

    def _record_response(self, response: Response) -> None:
        if response.status >= 400:
            self.errors.append(response.url)

    def _record_console(self, message) -> None:
        if message.type in ("error", "warning") and not IGNORED_CONSOLE_MESSAGES.search(message.text):
            self.errors.append(message.text)


def map_of(page: Page):
    return page.frame_locator('iframe[title="Map of the stops"]')


def all_pages(exhibition) -> list[str]:
    """Their queries, without a language."""
    return [*(f"?view={view}" for view in ("home", *VIEWS)), *(f"?stop={stop.slug}" for stop in exhibition.stops)]


def wait_for_colours(page: Page, scheme: str) -> None:
    page.wait_for_function(IS_PAINTED, arg=PAGE_COLOURS[scheme])
