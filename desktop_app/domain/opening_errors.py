"""Conditions met when an archive is opened, made or restored (see `errors` for what they are)."""

from .errors import ArchiveBusy, ArchiveError
from .translation import QT_TRANSLATE_NOOP


class UnsafePlace(ArchiveError):
    """An archive's database would not be safe in this folder."""

    code = "unsafe_place"
    exit_code = 6


class NetworkPlace(UnsafePlace):
    """The folder lies on another computer."""

    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{folder}" lies on a network drive ({service}), where an archive gets damaged. Keep it on '
        'a disk of this computer, for instance in "{suggestion}", and pass on backups or bundles. '
        "An archive that is there already can be opened for reading (--read-only); a backup of it, "
        "restored on this computer, moves it.",
    )


class SyncedPlace(UnsafePlace):
    """The folder is synchronised by a program that copies the database while it is in use."""

    template = QT_TRANSLATE_NOOP(
        "Errors",
        '"{folder}" is synchronised with other computers by {service}, which damages an archive. '
        'Keep it in a folder that is not synchronised, for instance "{suggestion}", and put '
        "backups or bundles into the synchronised one. An archive that is there already can be "
        "opened for reading (--read-only); a backup of it, restored elsewhere, moves it.",
    )


class ArchiveInUse(ArchiveBusy):
    """Another program has the archive open, and only one can at a time."""

    code = "archive_in_use"
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The archive "{folder}" is already open: {person} opened it on the computer {computer} at '
        "{since} (process {process}). Close it there and try again.",
    )


class UpgradeFailed(ArchiveError):
    """The archive of an earlier version could not be brought up to date."""

    code = "upgrade_failed"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The archive in "{folder}" was made by an earlier version of this program and could not be '
        "brought up to date ({detail}). It was left as it was. Go on with the earlier version, and "
        "report this.",
    )


class BackupNewer(ArchiveError):
    """A backup was made by a newer release, with changes this one can't read."""

    code = "backup_newer"
    exit_code = 5
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'The backup "{path}" was made by a newer version of this program ({found}; this one reads '
        "up to {known}). Nothing was restored. Restore it with the newer version.",
    )
