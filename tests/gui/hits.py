"""Made-up but realistic records and hits in three languages, for views to show."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.domain.records import Access, Document, Kind, Record, TextHealth
from desktop_app.domain.search import Hit, PageHit, SearchAnswer, Snippet

ADDED = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

ENGLISH = (
    "after nine months of weekly mentoring, young people in the comparison group reported similar "
    "trust in institutions, while those who met their mentor at least twice a month felt safer at "
    "school and stayed away from it less often"
)
ENGLISH_2 = "the mentoring was offered to 212 young people between 14 and 18 years"
ARABIC = (
    "أظهرت المقابلات أن إرشاد الشباب المعرضين للخطر يحتاج إلى علاقة مستمرة لا تقل عن سنة مع "
    "المرشد نفسه"
)
ARABIC_2 = "قال المشاركون إن برنامج Mentoring for Life قدم لهم الدعم في الوقت المناسب"
GERMAN = (
    "Die Teilnahme am Mentoring senkte die Abbruchquote der Jugendlichen nicht messbar; die "
    "Fachkräfte berichten jedoch von größerem Vertrauen"
)


def snippet(text: str, *words: str, before: bool = True, after: bool = True) -> Snippet:
    """Return `text` as a snippet with the first occurrence of each word marked."""
    marks = sorted((text.index(word), text.index(word) + len(word)) for word in words)
    return Snippet(text, tuple(marks), before, after)


def record(
    number: int,
    title: str,
    *,
    pages: int = 84,
    file_name: str | None = None,
    health: TextHealth = TextHealth.GOOD,
    hazardous: bool = False,
    kind: Kind | None = None,
    access: Access = Access.PUBLIC,
    year: int | None = None,
    languages: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
) -> Record:
    """Return a record with one document; its ids are made from `number`."""
    document = Document(
        id=f"document-{number}",
        record_id=f"record-{number}",
        sha256=f"{number:064x}"[::-1],
        file_name=file_name or f"{title}.pdf",
        size=1_621_512,
        page_count=pages,
        text_health=health,
        hazardous=hazardous,
    )
    return Record(
        id=f"record-{number}",
        title=title,
        access=access,
        added_at=ADDED,
        kind=kind,
        year=year,
        languages=languages,
        authors=authors,
        documents=(document,),
    )


def page(number: int, at: int, found: Snippet | None = None, label: str | None = None) -> PageHit:
    """Return a hit on page `at` of the document of record `number`."""
    return PageHit(f"document-{number}", at, label or str(at), found)


def english_hit() -> Hit:
    """Return a hit with three pages, two passages and nine more pages."""
    return Hit(
        record(
            1,
            "Mentoring young people at risk: a two-city evaluation",
            file_name="two-city-evaluation_final_v3.pdf",
            kind=Kind.EVALUATION,
            year=2021,
            languages=("en",),
            authors=("Municipal Research Unit", "Dana Whitfield"),
        ),
        9.1,
        matched_fields=("title", "text"),
        pages=(
            page(1, 12, snippet(ENGLISH, "mentoring", "young people")),
            page(1, 33, snippet(ENGLISH_2, "mentoring", "young people", before=False)),
            page(1, 41, label="xli"),
        ),
        page_total=12,
        forms=frozenset({"mentoring", "young people"}),
    )


def arabic_hit() -> Hit:
    """Return a hit in Arabic with a passage that mixes both scripts."""
    return Hit(
        record(
            2,
            "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة",
            pages=155,
            kind=Kind.EVALUATION,
            access=Access.PARTNER,
            year=2019,
            languages=("ar", "en"),
            authors=("ائتلاف المجتمع المدني",),
            health=TextHealth.REPAIRED,
        ),
        7.7,
        matched_fields=("text",),
        pages=(
            page(2, 8, snippet(ARABIC, "إرشاد", "الشباب", "للخطر")),
            page(2, 9, snippet(ARABIC_2, "Mentoring")),
        ),
        page_total=11,
    )


def german_hit() -> Hit:
    """Return a hit that lacks a word."""
    return Hit(
        record(
            3,
            "Mentorenprogramm für gefährdete Jugendliche: Abschlussbericht",
            pages=61,
            kind=Kind.LESSONS_LEARNED,
            access=Access.INTERNAL,
            year=2018,
            languages=("de",),
            authors=("Landespräventionsrat",),
        ),
        5.0,
        matched_fields=("text",),
        pages=(page(3, 21, snippet(GERMAN, "Mentoring", "Jugendlichen")), page(3, 57)),
        page_total=2,
        missing=("at-risk",),
    )


def scan_hit() -> Hit:
    """Return a hit by its title only, in a scan named like a file."""
    return Hit(
        record(
            4,
            "moroccan-law-rag__9anon_lmistara_lmadanya_mentoring_annex_scanned_copy_of_the_original",
            pages=1,
            health=TextHealth.SCANNED,
            access=Access.EMBARGOED,
        ),
        1.0,
        matched_fields=("title",),
    )


def sample_answer(total: int = 44) -> SearchAnswer:
    """Return an answer of which four hits are told."""
    hits = (english_hit(), arabic_hit(), german_hit(), scan_hit())
    return SearchAnswer("mentoring at-risk youth", total, 12.4, hits)


def many_hits(count: int, first: int = 100) -> tuple[Hit, ...]:
    """Return hits that differ in title and pages, their passages alternating in script."""
    hits = []
    for number in range(first, first + count):
        text, word = (ENGLISH, "mentoring") if number % 2 else (ARABIC, "إرشاد")
        found = tuple(
            page(number, at, snippet(f"{number} {text}", word)) for at in range(1, 2 + number % 3)
        )
        title = f"Evaluation number {number} of a programme with a name of some length"
        hits.append(Hit(record(number, title, year=2000 + number % 25), 1.0, pages=found))
    return tuple(hits)


def browsing_hits() -> Sequence[Hit]:
    """Return hits without pages, as the library shows without a query."""
    return [Hit(hit.record, 0.0) for hit in sample_answer().hits]


def import_report() -> ImportReport:
    """Return a report with every outcome."""
    folder = Path("reports") / "2026"

    def refused(name: str, code: RefusalCode, **fields: str | int) -> ImportedFile:
        path = folder / name
        return ImportedFile(path, Outcome.REFUSED, refusal=Refusal(path, code, dict(fields)))

    english, arabic = english_hit().record, arabic_hit().record
    files = (
        ImportedFile(
            folder / "two-city-evaluation_final_v3.pdf",
            Outcome.ADDED,
            english.id,
            english.title,
            84,
            text_health=TextHealth.GOOD,
        ),
        ImportedFile(
            folder / "تقييم برنامج الإرشاد.pdf",
            Outcome.ADDED,
            arabic.id,
            arabic.title,
            155,
            3,
            TextHealth.PARTIAL,
        ),
        ImportedFile(
            folder / "copy of two-city.pdf", Outcome.DUPLICATE, english.id, english.title, 84
        ),
        refused("minutes (locked).pdf", RefusalCode.LOCKED),
        refused("cover letter.pdf", RefusalCode.NOT_A_PDF, found="a Word document"),
        refused(
            "annex_with_a_very_long_name_that_goes_on_and_on_for_ever_2019.pdf",
            RefusalCode.FALSE_PAGE_COUNT,
            claimed=1_000_000,
            size=308,
        ),
    )
    return ImportReport("import-1", files, 14.2, ignored=2)
