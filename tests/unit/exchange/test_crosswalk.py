"""Tags to fields and back, and whole files there and back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.changes.change import Value
from desktop_app.domain.exchange.bibliography import Described
from desktop_app.domain.exchange.rows import Cell, MetadataFormat, SourceRow, UnreadableMetadata
from desktop_app.domain.fields import RECORD_FIELDS, check_value
from desktop_app.exchange.crosswalk import HELD_FIELDS, from_fields, to_fields
from desktop_app.exchange.languages import language_code
from desktop_app.exchange.recognition import recognise
from tests.unit.exchange.bibliographies import ENDINGS, READERS, WRITERS, corpus_files, records

RIS, BIBTEX, CSL = MetadataFormat.RIS, MetadataFormat.BIBTEX, MetadataFormat.CSL_JSON
FORMS = [RIS, BIBTEX, CSL]


def described(form: MetadataFormat, *cells: tuple[str, str]) -> Described:
    return to_fields(form, SourceRow(1, tuple(Cell(*cell) for cell in cells)))


def round_trip(
    form: MetadataFormat, entries: list[tuple[Cell, ...]], folder: Path
) -> list[Described]:
    path = folder / f"out{ENDINGS[form]}"
    WRITERS[form](entries, path)
    assert recognise(path) is form
    return [to_fields(form, row) for row in READERS[form](path).sheets[0].rows]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=150)
@given(values=st.lists(records, min_size=1, max_size=3))
def test_what_is_written_is_read_again(
    form: MetadataFormat, values: list[dict[str, Value]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = [
        {
            name: check_value(name, value) if name in RECORD_FIELDS else value
            for name, value in record.items()
        }
        for record in values
    ]
    entries = [from_fields(form, record, record_id="3f2a91c4-0000") for record in wanted]
    found = round_trip(form, entries, tmp_path_factory.mktemp("trip"))
    assert [dict(entry.values) for entry in found] == wanted
    assert all(not entry.problems for entry in found)
    assert all(set(entry.values) <= HELD_FIELDS[form] for entry in found)


@pytest.mark.parametrize("form", FORMS)
def test_the_corpus_survives_an_export(form: MetadataFormat, corpus: Path, tmp_path: Path) -> None:
    count = 0
    for path in corpus_files(corpus, ENDINGS[form]):
        try:
            rows = READERS[form](path).sheets[0].rows
        except UnreadableMetadata:
            continue
        before = [to_fields(form, row) for row in rows if not row.problem]
        if not before:
            continue
        entries = [
            from_fields(form, entry.values, entry.other, files=entry.files) for entry in before
        ]
        after = round_trip(form, entries, tmp_path)
        assert [(entry.values, entry.files) for entry in after] == [
            (entry.values, entry.files) for entry in before
        ], path.name
        for old, new in zip(before, after, strict=True):
            # The day of another year than the entry's own is given up.
            lost = {
                column
                for column, texts in old.other.items()
                if column not in {"Y1", "date", "citation key", "ID", "id"}
                and sorted(texts) != sorted(new.other.get(column, ()))
            }
            assert not lost, (path.name, lost)
        count += len(before)
    assert count > 25


def test_a_report_is_an_evaluation() -> None:
    for form, column, kind in [
        (RIS, "TY", "RPRT"),
        (BIBTEX, "entry type", "techreport"),
        (BIBTEX, "entry type", "report"),
        (CSL, "type", "report"),
    ]:
        found = described(form, (column, kind))
        assert found.values == {"kind": "evaluation"}
        assert not found.other


def test_an_article_stays_an_article() -> None:
    found = described(RIS, ("TY", "JOUR"), ("TI", "A title"), ("JF", "A journal"), ("VL", "3"))
    assert "kind" not in found.values
    assert found.other == {"TY": ("JOUR",), "JF": ("A journal",), "VL": ("3",)}
    cells = from_fields(RIS, dict(found.values) | {"kind": "evaluation"}, found.other)
    assert Cell("TY", "JOUR") in cells
    assert Cell("M3", "evaluation") in cells
    assert Cell("JF", "A journal") in cells


def test_other_kinds_go_by_their_name() -> None:
    cells = from_fields(CSL, {"title": "x", "kind": "evidence_review"})
    assert Cell("type", "report") in cells
    assert Cell("genre", "evidence review") in cells


def test_the_name_of_a_report_type_is_kept() -> None:
    found = described(BIBTEX, ("entry type", "techreport"), ("type", "Working paper"))
    assert found.values == {"kind": "evaluation"}
    cells = from_fields(BIBTEX, {"kind": "guide"}, found.other)
    assert Cell("type", "Working paper") in cells
    assert Cell("kind", "guide") in cells


def test_dates() -> None:
    found = described(RIS, ("PY", "2005///"), ("DA", "2005/07/15"), ("Y2", "2021/01/24"))
    assert found.values == {"year": 2005}
    assert found.other == {"DA": ("2005/07/15",), "Y2": ("2021/01/24",)}
    cells = from_fields(RIS, {"year": 2005}, found.other)
    assert Cell("DA", "2005/07/15") in cells
    # Somebody corrected the year: the day would contradict it.
    corrected = from_fields(RIS, {"year": 2006}, found.other)
    assert [cell.text for cell in corrected if cell.column in {"PY", "DA"}] == ["2006"]


def test_a_year_in_arabic_digits() -> None:
    assert described(RIS, ("PY", "٢٠٢١")).values == {"year": 2021}


def test_what_is_no_value_stays_and_says_why() -> None:
    found = described(
        RIS, ("PY", "in press"), ("DO", "n/a"), ("UR", "see library"), ("LA", "Klingon")
    )
    assert not found.values
    assert found.other == {
        "PY": ("in press",),
        "DO": ("n/a",),
        "UR": ("see library",),
        "LA": ("Klingon",),
    }
    assert {column for column, _ in found.problems} == {"PY", "DO", "UR", "LA"}


def test_a_title_that_is_too_long_stays() -> None:
    found = described(CSL, ("title", "x" * 2000))
    assert found.other == {"title": ("x" * 2000,)}
    assert found.problems[0][0] == "title"


def test_more_authors_than_a_record_takes() -> None:
    found = described(RIS, *[("AU", f"Name, {number}") for number in range(1002)])
    assert len(found.values["author"]) == 1000  # type: ignore[arg-type]
    assert found.other == {"AU": ("Name, 1000", "Name, 1001")}
    assert len(found.problems) == 1


def test_direction_marks_and_control_characters_go() -> None:
    found = described(RIS, ("TI", "\u202bتقييم\u202c\x0b البرنامج\x07"))
    assert found.values == {"title": "تقييم البرنامج"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shannon,Claude E.", "Shannon, Claude E."),
        ("World Health Organization,", "World Health Organization"),
        ("Dept of Justice,,", "Dept of Justice"),
        ("Smith, John, Jr.", "Smith, John, Jr."),
    ],
)
def test_names_of_ris(text: str, name: str) -> None:
    assert described(RIS, ("AU", text)).values == {"author": [name]}


def test_identifiers() -> None:
    found = described(
        RIS,
        ("TY", "RPRT"),
        ("DO", "https://doi.org/10.1000%2Fabc"),
        ("SN", "978-1-4822-5326-9 (pbk)"),
        ("SN", "1234-5678"),
        ("M1", "RR 17"),
        ("UR", "www.example.org/report"),
        ("UR", "https://second.example.org"),
    )
    assert found.values == {
        "kind": "evaluation",
        "doi": "10.1000/abc",
        "isbn": "978-1-4822-5326-9",
        "report_number": "RR 17",
        "url": "http://www.example.org/report",
    }
    assert found.other == {
        "SN": ("978-1-4822-5326-9 (pbk)", "1234-5678"),
        "UR": ("https://second.example.org",),
    }


def test_the_number_of_an_article_is_no_report_number() -> None:
    assert not described(BIBTEX, ("entry type", "article"), ("number", "6")).values


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("report.pdf", ["report.pdf"]),
        ("report.pdf:PDF", ["report.pdf"]),
        (":reports/a.pdf:PDF", ["reports/a.pdf"]),
        (r":C\:\\dir\\a.pdf:PDF", ["C:\\dir\\a.pdf"]),
        (r"desc:C:\x\y.pdf:PDF", ["C:\\x\\y.pdf"]),
        (":C$\\backslash$:/reports/a.pdf:pdf", ["C:/reports/a.pdf"]),
        (
            "Full Text:files/12/foo.pdf:application/pdf;Page:files/13/x.html:text/html",
            ["files/12/foo.pdf", "files/13/x.html"],
        ),
        (r":a\;b\_c.pdf:PDF", ["a;b_c.pdf"]),
    ],
)
def test_files_of_bibtex(text: str, paths: list[str]) -> None:
    found = described(BIBTEX, ("file", text))
    assert list(found.files) == paths
    assert not found.other


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("files/12/foo.pdf", ["files/12/foo.pdf"]),
        ("file:///C:/My%20reports/a.pdf", ["C:/My reports/a.pdf"]),
        ("file:///reports/a.pdf", ["/reports/a.pdf"]),
        ("internal-pdf://123/a.pdf", ["123/a.pdf"]),
    ],
)
def test_files_of_ris(text: str, paths: list[str]) -> None:
    assert list(described(RIS, ("L1", text)).files) == paths


def test_a_file_in_the_web_is_an_address() -> None:
    found = described(RIS, ("L1", "https://example.org/a.pdf"))
    assert found.values == {"url": "https://example.org/a.pdf"}
    assert not found.files


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1), min_size=1)
)
def test_paths_there_and_back(names: list[str]) -> None:
    # A text that is nothing but a type or a letter of a drive is no path of a file.
    paths = [f"reports/{name}.pdf" for name in names]
    cells = from_fields(BIBTEX, {}, files=paths)
    assert list(to_fields(BIBTEX, SourceRow(1, cells)).files) == paths


def test_keywords() -> None:
    assert described(RIS, ("KW", "a; b"), ("KW", "c, d")).values == {"tag": ["a", "b", "c, d"]}
    assert described(CSL, ("keyword", "a, b")).values == {"tag": ["a", "b"]}
    assert described(CSL, ("keyword", "a, b; c")).values == {"tag": ["a, b", "c"]}


def test_titles_of_biblatex() -> None:
    found = described(BIBTEX, ("title", "Safer streets"), ("subtitle", "A review"))
    assert found.values == {"title": "Safer streets: A review"}
    assert not found.other


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"), ("eng", "en"), ("en_us", "en-US"), ("ngerman", "de"), ("ger", "de"),
        ("Français", "fr"), ("Französisch", "fr"), ("svenska", "sv"), ("العربية", "ar"),
        ("zh-hant-tw", "zh-Hant-TW"), ("English (UK)", "en"), ("et", "et"), ("tlh", "tlh"),
        ("Klingon", None), ("", None), ("see above", None),
    ],
)  # fmt: skip
def test_languages(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_several_languages() -> None:
    found = described(BIBTEX, ("language", "english and german"), ("langid", "english"))
    assert found.values == {"language": ["en", "de"]}
    assert described(RIS, ("LA", "English; Klingon")).other == {"LA": ("Klingon",)}


def test_keys_are_the_same_in_every_export() -> None:
    values: dict[str, Value] = {"author": ["Åkerlund, Örjan"], "year": 2024}
    for form, column in [(RIS, "ID"), (BIBTEX, "citation key"), (CSL, "id")]:
        cells = from_fields(form, values, record_id="3f2a91c4-1111-2222")
        assert Cell(column, "akerlund2024-3f2a91c4") in cells
        # An entry that came with a key keeps it.
        assert Cell(column, "own") in from_fields(form, values, {column: ["own"]})


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", "TY  - RPRT\nTI  - x\nER  - \n", RIS),
        ("a.txt", "\ufeff\r\n\r\n1.\r\nTY  - RPRT\r\nTI  - x\r\n", RIS),
        ("a.txt", "@article{a, title={x}}", BIBTEX),
        ("a.csv", "% JabRef\r@article{a,\rtitle={x}}", BIBTEX),
        ("a.txt", '[{"type": "report", "title": "x"}]', CSL),
        ("a.json", '[{"a": "1"}]', None),
        ("a.txt", "Title;Year\nx;2020\n", MetadataFormat.CSV),
        ("a.csv", "Title\nx\n", MetadataFormat.CSV),
        ("a.csv", "@techreport{a, author={}, year={}, title={x}}", BIBTEX),
        ("a.csv", '[{"type": "report", "author": [], "language": "", "title": "x"}]', CSL),
        ("a.csv", '\ufeff"Titre";Année\n"x\n@article{a,";2020\n', MetadataFormat.CSV),
        ("a.csv", 'Id,Title,Aims\n1,x,"TY  - RPRT\nTI  - x\nER  - "\n', MetadataFormat.CSV),
        ("a.txt", "Just a letter,\nto somebody.\n", None),
        ("a.xlsx", "PK\x03\x04 damaged", MetadataFormat.XLSX),
        ("a.docx", "PK\x03\x04 damaged", None),
        ("a.pdf", "%PDF-1.7", None),
        ("a.csv", "", MetadataFormat.CSV),
        ("a.txt", "", None),
    ],
)
def test_recognition(name: str, content: str, form: MetadataFormat | None, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8", newline="")
    assert recognise(path) is form


def test_recognition_of_the_corpus(corpus: Path) -> None:
    forms = {".bib": BIBTEX, ".ris": RIS, ".xlsx": MetadataFormat.XLSX, ".csv": MetadataFormat.CSV}
    told = {path.name: recognise(path) for path in corpus_files(corpus, *forms)}
    unknown = {name for name, form in told.items() if form is not forms[Path(name).suffix]}
    # Nothing but comments, nothing at all, and another format.
    assert unknown <= {"MODSImporterTestMinimal.bib", "empty.bib", "example_wos.ris"}


def test_recognition_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="can't be opened"):
        recognise(tmp_path / "missing.ris")
