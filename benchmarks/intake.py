"""Reading lists: the accounting reader against polars' own scan and the standard csv module.

    python -m benchmarks.intake [--mib 1024] [--damaged-mib 128] [--rounds 3] [--only KIND ...]

Files are generated with a fixed seed. `regular` is a faultless CSV (quoted cells, some quoted line breaks); each of
the others has one kind of damage in every record (`some_...`: in one of five). Both programs run in turn; the median
of the ratios is printed, wall and CPU. Ours builds frames with each record's cells, text, line and repair.
"""

import argparse
import csv
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from auditor.intake import open_list
from auditor.settings import Settings

HEADER = (
    "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Country/Region,Create Date,"
    "Original Source,Lead Status,Notes\n"
)


def regular_row(rng: random.Random, i: int) -> str:
    chance = rng.random()
    note = '"Rappeler\nlundi"' if chance < 0.015 else '"Rencontre, salon"' if chance < 0.3 else ""
    return (
        f"{i},Prénom{i % 977},Nom{i % 7919},p{i}@acme{i % 68000}.example,+33 6 12 34 {i % 100:02d} {i % 97:02d},"
        f"Directeur commercial,Société {i % 30011},France,2026-03-{1 + i % 28:02d} 10:22,ORGANIC_SEARCH,Open,{note}\n"
    )


def bare_row(rng: random.Random, i: int) -> str:
    """A regular row without quotes and without its line end."""
    return regular_row(rng, i).replace('"', "").replace("\n", " ").replace("Rencontre,", "Rencontre au").rstrip()


def line_breaks(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Directeur ", '"Directeur\n').replace("commercial", 'commercial"') + "\n"


def after_quote(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Directeur", '"Directeur" adjoint') + "\n"


def some_after_quote(rng: random.Random, i: int) -> str:
    return regular_row(rng, i) if i % 5 else after_quote(rng, i)


def stray_quote(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("commercial", '5" commercial') + "\n"


def backslash(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Directeur commercial", r'"Directeur \"commercial\", adjoint"') + "\n"


def odd_quotes(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Directeur commercial", '"Directeur" 3" commercial') + "\n"


def unclosed(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Directeur", '"Directeur') + "\n"


def ragged(rng: random.Random, i: int) -> str:
    row = bare_row(rng, i)
    return (row.rsplit(",", 2)[0], row + ",,", row + ",en trop,encore")[i % 3] + "\n"


def other_delimiter(rng: random.Random, i: int) -> str:
    """One row in two, so that the commoner delimiter is a matter of the header."""
    row = bare_row(rng, i)
    return (row.replace(",", ";") if i % 2 else row + ",en trop") + "\n"


def nul(rng: random.Random, i: int) -> str:
    return bare_row(rng, i).replace("Nom", "N\0om") + "\n"


def carriage_return(rng: random.Random, i: int) -> str:
    return bare_row(rng, i) + "\r"


def mixed_ends(rng: random.Random, i: int) -> str:
    return bare_row(rng, i) + ("\n", "\r\n", "\r")[i % 3]


def everything(rng: random.Random, i: int) -> str:
    return DAMAGE_IN_TURN[i % len(DAMAGE_IN_TURN)](rng, i)


def all_in_each(rng: random.Random, i: int) -> str:
    """Text after a closing quote, a stray quote, a backslash escape, a NUL, one cell too many, mixed line ends."""
    row = bare_row(rng, i).replace("Directeur commercial", r'"Directeur" \"commercial\"').replace("Nom", 'N\0o"m')
    return row + ",en trop" + ("\n", "\r\n", "\r")[i % 3]


DAMAGE_IN_TURN = (
    after_quote, stray_quote, backslash, odd_quotes, unclosed, ragged, other_delimiter, nul, mixed_ends,
)  # fmt: skip
DAMAGE = (
    some_after_quote, after_quote, stray_quote, backslash, odd_quotes, unclosed, ragged, other_delimiter, nul,
    carriage_return, mixed_ends, everything, all_in_each,
)  # fmt: skip


def write(path: Path, mib: int, row: Callable[[random.Random, int], str]) -> int:
    """A list of that size, one `row` for each number; its header ends as the rows do. Returns how many rows."""
    rng = random.Random(7)
    size = i = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER.replace("\n", "\r") if row is carriage_return else HEADER)
        while size < mib << 20:
            text = "".join(row(rng, n) for n in range(i, i + 5000))
            file.write(text)
            size += len(text)
            i += 5000
    return i


def accounted(path: Path) -> int:
    """The accounting reader: every record in a frame."""
    with open_list(path, Settings()) as opened:
        return sum(batch.frame.height + batch.unreadable.height for batch in opened.batches(100_000))


def scanned(path: Path) -> int:
    """Polars' own scan, streaming, every cell touched, nothing kept."""
    frame = pl.scan_csv(path, infer_schema=False)
    return int(frame.select(pl.len(), pl.all().str.len_bytes().sum()).collect(engine="streaming")[0, 0])


def batched(path: Path) -> int:
    """Polars' own scan, handing out frames of text as the accounting reader does."""
    return sum(part.height for part in pl.scan_csv(path, infer_schema=False).collect_batches(chunk_size=100_000))


def copied(path: Path) -> int:
    """Polars' own pass from scan to sink."""
    pl.scan_csv(path, infer_schema=False).sink_csv(path.with_suffix(".copy"))
    return 0


def looped(path: Path) -> int:
    """The csv module: rows read and dropped."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def kept(path: Path) -> int:
    """The csv module: rows kept as frames of 100,000, as the accounting reader hands them out."""
    rows: list[list[str]] = []
    count = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            rows.append((row + [""] * 12)[:12])
            if len(rows) == 100_000:
                count += pl.DataFrame(rows, orient="row", schema=[f"c{i}" for i in range(12)]).height
                rows = []
    return count + len(rows)


def measure(work: Callable[[Path], int], path: Path) -> tuple[float, float]:
    """(wall, CPU) seconds."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    work(path)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(path: Path, rivals: tuple[Callable[[Path], int], ...], rounds: int) -> str:
    """The median ratios of our time to that of each rival, as a line of text."""
    told = []
    for rival in rivals:
        walls, cpus = [], []
        for _ in range(rounds):
            theirs, ours = measure(rival, path), measure(accounted, path)
            walls.append(ours[0] / theirs[0])
            cpus.append(ours[1] / theirs[1])
        told.append(
            f"/ {rival.__name__} wall {statistics.median(walls):5.2f} cpu {statistics.median(cpus):5.2f}"
            f" ({ours[0]:.2f} s / {theirs[0]:.2f} s)"
        )
    return "   ".join(told)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mib", type=int, default=1024)
    options.add_argument("--damaged-mib", type=int, default=128)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", nargs="*", metavar="KIND")
    given = options.parse_args()
    # one cell of an unclosed quote may hold the rest of the file
    csv.field_size_limit(1 << 30)
    with tempfile.TemporaryDirectory() as folder:
        for row in (regular_row, line_breaks, *DAMAGE):
            name = row.__name__.removesuffix("_row")
            if given.only and name not in given.only:
                continue
            path = Path(folder) / f"{name}.csv"
            rows = write(path, given.mib if row is regular_row else given.damaged_mib, row)
            rivals = (scanned, batched, copied) if row is regular_row else (looped, kept)
            size = path.stat().st_size / 2**20
            print(f"{name:<17} {size:5.0f} MiB {rows:>8} rows  {compare(path, rivals, given.rounds)}", flush=True)
            path.unlink()
            path.with_suffix(".copy").unlink(missing_ok=True)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
