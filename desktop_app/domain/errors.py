"""One exception class for each condition a person can meet.

An error holds fields, not a sentence: the sentence is its class's `template`, which a screen
translates before filling it. Every template says what to do next. `exit_code` is the process exit
status of the command line (see the README): 2 wrong usage, 3 not found, 4 invalid or hostile input,
5 busy, newer or damaged archive, 6 disk full or not writable, 7 not allowed, 8 needs a person.
"""

from collections.abc import Callable
from typing import ClassVar

from .translation import QT_TRANSLATE_NOOP


class ArchiveError(Exception):
    """A condition the program understands, with the fields that its sentence needs."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    template: ClassVar[str] = "{detail}"

    def __init__(self, **fields: object) -> None:
        super().__init__(fields)
        self.fields = fields

    def message(self, translate: Callable[[str], str] = lambda source: source) -> str:
        """Return the sentence for a person, in the language that `translate` knows."""
        return translate(self.template).format(**self.fields)

    def __str__(self) -> str:
        return self.message()


class ArchiveNotFound(ArchiveError):
    """There is no archive in the folder."""

    code = "archive_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'There is no archive in "{folder}". Make one with "new", or name another folder '
        'with "--archive".',
    )


class ArchiveExists(ArchiveError):
    """The folder for a new archive already holds one, or holds something else."""

    code = "archive_exists"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'There is already an archive in "{folder}". It was left as it is. Open it, or choose an '
        "empty folder for a new one.",
    )


class FolderNotEmpty(ArchiveError):
    """The folder for a new archive holds other files."""

    code = "folder_not_empty"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{folder}" holds other files. Choose an empty folder for the new archive, so that '
        "nothing of yours is mixed into it.",
    )


class ArchiveNewer(ArchiveError):
    """The archive was written by a newer release, with changes this one can't read."""

    code = "archive_newer"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The archive in "{folder}" was last written by a newer version of this program ({found}; '
        "this one reads up to {known}). Nothing was changed. Open it with the newer version.",
    )


class ArchiveDamaged(ArchiveError):
    """The database can't be read as what it should be."""

    code = "archive_damaged"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The database of the archive in "{folder}" is damaged ({detail}). Nothing was changed. '
        'Run "repair", which keeps the damaged file, or restore your last backup into a new '
        "folder.",
    )


class ArchiveBusy(ArchiveError):
    """Another program holds the archive for longer than is worth waiting."""

    code = "archive_busy"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'Another program is working in the archive "{folder}". Wait until it has finished, or '
        "close it, and try again.",
    )


class DiskFull(ArchiveError):
    """No room left where the archive lies."""

    code = "disk_full"
    exit_code = 6
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The disk with "{path}" is full. What was finished is safe. Make room and do it again.',
    )


class NotWritable(ArchiveError):
    """The archive's folder or a file in it can't be written."""

    code = "not_writable"
    exit_code = 6
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{path}" can\'t be written ({detail}). Check that the folder is not read-only and that '
        "you may write there, or copy the archive to a place where you may.",
    )


class NotReadable(ArchiveError):
    """A file or folder can't be read, for instance because a stick was pulled out."""

    code = "not_readable"
    exit_code = 6
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{path}" can\'t be read ({detail}). Check that the drive is connected and that you may '
        "open the file.",
    )


class PathNotFound(ArchiveError):
    """A file or folder that was named does not exist."""

    code = "path_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors", 'There is no file or folder "{path}". Check the name and the drive.'
    )


class RecordNotFound(ArchiveError):
    """No record has this id."""

    code = "record_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The archive has no record "{record_id}". "list" shows the records with their ids.',
    )


class RecordAmbiguous(ArchiveError):
    """A shortened id fits several records."""

    code = "record_ambiguous"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors", '"{record_id}" fits {count} records. Give more characters of the id.'
    )


class PartNotFound(ArchiveError):
    """No finding, appraisal or note has this id."""

    code = "part_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The archive has no {kind} "{part_id}". "show" lists those of a record with their ids.',
    )


class PartAmbiguous(ArchiveError):
    """A shortened id fits several findings, appraisals or notes."""

    code = "part_ambiguous"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors", '"{part_id}" fits {count} of kind {kind}. Give more characters of the id.'
    )


class NotInTrash(ArchiveError):
    """Only what lies in the trash can be taken away for good."""

    code = "not_in_trash"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{title}" does not lie in the trash. Nothing was changed. Put it there first with '
        '"delete".',
    )


class ConceptNotFound(ArchiveError):
    """No term has this key."""

    code = "concept_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The vocabulary has no term "{key}". "vocabulary list" shows the terms with their keys.',
    )


class ConceptFixed(ArchiveError):
    """A term or list that comes with the program can't be changed so."""

    code = "concept_fixed"
    exit_code = 2
    template = QT_TRANSLATE_NOOP("Errors", "{detail} Nothing was changed.")


class InvalidField(ArchiveError):
    """A field of a record can't hold a value."""

    code = "invalid_field"
    exit_code = 4
    template = QT_TRANSLATE_NOOP("Errors", "{detail} Nothing was changed.")


class ChangeNotFound(ArchiveError):
    """No change has this id."""

    code = "change_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors", 'There is no change "{change_id}". "history" shows the changes with their ids.'
    )


class ImportNotFound(ArchiveError):
    """No import has this id."""

    code = "import_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'There was no import "{import_id}" that added anything. The report of an import names its '
        "id.",
    )


class EditedSince(ArchiveError):
    """A change can't be undone because the field was changed after it."""

    code = "edited_since"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The field "{field}" was changed after that by {author}. Undo the later change first, or '
        "edit the field.",
    )


class NothingToUndo(ArchiveError):
    """A change has no effect any more."""

    code = "nothing_to_undo"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors", 'The change "{change_id}" has no effect any more; there is nothing to undo.'
    )


class BackupExists(ArchiveError):
    """There is a file already where a backup was to be written."""

    code = "backup_exists"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors", 'There is already a file "{path}". It was left as it is. Choose another name.'
    )


class BackupInvalid(ArchiveError):
    """A file is not a whole backup."""

    code = "backup_invalid"
    exit_code = 4
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{path}" is not a whole backup of an archive ({detail}). Nothing was restored. Use '
        "another copy of the backup.",
    )


class PageNotFound(ArchiveError):
    """The record has no page with this number."""

    code = "page_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors", "The record has no page {number}; its pages are 1 to {last}."
    )


class BlobMissing(ArchiveError):
    """The stored PDF of a document is gone."""

    code = "blob_missing"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The stored file of "{file_name}" is missing from the archive. Its text can still be '
        "searched. Import the PDF again to put it back.",
    )


class InvalidSearch(ArchiveError):
    """A search was asked for with settings that make no sense."""

    code = "invalid_search"
    exit_code = 2
    template = QT_TRANSLATE_NOOP("Errors", "{detail}")


class IndexUnusable(ArchiveError):
    """The full-text index can't be read; it is derived and can be rebuilt."""

    code = "index_unusable"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        "The search index can't be read ({detail}). It is rebuilt from the archive at the next "
        "start or import; nothing is lost.",
    )


class WorkerLost(ArchiveError):
    """A background process of the program ended without an answer."""

    code = "worker_lost"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        "A background process of the program ended unexpectedly ({detail}). What was finished is "
        "safe. Do it again; if it happens again, run a check of the archive.",
    )
