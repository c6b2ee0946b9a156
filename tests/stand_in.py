"""A stand-in for Wikimedia Commons on this machine: it answers as the API is documented to, and keeps pictures too."""

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

STEPS = (20, 40, 60, 120, 250, 330, 500, 960, 1280, 1920, 3840)
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SAID = {
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
class Asked:
    path: str
    fields: dict[str, str]
    agent: str


@dataclass
class StandIn:
    """What it keeps, by titles and paths; `next_answers` of the API go before those it would give."""

    root: str
    infos: dict[str, dict] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Reply] = field(default_factory=dict)
    next_answers: deque[Reply] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    most_told: int = 50
    has_older: bool = False

    @property
    def api(self) -> str:
        return f"{self.root}/w/api.php"

    def keep(self, title: str, picture: bytes, mime: str = "", **said: str | None) -> dict:
        """Keep a picture under that title; what is None is not said of it. Returns what the API tells, to be spoilt."""
        with Image.open(io.BytesIO(picture)) as image:
            (width, height), kind = image.size, image.format
        path = f"/commons/{len(self.infos)}"
        self.pictures[path] = Reply(picture)
        told = {name: {"value": value} for name, value in (SAID | said).items() if value is not None}
        self.infos[title] = {
            "url": self.root + path,
            "descriptionurl": f"https://commons.wikimedia.org/wiki/{title}",
            "width": width,
            "height": height,
            "size": len(picture),
            "sha1": hashlib.sha1(picture).hexdigest(),
            "mime": mime or MIME[kind],
            "extmetadata": told,
        }
        return self.infos[title]

    def asked_for(self, path: str) -> int:
        return sum(each.path == path for each in self.asked)

    def answer(self, fields: dict[str, str]) -> dict:
        """The API's answer: titles normalised, redirects followed if asked to be, what is missing marked as such."""
        names = list(dict.fromkeys(fields["titles"].split("|")))
        if len(names) > 50:
            return {"error": {"code": "toomanyvalues", "info": "Too many values supplied for parameter titles."}}
        normal = {name: _normal(name) for name in names}
        led = {to: self.redirects[to] for to in normal.values() if to in self.redirects and "redirects" in fields}
        titles = dict.fromkeys(led.get(to, to) for to in normal.values())
        end = int(fields.get("iicontinue", 0)) + self.most_told
        late = [title for title in titles if title in self.infos][end:]
        query = {"pages": [self._page(title, int(fields["iiurlwidth"]), title not in late) for title in titles]}
        changed = [{"fromencoded": False, "from": name, "to": to} for name, to in normal.items() if name != to]
        query |= {"normalized": changed} if changed else {}
        query |= {"redirects": [{"from": name, "to": to} for name, to in led.items()]} if led else {}
        more = {"continue": {"iicontinue": str(end), "continue": "||"}} if late else {"batchcomplete": True}
        if self.has_older and not late:
            more = {"continue": {"iistart": "2009-09-30T06:04:51Z", "continue": "||"}}
        return more | {"query": query}

    def _page(self, title: str, width: int, is_told: bool) -> dict:
        if title not in self.infos:
            return {"ns": 6, "title": title, "missing": True, "imagerepository": ""}
        page = {"pageid": 1, "ns": 6, "title": title, "imagerepository": "local"}
        return page | ({"imageinfo": [self._with_thumbnail(self.infos[title], width)]} if is_told else {})

    def _with_thumbnail(self, info: dict, width: int) -> dict:
        if width >= info["width"] and info["mime"] in MIME.values():
            return {"thumburl": info["url"], "thumbwidth": info["width"]} | info
        path = f"{urlsplit(info['url']).path}/{next(each for each in STEPS if each >= width)}px"
        self.pictures.setdefault(path, Reply(_narrowed(self.pictures[urlsplit(info["url"]).path].body, width)))
        return {"thumburl": f"{self.root}{path}?utm_source=commons.wikimedia.org", "thumbwidth": width} | info


@contextmanager
def running_stand_in() -> Iterator[StandIn]:
    """It on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.kept = StandIn(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        kept, fields = self._asked()
        reply = kept.next_answers.popleft() if kept.next_answers else Reply(json.dumps(kept.answer(fields)).encode())
        self._send(reply)

    def do_GET(self) -> None:
        kept, _ = self._asked()
        self._send(kept.pictures.get(urlsplit(self.path).path, Reply(b"<html>no</html>", 404)))

    def _asked(self) -> tuple[StandIn, dict[str, str]]:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fields = {name: values[0] for name, values in parse_qs(body).items()}
        kept = self.server.kept
        kept.asked.append(Asked(unquote(urlsplit(self.path).path), fields, self.headers["User-Agent"]))
        return kept, fields

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        pass


def picture(width: int = 1400, height: int = 900, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def _normal(name: str) -> str:
    bare = " ".join(name.removeprefix("File:").replace("_", " ").split())
    return f"File:{bare[:1].upper()}{bare[1:]}"


def _narrowed(content: bytes, width: int) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return picture(width, round(image.height * width / image.width), image.format)
