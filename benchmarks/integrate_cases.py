"""The main job on the three real cases together, as a whole process on a fresh SQLite home.

usage: python benchmarks/integrate_cases.py [--province 46]
Prints seconds against 60 and peak memory against 800 MB; the second run on the same home must report the same bytes.
Exit 1 above a limit.
"""

import argparse
import tempfile
from pathlib import Path

from whole_process import cases_folder, run_prasan, versions

CASES = ("maesai", "nakhonsawan_half", "kalasin_supply")
MOST_SECONDS, MOST_MEGABYTES = 60.0, 800.0


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--province", default="46")
    parser.add_argument("--fiscal-year", default="2568")
    options = parser.parse_args()
    files = [str(path) for case in CASES for path in sorted((cases_folder() / case).glob("*.xlsx"))]
    within = True
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        words = ["integrate", *files, "--province", options.province, "--fiscal-year", options.fiscal_year]
        reports = []
        for label in ("first run, fresh home", "second run, same home"):
            cost = run_prasan([*words, "--cycle", "moi_2559", "--out", str(out)], home=home)
            if cost.exit_code != 0:
                print(cost.said)
                return 1
            reports.append((out / "report.json").read_bytes())
            print(
                f"{label:<22} {cost.seconds:6.1f} s of {MOST_SECONDS:.0f} ({cost.seconds / MOST_SECONDS:.2f})   "
                f"{cost.megabytes:5.0f} MB of {MOST_MEGABYTES:.0f} ({cost.megabytes / MOST_MEGABYTES:.2f})"
            )
            within = within and cost.seconds <= MOST_SECONDS and cost.megabytes <= MOST_MEGABYTES
        same = reports[0] == reports[1]
        print(f"report.json of both runs: {'the same bytes' if same else 'DIFFERENT'}")
    print(versions())
    return 0 if within and same else 1


if __name__ == "__main__":
    raise SystemExit(main())
