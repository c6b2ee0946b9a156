"""The browser of the tests: Chromium or Chrome where there is one, installed where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Without these a new profile asks its maker's hosts for updates, which a test of outside requests must not see.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
]


def find() -> Path | None:
    """A Chromium that is on this machine: named by $CHROMIUM, on the path, or fetched by Playwright before."""
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []
    on_path = next(filter(None, map(shutil.which, [*named, *NAMES])), None)
    if on_path:
        return Path(on_path)
    return next((path for path in (MAC, _of_playwright()) if path.exists()), None)


def arguments() -> list[str]:
    """Command-line switches; root, as in a container, can't have the sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if is_root else QUIET


def install() -> Path:
    """Fetch one: Playwright's own, else the system's package; raises SystemExit with advice if neither can be had."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        attempts += [[*sudo, "apt-get", "update", "-q"], [*sudo, "apt-get", "install", "-y", "-q", "chromium"]]
    for command in attempts:
        print("  ", " ".join(command), flush=True)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if executable := find():
            return executable
    raise SystemExit("The tests need Chromium or Chrome. Install one, or name it: CHROMIUM=/path/to/chrome make test")


def _of_playwright() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    print("  ", find() or install())
