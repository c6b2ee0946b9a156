"""What decoding pictures costs, in MB and CPU seconds: python -m tests.peak_memory [--at-once] FILE…"""

import argparse
import io
import json
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from tour.images import convert
from tour.images.safe_open import ImageError


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--at-once", action="store_true", help="in parallel")
    arguments.add_argument("paths", nargs="+", type=Path)
    chosen = arguments.parse_args()
    # The memory that every encoder allocates once is not a cost of any picture.
    for kind in convert.SAVE_OPTIONS.values():
        Image.new("RGB", (1, 1)).save(io.BytesIO(), **kind)
    baseline = _peak_memory()
    with ThreadPoolExecutor(len(chosen.paths) if chosen.at_once else 1) as pool:
        for path, (message, seconds) in zip(chosen.paths, pool.map(_measure, chosen.paths), strict=True):
            print(json.dumps([path.name, _peak_memory() - baseline, seconds, message]), flush=True)


def _measure(path: Path) -> tuple[str, float]:
    """The error message of a picture, else empty after a derivative was created; and the CPU seconds."""
    start = time.thread_time()
    try:
        convert.verify(path)
        convert.has_position(path)
        convert.derivative(path, 1600, "jpg")
    except ImageError as error:
        return str(error), time.thread_time() - start
    return "", time.thread_time() - start


def _peak_memory() -> float:
    """The peak memory of this process, in MB."""
    status = Path("/proc/self/status")
    # On Linux, ru_maxrss includes the peak of the parent process.
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1000  # of kB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
