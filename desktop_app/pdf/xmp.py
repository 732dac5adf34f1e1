"""What the XMP packet of a PDF says of the document: title, creators, rights, identifiers ...

It is read as a stream of XML events with bounds on everything. Document types, and with them
entities, are refused (defusedxml); a packet that is no sound XMP says nothing.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

from .cleaning import clean_line
from .metadata_streams import find_packets

MAX_VALUE = 2_000
MAX_DESCRIPTION = 5_000
MAX_VALUES = 100
"""How many values of a property are taken, and how long one of them may be in characters."""
MAX_ELEMENTS = 50_000
MAX_DEPTH = 100

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_PDF = "http://ns.adobe.com/pdf/1.3/"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    _PDF: "pdf",
}
_PRISM = re.compile(r"http://prismstandard\.org/namespaces/(?:basic/)?\d\.\d/(?:basic/)?")
_WANTED = frozenset(
    {
        "dc:title", "dc:creator", "dc:description", "dc:subject", "dc:language", "dc:rights",
        "dc:publisher", "dc:identifier", "dc:date", "prism:doi", "prism:isbn",
        "prism:publicationDate", "xmpRights:WebStatement", "pdf:Keywords",
    }
)  # fmt: skip
_PACKET = f"{_RDF} RDF"
_DESCRIPTION = f"{_RDF} Description"
_CONTAINERS = frozenset({f"{_RDF} Alt", f"{_RDF} Bag", f"{_RDF} Seq"})
_ITEM = f"{_RDF} li"
_FEED = 1 << 14


class Xmp(NamedTuple):
    """What a packet says. `values` by the usual names ("dc:title"), several of them one a line.

    `of_pdf` tells a packet of a PDF from one of an image: it has properties that only PDFs have.
    """

    values: dict[str, str]
    of_pdf: bool


def read_xmp(path: Path) -> dict[str, str]:
    """Return what the XMP of a PDF says, {} where it has none that can be read.

    The keys are names of XMP with their usual prefixes ("dc:title", "prism:doi"). Each value is one
    line, several values of one property stand in lines of their own. Of a text in several languages
    the default one is taken.
    """
    try:
        with path.open("rb") as file:
            packets = find_packets(file, path.stat().st_size)
            for packet in packets.streams:
                said = parse_xmp(packet)
                if said is not None and (packets.named or said.of_pdf):
                    return said.values
    except OSError:
        return {}
    return {}


def parse_xmp(packet: bytes) -> Xmp | None:
    """Return what a packet says, None where it is no sound XMP. What follows it does not matter."""
    said = _Description()
    parser = _Parser(said)
    try:
        for start in range(0, len(packet), _FEED):
            parser.feed(packet[start : start + _FEED])
    except _Complete:
        return Xmp(said.values, said.of_pdf)
    # Also an encoding that Python does not know.
    except (SAXException, ValueError, LookupError):
        return None
    return None


class _Complete(Exception):
    """The end of the packet was read."""


class _Description(ContentHandler):
    """Hears the elements of a packet, and keeps the properties that are wanted.

    Names are those of expat: a namespace, a blank and a name. A property is an element, or an
    attribute, of an rdf:Description right below rdf:RDF: deeper ones speak of other things, such as
    pictures that were placed in the document.
    """

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.of_pdf = False
        self._path: list[str] = []
        self._elements = 0
        self._packet = 0
        self._property = ""
        self._items: list[tuple[str, str]] = []
        self._language = ""
        self._text: list[str] = []
        self._length = 0

    def start_element_ns(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take up an element."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(self._path) > MAX_DEPTH:
            raise ValueError("more than any packet has")
        if name == _PACKET and not self._packet:
            self._packet = len(self._path) + 1
        self._path.append(name)
        if self._depth == 1 and name == _DESCRIPTION:
            for attribute, value in attributes.items():
                self._keep(self._key(attribute), [("", value)])
        elif self._depth == 2 and self._path[-2] == _DESCRIPTION:
            self._property = self._key(name)
            self._items = []
            self._begin_text("")
        elif self._is_item:
            self._begin_text(attributes.get(_LANGUAGE, ""))

    def end_element_ns(self, name: str) -> None:
        """Take what the newest element held."""
        if self._is_item:
            self._items.append((self._language, "".join(self._text)))
        elif self._depth == 2 and self._property:
            self._keep(self._property, self._items or [("", "".join(self._text))])
            self._property = ""
        elif self._depth == 0 and name == _PACKET:
            raise _Complete
        self._path.pop()

    def characters(self, content: str) -> None:
        """Take text of a property, or of one of its items."""
        wanted = self._property and (self._depth == 2 or self._is_item)
        if wanted and self._length <= 2 * MAX_DESCRIPTION:
            self._text.append(content)
            self._length += len(content)

    @property
    def _depth(self) -> int:
        """How far below rdf:RDF the newest element is; -1 outside."""
        return len(self._path) - self._packet if self._packet else -1

    @property
    def _is_item(self) -> bool:
        """Whether the newest element is one of the values of a property that is wanted."""
        return (
            self._depth == 4
            and self._property != ""
            and self._path[-1] == _ITEM
            and self._path[-2] in _CONTAINERS
            and len(self._items) < MAX_VALUES
        )

    def _begin_text(self, language: str) -> None:
        self._language = language
        self._text = []
        self._length = 0

    def _key(self, name: str) -> str:
        """Return the name of a property with its usual prefix, "" where it is of no use here."""
        space, _, local = name.partition(" ")
        self.of_pdf = self.of_pdf or space == _PDF
        prefix = "prism" if _PRISM.fullmatch(space) else _PREFIXES.get(space, "")
        key = f"{prefix}:{local}"
        return key if key in _WANTED else ""

    def _keep(self, key: str, items: list[tuple[str, str]]) -> None:
        if not key or key in self.values:
            return
        if any(language for language, _ in items):
            default = [item for item in items if item[0] in {"", "x-default"}]
            items = (default or items)[:1]
        limit = MAX_DESCRIPTION if key == "dc:description" else MAX_VALUE
        lines = [clean_line(text, limit) for _, text in items]
        value = "\n".join(dict.fromkeys(line for line in lines if line))
        if value:
            self.values[key] = value


class _Parser(DefusedExpatParser):
    """Gives names as expat does, without the prefix that the packet uses."""

    def __init__(self, said: _Description) -> None:
        super().__init__(namespaceHandling=1, forbid_dtd=True)
        self.setContentHandler(said)
        self._said = said

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        self._said.start_element_ns(
            _bare(name), {_bare(attribute): value for attribute, value in attrs.items()}
        )

    def end_element_ns(self, name: str) -> None:
        self._said.end_element_ns(_bare(name))


def _bare(name: str) -> str:
    return " ".join(name.split(" ")[:2])
