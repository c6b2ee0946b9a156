"""The proxy of the tests: nginx where there is one, unpacked where there is none, with the site that deploy/ ships."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PROJECT_ROOT, free_port, wait_until
from tests.misbehaving_server import CERTIFICATE

SITE_CONF = PROJECT_ROOT / "deploy" / "nginx.conf"
UNPACKED = PROJECT_ROOT / ".venv" / "nginx"
PACKAGES = ("nginx", "nginx-core")  # the program's own package, by the distribution's age
# The distribution's own nginx.conf, except for its folders and the number of connections.
NGINX_CONF = """
{user}
daemon off;
worker_processes 2;
worker_rlimit_nofile 8192;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    # All clients of the tests connect from here; each claims an address of its own.
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Forwarded-For;
    include {folder}/site.conf;
}}
"""


def find() -> Path | None:
    """An nginx that is on this machine: named by $NGINX, on the path, where systems keep it, or unpacked before."""
    named = [os.environ["NGINX"]] if os.environ.get("NGINX") else []
    places = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:{UNPACKED}/usr/sbin"
    path = next(filter(None, (shutil.which(name, path=places) for name in [*named, "nginx"])), None)
    return Path(path) if path else None


def unpack() -> Path:
    """Fetch the distribution's package and unpack it beside the tests, where it starts nothing; or SystemExit."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _run(*sudo, "apt-get", "update", "-q")
        for package in PACKAGES:
            _run("apt-get", "download", "-q", package)
            for file in UNPACKED.glob("*.deb"):
                _run("dpkg-deb", "-x", str(file), str(UNPACKED))
            if path := find():
                return path
    raise SystemExit("The tests need nginx. Install it, or name it: NGINX=/path/to/nginx make test")


def site(shipped: str, ports: tuple[int, int, int], replicas: list[int]) -> str:
    """The shipped site with our certificate and ports: plain http, https, and one where tests ask in the clear."""
    plain, secure, clear = ports
    text = shipped
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen [::]:80;", f"listen [::1]:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;\n    listen 127.0.0.1:{clear};"),
        ("listen [::]:443 ", f"listen [::1]:{secure} "),
    ):
        assert old in text
        text = text.replace(old, new)
    text = re.sub(r"/etc/letsencrypt/\S+\.pem", str(CERTIFICATE), text)
    servers = "".join(f"    server 127.0.0.1:{replica};\n" for replica in replicas)
    return re.sub(r"^    server 127\.0\.0\.1:\d+;\n", servers, text, flags=re.MULTILINE)


@dataclass(frozen=True)
class Nginx:
    """A running nginx: where plain http leads to https, where it speaks https, and where tests ask it in the clear."""

    plain: str
    secure: str
    address: str


@contextmanager
def running_nginx(folder: Path, replicas: list[int]) -> Iterator[Nginx]:
    """nginx in front of the site's processes on these ports, its own files in the folder."""
    ports = free_port(), free_port(), free_port()
    (folder / "site.conf").write_text(site(SITE_CONF.read_text("utf-8"), ports, replicas), "utf-8")
    # Its workers would give up root for a user who may not enter the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX_CONF.format(folder=folder, user=user), "utf-8")
    command = [str(find() or unpack()), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command)
    try:
        wait_until(lambda: all(map(_is_listening, ports)))
        plain, secure, clear = ports
        yield Nginx(f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{secure}", f"http://127.0.0.1:{clear}")
    finally:
        process.terminate()
        process.wait(20)


def _is_listening(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def _run(*command: str) -> None:
    print("  ", " ".join(command), flush=True)
    subprocess.run(command, check=False, cwd=UNPACKED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    print("  ", find() or unpack())
