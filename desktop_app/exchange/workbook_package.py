"""The ZIP file that a workbook is: opening it, refusing what is dangerous or something else.

Bombs show before anything is unpacked: a ZIP file states the size of each part, and Python never
unpacks more of a part than it states. XML is read as a stream, never as a tree; document types, and
with them entities, are refused (defusedxml).
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from ..domain.exchange.rows import UnreadableMetadata

LARGEST_FILE = 200_000_000
LARGEST_PART = 300_000_000
LARGEST_TOTAL = 1_000_000_000
"""Bytes: of the file, of one part unpacked, of all parts unpacked."""
MOST_PARTS = 10_000
HIGHEST_RATIO = 200
"""How much smaller than its content a large part may be."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    LookupError,
    RuntimeError,  # with NotImplementedError: an unknown way of packing
    ValueError,  # with UnicodeError
    SAXException,
)
"""What reading a damaged part raises."""

_SMALL = 10_000_000
_CHUNK = 65_536
_LONGEST_TAG = 4_000_000
_DEEPEST = 200
_MOST_NAMES = 2_000
_PART = b"PK\x01\x02"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE = "Open it in a spreadsheet program and save it as .xlsx."
_DANGEROUS = "It is refused, because unpacking it could fill the memory. " + _SAVE


class Package:
    """The parts of an open workbook, whatever the case and the slashes of their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._unpacked = 0
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            self._parts.setdefault(_part_name(info.filename), info)

    def __contains__(self, name: str) -> bool:
        return _part_name(name) in self._parts

    def parse(self, name: str, handler: "PartHandler", largest: int = LARGEST_PART) -> None:
        """Read a part from its beginning to its end; raises one of `DAMAGE` where it is damaged.

        Raises `UnreadableMetadata` for a part of more than `largest` bytes, and for XML that is
        made to do harm.
        """
        info = self._parts[_part_name(name)]
        if info.file_size > largest:
            raise UnreadableMetadata(
                f'The part "{name}" of the workbook is larger than {largest // 1_000_000} MB. '
                "Copy the cells into a new workbook, or split it into several files."
            )
        # Many sheets may name the same part.
        self._unpacked += info.file_size
        if self._unpacked > LARGEST_TOTAL:
            raise UnreadableMetadata(f"The workbook's sheets are too large. {_DANGEROUS}")
        parser = _Parser(handler)
        silent = seen = 0
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    parser.feed(chunk)
                    silent = silent + len(chunk) if handler.events == seen else 0
                    seen = handler.events
                    if silent > _LONGEST_TAG:
                        raise ValueError("a tag without end")
            parser.close()
        except DefusedXmlException as error:
            raise UnreadableMetadata(
                "The workbook holds an XML document type, which no spreadsheet program writes. It "
                "is refused, because it could be made to do harm. " + _SAVE
            ) from error


class PartHandler(ContentHandler):
    """Hears the elements of a part by their names without prefix; a base class."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0
        self._depth = 0
        self._elements: dict[str, str] = {}
        self._attributes: set[str] = set()

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""

    def ended(self, name: str) -> None:
        """Hear that an element ends."""

    def text(self, characters: str) -> None:
        """Hear some of the text between tags."""

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Pass on what the parser says."""
        self.events += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("elements within elements without end")
        if name not in self._elements or not self._attributes.issuperset(attributes):
            # The parser keeps every name.
            self._elements[name] = name.rpartition(":")[2]
            self._attributes.update(attributes)
            if len(self._elements) + len(self._attributes) > _MOST_NAMES:
                raise ValueError("new names without end")
        self.started(self._elements[name], attributes)

    def end_element(self, name: str) -> None:
        """Pass on what the parser says."""
        self._depth -= 1
        self.ended(self._elements[name])

    def characters(self, content: str) -> None:
        """Pass on what the parser says."""
        self.events += 1
        self.text(content)


class _Parser(DefusedExpatParser):
    """Gives attributes as they are, because there are millions of them."""

    def __init__(self, handler: PartHandler) -> None:
        super().__init__(forbid_dtd=True)
        self.setContentHandler(handler)
        self._handler = handler

    def start_element(self, name: str, attrs: Mapping[str, str]) -> None:
        self._handler.start_element(name, attrs)

    def end_element(self, name: str) -> None:
        self._handler.end_element(name)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a workbook for reading.

    Raises `UnreadableMetadata` for a file that can't be opened, is no XLSX workbook or is dangerous
    to unpack. What is wrong inside shows when its parts are read.
    """
    try:
        with path.open("rb") as file:
            _check_kind(file)
            with _opened(file) as archive:
                yield Package(archive)
    except OSError as error:
        raise UnreadableMetadata(
            f"The file can't be opened ({error.strerror or error}). Close it in other programs and "
            "check that you may read it."
        ) from error


def target_name(base: str, target: str) -> str:
    """Return the name of the part that another part means by `target`."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_kind(file: BinaryIO) -> None:
    """Refuse what is no ZIP file, and one whose list of parts alone would fill the memory."""
    beginning = file.read(len(_OLD))
    if not beginning:
        raise UnreadableMetadata("The file is empty. Choose another file.")
    rest = beginning
    size = parts = 0
    encrypted = False
    while rest:
        size += len(rest)
        parts += rest.count(_PART)
        encrypted = encrypted or _ENCRYPTED in rest
        if size > LARGEST_FILE:
            raise UnreadableMetadata(
                f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Split it into smaller "
                "files."
            )
        rest = file.read(_CHUNK * 16)
    file.seek(0)
    if beginning == _OLD and encrypted:
        raise UnreadableMetadata(
            "The workbook is protected by a password. Open it in a spreadsheet program and save it "
            "as .xlsx without password."
        )
    if beginning == _OLD:
        raise UnreadableMetadata("This is an old Excel workbook (.xls). " + _SAVE)
    if not beginning.startswith(b"PK"):
        raise UnreadableMetadata("This is not an Excel workbook (.xlsx). " + _SAVE)
    if parts > MOST_PARTS:
        raise UnreadableMetadata(f"The workbook has more than {MOST_PARTS:,} parts. {_DANGEROUS}")


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise UnreadableMetadata(
            "The file is damaged or was not copied whole. Copy it again, or open it in a "
            "spreadsheet program, have it repaired and save it as .xlsx."
        ) from error
    parts = archive.infolist()
    names = {_part_name(part.filename) for part in parts}
    if other := _other_format(archive, names):
        raise UnreadableMetadata(f"This is {other}, not an .xlsx workbook. {_SAVE}")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableMetadata(
            "The workbook is protected by a password. Open it in a spreadsheet program and save it "
            "as .xlsx without password."
        )
    total = sum(part.file_size for part in parts)
    if total > LARGEST_TOTAL or any(part.file_size > LARGEST_PART for part in parts):
        raise UnreadableMetadata(
            f"The workbook would be {total // 1_000_000:,} MB unpacked. {_DANGEROUS}"
        )
    if any(part.file_size > max(_SMALL, HIGHEST_RATIO * part.compress_size) for part in parts):
        raise UnreadableMetadata(
            f"A part of the workbook is packed to less than one {HIGHEST_RATIO}th of its size. "
            + _DANGEROUS
        )
    return archive


def _other_format(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Return what a ZIP file is that is no XLSX workbook, as far as it can be told; else ""."""
    if "xl/workbook.bin" in names:
        return "a binary Excel workbook (.xlsb)"
    if "content.xml" in names and "mimetype" in names:
        return "an OpenDocument file (.ods)"
    if any(name.endswith(".iwa") for name in names):
        return "a Numbers or Pages document"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "a Word or PowerPoint document"
    if not any(name.endswith((".xml", ".rels")) for name in names):
        return "a ZIP file" if archive.infolist() else "an empty ZIP file"
    return ""
