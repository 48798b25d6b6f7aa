"""The whole audit beside its yardsticks, one after the other on the same file; prints ratios.

    python benchmarks/run.py --rows 1000000 [--repeat 3] [--keep FOLDER]

Yardsticks: polars' own streaming pass (`scan_csv -> sink_csv`, all text) and a plain csv + email-validator loop
(on at most 100 000 rows, scaled by rows). Wall and CPU seconds and peak memory are those of whole processes; read
the ratios, machines are noisy.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
LOOP_ROWS = 100_000

PASS = "import polars as pl, sys; pl.scan_csv(sys.argv[1], infer_schema=False).sink_csv(sys.argv[2])"
LOOP = """
import csv, itertools, sys
from email_validator import EmailNotValidError, validate_email
with open(sys.argv[1], newline="", encoding="utf-8") as source, open(sys.argv[2], "w", newline="") as kept:
    reader = csv.reader(source); writer = csv.writer(kept); writer.writerow(next(reader))
    for row in itertools.islice(reader, int(sys.argv[3])):
        try:
            validate_email(row[0], check_deliverability=False)
        except EmailNotValidError:
            continue
        writer.writerow(row)
"""


def measure(command: list[str]) -> tuple[float, float, float]:
    """(wall s, CPU s, peak MiB) of one process."""
    before = os.times()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    after = os.times()
    if status:
        raise SystemExit(f"{command[0]} failed: {told.decode()[-400:]}")
    return after.elapsed - before.elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Generate, measure in turn, print the medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    # an installed package is compiled once, as the libraries of the yardsticks are
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    folder = Path(tempfile.mkdtemp(prefix="auditor-bench-"))
    try:
        source = folder / "list.csv"
        subprocess.run(
            [sys.executable, HERE / "generate.py", source, "--rows", str(options.rows), "--seed", str(options.seed)],
            check=True,
        )
        loop_rows = min(options.rows, LOOP_ROWS)
        jobs = {
            "polars pass": [sys.executable, "-c", PASS, str(source), str(folder / "pass.csv")],
            "auditor check": [sys.executable, "-m", "auditor", "check", str(source), "--overwrite", "--quiet",
                              "--as-of", "2026-11-01", "--out", str(folder)],
            "csv + email-validator": [sys.executable, "-c", LOOP, str(source), str(folder / "loop.csv"),
                                      str(loop_rows)],
        }  # fmt: skip
        results = {name: [] for name in jobs}
        for _ in range(options.repeat):
            for name, command in jobs.items():
                results[name].append(measure(command))
        report(results, options.rows, loop_rows, source.stat().st_size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def report(results: dict, rows: int, loop_rows: int, size: int) -> None:
    """Medians, and the ratios of medians pair by pair."""
    middle = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in results.items()}
    print(f"{rows} rows, {size / 1e6:.0f} MB, median of {len(next(iter(results.values())))} runs")
    for name, (wall, cpu, peak) in middle.items():
        count = loop_rows if "loop" in name or "validator" in name else rows
        print(f"{name:<24} {wall:8.2f} s wall {cpu:8.2f} s CPU {peak:8.0f} MiB {count / wall:10.0f} rows/s")
    wall, cpu, peak = middle["auditor check"]
    base = middle["polars pass"]
    loop = middle["csv + email-validator"]
    print(f"auditor / polars pass: {wall / base[0]:.1f} x wall, {cpu / base[1]:.1f} x CPU; peak {peak:.0f} MiB")
    print(f"rows/s against the csv loop: {(rows / wall) / (loop_rows / loop[0]):.1f} x")


if __name__ == "__main__":
    main()
