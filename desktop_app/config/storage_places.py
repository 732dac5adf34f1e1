r"""Whether a folder is a safe place for a database: not on a network, not synchronised by a cloud.

SQLite needs locks that hold and files that nobody else replaces. A network file system promises the
first and does not keep it; a synchronising program copies the database and its log at different
moments, and puts older states back over newer ones.

A folder is recognised by what the system says of its drive or mount, by what the synchronising
program's own settings name, and by the marks it leaves in its folders: never by a name alone,
except where the program reserves the name in a person's home.
"""

import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from pathlib import Path, PureWindowsPath

import psutil

from desktop_app.domain.opening_errors import NetworkPlace, SyncedPlace, UnsafePlace

from .paths import default_archive

MAX_SETTINGS = 1_000_000
"""No settings file of a synchronising program is longer (bytes)."""
MAX_LISTED = 2000
"""At most this many names of a folder are looked through for marks with changing names."""

NETWORK_TYPES = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs ncpfs ncp afs kafs openafs auristorfs coda ceph glusterfs "
    "lustre gpfs beegfs fhgfs orangefs pvfs2 gfs2 ocfs2 davfs webdav afpfs ftp".split()
)
"""File systems of other computers. Those of a virtual machine's host (9p, virtiofs, drvfs, vboxsf)
are none: one computer writes there."""
NETWORK_PROGRAMS = frozenset(
    "sshfs smbnetfs rclone davfs davfs2 curlftpfs gvfsd-fuse gvfs-fuse-daemon kio-fuse s3fs goofys "
    "geesefs gcsfuse blobfuse blobfuse2 mount-s3 glusterfs ceph ceph-fuse juicefs seaweedfs mfs "
    "moosefs google-drive-ocamlfuse onedriver seadrive pcloud pcloud.fs kbfs dbxfs afpfs "
    "httpdirfs fuse-nfs".split()
)
"""What stands behind "fuse." in the type of a mount that leads to another computer."""
_FUSE = frozenset({"fuse", "macfuse", "osxfuse", "fusefs"})
_REMOTE_SOURCE = re.compile(r"\w+://|//|[\w.-]+@[\w.-]+:")

_MARKS = (
    (".dropbox.cache", "Dropbox"),
    (".tmp.driveupload", "Google Drive"),
    (".tmp.drivedownload", "Google Drive"),
    (".shortcut-targets-by-id", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".stfolder", "Syncthing"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".SynologyWorkingDirectory", "Synology Drive"),
    (".seafile-data", "Seafile"),
    (".megaignore", "MEGA"),
    (f".sync{os.sep}ID", "Resilio Sync"),
)
"""Names that a synchronising program puts into the uppermost folder it synchronises."""
_CHANGING_MARK = re.compile(r"\._?sync_[0-9a-f]+\.db")
_DRIVE_LABELS = {"google drive": "Google Drive", "pcloud drive": "pCloud"}
_RESERVED = {"iCloudDrive": "iCloud Drive", "Proton Drive": "Proton Drive"}
"""Folders of a home on Windows that only such a program makes."""
_MAC_SERVICES = {"GoogleDrive": "Google Drive"}
_LOCAL_PATH = re.compile(r"(?m)^[^=\n]*\blocalPath=(.*)$")
_SYNC_DIR = re.compile(r'(?m)^\s*sync_dir\s*=\s*"(.*)"\s*$')
_ESCAPED = re.compile(r"\\x([0-9a-fA-F]{1,4})")
_OCTAL = re.compile(r"\\([0-7]{3})")


class Danger(Enum):
    """Why a place is not safe."""

    NETWORK = auto()
    SYNCED = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder lies: `service` names the program or drive, `root` its uppermost folder."""

    danger: Danger
    service: str
    root: Path


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: where, of which type, and from what."""

    point: str
    type: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Drive:
    """What Windows says of a drive: whether it is another computer's, and its label."""

    remote: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the computer says of itself; `system` as `sys.platform` names it."""

    system: str
    home: Path
    environment: Mapping[str, str]
    mounts: Callable[[], Sequence[Mount]]
    drive: Callable[[str], Drive]

    @classmethod
    def here(cls) -> "Surroundings":
        """Return those of this computer."""
        return cls(sys.platform, Path.home(), os.environ, _mounts, _drive)


def unsafe_place(folder: Path, surroundings: Surroundings | None = None) -> Place | None:
    """Return what makes `folder` an unsafe place for an archive, or None where nothing does.

    It need not exist yet. Links are followed.
    """
    around = surroundings or Surroundings.here()
    real = Path(os.path.realpath(folder))
    return _network(folder, real, around) or _synced(real, around)


def safe_folder(surroundings: Surroundings | None = None) -> Path:
    """Return a folder where an archive would be safe: one's own, else an example."""
    around = surroundings or Surroundings.here()
    for folder in (default_archive(), around.home / "evaluation-archive"):
        if unsafe_place(folder, around) is None:
            return folder
    windows = around.system == "win32"
    return Path("C:\\Evaluation Archive" if windows else "/srv/evaluation-archive")


def refusal(folder: Path, place: Place) -> UnsafePlace:
    """Return the error that says why there can be no archive in `folder`, and where else."""
    condition = NetworkPlace if place.danger is Danger.NETWORK else SyncedPlace
    return condition(folder=folder, service=place.service, suggestion=safe_folder())


def require_safe(folder: Path) -> None:
    """Raise `UnsafePlace` where an archive would not be safe."""
    place = unsafe_place(folder)
    if place is not None:
        raise refusal(folder, place)


def parse_mounts(text: str) -> list[Mount]:
    """Return the mounts that a Linux "mountinfo" file lists."""
    mounts = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        words, more = before.split(), after.split()
        if len(words) >= 5 and len(more) >= 2:
            mounts.append(Mount(_unescaped(words[4]), more[0], _unescaped(more[1])))
    return mounts


def _unescaped(text: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), text)


# Networks


def _network(folder: Path, real: Path, around: Surroundings) -> Place | None:
    if around.system == "win32":
        for path in (folder, real):
            drive = PureWindowsPath(_without_prefix(str(path))).drive
            if drive.startswith("\\\\") or (drive and around.drive(f"{drive}\\").remote):
                return Place(Danger.NETWORK, drive, Path(drive))
        return None
    mount = _mount_of(str(real), around.mounts())
    if mount is None or not _leads_away(mount):
        return None
    return Place(Danger.NETWORK, mount.type.removeprefix("fuse."), Path(mount.point))


def _without_prefix(path: str) -> str:
    r"""Return a Windows path without the `\\?\` that lifts the limit of its length."""
    path = path.replace("/", "\\")
    if path[:8].upper() == "\\\\?\\UNC\\":
        return "\\\\" + path[8:]
    return path[4:] if path.startswith(("\\\\?\\", "\\\\.\\")) else path


def _mount_of(path: str, mounts: Sequence[Mount]) -> Mount | None:
    """Return the mount that a path lies in: the deepest, and of equals the one on top."""
    found: Mount | None = None
    for mount in mounts:
        under = f"{path}/".startswith(f"{mount.point.rstrip('/')}/")
        if under and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _leads_away(mount: Mount) -> bool:
    kind = mount.type.lower()
    if kind in NETWORK_TYPES or kind.removeprefix("fuse.") in NETWORK_PROGRAMS:
        return True
    if kind not in _FUSE:
        return False
    # davfs2 and macFUSE do not say in the type which program it is.
    program = mount.source.partition("@")[0].partition("#")[0].lower()
    return bool(_REMOTE_SOURCE.match(mount.source)) or program in NETWORK_PROGRAMS


def _mounts() -> Sequence[Mount]:
    try:
        return parse_mounts(os.fsdecode(Path("/proc/self/mountinfo").read_bytes()))
    except OSError:
        # macOS has no such file.
        listed = psutil.disk_partitions(all=True)
        return [Mount(part.mountpoint, part.fstype, part.device) for part in listed]


def _drive(root: str) -> Drive:
    if sys.platform == "win32":
        import ctypes

        remote_type, room = 4, 261
        system = ctypes.windll.kernel32
        if system.GetDriveTypeW(root) == remote_type:
            return Drive(remote=True)
        label = ctypes.create_unicode_buffer(room)
        system.GetVolumeInformationW(root, label, room, None, None, None, None, 0)
        return Drive(label=label.value)
    return Drive()


# Synchronised folders


def _synced(real: Path, around: Surroundings) -> Place | None:
    for root, service in _configured(around):
        if _is_within(real, root, around):
            return Place(Danger.SYNCED, service, root)
    for parent in (real, *real.parents):
        marked = _service_of(parent, around)
        if marked:
            return Place(Danger.SYNCED, marked, parent)
    if around.system == "win32" and real.drive:
        labelled = _DRIVE_LABELS.get(around.drive(f"{real.drive}\\").label.lower())
        if labelled:
            return Place(Danger.SYNCED, labelled, Path(real.anchor))
    return None


def _is_within(path: Path, root: Path, around: Surroundings) -> bool:
    ours, theirs = path.parts, Path(os.path.realpath(root)).parts
    if len(theirs) < 2:
        return False  # Nobody synchronises a whole disk; an empty setting is no folder.
    if not around.system.startswith("linux"):
        ours, theirs = tuple(map(str.casefold, ours)), tuple(map(str.casefold, theirs))
    return ours[: len(theirs)] == theirs


def _service_of(folder: Path, around: Surroundings) -> str | None:
    """Return which program synchronises from this folder downwards, by the marks in it."""
    for name, service in _MARKS:
        if os.path.lexists(f"{folder}{os.sep}{name}"):
            return service
    name = folder.name
    if folder.parent == Path(os.path.realpath(around.home)):
        if name.startswith("OneDrive - ") and not around.system.startswith("linux"):
            return "OneDrive"
        if name in _RESERVED and around.system == "win32":
            return _RESERVED[name]
    try:
        with os.scandir(folder) as entries:
            if any(_CHANGING_MARK.fullmatch(entry.name) for entry in islice(entries, MAX_LISTED)):
                return "Nextcloud / ownCloud"
    except OSError:
        return None
    return None


def _configured(around: Surroundings) -> Iterator[tuple[Path, str]]:
    """Yield the folders that settings of synchronising programs name."""
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if around.environment.get(variable):
            yield Path(around.environment[variable]), "OneDrive"
    home, windows = around.home, around.system == "win32"
    roaming = Path(around.environment.get("APPDATA") or home / "AppData" / "Roaming")
    local = Path(around.environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    linux = Path(around.environment.get("XDG_CONFIG_HOME") or home / ".config")
    mac = home / "Library" / "Preferences"
    dropbox = [roaming / "Dropbox", local / "Dropbox"] if windows else [home / ".dropbox"]
    for folder in dropbox:
        yield from ((root, "Dropbox") for root in _dropbox_roots(_read(folder / "info.json")))
    settings = roaming if windows else mac if around.system == "darwin" else linux
    for service, name in (("Nextcloud", "nextcloud.cfg"), ("ownCloud", "owncloud.cfg")):
        text = _read(settings / service / name)
        for found in _LOCAL_PATH.findall(text):
            plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found.strip().strip('"'))
            yield Path(plain), service
    if around.system == "darwin":
        yield from _mac_roots(home)
    elif not windows:
        onedrive = linux / "onedrive"
        if (onedrive / "items.sqlite3").exists():
            named = _SYNC_DIR.findall(_read(onedrive / "config")) or ["~/OneDrive"]
            for path in named:
                yield Path(str(home) + path[1:] if path.startswith("~") else path), "OneDrive"
    for installed, name, service in (
        (local / "Box" / "Box", "Box", "Box"),
        (local / "Box Sync", "Box Sync", "Box"),
        (home / "Library" / "Application Support" / "Box" / "Box", "Box", "Box"),
        (home / ".pcloud", "pCloudDrive", "pCloud"),
        (home / ".pcloud", "pCloud Drive", "pCloud"),
    ):
        if installed.is_dir():
            yield home / name, service


def _mac_roots(home: Path) -> Iterator[tuple[Path, str]]:
    documents = home / "Library" / "Mobile Documents"
    yield documents, "iCloud Drive"
    for name in ("Desktop", "Documents"):
        # Where iCloud keeps these two as well, it links to them from here.
        linked = documents / "com~apple~CloudDocs" / name
        if linked.is_symlink():
            yield linked, "iCloud Drive"
    try:
        providers = sorted((home / "Library" / "CloudStorage").iterdir())
    except OSError:
        return
    for provider in providers:
        service = provider.name.partition("-")[0]
        yield provider, _MAC_SERVICES.get(service, service)


def _dropbox_roots(text: str) -> Iterator[Path]:
    try:
        accounts = json.loads(text or "{}")
    except ValueError:
        return
    for account in accounts.values() if isinstance(accounts, dict) else ():
        for key in ("path", "root_path"):
            path = account.get(key) if isinstance(account, dict) else None
            if isinstance(path, str) and path:
                yield Path(path)


def _read(path: Path) -> str:
    """Return the text of a settings file; empty where there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return ""
        with path.open("rb") as stream:
            return stream.read(MAX_SETTINGS).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
