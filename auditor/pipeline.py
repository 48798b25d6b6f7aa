"""The stages in order: one list in, one audit out."""

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl

from auditor import baseline, decisions, intake, lookup, manifest, packs, registry, report, verdict, waivers, widen
from auditor.engines.local import Merging, Spool, side_by_side
from auditor.errors import AuditorError, InputError
from auditor.evaluate import findings, rules
from auditor.folder import MANIFEST, publish, run_folder, sync_all, write
from auditor.intake import sources
from auditor.intake.account import Batch, OpenedList
from auditor.intake.mapping import Mapping as ColumnMapping
from auditor.model import ReportFormat, Scope
from auditor.normalise.cells import map_batch, tellers
from auditor.outputs import Lists, Page
from auditor.report_model import Report
from auditor.result import Audit, Counts, Lookup
from auditor.settings import Settings
from auditor.stage import COLUMN_FRAME, LIST_FRAME, Context
from auditor.suppression import described, screen
from auditor.totals import Shown, Totals
from auditor.world import World

# records that recognition looks at
SAMPLE = 1000
# cells of a batch: the rows of a wide list take more memory
CELLS = 1_000_000

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """A progress bar for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What pass 1 knows: mapping, surveys and the spooled batches."""

    mapping: ColumnMapping
    context: Context
    spool: Spool
    unreadable: list[pl.DataFrame]
    filled: Mapping[int, int]


def audit(
    path: Path, settings: Settings, world: World, origins: Mapping[str, str], progress: Progress = silent
) -> tuple[Audit, Report]:
    """Audit one list and publish its folder; returns what was found."""
    with ThreadPoolExecutor(2) as aside, _opened(path, settings, aside) as opened:
        aside.submit(load_ahead)
        stem = Path(opened.name).name.removesuffix(".gz").rsplit(".", 1)[0] or "list"
        folder = (settings.out or path.parent) / f"{stem}.audit"
        with run_folder(folder, settings.overwrite) as run:
            surveyed = survey(opened, settings, world, run, progress)
            context, asked = look_up(surveyed.context, world, run, progress)
            result = judge(opened, surveyed, context, asked, run, stem, folder, origins, world, progress)
            # the lists are complete: they are hashed and brought to the disk while the report is made
            complete = manifest.files(run)
            hashed, synced = aside.submit(manifest.digests, complete), aside.submit(sync_all, complete)
            model = report.build(result)
            if settings.baseline is not None:
                drift = baseline.measure(settings.baseline, result, model, run)
                model = model.model_copy(update={"drift": drift})
            write_reports(model, settings, run)
            write(run / MANIFEST, manifest.build(result, run, hashed.result()))
            # a refusal of the disk is told once, to whoever asked first
            synced.result()
            publish(run, folder)
    return result, model


def _opened(path: Path, settings: Settings, aside: ThreadPoolExecutor) -> OpenedList:
    """The list at `path`; what judges its rows is loaded while the file is looked through."""
    with _quick_turns():
        opening = aside.submit(intake.open_list, path, settings)
        aside.submit(screen, settings)
        widen.facts()
        return opening.result()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """While modules are loaded, threads get the interpreter sooner: the reader would wait 5 ms at each of its calls."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def load_ahead() -> None:
    """What later stages are made of, loaded while the list is read; a fault in it shows where it is needed."""
    rules()
    for form in report_formats():
        form.load()
    manifest.versions()


def report_formats() -> list[ReportFormat]:
    """Every format of the report."""
    return registry.collect("auditor.reports", "FORMAT", ReportFormat, required=False)


def today(settings: Settings, world: World) -> datetime:
    """The moment the audit speaks of: midnight UTC of `as_of` when given, so that runs repeat byte for byte."""
    return datetime.combine(settings.as_of, time(), UTC) if settings.as_of else world.now


def survey(opened: OpenedList, settings: Settings, world: World, run: Path, progress: Progress) -> Surveyed:
    """Pass 1: read, map, widen with early facts, survey, spool."""
    rows = min(settings.batch_rows, max(1, CELLS // len(opened.dialect.header)))
    with _quick_turns():
        batches, first = peek(opened.batches(rows))
    mapping = sources.recognise(opened.dialect.header, first, opened.name, settings)
    sources.require_email(mapping, opened.name)
    sources.require_dropped(mapping, opened.name, settings)
    context = Context(
        today=today(settings, world).date(), settings=settings, mapping=mapping, packs=packs.load(), folder=run
    )
    early, _ = widen.stages(Scope.ROW)
    told = tellers(mapping) | {"address": pl.col("email"), "registrable": pl.col("domain")}
    spool, merging, lost, done = Spool(run, told), Merging(), [], 0
    filled = dict.fromkeys(range(len(mapping.columns)), 0)

    def prepare(numbered: tuple[int, Batch]) -> tuple[Batch, tuple[int, ...], dict[str, pl.DataFrame]]:
        number, batch = numbered
        if not batch.frame.height:
            return batch, (), {}
        frame = map_batch(batch.frame, mapping, settings).with_columns(pl.lit(context.today).alias("today"))
        frame = widen.widen(frame, early, context)
        spool.add(number, frame)
        return batch, frame.select(pl.col(context.cells).count()).row(0), widen.observe(frame, context)

    for batch, counts, seen in side_by_side(prepare, enumerate(readable(batches, opened.name))):
        if batch.frame.height:
            merging.add(seen)
            for use, n in zip(mapping.columns, counts, strict=True):
                filled[use.index] += n
            lost.append(batch.unreadable)
        else:
            # pass 2 goes by the spooled batches: what is lost goes with the one before
            lost[-1] = pl.concat([lost[-1], batch.unreadable])
        done += batch.bytes_read
        progress("read", done, opened.size)
    return Surveyed(
        mapping=mapping,
        context=replace(context, surveys=widen.conclude(merging.merged(), context)),
        spool=spool,
        unreadable=lost,
        filled=filled,
    )


def peek(batches: Iterator[Batch]) -> tuple[Iterator[Batch], pl.DataFrame]:
    """The batches, untouched, and the cells of the first SAMPLE records."""
    seen: list[Batch] = []
    height = 0
    for batch in batches:
        seen.append(batch)
        height += batch.frame.height
        if height >= SAMPLE:
            break
    sample = pl.concat([batch.frame for batch in seen]).head(SAMPLE) if seen else pl.DataFrame()

    def again() -> Iterator[Batch]:
        while seen:
            yield seen.pop(0)
        yield from batches

    return again(), sample


def readable(batches: Iterator[Batch], name: str) -> Iterator[Batch]:
    """Batches of which the first holds a parsed record; the unreadable ones before it join it."""
    waiting: list[Batch] = []
    parsed = False
    for batch in batches:
        waiting.append(batch)
        parsed = parsed or batch.frame.height > 0
        if parsed:
            yield _joined(waiting)
            waiting = []
    if not parsed:
        records = sum(batch.unreadable.height for batch in waiting)
        what = f"none of its {records} records can be read" if records else "it has a header but no record"
        raise InputError(f"{name}: {what}", "See `auditor inspect` for what was understood.")


def _joined(batches: list[Batch]) -> Batch:
    return Batch(
        # in one piece, so that what is made of it shares its memory
        frame=pl.concat([batch.frame for batch in batches]).rechunk(),
        unreadable=pl.concat([batch.unreadable for batch in batches]),
        bytes_read=sum(batch.bytes_read for batch in batches),
    )


def look_up(context: Context, world: World, run: Path, progress: Progress) -> tuple[Context, Lookup | None]:
    """Domain facts of the surveyed domains, when the user allowed the network or gave a snapshot."""
    if not (context.settings.dns_lookup or context.settings.dns_snapshot):
        return context, None
    table, asked, snapshot = lookup.resolve(
        context.surveys["domains"], context.settings, world, lambda done, total: progress("look up", done, total)
    )
    write(run / "dns-snapshot.json", snapshot)
    return replace(context, domains=table), asked


def judge(
    opened: OpenedList,
    surveyed: Surveyed,
    context: Context,
    asked: Lookup | None,
    run: Path,
    stem: str,
    folder: Path,
    origins: Mapping[str, str],
    world: World,
    progress: Progress,
) -> Audit:
    """Pass 2: late facts, rules and verdicts batch by batch, each record to its file."""
    settings, account = context.settings, opened.account
    listed = verdict.judge_list(*_list_frames(surveyed, context, account.records), context)
    totals, shown = Totals(), Shown()
    decided = decisions.load(settings, surveyed.mapping, context.today, opened.sha256, folder)
    masked = verdict.masked_columns()
    with _lists(run, stem, opened, surveyed.mapping, settings, listed.findings) as lists:
        own = verdict.active_rules(Scope.ROW, context)
        plan = verdict.Plan(late=widen.stages(Scope.ROW)[1], rules=own, listed=listed)

        def work(batch: tuple[pl.DataFrame, pl.DataFrame]) -> tuple[Totals, Page]:
            frame, lost = batch
            judged = decided.apply(verdict.judge(frame, plan, context))
            found = findings(judged.frame, judged.fired, masked)
            # the judged frame is wide and many wait: sums and lines are all of it that is still wanted
            return Totals.of(judged), lists.lay_out(judged.frame, lost, found)

        batches = zip(surveyed.spool.frames(), surveyed.unreadable, strict=True)
        for sums, page in side_by_side(work, batches):
            totals.add(sums)
            shown.add(page.findings)
            lists.write(page)
            progress("judge", totals.judged, account.parsed)
    decided.write(run)
    counts = Counts(read=account.records, unreadable=account.unreadable, **totals.verdicts())
    if not counts.conserved or lists.rows["clean"] != counts.clean or lists.rows["unreadable"] != counts.unreadable:
        raise AuditorError(
            "records read are not clean + review + removed + unreadable", "This is a bug: please report it."
        )
    moment = today(settings, world)
    return Audit(
        name=opened.name, stem=stem, size=opened.size, sha256=opened.sha256, folder=folder, dialect=opened.dialect,
        account=account, mapping=surveyed.mapping, settings=settings, origins=origins, today=context.today,
        now=moment, counts=counts, states=totals.states(context, listed), tallies=totals.table(),
        list_findings=listed.findings, row_findings=shown.table(), row_findings_total=shown.total,
        surveys=context.surveys, lookup=asked, versions=manifest.versions(),
        waivers=waivers.summary(context, totals.covered), decisions=decided.applied(),
        screens=described(settings), notes=(),
    )  # fmt: skip


@contextmanager
def _lists(
    run: Path, stem: str, opened: OpenedList, mapping: ColumnMapping, settings: Settings, listed: pl.DataFrame
) -> Iterator[Lists]:
    lists = Lists(run=run, stem=stem, dialect=opened.dialect, mapping=mapping, settings=settings)
    try:
        lists.open(listed)
        yield lists
        lists.finish()
    finally:
        lists.close()


def _list_frames(surveyed: Surveyed, context: Context, records: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What COLUMN and LIST rules read: a row per input column, and the single list row."""
    uses = surveyed.mapping.columns
    columns = pl.DataFrame(
        {
            "index": [use.index for use in uses],
            "header": [use.header for use in uses],
            "canonical": [use.canonical for use in uses],
            "tell": [use.tell for use in uses],
            "filled": [surveyed.filled[use.index] for use in uses],
            "today": [context.today] * len(uses),
        },
        schema=COLUMN_FRAME,
    )
    whole = pl.DataFrame(
        {"records": [records], "source_format": [surveyed.mapping.source], "today": [context.today]}, schema=LIST_FRAME
    )
    return (
        widen.widen(columns, widen.stages(Scope.COLUMN)[1], context),
        widen.widen(whole, widen.stages(Scope.LIST)[1], context),
    )


def write_reports(model: Report, settings: Settings, run: Path) -> None:
    """The report in its default formats and in those asked for."""
    for form in report_formats():
        if form.default or form.name in settings.reports:
            write(run / f"report{form.suffix}", form.render(model))
