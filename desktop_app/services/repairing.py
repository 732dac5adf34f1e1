"""Repairing an archive, whatever state it is in: also one that can't be opened any more."""

from dataclasses import replace
from pathlib import Path

from desktop_app.config.storage_places import require_safe
from desktop_app.domain.errors import ArchiveDamaged, ArchiveNewer, ArchiveNotFound, NotWritable
from desktop_app.domain.opening_errors import UpgradeFailed
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.problems import (
    CheckReport,
    Problem,
    ProblemCode,
    Repair,
    RepairReport,
    RepairResult,
    Salvaged,
)
from desktop_app.library.blobs import Blobs
from desktop_app.store.compacting import require_room_for
from desktop_app.store.database import is_writable
from desktop_app.store.migrations import SCHEMA_MAJOR
from desktop_app.store.replacing import put_in_place
from desktop_app.store.salvage import Salvage, damage
from desktop_app.store.upgrading import size_with_log

from .archive import DATABASE_NAME, PDF_FOLDER, Archive, is_archive
from .presence import Presence, Program
from .upkeep import UNFINISHED, report_of_damage


def repair_archive(folder: Path, source: Path | None = None) -> Operation[RepairReport]:
    """Repair the archive in `folder`, which nobody may have open where its database is damaged.

    A damaged database is salvaged: a new one is made of what can be read and takes its place, and
    the damaged one is kept beside it. `source` is a folder, a PDF or a backup that may hold PDFs
    that are missing. Counts what is looked at. Raises `ArchiveNotFound`, `ArchiveInUse`,
    `ArchiveNewer`, `UnsafePlace`, `NotWritable`, `RoomNeeded` before anything is changed.
    """
    folder = folder.absolute()
    if not is_archive(folder):
        raise ArchiveNotFound(folder=folder)
    require_safe(folder)
    if not is_writable(folder / DATABASE_NAME):
        raise NotWritable(path=folder, detail="it is read-only")
    problems = yield from _problems_of_database(folder)
    saved: Salvaged | None = None
    kept: Path | None = None
    repairs: list[Repair] = []
    if problems:
        with Presence(folder, Program.COMMAND).alone():
            salvaged = yield from _salvage(folder)
        if salvaged is None:
            pdfs: dict[str, str | int] = {"pdfs": str(folder / PDF_FOLDER)}
            lost = tuple(Repair(each, RepairResult.NOTHING_SAVED, pdfs) for each in problems)
            return RepairReport(lost, 0, 0)
        saved, kept = salvaged
        repairs = [Repair(p, RepairResult.SALVAGED, {"kept": kept.name}) for p in problems]
    archive = Archive(folder)
    try:
        report = yield from archive.mending.mend(source)
    finally:
        archive.close()
    if saved is not None:
        repairs += _losses(folder, saved, report.unclaimed)
    return replace(report, repairs=(*repairs, *report.repairs), salvaged=saved, kept=kept)


def check_unopened(folder: Path, error: ArchiveDamaged | UpgradeFailed) -> CheckReport:
    """Return what a check finds in an archive that could not be opened for `error`."""
    details = damage(folder / DATABASE_NAME) or [str(error.fields["detail"])]
    return report_of_damage(details, deep=False)


def _problems_of_database(folder: Path) -> Operation[list[Problem]]:
    """Return why the database has to be salvaged; empty where it need not be."""
    wrong = [
        Problem(ProblemCode.DATABASE_DAMAGED, {"detail": detail})
        for detail in damage(folder / DATABASE_NAME)
    ]
    if (folder / UNFINISHED).exists():
        wrong.append(Problem(ProblemCode.REPAIR_UNFINISHED))
    if wrong:
        return wrong
    try:
        archive = Archive(folder)
        try:
            checked = yield from archive.upkeep.check_history()
        finally:
            archive.close()
    except (ArchiveDamaged, UpgradeFailed) as error:
        detail = str(error.fields["detail"])
        return [Problem(ProblemCode.DATABASE_DAMAGED, {"detail": detail})]
    return checked


def _salvage(folder: Path) -> Operation[tuple[Salvaged, Path] | None]:
    """Put a new database in the place of the damaged one; None where nothing can be read."""
    database, target = folder / DATABASE_NAME, folder / UNFINISHED
    # What a repair that was broken off had made may hold what is no longer in the log.
    sources = [path for path in (target, database) if path.exists()]
    require_room_for(folder, 2 * size_with_log(database))
    salvage = Salvage(sources, Blobs(folder / PDF_FOLDER).has)
    found = yield from salvage.read()
    if salvage.is_newer:
        raise ArchiveNewer(folder=folder, found=f"above {SCHEMA_MAJOR}", known=SCHEMA_MAJOR)
    if not found:
        return None
    saved = yield from salvage.write(target, folder.name)
    yield Progress(1, 1)
    return saved, put_in_place(target, database)


def _losses(folder: Path, saved: Salvaged, unclaimed: int) -> list[Repair]:
    """Return what a salvage could not save."""
    found: list[Problem] = []
    if saved.lost_changes:
        fields: dict[str, str | int] = {"count": saved.lost_changes, "adopted": saved.adopted}
        found.append(Problem(ProblemCode.HISTORY_LOST, fields))
    elif saved.adopted:
        found.append(Problem(ProblemCode.VERSIONS_KEPT, {"count": saved.adopted}))
    found += [Problem(ProblemCode.RECORD_INCOMPLETE, {"id": each}) for each in saved.incomplete]
    if unclaimed and saved.lost_changes:
        fields = {"count": unclaimed, "folder": str(folder / PDF_FOLDER)}
        found.append(Problem(ProblemCode.FILES_UNCLAIMED, fields))
    return [Repair(problem, RepairResult.FOR_A_PERSON) for problem in found]
