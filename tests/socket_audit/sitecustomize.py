"""Python reads this as it starts, where $PYTHONPATH says so: the process notes in $ASKED_FOR whom it asks for what."""

import os
import sys
from pathlib import Path

ASKING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def note(event: str, arguments: tuple) -> None:
    if event in ASKING:
        with Path(os.environ["ASKED_FOR"]).open("a") as asked:
            print(event, *arguments, file=asked)


Path(os.environ["ASKED_FOR"]).touch()
sys.addaudithook(note)
