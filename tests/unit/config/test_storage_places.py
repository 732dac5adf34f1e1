"""Which folders are no safe place for a database, on made-up computers of all three platforms."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from desktop_app.config.storage_places import (
    Danger,
    Drive,
    Mount,
    Place,
    Surroundings,
    parse_mounts,
    require_safe,
    safe_folder,
    unsafe_place,
)
from desktop_app.domain.opening_errors import NetworkPlace, SyncedPlace

ONEDRIVE_MARK = ".849C9593-D756-4E56-8D6E-42412F2A707B"


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """Return the made-up home of a person."""
    folder = tmp_path / "people" / "ana"
    folder.mkdir(parents=True)
    return folder


def on(
    system: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    mounts: Sequence[Mount] = (Mount("/", "ext4"),),
    drives: Mapping[str, Drive] | None = None,
) -> Surroundings:
    return Surroundings(
        system,
        home,
        environment or {},
        lambda: mounts,
        lambda root: (drives or {}).get(root, Drive()),
    )


def put(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def service(folder: Path, around: Surroundings) -> str | None:
    found = unsafe_place(folder, around)
    assert found is None or found.danger is Danger.SYNCED
    return found.service if found else None


# Networks


@pytest.mark.parametrize(
    "mount",
    [
        Mount("/data", "nfs4", "server:/export"),
        Mount("/data", "nfs", "server:/export"),
        Mount("/data", "cifs", "//server/share"),
        Mount("/data", "smb3", "//server/share"),
        Mount("/data", "fuse.sshfs", "ana@server:"),
        Mount("/data", "fuse.rclone", "remote:"),
        Mount("/data", "fuse.gvfsd-fuse", "gvfsd-fuse"),
        Mount("/data", "fuse", "https://cloud.example.org/dav"),
        Mount("/data", "ceph", "10.0.0.1:/"),
        Mount("/data", "fuse.glusterfs", "server:/volume"),
        Mount("/data", "smbfs", "//ana@server/share"),
        Mount("/data", "afpfs", "//ana@server/share"),
        Mount("/data", "webdav", "https://server/"),
        Mount("/data", "macfuse", "sshfs@macfuse0"),
    ],
)
def test_mounts_that_lead_to_another_computer(person: Path, mount: Mount) -> None:
    around = on("linux", person, mounts=[Mount("/", "ext4"), mount])
    found = unsafe_place(Path("/data/archive"), around)
    assert found is not None
    assert (found.danger, found.root) == (Danger.NETWORK, Path("/data"))
    assert unsafe_place(Path("/database/archive"), around) is None


@pytest.mark.parametrize(
    "mount",
    [
        Mount("/data", kind, source)
        for kind, source in (
            ("ext4", "/dev/sda1"), ("btrfs", "/dev/sda1"), ("xfs", "/dev/sda1"), ("zfs", "pool/a"),
            ("tmpfs", "tmpfs"), ("overlay", "overlay"), ("vfat", "/dev/sdb1"),
            ("exfat", "/dev/sdb1"), ("ntfs3", "/dev/sdb1"), ("fuseblk", "/dev/sdb1"),
            ("9p", "drvfs"), ("9p", "C:\\"), ("virtiofs", "shared"), ("vboxsf", "shared"),
            ("fuse.vmhgfs-fuse", ".host:/"), ("fuse.gocryptfs", "/secret"),
            ("fuse.mergerfs", "a:b"), ("fuse.bindfs", "/other"), ("fuse", "/dev/sdb1"),
            ("apfs", "/dev/disk3s5"), ("hfs", "/dev/disk4"), ("msdos", "/dev/disk5s1"),
            ("autofs", "map auto_home"), ("squashfs", "/dev/loop1"),
        )
    ],
)  # fmt: skip
def test_mounts_of_this_computer(person: Path, mount: Mount) -> None:
    around = on("linux", person, mounts=[Mount("/", "overlay"), mount])
    assert unsafe_place(Path("/data/archive"), around) is None


def test_the_deepest_mount_counts_and_of_equals_the_one_on_top(person: Path) -> None:
    mounts = [
        Mount("/", "ext4"), Mount("/people", "autofs"), Mount("/people", "nfs4"),
        Mount("/people/ana/disk", "ext4"),
    ]  # fmt: skip
    around = on("linux", person, mounts=mounts)
    assert unsafe_place(Path("/people/ana/archive"), around) is not None
    assert unsafe_place(Path("/people/ana/disk/archive"), around) is None


def test_a_link_is_followed_to_where_it_leads(person: Path) -> None:
    (person / "share").mkdir()
    (person / "link").symlink_to(person / "share")
    around = on("linux", person, mounts=[Mount("/", "ext4"), Mount(str(person / "share"), "cifs")])
    assert unsafe_place(person / "link" / "archive", around) is not None


def test_the_list_of_mounts_is_read() -> None:
    text = (
        "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
        "30 27 0:40 / /mnt/two\\040words rw shared:1 master:2 - nfs4 server:/a\\040b rw,addr=1\n"
        "31 27 0:41 /sub /data rw - fuse.sshfs ana@server: rw\n"
        "torn\n"
    )
    assert parse_mounts(text) == [
        Mount("/proc", "proc", "proc"),
        Mount("/mnt/two words", "nfs4", "server:/a b"),
        Mount("/data", "fuse.sshfs", "ana@server:"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "\\\\server\\share\\archive",
        "//server/share/archive",
        "\\\\?\\UNC\\server\\share\\archive",
        "\\\\wsl.localhost\\Debian\\archive",
        "H:\\archive",
        "h:/archive",
        "\\\\?\\H:\\archive",
    ],
)
def test_network_paths_and_drives_of_windows(person: Path, path: str) -> None:
    remote = Drive(remote=True)
    around = on("win32", person, drives={"H:\\": remote, "h:\\": remote})
    found = unsafe_place(Path(path), around)
    assert found is not None
    assert found.danger is Danger.NETWORK


@pytest.mark.parametrize("path", ["C:\\archive", "\\\\?\\C:\\archive", "E:\\archive"])
def test_disks_and_sticks_of_windows(person: Path, path: str) -> None:
    assert (
        unsafe_place(Path(path), on("win32", person, drives={"H:\\": Drive(remote=True)})) is None
    )


# Synchronised folders


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_onedrive_says_where_it_is(person: Path, variable: str) -> None:
    around = on("win32", person, {variable: str(person / "Cloud")})
    assert service(person / "Cloud" / "Documents" / "archive", around) == "OneDrive"
    assert service(person / "cloud" / "archive", around) == "OneDrive"
    assert service(person / "Clouds" / "archive", around) is None


def test_onedrive_of_an_organisation_has_a_name_of_its_own(person: Path) -> None:
    folder = person / "OneDrive - City of Malmö" / "archive"
    assert service(folder, on("win32", person)) == "OneDrive"
    assert service(folder, on("darwin", person)) == "OneDrive"
    assert service(folder, on("linux", person)) is None
    assert service(person / "work" / "OneDrive - City of Malmö", on("win32", person)) is None


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (".dropbox.cache", "Dropbox"),
        (".stfolder", "Syncthing"),
        (ONEDRIVE_MARK, "OneDrive"),
        (".tmp.driveupload", "Google Drive"),
        (".tmp.drivedownload", "Google Drive"),
        (".shortcut-targets-by-id", "Google Drive"),
        (".owncloudsync.log", "ownCloud"),
        (".sync_0123456789ab.db", "Nextcloud / ownCloud"),
        ("._sync_0123456789ab.db", "Nextcloud / ownCloud"),
        (".SynologyWorkingDirectory", "Synology Drive"),
        (".seafile-data", "Seafile"),
        (".megaignore", "MEGA"),
        (".sync/ID", "Resilio Sync"),
    ],
)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_marks_that_synchronising_programs_leave(
    person: Path, system: str, mark: str, expected: str
) -> None:
    put(person / "mine" / mark)
    around = on(system, person)
    found = unsafe_place(person / "mine" / "work" / "archive", around)
    assert found == Place(Danger.SYNCED, expected, person / "mine")
    assert service(person / "mine", around) == expected
    assert service(person / "other", around) is None


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize(
    "name",
    ["Dropbox", "dropbox", "OneDrive", "Google Drive", "My Drive", "Nextcloud", "Box", "Seafile",
     "pCloudDrive", "MEGA", "SynologyDrive", "Syncthing", "iCloud", "cloud"],
)  # fmt: skip
def test_a_name_alone_says_nothing(person: Path, system: str, name: str) -> None:
    assert service(person / name / "archive", on(system, person)) is None


def test_dropbox_names_its_folders(person: Path) -> None:
    settings = json.dumps(
        {
            "personal": {"path": str(person / "D"), "host": 1},
            "business": {"path": str(person / "B")},
        }
    )
    put(person / ".dropbox" / "info.json", settings)
    for system in ("linux", "darwin"):
        assert service(person / "D" / "x", on(system, person)) == "Dropbox"
        assert service(person / "B", on(system, person)) == "Dropbox"
        assert service(person / "x", on(system, person)) is None
    put(person / "AppData" / "Local" / "Dropbox" / "info.json", settings)
    assert service(person / "D", on("win32", person)) == "Dropbox"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[1]", '{"personal": 1}', '{"a": {"path": ""}}']
)
def test_settings_that_say_nothing_are_passed_over(person: Path, content: str) -> None:
    put(person / ".dropbox" / "info.json", content)
    assert service(person / "x", on("linux", person)) is None


def test_settings_that_are_no_file_are_passed_over(person: Path) -> None:
    (person / ".dropbox" / "info.json").mkdir(parents=True)
    if hasattr(os, "mkfifo"):
        (person / ".config" / "Nextcloud").mkdir(parents=True)
        os.mkfifo(person / ".config" / "Nextcloud" / "nextcloud.cfg")
    assert service(person / "x", on("linux", person)) is None


@pytest.mark.parametrize(
    ("system", "place"),
    [
        ("linux", ".config/Nextcloud/nextcloud.cfg"),
        ("darwin", "Library/Preferences/Nextcloud/nextcloud.cfg"),
        ("win32", "AppData/Roaming/Nextcloud/nextcloud.cfg"),
    ],
)
def test_nextcloud_names_its_folders(person: Path, system: str, place: str) -> None:
    settings = f"[Accounts]\n0\\Folders\\1\\localPath={person}/M\\xe4pp/\n0\\url=x\n"
    put(person / place, settings)
    assert service(person / "Mäpp" / "x", on(system, person)) == "Nextcloud"
    assert service(person / "Map" / "x", on(system, person)) is None


def test_onedrive_on_linux(person: Path) -> None:
    assert service(person / "OneDrive" / "x", on("linux", person)) is None
    put(person / ".config" / "onedrive" / "items.sqlite3")
    assert service(person / "OneDrive" / "x", on("linux", person)) == "OneDrive"
    put(person / ".config" / "onedrive" / "config", 'sync_dir = "~/Work"\n')
    assert service(person / "Work" / "x", on("linux", person)) == "OneDrive"
    assert service(person / "OneDrive" / "x", on("linux", person)) is None


def test_clouds_of_macs(person: Path) -> None:
    around = on("darwin", person)
    library = person / "Library"
    (library / "CloudStorage" / "GoogleDrive-ana@example.org" / "My Drive").mkdir(parents=True)
    (library / "CloudStorage" / "Dropbox").mkdir()
    docs = library / "Mobile Documents" / "com~apple~CloudDocs"
    docs.mkdir(parents=True)
    assert service(library / "CloudStorage" / "Dropbox" / "x", around) == "Dropbox"
    google = library / "CloudStorage" / "GoogleDrive-ana@example.org" / "My Drive" / "x"
    assert service(google, around) == "Google Drive"
    assert service(docs / "x", around) == "iCloud Drive"
    assert service(library / "Application Support" / "x", around) is None
    (person / "Documents").mkdir()
    assert service(person / "Documents" / "x", around) is None
    (docs / "Documents").symlink_to(person / "Documents")
    assert service(person / "Documents" / "x", around) == "iCloud Drive"
    (person / "Dropbox").symlink_to(library / "CloudStorage" / "Dropbox")
    assert service(person / "Dropbox" / "x", around) == "Dropbox"


def test_clouds_of_windows_that_are_drives_or_have_a_name_of_their_own(person: Path) -> None:
    assert service(person / "iCloudDrive" / "x", on("win32", person)) == "iCloud Drive"
    assert service(person / "iCloudDrive" / "x", on("linux", person)) is None
    assert service(person / "Box" / "x", on("win32", person)) is None
    (person / "AppData" / "Local" / "Box" / "Box").mkdir(parents=True)
    assert service(person / "Box" / "x", on("win32", person)) == "Box"


# What is said


def test_this_computer_is_asked_and_its_temporary_folder_is_safe(tmp_path: Path) -> None:
    require_safe(tmp_path / "archive")
    assert unsafe_place(safe_folder()) is None


def test_the_errors_say_what_to_do(tmp_path: Path) -> None:
    put(tmp_path / ".stfolder")
    with pytest.raises(SyncedPlace) as caught:
        require_safe(tmp_path / "archive")
    said = str(caught.value)
    assert "Syncthing" in said
    assert str(safe_folder()) in said
    assert "--read-only" in said
    assert caught.value.exit_code == 6
    network = NetworkPlace(folder="a", service="nfs4", suggestion="b")
    assert "network drive (nfs4)" in str(network)


def test_where_every_home_is_on_the_network_there_is_an_example(person: Path) -> None:
    around = on("linux", person, mounts=[Mount("/", "nfs4")])
    assert safe_folder(around) == Path("/srv/evaluation-archive")
