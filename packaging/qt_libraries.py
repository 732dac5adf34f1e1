"""The libraries of the system that Qt needs on Linux: which are missing, and who brings them.

As a program it prints the Debian packages of all missing ones, one a line.
"""

import ctypes
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from environment import SetupProblem

# Library: (package of Debian and Ubuntu, package of Fedora). Without one of these, Qt's modules
# can't be imported. Read off the NEEDED entries of the modules in PySide6 6.11.
FOR_MODULES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libbrotlicommon.so.1": ("libbrotli1", "libbrotli"),
    "libbrotlidec.so.1": ("libbrotli1", "libbrotli"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libgcc_s.so.1": ("libgcc-s1", "libgcc"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
# Without one of these, the platform plugin xcb can't show a window on X11.
FOR_X11 = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
# The same for the platform plugin wayland.
FOR_WAYLAND = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
}
PACKAGES = FOR_MODULES | FOR_X11 | FOR_WAYLAND

# What the program uses of Qt. Qt ends its process when no platform plugin loads, so this runs in a
# process of its own, and one that leaves no core file.
PROBE = """
import sys
from PySide6 import QtPdf, QtPdfWidgets, QtPrintSupport, QtSvg, QtTest, QtWidgets
if sys.argv[1] == "plugin":
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    QtWidgets.QApplication([])
"""
PROBE_SECONDS = 120
MISSING = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object file")


def find_missing(libraries: Iterable[str]) -> list[str]:
    """Return those of `libraries` that this system can't load, in the same order."""
    missing = []
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def describe_missing(libraries: Iterable[str], system: Iterable[str]) -> str:
    """Return what to tell a person whose `system` lacks `libraries`.

    Args:
        libraries: file names such as "libEGL.so.1".
        system: the ids of the Linux distribution and those it is like, as in os-release.
    """
    names = list(dict.fromkeys(libraries))
    known = [PACKAGES[name] for name in names if name in PACKAGES]
    debian = " ".join(dict.fromkeys(package for package, _ in known))
    fedora = " ".join(dict.fromkeys(package for _, package in known))
    lines = [
        "Qt, which draws the windows, can't load: this system has no " + ", ".join(names) + "."
    ]
    ids = set(system)
    if known:
        lines.append("Install what is missing, then start again:")
        if not ids & {"fedora", "rhel", "centos"}:
            lines.append(f"    Debian, Ubuntu:  sudo apt-get install {debian}")
        if not ids & {"debian", "ubuntu"}:
            lines.append(f"    Fedora:          sudo dnf install {fedora}")
    unknown = [name for name in names if name not in PACKAGES]
    if unknown:
        lines.append("Install the packages of your system that hold " + ", ".join(unknown) + ".")
    return "\n".join(lines)


def check(python: Path, variables: dict[str, str], *, window: bool) -> None:
    """Make sure that Qt loads in the environment of `python`.

    Args:
        python: the environment's interpreter.
        variables: the environment variables that the program will get.
        window: whether a window will be opened on the screen, so that a display is needed.

    Raises:
        SetupProblem: it doesn't load; the text names what to install.
    """
    plugin = sys.platform == "linux"
    command = [str(python), "-c", PROBE, "plugin" if plugin else "modules"]
    try:
        probe = subprocess.run(
            command,
            check=False,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=PROBE_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise SetupProblem(
            f"Qt did not start within {PROBE_SECONDS} seconds. If the window is to be shown on "
            "another computer,\ncheck the connection and the variable DISPLAY."
        ) from error
    if probe.returncode != 0:
        raise SetupProblem(explain(probe.stdout, variables, window=window))


def explain(output: str, variables: dict[str, str], *, window: bool) -> str:
    """Return what to tell a person when Qt said `output` and ended."""
    chosen = variables.get("QT_QPA_PLATFORM")
    on_screen = window and not chosen
    displays = [name for name in ("DISPLAY", "WAYLAND_DISPLAY") if variables.get(name)]
    where = f"{' and '.join(displays)} can't be reached" if displays else "DISPLAY is not set"
    if chosen:
        where = f"QT_QPA_PLATFORM is {chosen}"
    if sys.platform == "linux":
        missing = MISSING.findall(output) + find_missing(FOR_MODULES)
        if on_screen:
            missing += find_missing(FOR_X11)
        if on_screen and "WAYLAND_DISPLAY" in displays:
            missing += find_missing(FOR_WAYLAND)
        if missing:
            text = describe_missing(missing, system_ids())
            if on_screen and not displays:
                text += f"\nThen a screen is needed, too; there is none here ({where})."
            return text
    if "platform plugin" in output or "display" in output:
        return (
            f"{output}\nThere is no screen to open the window on ({where}). Start the program in a "
            "desktop session,\nor use it on the command line, for instance: "
            "python3 packaging/bootstrap.py run -- --help"
        )
    return (
        f"{output}\nQt, which draws the windows, can't load; the lines above say why. It needs "
        "64-bit Windows 10 or newer,\nmacOS 13 or newer, or Linux with glibc 2.34 or newer. If the "
        "files were damaged, delete the folder .venv and start again."
    )


def system_ids() -> list[str]:
    """Return the id of this Linux distribution and of those it is like; empty if unknown."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]


def main() -> int:
    """Print the Debian packages that bring the missing libraries."""
    for package in dict.fromkeys(PACKAGES[name][0] for name in find_missing(PACKAGES)):
        print(package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
