"""A fake of Wikimedia Commons on this machine: it responds as the API is documented to, and serves images too."""

import hashlib
import io
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from PIL import Image

STANDARD_WIDTHS = (20, 40, 60, 120, 250, 330, 500, 960, 1280, 1920, 3840)
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
METADATA = {
    "Artist": '<a href="//commons.wikimedia.org/wiki/User:Jane" title="User:Jane">Jane &amp; <b>Joe</b></a>',
    "LicenseShortName": "CC BY-SA 4.0",
    "LicenseUrl": "https://creativecommons.org/licenses/by-sa/4.0",
    "AttributionRequired": "true",
    "Restrictions": "",
}


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    path: str
    params: dict[str, str]
    user_agent: str


@dataclass
class FakeCommons:
    """Files by title, images by path; `next_replies` of the API go before those it would give."""

    root: str
    files: dict[str, dict] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    images: dict[str, Reply] = field(default_factory=dict)
    next_replies: deque[Reply] = field(default_factory=deque)
    requests: list[Request] = field(default_factory=list)
    max_described: int = 50
    has_older_versions: bool = False

    @property
    def api(self) -> str:
        return f"{self.root}/w/api.php"

    def add(self, title: str, content: bytes, mime: str = "", **metadata: str | None) -> dict:
        """Add an image under that title, without the metadata that are None; returns its description, to be changed."""
        with Image.open(io.BytesIO(content)) as image:
            (width, height), kind = image.size, image.format or ""
        path = f"/commons/{len(self.files)}"
        self.images[path] = Reply(content)
        extmetadata = {name: {"value": value} for name, value in (METADATA | metadata).items() if value is not None}
        self.files[title] = {
            "url": self.root + path,
            "descriptionurl": f"https://commons.wikimedia.org/wiki/{title}",
            "width": width,
            "height": height,
            "size": len(content),
            "sha1": hashlib.sha1(content).hexdigest(),
            "mime": mime or MIME[kind],
            "extmetadata": extmetadata,
        }
        return self.files[title]

    def request_count(self, path: str) -> int:
        return sum(each.path == path for each in self.requests)

    def respond(self, params: dict[str, str]) -> dict:
        """The API's response: titles normalized, redirects followed on request, what is missing marked as such."""
        names = list(dict.fromkeys(params["titles"].split("|")))
        if len(names) > 50:
            return {"error": {"code": "toomanyvalues", "info": "Too many values supplied for parameter titles."}}
        normalized = {name: _normalized(name) for name in names}
        redirects = self.redirects if "redirects" in params else {}
        redirected = {to: redirects[to] for to in normalized.values() if to in redirects}
        titles = dict.fromkeys(redirected.get(to, to) for to in normalized.values())
        end = int(params.get("iicontinue", 0)) + self.max_described
        undescribed = [title for title in titles if title in self.files][end:]
        query = {"pages": [self._page(title, int(params["iiurlwidth"]), title not in undescribed) for title in titles]}
        changes = [{"fromencoded": False, "from": name, "to": to} for name, to in normalized.items() if name != to]
        query |= {"normalized": changes} if changes else {}
        query |= {"redirects": [{"from": name, "to": to} for name, to in redirected.items()]} if redirected else {}
        more = {"continue": {"iicontinue": str(end), "continue": "||"}} if undescribed else {"batchcomplete": True}
        if self.has_older_versions and not undescribed:
            more = {"continue": {"iistart": "2009-09-30T06:04:51Z", "continue": "||"}}
        return more | {"query": query}

    def _page(self, title: str, width: int, is_described: bool) -> dict:
        if title not in self.files:
            return {"ns": 6, "title": title, "missing": True, "imagerepository": ""}
        page = {"pageid": 1, "ns": 6, "title": title, "imagerepository": "local"}
        return page | ({"imageinfo": [self._with_thumbnail(self.files[title], width)]} if is_described else {})

    def _with_thumbnail(self, info: dict, width: int) -> dict:
        if width >= info["width"] and info["mime"] in MIME.values():
            return {"thumburl": info["url"], "thumbwidth": info["width"]} | info
        path = f"{urlsplit(info['url']).path}/{next(each for each in STANDARD_WIDTHS if each >= width)}px"
        self.images.setdefault(path, Reply(_resized(self.images[urlsplit(info["url"]).path].body, width)))
        return {"thumburl": f"{self.root}{path}?utm_source=commons.wikimedia.org", "thumbwidth": width} | info


@contextmanager
def running_fake_commons() -> Iterator[FakeCommons]:
    """It on a free port."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.commons = FakeCommons(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.commons
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    commons: FakeCommons


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        commons, params = self._read_request()
        if commons.next_replies:
            self._send(commons.next_replies.popleft())
        else:
            self._send(Reply(json.dumps(commons.respond(params)).encode()))

    def do_GET(self) -> None:
        commons, _ = self._read_request()
        self._send(commons.images.get(urlsplit(self.path).path, Reply(b"<html>no</html>", 404)))

    def _read_request(self) -> tuple[FakeCommons, dict[str, str]]:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        params = {name: values[0] for name, values in parse_qs(body).items()}
        commons = self.server.commons
        commons.requests.append(Request(unquote(urlsplit(self.path).path), params, self.headers["User-Agent"]))
        return commons, params

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        pass


def image_bytes(width: int = 1400, height: int = 900, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def _normalized(name: str) -> str:
    bare = " ".join(name.removeprefix("File:").replace("_", " ").split())
    return f"File:{bare[:1].upper()}{bare[1:]}"


def _resized(content: bytes, width: int) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return image_bytes(width, round(image.height * width / image.width), image.format or "JPEG")
