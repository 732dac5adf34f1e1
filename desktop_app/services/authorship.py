"""Who makes changes here: the device, the person, and the device's clock."""

import getpass
import uuid

from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import Origin
from desktop_app.store.changes import ChangeLog
from desktop_app.store.imports import Identity

DEVICE = "device"


class Authorship:
    """Gives the origin of new changes."""

    def __init__(self, identity: Identity, log: ChangeLog) -> None:
        self._identity = identity
        self._log = log

    def origin(self, batch: str | None = None) -> Origin:
        """Return where changes made now come from; `batch` ties them together."""
        device = self._identity.get(DEVICE)
        if not device:
            device = uuid.uuid4().hex
            self._identity.set({DEVICE: device})
        clock = HybridClock(last=self._log.last_stamp(device))
        return Origin(device, person(), clock, group=batch)


def person() -> str:
    """Return the name under which this computer's user is known to the computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # No such user in the password file (a container), or no environment on Windows.
        return "unknown"
