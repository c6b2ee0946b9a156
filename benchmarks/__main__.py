"""All measurements in one table: python -m benchmarks [NAME …] [--quick] [--into FILE]"""

import argparse
import sys
from pathlib import Path

from benchmarks import first_paint, growth, load, memory, step, weight
from benchmarks.figures import table

EVERY = {
    "step": step,
    "first_paint": first_paint,
    "weight": weight,
    "load": load,
    "memory": memory,
    "growth": growth,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(EVERY)}; default: all")
    arguments.add_argument("--quick", action="store_true", help="small, to try it; its figures mean nothing")
    arguments.add_argument("--into", type=Path, metavar="FILE", help="write the table there too")
    chosen = arguments.parse_args()
    if unknown := set(chosen.names) - set(EVERY):
        arguments.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    figures = []
    for name in chosen.names or EVERY:
        print(f"{name} …", file=sys.stderr, flush=True)
        module = EVERY[name]
        figures += module.figures(**{**module.FULL, **(module.QUICK if chosen.quick else {})})
    print(table(figures))
    if chosen.into:
        chosen.into.write_text(table(figures) + "\n", "utf-8")


if __name__ == "__main__":
    main()
