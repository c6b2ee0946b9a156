"""Python imports this at its start if $PYTHONPATH names this folder: it logs connections to $SOCKET_AUDIT_LOG."""

import os
import sys
from pathlib import Path

EVENTS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def record(event: str, arguments: tuple) -> None:
    if event in EVENTS:
        with Path(os.environ["SOCKET_AUDIT_LOG"]).open("a") as log:
            print(event, *arguments, file=log)


Path(os.environ["SOCKET_AUDIT_LOG"]).touch()
sys.addaudithook(record)
