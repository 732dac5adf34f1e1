"""Errors as sentences for people."""

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.errors import ArchiveError


def error_text(error: BaseException) -> str:
    """Return what happened and what to do, in the language of the window."""
    if isinstance(error, ArchiveError):
        return error.message(lambda source: QCoreApplication.translate("Errors", source))
    return QCoreApplication.translate(
        "Errors",
        "Something unexpected happened ({name}). What was finished is safe. The log file has the "
        "details.",
    ).format(name=type(error).__name__)
