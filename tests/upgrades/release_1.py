"""Archives and backups as release 1 wrote them, made without any of today's code."""

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

from tests.samples import pdf_bytes

SCHEMA = Path(__file__).with_name("schema_1.sql")
TITLES = ("Mentoring in Malmö 2021", "About schools", "في المدارس")
PAGES = (("About mentoring", "", "Page three of mentoring"), ("About schools",), ("في المدارس",))
DEVICE = "a26ac9062b1c44329c70836d861eb6f1"
IMPORT = "116dcc36-39a9-403c-b819-a655c516248c"
FIRST_STAMP = 117668506804748288
DAY = "2026-11-24T00:08:44.631971+00:00"
TABLES = ("archive", "imports", "records", "documents", "changes", "pages")


def build(folder: Path) -> Path:
    """Make an archive of three records: one edited and tagged, one deleted. Return its folder."""
    folder.mkdir(parents=True)
    raw = sqlite3.connect(folder / "archive.sqlite")
    raw.execute("PRAGMA synchronous = OFF")
    raw.executescript(SCHEMA.read_text(encoding="utf-8"))
    raw.execute("PRAGMA journal_mode = WAL")
    _insert(raw, "_sqlite_migrations", [1, "evaluation_archive", "m0001_first_light", DAY])
    for key, value in {
        "id": "d4e29fbf-3601-4bdd-aaea-827e45faf9f5",
        "name": "Malmö",
        "created_at": DAY,
        "device": DEVICE,
    }.items():
        _insert(raw, "archive", [key, value])
    _insert(raw, "imports", [IMPORT, DAY, DAY, '["reports"]'])
    log = _Log(raw)
    for number, (title, pages) in enumerate(zip(TITLES, PAGES, strict=True)):
        _add_record(raw, log, folder, number, title, pages)
    first, second, _ = map(record_id, range(3))
    log.add("record", first, "tag", "june", action="add")
    log.add("record", first, "tag", "schools", action="add")
    log.add("record", first, "year", 2020, replaces=[log.last(first, "year")])
    log.add("record", first, "author", ["Ana Silva", "Bo Ek"])
    log.add("record", first, "doi", "10.1000/xyz123")
    log.add("record", second, "life", None, action="delete", saw=log.all_of(second))
    raw.execute(
        "UPDATE records SET year = 2020, tags = ?, authors = ?, fields = ? WHERE id = ?",
        ['["june", "schools"]', '["Ana Silva", "Bo Ek"]', '{"doi": "10.1000/xyz123"}', first],
    )
    raw.execute("UPDATE records SET deleted = 1 WHERE id = ?", [second])
    raw.commit()
    raw.close()
    return folder


def back_up(archive: Path, path: Path) -> Path:
    """Write a backup of such an archive as release 1 did."""
    entries = []
    with zipfile.ZipFile(path, "w") as saved:
        for file in [archive / "archive.sqlite", *sorted((archive / "pdfs").rglob("*.pdf"))]:
            content, name = file.read_bytes(), file.relative_to(archive).as_posix()
            digest = hashlib.sha256(content).hexdigest()
            entries.append({"name": name, "size": len(content), "sha256": digest})
            saved.writestr(name, content)
        manifest = {"format": "evaluation-archive-backup", "version": 1, "files": entries}
        saved.writestr("manifest.json", json.dumps(manifest))
    return path


def record_id(number: int) -> str:
    """Return the id of a record by its place in `TITLES`."""
    return f"{number}a5dccf7-3e57-45d7-a1fe-5dae6cb6bd6c"


def rows(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the tables that release 1 had, with all columns that there are now."""
    raw = sqlite3.connect(database)
    found = {}
    for table in TABLES:
        cursor = raw.execute(f"SELECT * FROM {table} ORDER BY rowid")
        columns = [column[0] for column in cursor.description]
        found[table] = [dict(zip(columns, row, strict=True)) for row in cursor]
    raw.close()
    return found


class _Log:
    """Writes changes as release 1 did."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._count = 0
        self._ids: dict[tuple[str, str], list[str]] = {}

    def add(
        self, entity: str, entity_id: str, field: str, value: object, *, action: str = "set",
        replaces: list[str] | None = None, saw: list[str] | None = None, batch: str | None = None,
    ) -> None:  # fmt: skip
        change_id = f"{self._count:032x}"
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        _insert(
            self._raw, "changes",
            [self._count + 1, change_id, FIRST_STAMP + self._count, DEVICE, "ana", entity,
             entity_id, field, action, text, json.dumps(replaces or []), json.dumps(saw or []),
             batch, None],
        )  # fmt: skip
        self._ids.setdefault((entity_id, field), []).append(change_id)
        self._count += 1

    def last(self, entity_id: str, field: str) -> str:
        return self._ids[entity_id, field][-1]

    def all_of(self, entity_id: str) -> list[str]:
        return sorted(i for key, ids in self._ids.items() if key[0] == entity_id for i in ids)


def _add_record(
    raw: sqlite3.Connection, log: _Log, folder: Path, number: int, title: str,
    pages: tuple[str, ...],
) -> None:  # fmt: skip
    owner, document = record_id(number), f"{number}91d76b9-f98d-4f36-b63d-bff40abb4e4b"
    content = pdf_bytes([text if text.isascii() else "?" for text in pages])
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / "pdfs" / sha256[:2] / f"{sha256}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    file = {
        "file_name": f"{number}.pdf",
        "hazardous": False,
        "page_count": len(pages),
        "position": 0,
        "properties": {"Title": title},
        "record_id": owner,
        "sha256": sha256,
        "size": len(content),
        "text_health": "good",
    }
    _insert(
        raw, "records",
        [owner, title, None, 2021, "internal", "[]", "[]", "[]", DAY, IMPORT, "{}", "[]", 0],
    )  # fmt: skip
    _insert(
        raw, "documents",
        [document, owner, 0, "report", sha256, f"{number}.pdf", len(content), len(pages), "good", 0,
         json.dumps({"Title": title}, ensure_ascii=False)],
    )  # fmt: skip
    for field, value in {
        "title": title, "access": "internal", "year": 2021, "added_at": DAY, "import_id": IMPORT,
    }.items():  # fmt: skip
        log.add("record", owner, field, value, batch=IMPORT)
    log.add("document", document, "file", file, batch=IMPORT)
    log.add("document", document, "role", "report", batch=IMPORT)
    for place, text in enumerate(pages, 1):
        no_text = None if text else "blank"
        _insert(raw, "pages", [document, place, str(place), text, no_text, "und", "good", "pdfium"])


def _insert(raw: sqlite3.Connection, table: str, values: list[Any]) -> None:
    raw.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values)
