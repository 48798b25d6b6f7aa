"""The audit folder: one writer, a private run folder beside the final files, published in one step.

Everything is written to `<folder>/.run-<id>/` (0700, files 0600, same file system), fsynced, then renamed into
place with the manifest last, so that a killed run leaves the complete old set or the complete new one.
The lock is a `flock`: the kernel frees it at kill -9, so it is never stale.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from auditor.errors import OutputError

MANIFEST = "manifest.json"
LOCK = ".lock"


def refuse(path: Path, error: OSError) -> NoReturn:
    """Tell an operating system's refusal in one line."""
    raise OutputError(
        f"{path.name}: cannot be written ({error.strerror or type(error).__name__})",
        "Check free space and permissions, or choose another folder with --out.",
    ) from None


@contextmanager
def run_folder(folder: Path, overwrite: bool) -> Iterator[Path]:
    """A private folder inside `folder` for one run; removed at the end, whatever happens."""
    made = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        refuse(folder, error)
    run = folder / f".run-{secrets.token_hex(6)}"
    try:
        _take(lock, folder)
        # folders left by a killed run: their lock is free, since we hold it
        for stale in folder.glob(".run-*"):
            shutil.rmtree(stale, ignore_errors=True)
        if (folder / MANIFEST).exists() and not overwrite:
            raise OutputError(f"{folder.name}: holds an earlier audit", "Add --overwrite to replace it.")
        run.mkdir(mode=0o700)
        yield run
    except OSError as error:
        refuse(folder, error)
    finally:
        shutil.rmtree(run, ignore_errors=True)
        (folder / LOCK).unlink(missing_ok=True)
        os.close(lock)
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # the holder before us may have unlinked the file we opened: then another run could lock a new one
        same = (folder / LOCK).stat().st_ino == os.fstat(lock).st_ino
    except OSError:
        same = False
    if not same:
        raise OutputError(f"{folder.name}: another run is writing there", "Wait for it, or choose another --out.")


def write(path: Path, content: bytes) -> None:
    """A new file for the owner alone."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def publish(run: Path, folder: Path) -> None:
    """Rename every file of `run` into `folder`, manifest last; files of an earlier run that are gone go too."""
    names = sorted(path.name for path in run.iterdir() if path.is_file())
    sync_all(run / name for name in names)
    old = [path for path in folder.iterdir() if path.is_file() and path.name not in (*names, LOCK, MANIFEST)]
    # without its manifest a half-replaced set is recognisably no audit
    for name in (*(n for n in names if n != MANIFEST), *(n for n in names if n == MANIFEST)):
        (run / name).replace(folder / name)
    for path in old:
        path.unlink()
    sync(folder)


def sync_all(paths: Iterable[Path]) -> None:
    """Bring finished files to the disk."""
    for path in paths:
        sync(path)


def sync(path: Path) -> None:
    """Bring `path` (file or folder) to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
