"""Conditions met when an archive is compacted or repaired (see `errors` for what they are)."""

from .errors import DiskFull
from .translation import QT_TRANSLATE_NOOP


class RoomNeeded(DiskFull):
    """The disk has too little room for what is to be done; nothing was begun."""

    code = "room_needed"
    template = QT_TRANSLATE_NOOP(
        "Errors",
        'This needs {needed} MB of free room on the disk with "{path}", for a while; there are '
        "{free} MB. Nothing was changed. Make room and do it again.",
    )
