"""Settings: environment variables that whoever runs the site may set, each with its default and what it does."""

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tour.paths import PROJECT_ROOT

Value = TypeVar("Value")
logger = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "en"  # of the original: every other language is a translation of it
_LABEL = r"\w(?:[\w-]*\w)?"
HOST_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.ASCII)
ORIGIN = re.compile(rf"https?://(\*|(\*\.)?{HOST_NAME.pattern})(:\d+)?", re.ASCII)
BASE_URL = re.compile(
    rf"(?P<origin>https?://({HOST_NAME.pattern}|\[[\da-f:.]+\]))(?P<port>:\d+)?(?P<path>(/[\w.~%-]*)*)",
    re.ASCII | re.IGNORECASE,
)
MAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
HTTPS_URL = re.compile(r"https://[!-~]+")
INVALID = "%s: %r can't be used: it should be %s. The default stays."
INVALID_PROXY = "%s: %r is neither an address nor a network, and no proxy is trusted for it."
UNKNOWN = "%s is not a setting%s. `python -m tour settings` lists them all."
# uvicorn reads this one itself.
FORWARDED_ALLOW_IPS = "FORWARDED_ALLOW_IPS"
TRUSTED_PROXIES = (
    "Reverse proxies whose `X-Forwarded-For` is believed: addresses or networks with commas between,"
    " `127.0.0.1,172.17.0.0/16`. All visitors through any other proxy count as one client. Of several in a row, name"
    " each."
)
RENAMED = {
    "TOUR_ADDRESS": "TOUR_BASE_URL",
    "TOUR_COMMONS": "TOUR_COMMONS_API",
    "TOUR_CONNECTIONS": "TOUR_MAX_CONNECTIONS_PER_CLIENT",
    "TOUR_EDITING": "TOUR_EDITOR_PANEL",
    "TOUR_EMBED": "TOUR_FRAME_ANCESTORS",
    "TOUR_PROXIES": FORWARDED_ALLOW_IPS,
    "TOUR_STREAMLIT_PATCHES": "TOUR_OPTIMIZATIONS",
    "TOUR_TUNING": "TOUR_OPTIMIZATIONS",
    "TOUR_VISITORS": "TOUR_MAX_SESSIONS",
}


def parse_base_url(text: str) -> str:
    """an address like https://example.org/exhibition/"""
    match = _match(BASE_URL, text)
    origin, port = match["origin"].lower(), match["port"] or ""
    # As browsers write it in Origin and Host.
    is_default = origin.partition(":")[0] + port in ("http:80", "https:443")
    return origin + ("" if is_default else port) + match["path"].rstrip("/") + "/"


def _parse_endpoint(text: str) -> str:
    """an address like https://example.org/w/api.php"""
    return _match(BASE_URL, text)[0]


def _parse_count(text: str) -> int:
    """a number between 1 and 999999"""
    return int(_match(re.compile("[1-9][0-9]{0,5}"), text)[0])


def _parse_switch(text: str) -> bool:
    """0 or 1"""
    return _match(re.compile("[01]"), text)[0] == "1"


def _parse_hosts(text: str) -> tuple[str, ...]:
    """names of hosts with spaces between, each without scheme, port and path"""
    return tuple(_match(HOST_NAME, name)[0] for name in text.lower().split())


def _parse_origins(text: str) -> tuple[str, ...]:
    """origins like https://museum.example with spaces between"""
    return tuple(_match(ORIGIN, origin)[0] for origin in text.split())


def _parse_contact(text: str) -> str:
    """a mail address, or a page that begins with https://"""
    return text if MAIL.fullmatch(text) else _match(HTTPS_URL, text)[0]


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """Raises ValueError, also for a URL with a port or an IPv6 address that can't be."""
    match = pattern.fullmatch(text)
    if match is None or urlsplit(text).port == 0:
        raise ValueError
    return match


def _setting(default: Value, parse: Callable[[str], Value], description: str) -> Value:
    return field(default=default, metadata={"parse": parse, "description": description})


@dataclass(frozen=True)
class Settings:
    """Every setting, typed; its variable is TOUR_ with the field's name in capitals."""

    data: Path = _setting(PROJECT_ROOT / "data", Path, "Another folder of content than `data/`.")
    media: Path = _setting(
        PROJECT_ROOT / "media",
        Path,
        "Another folder of pictures than `media/`. Resized copies are written into its `derivatives/`: name that in the"
        " unit's `ReadWritePaths`.",
    )
    base_url: str = _setting(
        "",
        parse_base_url,
        "The site's whole address, for canonical links, social cards and QR codes: `https://exhibition.example/`."
        " Its pages may open the app's websocket, whatever `Host` a proxy passes on.",
    )
    hosts: tuple[str, ...] = _setting(
        (),
        _parse_hosts,
        "Further host names of the site for requests from this machine itself, beside `localhost` and that of"
        " `TOUR_BASE_URL`. Other names are refused (421): a page of another site can point its own at your machine.",
    )
    contact: str = _setting(
        "",
        _parse_contact,
        "Your mail address, or a page that begins with `https://`, for whoever finds a vulnerability: shown at"
        " `/.well-known/security.txt`.",
    )
    frame_ancestors: tuple[str, ...] = _setting(
        (), _parse_origins, "Other sites that may show this one in a frame: `https://museum.example`."
    )
    max_sessions: int = _setting(
        1000,
        _parse_count,
        "Pages with the app that one process has open at once. At that number the longest idle one makes room, or new"
        " visitors get pages without the app (503).",
    )
    max_connections_per_client: int = _setting(
        300, _parse_count, "Pages that one address may have open at once; a school is one address."
    )
    editor_panel: bool = _setting(
        False, _parse_switch, "1 shows curators the content's problems on the page: not for a public site."
    )
    optimizations: bool = _setting(
        True,
        _parse_switch,
        "0 leaves Python's garbage collector as it is, and prefetches nothing: to see whether an error is ours.",
    )
    commons_api: str = _setting(
        "", _parse_endpoint, "Another `api.php` than Wikimedia Commons's for `python -m tour photos`."
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that these variables give; one that can't be used is logged, and keeps its default."""
        values = {}
        for setting in fields(cls):
            if text := environ.get(variable(setting), "").strip():
                parse = setting.metadata["parse"]
                try:
                    values[setting.name] = parse(text)
                except ValueError:
                    logger.warning(INVALID, variable(setting), text, parse.__doc__)
        return cls(**values)


def settings() -> Settings:
    """The settings of this process; they are read again when a variable has changed."""
    return _from_values(*(os.environ.get(name, "") for name in VARIABLES))


def warn_of_unusable_variables() -> None:
    """Log each variable that looks like a setting and is none, with its new name, and each proxy that can't be one."""
    for name in sorted(os.environ):
        if name in RENAMED or (name.startswith("TOUR_") and name not in VARIABLES):
            logger.warning(UNKNOWN, name, f": it is called {RENAMED[name]} now" if name in RENAMED else "")
    proxies = os.environ.get(FORWARDED_ALLOW_IPS, "").strip()
    for proxy in proxies.split(",") if proxies != "*" else ():
        _warn_of_invalid_proxy(proxy.strip())


def _warn_of_invalid_proxy(proxy: str) -> None:
    if proxy:
        try:
            ip_network(proxy)
        except ValueError:
            logger.warning(INVALID_PROXY, FORWARDED_ALLOW_IPS, proxy)


def variable(setting: Field[Any]) -> str:
    """The name of the environment variable of a field of Settings."""
    return f"TOUR_{setting.name.upper()}"


@lru_cache(maxsize=1)
def _from_values(*values: str) -> Settings:
    return Settings.from_env(dict(zip(VARIABLES, values, strict=True)))


VARIABLES = tuple(map(variable, fields(Settings)))
