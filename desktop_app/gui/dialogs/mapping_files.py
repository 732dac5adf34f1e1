"""Mappings as files: which one to read, where to write one, and what became of it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.exchange.mapping import (
    ColumnMapping,
    InvalidMapping,
    dump_mapping,
    parse_mapping,
)
from desktop_app.gui import formats

LARGEST = 4_000_000
"""Bytes; no mapping is nearly as long."""

translate = QCoreApplication.translate


def ask_for_mapping(parent: QWidget, folder: Path) -> Path | None:
    """Return the mapping file that a person chose; None for leaving it."""
    name, _ = QFileDialog.getOpenFileName(
        parent,
        translate("MappingFiles", "Load a mapping"),
        str(folder),
        translate("MappingFiles", "Mappings (*.json);;All files (*)"),
    )
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, source: Path) -> Path | None:
    """Return where to save the mapping of a metadata file; None for leaving it."""
    suggested = source.with_name(f"{source.stem}-mapping.json")
    name, _ = QFileDialog.getSaveFileName(
        parent,
        translate("MappingFiles", "Save the mapping"),
        str(suggested),
        translate("MappingFiles", "Mappings (*.json)"),
    )
    return Path(name) if name else None


def read_mapping(path: Path) -> tuple[ColumnMapping | None, str]:
    """Return the mapping that a file holds, or None, and what to say of it."""
    name = formats.isolate(path.name)
    try:
        if path.stat().st_size > LARGEST:
            return None, translate("MappingFiles", "{file} is too large to be a mapping.").format(
                file=name
            )
        mapping = parse_mapping(path.read_text(encoding="utf-8-sig"))
    except InvalidMapping as error:
        return None, formats.joined([path.name, error.reason], ": ")
    except UnicodeDecodeError:
        return None, translate(
            "MappingFiles", "{file} is no mapping: it is not text in UTF-8."
        ).format(file=name)
    except OSError as error:
        reason = error.strerror or str(error)
        return None, translate("MappingFiles", "{file} can't be read: {reason}.").format(
            file=name, reason=reason
        )
    return mapping, translate("MappingFiles", "Loaded: {file}").format(file=name)


def write_mapping(path: Path, mapping: ColumnMapping) -> str:
    """Save a mapping and return what to say of it."""
    try:
        path.write_text(dump_mapping(mapping), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        failed = translate("MappingFiles", "Not saved: {reason}. Choose another folder.")
        return failed.format(reason=reason)
    saved = translate(
        "MappingFiles", "Saved as {file}. It can be loaded for other files with the same columns."
    )
    return saved.format(file=formats.isolate(path.name))
