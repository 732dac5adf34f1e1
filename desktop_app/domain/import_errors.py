"""Conditions met when metadata is imported (see `errors` for what they are)."""

from .errors import ArchiveError
from .translation import QT_TRANSLATE_NOOP


class MappingUnusable(ArchiveError):
    """A mapping of columns to fields can't be used."""

    code = "mapping_unusable"
    exit_code = 4
    template = QT_TRANSLATE_NOOP("Errors", "{path}: {detail} Nothing was imported.")
