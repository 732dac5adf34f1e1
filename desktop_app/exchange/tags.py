"""The tags of each bibliographic format: which of our fields they hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.exchange.rows import MetadataFormat
from .bibtex import ENTRY_TYPE, KEY
from .csl_values import NAMES
from .ris import KNOWN_TAGS


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one format.

    `fields` has the columns of each field, the one to write first, in the order of writing. `kind`
    is the column of the type: `reports` are the types of evaluations (in small letters), `report`
    the one to write, `unknown` the one for a record without a kind; `kind_names` may name another
    kind. `key` names the entry. `repeated` are the columns that an entry may have several of.
    """

    kind: str
    reports: frozenset[str]
    report: str
    unknown: str
    kind_names: tuple[str, ...]
    key: str
    fields: Mapping[str, tuple[str, ...]]
    repeated: frozenset[str]


TAGS: Mapping[MetadataFormat, Tags] = {
    MetadataFormat.RIS: Tags(
        kind="TY",
        reports=frozenset({"rprt"}),
        report="RPRT",
        unknown="GEN",
        kind_names=("M3",),
        key="ID",
        fields={
            "author": ("AU", "A1"),
            "year": ("PY", "Y1", "YR", "DA"),
            "title": ("TI", "T1", "CT", "BT"),
            "publisher": ("PB",),
            "place_of_publication": ("CY", "PP"),
            "isbn": ("SN",),
            "report_number": ("SN", "M1"),
            "overview": ("AB", "N2"),
            "tag": ("KW", "K1"),
            "language": ("LA",),
            "doi": ("DO", "DI"),
            "url": ("UR",),
            "file": ("L1",),
        },
        repeated=KNOWN_TAGS - {"TI", "PY", "ID"},
    ),
    MetadataFormat.BIBTEX: Tags(
        kind=ENTRY_TYPE,
        reports=frozenset({"techreport", "report"}),
        report="techreport",
        unknown="misc",
        kind_names=("type", "kind"),
        key=KEY,
        fields={
            "author": ("author",),
            "title": ("title",),
            "year": ("year", "date"),
            "publisher": ("institution", "publisher"),
            "place_of_publication": ("address", "location"),
            "report_number": ("number",),
            "isbn": ("isbn",),
            "overview": ("abstract",),
            "tag": ("keywords", "keyword"),
            "language": ("language", "langid"),
            "doi": ("doi",),
            "url": ("url", "howpublished"),
            "file": ("file",),
        },
        repeated=frozenset({"author", "keywords"}),
    ),
    MetadataFormat.CSL_JSON: Tags(
        kind="type",
        reports=frozenset({"report"}),
        report="report",
        unknown="document",
        kind_names=("genre", "kind"),
        key="id",
        fields={
            "title": ("title",),
            "author": ("author",),
            "year": ("issued",),
            "publisher": ("publisher",),
            "place_of_publication": ("publisher-place",),
            "report_number": ("number",),
            "isbn": ("ISBN",),
            "overview": ("abstract",),
            "tag": ("keyword",),
            "language": ("language",),
            "doi": ("DOI",),
            "url": ("URL",),
        },
        repeated=NAMES,
    ),
}

NUMBERED: Mapping[MetadataFormat, frozenset[str]] = {
    MetadataFormat.RIS: frozenset({"", "rprt", "gen", "govdoc", "stand"}),
    MetadataFormat.BIBTEX: frozenset({"", "techreport", "report", "misc", "manual"}),
    MetadataFormat.CSL_JSON: frozenset({"", "report", "document", "standard"}),
}
"""The types whose number is that of a report, in small letters; in others it is of an issue."""
