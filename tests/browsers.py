"""The browsers of the tests: those of this machine, else installed: python -m tests.browsers"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

MAC = Path("/Applications")
# Without these a new profile asks its maker's hosts for updates, which a test of outside requests must not see.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    # Where the shell differs from a visitor's: letters rounded to whole pixels, lazy pictures loaded from farther off.
    "--font-render-hinting=none",
    "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
]


@dataclass(frozen=True)
class Program:
    """A program of the tests: the variable that names it, names or places, Debian's packages, the best one first."""

    variable: str
    names: tuple[str, ...]
    packages: tuple[str, ...]

    def find(self) -> Path | None:
        """The one that is named by its variable, or on the path."""
        named = [os.environ[self.variable]] if os.environ.get(self.variable) else []
        on_path = next(filter(None, map(shutil.which, [*named, *self.names])), None)
        return Path(on_path) if on_path else None

    def path(self) -> Path:
        """The same, installed where it is missing; raises SystemExit with advice if it can't be had."""
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for options in (["update", "-q"], *(["install", "-y", "-q", package] for package in self.packages)):
            if not self.find() and shutil.which("apt-get"):
                print("  ", *sudo, "apt-get", *options, flush=True)
                subprocess.run([*sudo, "apt-get", *options], check=False, capture_output=True)
        if path := self.find():
            return path
        raise SystemExit(
            f"The tests need {self.names[0]}. Install it, or name it: {self.variable}=/path/to/it make test"
        )


# The shell has no window with buttons of its own to draw, which takes as long as a page.
CHROMIUM = Program(
    "CHROMIUM",
    (
        *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
        str(MAC / "Google Chrome.app/Contents/MacOS/Google Chrome"),
    ),
    ("chromium-headless-shell", "chromium"),
)
FIREFOX = Program(
    "FIREFOX", ("firefox-esr", "firefox", str(MAC / "Firefox.app/Contents/MacOS/firefox")), ("firefox-esr",)
)
WEBKIT_DRIVER = Program("WEBKIT_DRIVER", ("WebKitWebDriver",), ("webkit2gtk-driver",))
XVFB = Program("XVFB", ("Xvfb",), ("xvfb",))


def launch_chromium(playwright: Playwright) -> Browser:
    """Root, as in a container, can't have its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, "--no-sandbox"] if is_root else QUIET
    return playwright.chromium.launch(executable_path=CHROMIUM.path(), args=arguments)


def launch_firefox(playwright: Playwright) -> Browser:
    """Mozilla's own, by WebDriver BiDi."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX.path())


if __name__ == "__main__":
    for program in (CHROMIUM, FIREFOX, WEBKIT_DRIVER, XVFB):
        print("  ", program.path())
