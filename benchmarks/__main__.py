"""All measurements in one table: python -m benchmarks [NAME …] [--quick] [--into FILE]"""

import argparse
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from benchmarks import anatomy, first_paint, growth, load, memory, step, weight
from benchmarks.figures import Figure, table

EVERY = {
    "step": step,
    "anatomy": anatomy,
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
    figures = measured({name: EVERY[name] for name in chosen.names or EVERY}, chosen.quick)
    print(table(figures))
    if chosen.into:
        chosen.into.write_text(table(figures) + "\n", "utf-8")


def measured(modules: Mapping[str, ModuleType], quick: bool) -> list[Figure]:
    """Their figures, one after another; a benchmark that fails is a row, and doesn't cost those of the others."""
    found = []
    for name, module in modules.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            found += module.figures(**{**module.FULL, **(module.QUICK if quick else {})})
        except Exception:
            traceback.print_exc()
            found.append(Figure(f"{name}: failures", 1, "", most=0))
    return found


if __name__ == "__main__":
    main()
