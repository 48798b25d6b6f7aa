"""What a suppression list of a million entries costs an audit of a million rows.

    python benchmarks/suppression.py [--rows 1000000] [--entries 1000000] [--kinds plain,sha256,keyed]

Runs `auditor check` on the same generated list without and with a list of each kind, each in a process of its own,
in turn, best of `--repeats`; prints wall and CPU seconds, peak memory, and both as seconds added to and ratio of the
run without.
"""

import argparse
import hashlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-01"


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds, peak resident MiB."""

    wall: float
    cpu: float
    memory: float


def entries(listed: Path, count: int, seed: int) -> Iterator[str]:
    """One address in a hundred of `listed`, the rest strangers on as many domains as a real list has."""
    rng = random.Random(seed)
    with listed.open(encoding="utf-8") as lines:
        known = [line.split(",", 1)[0].strip('"') for line in itertools.islice(lines, 1, None, 100)]
    yield from (address for address in known if "@" in address)
    for number in range(count - len(known)):
        yield f"u{rng.randrange(10**9)}.{number}@firm{rng.randrange(60_000)}.example"


def write(kind: str, target: Path, addresses: Iterator[str]) -> None:
    """A suppression file of one kind."""
    if kind == "keyed":
        from auditor import suppression_store

        store = suppression_store.load(target, "")
        suppression_store.save(suppression_store.add(store, addresses, "objection", date(2026, 1, 1)), target)
        return
    with target.open("w", encoding="utf-8") as file:
        for address in addresses:
            line = address if kind == "plain" else hashlib.sha256(address.strip().lower().encode()).hexdigest()
            file.write(line + "\n")


def measure(source: Path, out: Path, suppression: Path | None) -> Cost:
    """One run of `auditor check`."""
    command = [sys.executable, "-m", "auditor", "check", str(source), "--out", str(out), "--as-of", AS_OF]
    command += ["--overwrite", "--quiet", "--no-progress"]
    command += ["--suppression", str(suppression)] if suppression else []
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"auditor check ended with {process.returncode}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(costs: list[Cost]) -> Cost:
    """The least of each figure: what else runs on the machine only adds."""
    return Cost(min(c.wall for c in costs), min(c.cpu for c in costs), min(c.memory for c in costs))


def show(name: str, cost: Cost, base: Cost) -> None:
    """One line."""
    print(
        f"{name:<10} {cost.wall:7.2f} s  {cost.cpu:7.2f} CPU-s  {cost.memory:6.0f} MiB  "
        f"{cost.wall - base.wall:+.2f} s, {cost.cpu - base.cpu:+.2f} CPU-s  "
        f"x{cost.wall / base.wall:.2f} wall, x{cost.cpu / base.cpu:.2f} CPU"
    )


def main() -> None:
    """Generate, run, compare."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--kinds", default="plain,sha256,keyed")
    options.add_argument("--repeats", type=int, default=2)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "list.csv"
        subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(source), "--rows", str(given.rows)],
            check=True,
        )
        files: dict[str, Path | None] = {"without": None}
        for kind in given.kinds.split(","):
            files[kind] = folder / f"suppression-{kind}.txt"
            write(kind, folder / f"suppression-{kind}.txt", entries(source, given.entries, given.seed))
        costs: dict[str, list[Cost]] = {name: [] for name in files}
        for _ in range(given.repeats):
            for name, file in files.items():
                costs[name].append(measure(source, folder / "out", file))
        for name, found in costs.items():
            show(name, best(found), best(costs["without"]))


if __name__ == "__main__":
    main()
