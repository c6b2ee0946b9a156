"""All measurements in one table: python -m benchmarks [NAME …] [--quick] [--into FILE]"""

import argparse
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from benchmarks import first_paint, load, memory, page_weight, scaling, step, step_breakdown
from benchmarks.results import Result, table

BENCHMARKS = {
    "step": step,
    "step_breakdown": step_breakdown,
    "first_paint": first_paint,
    "page_weight": page_weight,
    "load": load,
    "memory": memory,
    "scaling": scaling,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="small, to try it; its results mean nothing")
    parser.add_argument("--into", type=Path, metavar="FILE", help="write the table there too")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results = run_all({name: BENCHMARKS[name] for name in options.names or BENCHMARKS}, options.quick)
    print(table(results))
    if options.into:
        options.into.write_text(table(results) + "\n", "utf-8")


def run_all(modules: Mapping[str, ModuleType], quick: bool) -> list[Result]:
    """Results of each benchmark in turn; one that fails is a row, and doesn't cost the results of the others."""
    results = []
    for name, module in modules.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            results += module.run(**{**module.FULL, **(module.QUICK if quick else {})})
        except Exception:
            traceback.print_exc()
            results.append(Result(f"{name}: failures", 1, "", max_value=0))
    return results


if __name__ == "__main__":
    main()
