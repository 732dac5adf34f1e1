"""What --json prints: domain values as JSON values, with stable keys."""

from datetime import UTC, datetime

from desktop_app.domain.changes.change import Action
from desktop_app.domain.changes.clock import stamp_ms
from desktop_app.domain.changes.coded import Coded, Evidence, bare, is_coded, read_coded
from desktop_app.domain.problems import CheckReport
from desktop_app.domain.records import Document, Page, Record
from desktop_app.domain.search import Hit, SearchAnswer
from desktop_app.domain.suggestions import Suggestion
from desktop_app.services.editing import HistoryEntry


def record_json(record: Record) -> dict[str, object]:
    """Return a record's fields as JSON values, ids as strings, times in ISO 8601 UTC."""
    return {
        "id": record.id,
        "title": record.title,
        "kind": record.kind,
        "year": record.year,
        "language": list(record.languages),
        "access": record.access,
        "access_until": record.access_until,
        "authors": list(record.authors),
        "tags": list(record.tags),
        **record.fields,
        "disputed": list(record.disputed),
        "deleted": record.deleted,
        "pages": record.page_count,
        "text_health": record.text_health,
        "added_at": iso_time(record.added_at),
        "import_id": record.import_id,
        "documents": [document_json(document) for document in record.documents],
    }


def history_json(entry: HistoryEntry) -> dict[str, object]:
    """Return a change as JSON values; `at` is its time in ISO 8601 UTC."""
    change = entry.change
    at = datetime.fromtimestamp(stamp_ms(change.stamp) / 1000, UTC)
    return {
        "id": change.id,
        "at": iso_time(at),
        "author": change.author,
        "device": change.device,
        "entity": change.entity,
        "entity_id": change.entity_id,
        "field": change.field,
        "action": change.action,
        "old": bare(entry.old),
        "new": None if change.action is Action.REMOVE else bare(change.value),
        "evidence": evidence_json(read_coded(change.value)) if is_coded(change.value) else None,
        "batch": change.group,
        "undoes": change.undoes,
    }


def evidence_json(said: Coded) -> dict[str, object]:
    """Return what was said of a value: state, page, quote, document, coder, date."""
    evidence = said.evidence or Evidence()
    return {
        "value": said.value,
        "state": said.state,
        "page": evidence.page,
        "quote": evidence.quote,
        "document": evidence.document,
        "coder": evidence.coder,
        "date": evidence.date,
    }


def suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    """Return a suggestion as JSON values."""
    return {
        "field": suggestion.field,
        "value": suggestion.value,
        "page": suggestion.page,
        "quote": suggestion.quote,
        "confidence": round(suggestion.confidence, 2),
        "rule": suggestion.rule,
    }


def document_json(document: Document) -> dict[str, object]:
    """Return a document's fields as JSON values."""
    return {
        "id": document.id,
        "role": document.role,
        "file_name": document.file_name,
        "sha256": document.sha256,
        "size": document.size,
        "pages": document.page_count,
        "text_health": document.text_health,
        "hazardous": document.hazardous,
        "properties": document.properties,
    }


def page_json(page: Page) -> dict[str, object]:
    """Return a page as JSON values; `reason` says why it has no text."""
    return {
        "page": page.number,
        "label": page.label,
        "text": page.text,
        "reason": page.no_text,
        "language": page.language,
        "health": page.health,
        "engine": page.engine,
    }


def search_json(answer: SearchAnswer) -> dict[str, object]:
    """Return a search answer as the contract of the command line has it."""
    return {
        "query": answer.query,
        "total": answer.total,
        "elapsed_ms": answer.elapsed_ms,
        "expanded": [
            {"term": item.term, "via": item.via, "language": item.language}
            for item in answer.expanded
        ],
        "suggestion": answer.suggestion,
        "hints": list(answer.hints),
        "pending": answer.pending,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            field: [
                {"value": item.value, "label": item.label, "count": item.count} for item in counts
            ]
            for field, counts in answer.facets.items()
        },
    }


def _hit_json(hit: Hit) -> dict[str, object]:
    record = hit.record
    return {
        "id": record.id,
        "title": record.title,
        "year": record.year,
        "language": list(record.languages),
        "score": round(hit.score, 4),
        "matched_fields": list(hit.matched_fields),
        "missing": list(hit.missing),
        "page_total": hit.page_total,
        "pages": [
            {
                "page": page.number,
                "label": page.label,
                "document": page.document_id,
                "snippet": page.snippet.text if page.snippet else "",
                "marks": [list(mark) for mark in page.snippet.marks] if page.snippet else [],
            }
            for page in hit.pages
        ],
    }


def check_json(report: CheckReport) -> dict[str, object]:
    """Return a check report as JSON values."""
    return {
        "problems": [
            {"code": problem.code, "detail": problem.text, "remedy": problem.remedy}
            for problem in report.problems
        ],
        "records": report.records,
        "pages": report.pages,
        "files": report.files,
        "queued": report.queued,
        "leftovers": report.leftovers,
        "deep": report.deep,
    }


def iso_time(moment: datetime) -> str:
    """Return a time in ISO 8601, to the second."""
    return moment.isoformat(timespec="seconds")
