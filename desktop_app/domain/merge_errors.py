"""What can stand in the way of merging records, and of taking a merge back."""

from .errors import ArchiveError
from .translation import QT_TRANSLATE_NOOP


class NotMergeable(ArchiveError):
    """These records can't be merged so."""

    code = "not_mergeable"
    exit_code = 2
    template = QT_TRANSLATE_NOOP("Errors", "{detail} Nothing was changed.")


class MergeNotFound(ArchiveError):
    """No merge has this id."""

    code = "merge_not_found"
    exit_code = 3
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'There was no merge "{batch}". "merge" prints the id of each, and "history --json" shows '
        "it with its changes.",
    )


class MergeEditedSince(ArchiveError):
    """A merge can't be taken back because something of it was changed later."""

    code = "merge_edited_since"
    exit_code = 8
    template = QT_TRANSLATE_NOOP(
        "Errors", "The merge can't be undone: {detail} Nothing was changed."
    )


class MergeUndone(ArchiveError):
    """A merge was taken back before."""

    code = "merge_undone"
    exit_code = 8
    template = QT_TRANSLATE_NOOP("Errors", "This merge was undone already; nothing is left of it.")
