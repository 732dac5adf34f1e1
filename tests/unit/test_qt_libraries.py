"""packaging/qt_libraries.py: which libraries Qt misses, and which packages bring them."""

import os
import struct
import sys
from pathlib import Path

import PySide6
import pytest

import qt_libraries
from environment import SetupProblem

SHT_DYNAMIC = 6
DT_NEEDED = 1

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="about Linux libraries")


def test_missing_library_is_mapped_to_its_packages() -> None:
    text = qt_libraries.describe_missing(["libEGL.so.1", "libxcb-cursor.so.0"], [])
    assert "libEGL.so.1, libxcb-cursor.so.0" in text
    assert "sudo apt-get install libegl1 libxcb-cursor0\n" in text + "\n"
    assert "sudo dnf install libglvnd-egl xcb-util-cursor\n" in text + "\n"


@pytest.mark.parametrize(
    ("system", "shown", "hidden"),
    [
        (["ubuntu", "debian"], "apt-get", "dnf"),
        (["debian"], "apt-get", "dnf"),
        (["rhel", "fedora"], "dnf", "apt-get"),
    ],
)
def test_only_the_systems_own_packages_are_named(
    system: list[str], shown: str, hidden: str
) -> None:
    text = qt_libraries.describe_missing(["libGL.so.1"], system)
    assert shown in text
    assert hidden not in text


def test_package_of_two_libraries_is_named_once() -> None:
    names = ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libglib-2.0.so.0"]
    text = qt_libraries.describe_missing(names, ["debian"])
    assert text.count("libglib2.0-0") == 1
    assert text.count("libglib-2.0.so.0") == 1


def test_unknown_library_is_still_named() -> None:
    text = qt_libraries.describe_missing(["libnew.so.9"], ["debian"])
    assert "libnew.so.9" in text
    assert "apt-get" not in text


@on_linux
def test_find_missing_looks_at_this_system() -> None:
    assert qt_libraries.find_missing(["libc.so.6", "libno-such.so.1"]) == ["libno-such.so.1"]


@on_linux
def test_library_that_qt_names_is_found_in_its_output() -> None:
    output = "ImportError: libEGL-x.so.1: cannot open shared object file: No such file or directory"
    assert "libEGL-x.so.1" in qt_libraries.explain(output, {}, window=False)


@on_linux
@pytest.mark.parametrize(
    ("variables", "reason"), [({}, "DISPLAY is not set"), ({"DISPLAY": ":9"}, "can't be reached")]
)
def test_missing_screen_is_explained(variables: dict[str, str], reason: str) -> None:
    output = "qt.qpa.plugin: could not connect to display"
    text = qt_libraries.explain(output, variables, window=False)
    assert reason in text
    assert "on the command line" in text


def test_qt_of_this_environment_loads() -> None:
    qt_libraries.check(Path(sys.executable), dict(os.environ), window=False)


def test_qt_that_does_not_load_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('broken on purpose')", "utf-8")
    variables = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with pytest.raises(SetupProblem, match="broken on purpose"):
        qt_libraries.check(Path(sys.executable), variables, window=False)


def needed_by(library: Path) -> set[str]:
    """Return the names of the libraries that a 64-bit ELF file is linked to (NEEDED)."""
    data = library.read_bytes()
    (table,) = struct.unpack_from("<Q", data, 40)
    size, count = struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQII", data, table + size * i) for i in range(count)]
    names = set()
    for _, kind, _, _, start_, length, link, _ in sections:
        if kind == SHT_DYNAMIC:
            strings = sections[link][4]
            for tag, value in struct.iter_unpack("<qQ", data[start_ : start_ + length]):
                if tag == DT_NEEDED:
                    end = data.index(0, strings + value)
                    names.add(data[strings + value : end].decode())
    return names


@on_linux
def test_table_of_libraries_covers_the_modules_and_plugins_in_use() -> None:
    folder = Path(PySide6.__file__).parent
    files = [folder / f"{name}.abi3.so" for name in ("QtPdfWidgets", "QtPrintSupport", "QtSvg")]
    plugins = folder / "Qt" / "plugins"
    files += [plugins / "platforms" / f"libq{name}.so" for name in ("xcb", "wayland", "offscreen")]
    files += sorted((plugins / "xcbglintegrations").glob("*.so"))
    shipped = {path.name: path for path in folder.rglob("*.so*")}
    shipped |= {path.name: path for path in (folder.parent / "shiboken6").glob("*.so*")}
    needed: set[str] = set()
    while files:
        for name in needed_by(files.pop()) - needed:
            needed.add(name)
            if name in shipped:
                files.append(shipped[name])
    of_libc = {"libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "libresolv.so.2"}
    loader = {name for name in needed if name.startswith("ld-linux")}
    assert needed - shipped.keys() - of_libc - loader <= qt_libraries.PACKAGES.keys()
    assert "libEGL.so.1" in needed
