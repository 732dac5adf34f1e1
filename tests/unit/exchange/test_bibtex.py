"""BibTeX is read as LaTeX means it, and written such that LaTeX and other programs read it."""

import io
import logging
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import Cell, MetadataFormat, UnreadableMetadata
from desktop_app.exchange.bibtex import write_bibtex
from desktop_app.exchange.latex import decode_latex, encode_latex
from desktop_app.exchange.names import decode_names, encode_names
from tests.unit.exchange.bibliographies import (
    check_any,
    corpus_files,
    mutations,
    read,
    rows,
    texts,
)

BIBTEX = MetadataFormat.BIBTEX


def field(source: str, folder: Path, name: str = "note") -> tuple[str, ...]:
    """Return the texts of a field that has this source."""
    (row,) = rows(BIBTEX, f"@misc{{a, {name} = {source}}}", folder)
    assert not row.problem
    return row.all(name)


def test_an_entry(tmp_path: Path) -> None:
    (row,) = rows(
        BIBTEX,
        "% comment\n\n@TechReport{Berg2020,\n  Author = {Anna Berg and Lind, Ola},\n"
        '  title = "A {B}ig title",\n  year = 2020,\n  month = feb\n}\n',
        tmp_path,
    )
    assert row.number == 3
    assert row.cells == (
        Cell("entry type", "techreport"),
        Cell("citation key", "Berg2020"),
        Cell("author", "Berg, Anna"),
        Cell("author", "Lind, Ola"),
        Cell("title", "A Big title"),
        Cell("year", "2020"),
        Cell("month", "feb"),
    )


def test_abbreviations(tmp_path: Path) -> None:
    text = (
        '@string{bra = "Brå"}\n@string(full = bra # { report})\n@preamble{"x"}\n'
        "@comment{@misc{no}}\n"
        '@misc{a, note = full # " no. " # 3 # unknown}\n@misc{b, note = Bra}'
    )
    found = rows(BIBTEX, text, tmp_path)
    assert [row.first("note") for row in found] == ["Brå report no. 3unknown", "Brå"]


def test_abbreviations_do_not_fill_the_memory(tmp_path: Path) -> None:
    names = "abcdefghijklmnop"
    text = f'@string{{a = "{"x" * 1000}"}}\n' + "".join(
        f"@string{{{new} = {' # '.join([old] * 10)}}}\n" for old, new in pairwise(names)
    )
    (row,) = rows(BIBTEX, text + "@misc{x, note = p # p}", tmp_path)
    assert len(row.first("note")) < 40_000_000


def test_crossref(tmp_path: Path) -> None:
    text = (
        "@inproceedings{a, title = {Part}, crossref = {B}, pages = {1--2}}\n"
        "@proceedings{b, title = {Whole}, year = 2020, author = {X, Y}, crossref = {b}}\n"
        "@misc{c, title = {No key}}\n@misc{, title = {None}, crossref = {}}"
    )
    first, second, third, fourth = rows(BIBTEX, text, tmp_path)
    assert first.first("booktitle") == "Whole"
    assert first.first("title") == "Part"
    assert first.first("year") == "2020"
    assert not first.all("author")
    assert not second.all("booktitle")
    assert not third.all("booktitle")
    assert not fourth.all("booktitle")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\"o} \"{o} \"o \" o {\ss} \aa ngstr\"om \o re", "ö ö ö ö ß ångström øre"),
        (r"\'\i \'{\i} \'{\^a} {\'E}tude \v{S} \c{c} \k a \H{o} \~n", "íí ấ Étude Š ç ą ő ñ"),
        (
            r"a\&b\%c\$d\#e\_f\{g\}h\textasciitilde{}\textasciicircum{}\textbackslash{}",
            "a&b%c$d#e_f{g}h~^\\",
        ),
        (r"50% of it", "50% of it"),
        ("``a'' -- b --- ?`c", "“a” – b — ¿c"),
        (r"\emph{a} {\bf b} \textsc{c}", "a b c"),
        (r"$e=mc^2$ $<$5 $\alpha$", "$e=mc^2$ <5 α"),
        ("it cost $5", "it cost $5"),
        (r"\unknown{x} C:\reports", "\\unknownx C:\\reports"),
        (
            r"\url{http://a.org/~x_y\_z%20} \href{http://b.org}{text}",
            "http://a.org/~x_y_z%20 http://b.org text",
        ),
        ("one\n  two\n\nthree\nfour", "one two\n\nthree\nfour"),
        ("تقييم {برنامج}", "تقييم برنامج"),
        ("\\", "\\"),
        (r"\'", "'"),
    ],
)
def test_latex(source: str, text: str) -> None:
    assert decode_latex(source) == text


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Ludwig van Beethoven and {\\'E}mile Zola", ["van Beethoven, Ludwig", "Zola, Émile"]),
        ("\\'{E}mile Zola and \\'Emile Zola", ["Zola, Émile"] * 2),
        (
            "Smith, Jr., John and {World Bank} and others",
            ["Smith, John, Jr.", "World Bank", "et al."],
        ),
        (
            '{Simon and Schuster}\n  and von H\\"ugel, Herm\\~an',
            ["Simon and Schuster", "von Hügel, Hermãn"],
        ),
        ("السيد محمد and Plato", ["محمد, السيد", "Plato"]),
        ("and and", []),
    ],
)
def test_names(source: str, names: list[str]) -> None:
    assert decode_names(source)[: len(names)] == names


def test_values(tmp_path: Path) -> None:
    assert field("{a, {b; c}, d}", tmp_path, "keywords") == ("a", "b; c", "d")
    assert field("{a, b; c}", tmp_path, "keywords") == ("a, b", "c")
    assert field(r"{http://a.org/x\_y?a=%20#b}", tmp_path, "url") == ("http://a.org/x_y?a=%20#b",)
    assert field(r"{\url{http://a.org}}", tmp_path, "url") == ("http://a.org",)
    assert field(r"{:C\:\\dir\\a.pdf:PDF}", tmp_path, "file") == (r":C\:\\dir\\a.pdf:PDF",)
    assert field('"a {"}b{"} c"', tmp_path) == ('a "b" c',)
    assert field("Some Words", tmp_path) == ("Some Words",)


def test_a_missing_comma(tmp_path: Path) -> None:
    (row,) = rows(BIBTEX, "@misc{a,\n  title = {A}\n  year = 2020\n}", tmp_path)
    assert (row.first("title"), row.first("year")) == ("A", "2020")


def test_a_broken_entry_between_others(tmp_path: Path) -> None:
    text = (
        "@misc{a, title = {A}}\n@misc{b,\n  title = {B\n  year = 2020,\n@misc{c, title = {C}}\n"
        "@misc{c, title = {D}, title = {E}}\n@misc{}\n@misc{g,\n  title = {G},\n  note = {H"
    )
    found = rows(BIBTEX, text, tmp_path)
    assert [(row.number, bool(row.problem)) for row in found] == [
        (1, False), (2, True), (5, False), (6, False), (7, True), (8, True),
    ]  # fmt: skip
    assert found[1].first("title") == "B"
    assert found[1].first("year") == "2020"
    assert found[1].first("citation key") == "b"
    assert found[3].all("title") == ("D", "E")
    assert found[5].first("title") == "G"


@pytest.mark.parametrize(
    "text", ["@ misc {a, title = {A}}", "@misc\n{a, title = {A}}", "@misc(a, title = {A})"]
)
def test_other_ways_to_begin(text: str, tmp_path: Path) -> None:
    (row,) = rows(BIBTEX, text, tmp_path)
    assert row.first("title") == "A"


def test_what_is_no_bibtex(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="no BibTeX entries"):
        read(BIBTEX, "Dear Anna,\nmail me: a@b.org", tmp_path)
    with pytest.raises(UnreadableMetadata, match="too many entries"):
        read(BIBTEX, b"@" * 1_000_001, tmp_path)
    assert not rows(BIBTEX, "", tmp_path)


@pytest.mark.parametrize(
    "part",
    ["{", "}", '"', "@a{", "\\", "#", "$ ", "@a(", "a=", "@string{a=a#a}", "\\begin{a}", "{\\'"],
)
def test_nothing_takes_forever(part: str, tmp_path: Path) -> None:
    check_any(BIBTEX, f"@misc{{a, title = {{{part * 20_000}".encode(), tmp_path)
    check_any(BIBTEX, (part * 20_000).encode(), tmp_path)


def test_what_is_written() -> None:
    target = io.StringIO()
    rows_ = [
        [
            Cell("citation key", "Berg 2020"),
            Cell("title", "Größe & {more} 50 %"),
            Cell("author", "Berg, Anna"),
            Cell("author", "World Bank"),
            Cell("keywords", "a, b"),
            Cell("keywords", "c"),
            Cell("month", "feb"),
            Cell("pages", "1–9"),
        ],
        [
            Cell("entry type", "book"),
            Cell("citation key", "berg-2020"),
            Cell("url", "http://a/{b}_%"),
        ],
    ]
    write_bibtex(rows_, target)
    assert target.getvalue() == (
        "@misc{Berg-2020,\n"
        "  title = {{Größe \\& \\{more\\} 50 \\%}},\n"
        "  author = {Berg, Anna and {World Bank}},\n"
        "  keywords = {{a, b}, c},\n"
        "  month = feb,\n"
        "  pages = {1--9},\n"
        "}\n\n"
        "@book{berg-2020-2,\n"
        "  url = {http://a/\\{b\\}_%},\n"
        "}\n\n"
    )


@given(texts)
def test_text_there_and_back(text: str) -> None:
    assert decode_latex(encode_latex(text)) == text.strip()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_names_there_and_back(found: list[str]) -> None:
    # As names come from a record: on one line, one blank after a comma.
    names = [
        " ".join(", ".join(part.strip() for part in name.split(",")).split()) for name in found
    ]
    wanted = [name for name in names if name.strip(" ,\u00a0") and name != "others"]
    assert decode_names(encode_names(wanted)) == wanted


def test_the_corpus(corpus: Path, tmp_path: Path) -> None:
    counts = {}
    for path in corpus_files(corpus, ".bib"):
        check_any(BIBTEX, path.read_bytes(), tmp_path)
        counts[path.name] = len(rows(BIBTEX, path.read_bytes(), tmp_path))
    assert counts["biblatex-input.bib"] == 28
    assert counts["utf8-bom.bib"] == 2
    assert counts["encoding-utf-16BE-with-header.bib"] == 1
    assert sum(counts.values()) > 230


@given(data=st.binary(max_size=600), beginning=st.sampled_from([b"", b"@misc{a,", b"@string{"]))
def test_any_bytes(data: bytes, beginning: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    check_any(BIBTEX, beginning + data, tmp_path_factory.mktemp("any"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_files(data: st.DataObject, corpus: Path, tmp_path: Path) -> None:
    samples = [path.read_bytes() for path in corpus_files(corpus, ".bib")]
    check_any(BIBTEX, data.draw(mutations(samples)), tmp_path)


def test_the_library_is_silent(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        rows(BIBTEX, "@misc{a, title = {A", tmp_path)
    assert not caplog.records
