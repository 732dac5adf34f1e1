"""Conditions met when metadata is imported (see `errors` for what they are)."""

from .errors import ArchiveError
from .translation import QT_TRANSLATE_NOOP


class TargetIsSource(ArchiveError):
    """A file was to be written over one that is imported."""

    code = "target_is_source"
    exit_code = 2
    template = QT_TRANSLATE_NOOP(
        "Errors", '"{path}" is one of the files to import. Choose another name to write to.'
    )


class MappingUnusable(ArchiveError):
    """A mapping of columns to fields can't be used."""

    code = "mapping_unusable"
    exit_code = 4
    template = QT_TRANSLATE_NOOP("Errors", "{path}: {detail} Nothing was imported.")
