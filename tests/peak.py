"""What pictures cost: python -m tests.peak [--at-once] FILE… tells of each the memory, in MB, and the seconds."""

import argparse
import io
import json
import re
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from tour.images import convert
from tour.images.safe_open import ImageError


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--at-once", action="store_true", help="not one after another")
    arguments.add_argument("paths", nargs="+", type=Path)
    chosen = arguments.parse_args()
    # What every encoder takes for itself belongs to no picture.
    for kind in convert.SAVE.values():
        Image.new("RGB", (1, 1)).save(io.BytesIO(), **kind)
    idle = _most()
    with ThreadPoolExecutor(len(chosen.paths) if chosen.at_once else 1) as pool:
        for path, (fault, seconds) in zip(chosen.paths, pool.map(_looked_at, chosen.paths), strict=True):
            print(json.dumps([path.name, _most() - idle, seconds, fault]), flush=True)


def _looked_at(path: Path) -> tuple[str, float]:
    """The fault of a picture, else nothing, and a derivative has been made of it; and the seconds of work."""
    began = time.thread_time()
    try:
        convert.verify(path)
        convert.has_position(path)
        convert.derivative(path, 1600, "jpg")
    except ImageError as fault:
        return str(fault), time.thread_time() - began
    return "", time.thread_time() - began


def _most() -> float:
    """The most memory that this process has had until now, in MB."""
    status = Path("/proc/self/status")
    # Linux counts in what the process had that started this one, if it is asked in the usual way.
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
