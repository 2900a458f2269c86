"""`python -m tests.fuzz --seed 1 --count 20000 [--jobs 2]`; `--only N` writes one input and tells what is made of it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.campaign import Tally, campaign, case, examined


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int, help="number of one input")
    given = parser.parse_args()
    if given.only is not None:
        one = case(given.seed, given.only)
        Path(one.name).write_bytes(one.content)
        _print(examined(given.seed, [given.only]))
        return 0
    start = time.monotonic()

    def report(done: int, tally: Tally) -> None:
        if done % 1000 == 0:
            sys.stderr.write(
                f"{done} of {given.count}, {time.monotonic() - start:.0f} s, {len(tally.violations)} violations\n"
            )

    total = campaign(given.seed, given.count, given.jobs, report)
    _print(total)
    return bool(total.violations)


def _print(tally: Tally) -> None:
    lines = []
    for title, place in (("by file", 0), ("by damage", 1)):
        lines.append(f"== {title}")
        lines += [f"{name:18} {verdict:42} {count:6}" for (name, verdict), count in sorted(tally.by(place).items())]
    lines.append("== refusals")
    lines += [f"{count:6} {reason}" for reason, count in tally.reasons.most_common()]
    lines.append(f"== violations: {len(tally.violations)} of {sum(tally.counts.values())} inputs")
    sys.stdout.write("\n".join([*lines, *tally.violations, ""]))


if __name__ == "__main__":
    sys.exit(main())
