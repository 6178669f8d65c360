"""What broken files cost: each of the bad_inputs_open case through `prasan import --dry-run` as a whole process.

usage: python benchmarks/bad_inputs.py
Prints seconds and peak memory of every file, and the worst of both against 20 s and 600 MB. Exit 1 above a limit or
when a process ends otherwise than with 0 (accepted) or 1 (refused).
"""

import tempfile
from pathlib import Path

from whole_process import cases_folder, run_prasan, versions

MOST_SECONDS, MOST_MEGABYTES = 20.0, 600.0


def main() -> int:
    """Run every file, print, judge."""
    files = sorted(path for path in (cases_folder() / "bad_inputs_open").iterdir() if path.suffix != ".json")
    costs = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run_prasan(["import", str(files[0]), "--dry-run"], home=home)  # makes the home, which is no part of the cost
        for path in files:
            cost = costs[path.name] = run_prasan(["import", str(path), "--dry-run", "--json"], home=home)
            print(f"{path.name:<28} {cost.seconds:5.2f} s {cost.megabytes:5.0f} MB  exit {cost.exit_code}")
    slowest = max(costs, key=lambda name: costs[name].seconds)
    largest = max(costs, key=lambda name: costs[name].megabytes)
    seconds, megabytes = costs[slowest].seconds, costs[largest].megabytes
    print(f"\nslowest  {slowest}: {seconds:.2f} s of {MOST_SECONDS:.0f} ({seconds / MOST_SECONDS:.2f})")
    print(f"largest  {largest}: {megabytes:.0f} MB of {MOST_MEGABYTES:.0f} ({megabytes / MOST_MEGABYTES:.2f})")
    print(f"{len(files)} files · {versions()}")
    ended = all(cost.exit_code in (0, 1) and "Traceback" not in cost.said for cost in costs.values())
    return 0 if ended and seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
