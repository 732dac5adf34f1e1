"""Conditions met when metadata is exported (see `errors` for what they are)."""

from .errors import ArchiveError
from .translation import QT_TRANSLATE_NOOP


class UnknownExportFormat(ArchiveError):
    """The name of a file does not say in which format to write it."""

    code = "unknown_format"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{path}" does not say in which format to write. End its name with one of: {suffixes}.',
    )


class TargetNotFile(ArchiveError):
    """A file was to be written where there is a folder or a device."""

    code = "target_not_file"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors", '"{path}" is no file that can be written, but a folder or a device. Name a file.'
    )


class TargetInArchive(ArchiveError):
    """A file was to be written into the folder of the archive."""

    code = "target_in_archive"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{path}" lies in the folder of the archive, which is for the archive alone. Choose '
        "another folder.",
    )


class RecordInTrash(ArchiveError):
    """A record was named that lies in the trash."""

    code = "record_in_trash"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors", '"{title}" lies in the trash. Take it out with "restore", or leave it out here.'
    )
