"""What the tests of bibliographies share: reading from bytes, records in five languages, fuzz."""

from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import (
    MetadataFile,
    MetadataFormat,
    SourceRow,
    UnreadableMetadata,
)
from desktop_app.exchange.bibtex import read_bibtex, write_bibtex
from desktop_app.exchange.csljson import read_csljson, write_csljson
from desktop_app.exchange.ris import read_ris, write_ris

READERS: dict[MetadataFormat, Callable[[Path], MetadataFile]] = {
    MetadataFormat.RIS: read_ris,
    MetadataFormat.BIBTEX: read_bibtex,
    MetadataFormat.CSL_JSON: read_csljson,
}
WRITERS = {
    MetadataFormat.RIS: write_ris,
    MetadataFormat.BIBTEX: write_bibtex,
    MetadataFormat.CSL_JSON: write_csljson,
}
ENDINGS = {
    MetadataFormat.RIS: ".ris",
    MetadataFormat.BIBTEX: ".bib",
    MetadataFormat.CSL_JSON: ".json",
}

_WORDS = (
    "Evaluation", "OECD-DAC", "Évaluation à mi-parcours", "l'école", "Prävention", "Größe", "für",
    "Utvärdering", "åtgärder", "på ö", "تقييم", "برنامج الوقاية", "، المدارس؛", "50 %", "A & B",
    "{group}", "}", "{", "\\", "C:\\reports\\new", "$5", "$e=mc^2$", "#1", "under_score", "x^2",
    "~20", '"quoted"', "'single'", "``tick''", "--", "---", "a;b", "semi; colon", "comma, here",
    "@article{x,", "@", "ER  - ", "TY  - RPRT", "AU  - Nobody", "<b>", "é", "and", "AND", "=", "|",
    "?`", "%", "\\textbf{x}", "\\'e", "[1]", "🙂", "\u00a0",
)  # fmt: skip
words = st.sampled_from(_WORDS)
lines = st.lists(words, min_size=1, max_size=5).map(" ".join).map(lambda text: text.strip())
lines = lines.map(lambda text: " ".join(text.split())).filter(bool)
texts = st.lists(
    st.tuples(st.sampled_from(["", "", " ", "\t", "    "]), lines).map("".join),
    min_size=1,
    max_size=4,
).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "\n\n\n"]).map(lambda end: end.join(parts).strip())
)
names = st.one_of(
    lines.map(lambda text: " ".join(text.replace(",", " ").split())).filter(bool),
    st.sampled_from(
        [
            "Berg, Anna", "van der Berg, Jan, Jr.", "الخطيب, ليلى", "O'Neil & Sons, J.",
            "Åkerlund, Örjan", "Ministry of Justice", "وزارة الداخلية", "de la Cruz, María",
            "Institute {for} Research and Policy", "Müller-Lüdenscheidt, H.", "World Bank",
            "and Co, Sons and", "A, B, C, D",
        ]
    ),
)  # fmt: skip
records = st.fixed_dictionaries(
    {"title": lines},
    optional={
        "kind": st.sampled_from(["evaluation", "guide", "evidence_review", "training"]),
        "year": st.integers(1800, 2200),
        "author": st.lists(names, min_size=1, max_size=4, unique=True),
        "language": st.lists(
            st.sampled_from(["ar", "en", "fr", "de", "sv", "en-GB", "zh-Hant", "et"]),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        "overview": texts,
        "tag": st.lists(lines, min_size=1, max_size=4, unique=True),
        "doi": st.sampled_from(["10.1000/xyz123", "10.1234/a(b)c_d%20<e>", "10.5555/تقرير."]),
        "isbn": st.sampled_from(["978-1-4822-5326-9", "0321356683"]),
        "url": st.sampled_from(
            [
                "https://example.org/a_b?c={d}&e=%20#~f",
                "http://example.org/تقرير",
                "https://a.b/\\x",
            ]
        ),
        "report_number": st.sampled_from(["2024:3", "RR 17_b", "978-1-4822-5326-9", "1234-5678"]),
        "publisher": lines,
        "place_of_publication": lines,
    },
)


def read(form: MetadataFormat, data: bytes | str, folder: Path) -> MetadataFile:
    """Return what the reader of a format makes of a file with this content."""
    path = folder / f"file{ENDINGS[form]}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return READERS[form](path)


def rows(form: MetadataFormat, data: bytes | str, folder: Path) -> Sequence[SourceRow]:
    """Return the rows of a file with this content."""
    return read(form, data, folder).sheets[0].rows


def check_any(form: MetadataFormat, data: bytes, folder: Path) -> None:
    """Assert that a file of any content is read or refused, and that what is read makes sense."""
    try:
        found = read(form, data, folder)
    except UnreadableMetadata as error:
        assert error.reason
        return
    (sheet,) = found.sheets
    numbers = [row.number for row in sheet.rows]
    assert numbers == sorted(numbers)
    assert all(1 <= number <= data.count(b"\n") + data.count(b"\r") + 1 for number in numbers)
    for row in sheet.rows:
        assert row.cells or row.problem
        for cell in row.cells:
            assert cell.text
            assert cell.column in sheet.columns
            cell.text.encode()


@st.composite
def mutations(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """Return a sample with some parts cut, doubled, moved or replaced."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["cut", "double", "move", "replace", "insert"])):
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end]
            case "move":
                part = bytes(data[start:end])
                del data[start:end]
                data[0:0] = part
            case "replace":
                data[start:end] = draw(st.binary(max_size=8))
            case _:
                data[start:start] = draw(
                    st.sampled_from(
                        [b"{", b"}", b'"', b"\\", b"\n", b"@", b",", b"[", b"\x00", b"TY  - "]
                    )
                )
    return bytes(data)


def corpus_files(corpus: Path, *endings: str) -> list[Path]:
    """Return the metadata files of the corpus with these endings, in a fixed order."""
    found = [path for path in sorted((corpus / "metadata").rglob("*")) if path.suffix in endings]
    return [path for path in found if path.is_file()]
