"""What an import report says of each row and file, in words, as lines and as CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.changes.change import Value
from desktop_app.domain.exchange.headings import heading
from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.domain.imports import (
    Difference,
    ImportedFile,
    ImportedRow,
    ImportReport,
    MatchedBy,
    Outcome,
)
from desktop_app.domain.records import TextHealth
from desktop_app.domain.translation import QT_TRANSLATE_NOOP
from desktop_app.gui import formats

Entry = ImportedFile | ImportedRow
"""A line of a report."""
ValueText = Callable[[str, Value], str]
"""Says what a field holds in the language of the window."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TABLES = frozenset({MetadataFormat.CSV, MetadataFormat.XLSX, None})

MATCHES = {
    MatchedBy.ID: QT_TRANSLATE_NOOP("ImportReport", "Recognised by its id"),
    MatchedBy.ROW: QT_TRANSLATE_NOOP("ImportReport", "The same row was imported before"),
    MatchedBy.DOI: QT_TRANSLATE_NOOP("ImportReport", "Recognised by its DOI"),
    MatchedBy.ISBN: QT_TRANSLATE_NOOP("ImportReport", "Recognised by its ISBN"),
    MatchedBy.TITLE_AND_YEAR: QT_TRANSLATE_NOOP("ImportReport", "Recognised by its title and year"),
    MatchedBy.BYTES: QT_TRANSLATE_NOOP("ImportReport", "The same file"),
    MatchedBy.TEXT: QT_TRANSLATE_NOOP("ImportReport", "Nearly the same text"),
}


def plain_value(field: str, value: Value) -> str:
    """Return a value without the names of its codes."""
    del field
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Sequence):
        return "; ".join(plain_value("", each) for each in value)
    if hasattr(value, "values"):
        return " ".join(filter(None, (plain_value("", each) for each in value.values())))
    return str(value)


def entries(report: ImportReport) -> tuple[Entry, ...]:
    """Return the lines of a report: its rows, then the files that count by themselves."""
    alone = [file for file in report.files if not file.of_row or file.outcome is Outcome.REFUSED]
    return (*report.rows, *alone)


def can_undo(report: ImportReport) -> bool:
    """Return whether there is anything to take back of what a report tells."""
    changed = report.count(Outcome.ADDED) + report.count(Outcome.UPDATED)
    return bool(changed) and not report.dry_run


def headline(report: ImportReport) -> str:
    """Return what became of an import, or would become of it, in one sentence."""
    said = _outcome(report)
    if not report.dry_run:
        return said
    template = QCoreApplication.translate("ImportReport", "Nothing is stored yet. {outcome}")
    return template.format(outcome=said)


def _outcome(report: ImportReport) -> str:
    translate = QCoreApplication.translate
    rows, files = report.rows_of(Outcome.REFUSED), report.of(Outcome.REFUSED)
    refused = _rows_and_files(len(rows), len(files))
    found, would = entries(report), report.dry_run
    if not report.complete:
        return translate(
            "ImportReport",
            "The import was cancelled. What was finished is in the archive; import the "
            "same files again to go on.",
        )
    if not found:
        if report.sources:
            return translate("ImportReport", "There was no row and no PDF to import")
        return translate("ImportReport", "There was no PDF to import")
    if len(rows) + len(files) == len(found):
        if would:
            return translate("ImportReport", "Nothing can be imported as it is")
        if report.rows:
            return translate("ImportReport", "No row could be imported")
        return translate("ImportReport", "No file could be imported")
    if refused:
        text = (
            translate("ImportReport", "All will be imported, except for {what}")
            if would
            else translate("ImportReport", "Imported, except for {what}")
        )
        return text.format(what=refused)
    if not report.count(Outcome.ADDED) and not report.count(Outcome.UPDATED):
        if report.rows:
            return translate("ImportReport", "All of it was in the archive already")
        return translate("ImportReport", "All files were in the archive already")
    if would:
        return translate("ImportReport", "All of it can be imported")
    if report.rows:
        return translate("ImportReport", "All rows were imported")
    return translate("ImportReport", "All files were imported")


def _rows_and_files(rows: int, files: int) -> str:
    """Return "12 rows and 3 files", or one of them; "" for none."""
    if rows and files:
        template = QCoreApplication.translate("ImportReport", "{rows} and {files}")
        return template.format(rows=formats.rows(rows), files=formats.files(files))
    return formats.rows(rows) if rows else formats.files(files) if files else ""


def summary(report: ImportReport) -> str:
    """Return the whole import in one line."""
    parts = [
        f"{formats.outcome_name(outcome)}: {formats.number(report.count(outcome))}"
        for outcome in Outcome
        if outcome is Outcome.ADDED or report.count(outcome)
    ]
    parts.append(formats.pages(report.pages))
    if report.ignored:
        template = QCoreApplication.translate("ImportReport", "Not PDFs, left out: {files}")
        parts.append(template.format(files=formats.files(report.ignored)))
    if report.complete:
        parts.append(formats.seconds(report.elapsed_s))
    else:
        parts.insert(0, QCoreApplication.translate("ImportReport", "Stopped"))
    if report.resumed:
        parts.append(
            QCoreApplication.translate("ImportReport", "An import that was broken off was taken up")
        )
    return formats.joined(parts)


def file_remark(file: ImportedFile) -> str:
    """Return what a person should know about a file: its title, or why it was refused."""
    if file.refusal is not None:
        return formats.refusal_reason(file.refusal)
    title = formats.isolate(file.title)
    if file.outcome is Outcome.DUPLICATE:
        template = QCoreApplication.translate("ImportReport", "Same file as {title}")
        if file.matched_by is MatchedBy.TEXT:
            template = QCoreApplication.translate("ImportReport", "Nearly the same text as {title}")
        return template.format(title=title)
    parts = [title]
    if file.pages_without_text:
        template = QCoreApplication.translate("ImportReport", "Can't be searched: {pages}")
        parts.append(template.format(pages=formats.pages(file.pages_without_text)))
    if file.text_health not in {None, TextHealth.GOOD}:
        parts.append(formats.text_health_name(file.text_health))
    return formats.joined(parts)


class ReportTexts:
    """The words for the lines of one report; `value_text` says what a field holds."""

    def __init__(self, report: ImportReport, value_text: ValueText = plain_value) -> None:
        self._value_text = value_text
        self._files = {file.path: file for file in report.files}
        self._formats = {source.path: source.format for source in report.sources}

    def place(self, entry: Entry) -> tuple[str, str]:
        """Return where a line was found: row or file, and in what."""
        if isinstance(entry, ImportedFile):
            return formats.isolate(entry.path.name), formats.isolate(entry.path.parent.name)
        if not entry.number:
            whole = QCoreApplication.translate("ImportReport", "The whole file")
            return formats.isolate(entry.path.name), whole
        first = formats.joined([self._number(entry), entry.sheet])
        return first, formats.isolate(entry.path.name)

    def pages(self, entry: Entry) -> int:
        """Return how many pages a file, or the files of a row, have."""
        if isinstance(entry, ImportedFile):
            return entry.pages
        return sum(self._files[path].pages for path in entry.files if path in self._files)

    def title(self, entry: Entry) -> str:
        """Return the title of a row; "" for a file, whose remark begins with it."""
        return entry.title if isinstance(entry, ImportedRow) else ""

    def remark(self, entry: Entry) -> str:
        """Return in one line what else is worth knowing."""
        if isinstance(entry, ImportedFile):
            return file_remark(entry)
        parts = [_reason(entry)]
        if entry.outcome is not Outcome.ADDED:
            parts.append(_match(entry))
            parts.append(_filled(entry))
        if entry.differing:
            kept = QCoreApplication.translate(
                "ImportReport", "Kept, the file says otherwise: {fields}"
            )
            parts.append(kept.format(fields=_fields([each.field for each in entry.differing])))
        parts += entry.remarks
        parts += [self._file_name(path) for path in entry.files]
        return formats.joined(parts)

    def details(self, entry: Entry) -> str:
        """Return all there is to say of a line, each thing on a line of its own."""
        where = [str(entry.path)]
        if isinstance(entry, ImportedRow) and entry.number:
            where = [self._number(entry), entry.sheet, *where]
        first = formats.joined([formats.outcome_name(entry.outcome), *where])
        if isinstance(entry, ImportedFile):
            return "\n".join(filter(None, [first, file_remark(entry)]))
        lines = [first, formats.isolate(entry.title), _reason(entry), _match(entry)]
        lines.append(_filled(entry))
        lines += map(self._difference, entry.differing)
        lines += entry.remarks
        lines += map(self._file, entry.files)
        return "\n".join(filter(None, lines))

    def as_text(self, shown: Sequence[Entry]) -> str:
        """Return lines for a message to somebody: result, place, remark."""
        lines = []
        for entry in shown:
            place = str(entry.path)
            if isinstance(entry, ImportedRow) and entry.number:
                place = formats.joined([place, entry.sheet, self._number(entry)], ", ")
            said = formats.joined([self.title(entry), self.remark(entry)])
            lines.append(f"{formats.outcome_name(entry.outcome)}: {place}\n    {said}\n")
        return plain("".join(lines))

    def as_csv(self, shown: Sequence[Entry]) -> str:
        """Return the lines as CSV with a heading; what looks like a formula is made harmless."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(_csv_headings())
        for entry in shown:
            row = entry if isinstance(entry, ImportedRow) else None
            cells = [
                formats.outcome_name(entry.outcome),
                str(entry.path),
                row.sheet if row else "",
                str(row.number or "") if row else "",
                row.column if row else "",
                str(self.pages(entry)),
                entry.title,
                plain(self.remark(entry)),
                entry.record_id or "",
            ]
            writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells])
        return target.getvalue()

    def _number(self, row: ImportedRow) -> str:
        template = (
            QCoreApplication.translate("ImportReport", "Row {number}")
            if self._formats.get(row.path) in _TABLES
            else QCoreApplication.translate("ImportReport", "Line {number}")
        )
        return template.format(number=formats.number(row.number))

    def _difference(self, difference: Difference) -> str:
        template = QCoreApplication.translate(
            "ImportReport", "{field}: kept {ours}; the file says {theirs}"
        )
        name = difference.field
        return template.format(
            field=formats.isolate(heading(name, formats.language())),
            ours=formats.isolate(self._value_text(name, difference.ours)),
            theirs=formats.isolate(self._value_text(name, difference.theirs)),
        )

    def _file_name(self, path: Path) -> str:
        file = self._files.get(path)
        refused = file is not None and file.outcome is Outcome.REFUSED
        name = formats.isolate(path.name)
        return f"{name} ({formats.outcome_name(Outcome.REFUSED)})" if refused else name

    def _file(self, path: Path) -> str:
        file = self._files.get(path)
        if file is None:
            return formats.isolate(str(path))
        said = file_remark(file) if file.refusal else formats.pages(file.pages)
        return formats.joined([str(path), formats.outcome_name(file.outcome), said])


def plain(text: str) -> str:
    """Return `text` without the invisible marks of isolation, for other programs."""
    return text.replace(formats.FSI, "").replace(formats.PDI, "")


def _reason(row: ImportedRow) -> str:
    if not (row.column and row.reason):
        return row.reason
    template = QCoreApplication.translate("ImportReport", "Column {column}: {reason}")
    return template.format(column=formats.isolate(row.column), reason=row.reason)


def _match(row: ImportedRow) -> str:
    if row.matched_by is None:
        return ""
    return QCoreApplication.translate("ImportReport", MATCHES[row.matched_by])


def _filled(row: ImportedRow) -> str:
    if not row.filled:
        return ""
    template = QCoreApplication.translate("ImportReport", "Filled: {fields}")
    return template.format(fields=_fields(row.filled))


def _fields(names: Sequence[str]) -> str:
    return formats.joined([heading(name, formats.language()) for name in names], ", ")


def _csv_headings() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("ImportReport", "Result"),
        QCoreApplication.translate("ImportReport", "File"),
        QCoreApplication.translate("ImportReport", "Sheet"),
        QCoreApplication.translate("ImportReport", "Row"),
        QCoreApplication.translate("ImportReport", "Column"),
        QCoreApplication.translate("ImportReport", "Pages"),
        QCoreApplication.translate("ImportReport", "Title"),
        QCoreApplication.translate("ImportReport", "Remark"),
        QCoreApplication.translate("ImportReport", "Record"),
    )
